import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.models import Site

from wardmark.base.models import WardSettings, WardWording

pytestmark = pytest.mark.django_db


@pytest.fixture
def settings_of_ward(ward):
    return WardSettings.for_site(Site.objects.get())


@pytest.mark.parametrize(
    ("path", "name", "other"), [("/vi/", "Phường Thử", "Trial Ward"), ("/en/", "Trial Ward", "Phường Thử")]
)
def test_the_header_and_the_footer_name_the_ward_in_the_readers_language(client, ward, path, name, other):
    html = client.get(path).content.decode()
    header, footer = html.split("<main")[0].split("<header")[1], html.split("<footer")[1]
    assert name in header
    assert name in footer
    assert other not in header + footer


def test_the_ward_is_named_in_the_source_language_where_another_is_missing(settings_of_ward):
    settings_of_ward.wordings.filter(language="en").delete()
    with override("en"):
        assert WardSettings.objects.get().wording.name == "Phường Thử"


def test_a_ward_without_any_words_still_has_a_home_page(client, ward):
    WardSettings.objects.all().delete()
    assert client.get("/vi/").status_code == 200


def test_the_hotline_is_dialled_as_digits(client, ward):
    assert 'href="tel:02400000000"' in client.get("/vi/").content.decode()


def test_a_hotline_that_cannot_be_dialled_is_refused_where_it_was_written(settings_of_ward):
    settings_of_ward.hotline = "gọi phường"
    with pytest.raises(ValidationError) as refused, override("vi"):
        settings_of_ward.full_clean()
    assert set(refused.value.message_dict) == {"hotline"}


def test_the_ward_has_one_set_of_words_per_language(settings_of_ward):
    with pytest.raises(IntegrityError), transaction.atomic():
        WardWording.objects.create(record=settings_of_ward, language="vi", name="Phường Khác")


def test_the_seal_shows_the_wards_letters(client, ward):
    assert '<text class="seal__letters" x="20" y="26">PT</text>' in client.get("/vi/").content.decode()
