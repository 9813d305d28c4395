"""Adding a language is a setting, and the rest is translating in the admin. Here it is Korean."""

from urllib.parse import unquote

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import HeritageSitePageFactory, translate
from wardmark.base.languages import let_english_stand_in
from wardmark.base.locales import make_locales
from wardmark.base.models import HomePage
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db
KOREAN = {"accept-language": "ko-KR,ko;q=0.9,en-US;q=0.8"}
TRADITIONAL = {"accept-language": "zh-TW"}


@pytest.fixture
def korean(settings) -> Locale:
    """What the setting, `migrate` and a restart do."""
    languages = [("vi", "Tiếng Việt"), ("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    let_english_stand_in()
    make_locales()
    return Locale.objects.get(language_code="ko")


@pytest.fixture
def house(korean, heritage):
    page = HeritageSitePageFactory(
        parent=heritage, title="Đình Vòng", summary="Ngôi đình giữa làng.", han_nom_name="亭𧯄"
    )
    page.save_revision().publish()
    return page


def in_korean(page, korean, words, django_capture_on_commit_callbacks):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    made = Translation.objects.create(source=source, target_locale=korean, enabled=True)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=korean,
            data=words.get(segment.context.path, "한국어"),
            translation_type="manual",
        )
    with django_capture_on_commit_callbacks(execute=True):
        made.save_target(publish=True)
    return page.get_translations().get(locale=korean).specific


@pytest.fixture
def house_in_korean(house, ward, korean, django_capture_on_commit_callbacks):
    home = HomePage.objects.get(pk=ward.homes["vi"].pk)
    in_korean(home, korean, {"title": "시험 동", "slug": "ward-ko"}, django_capture_on_commit_callbacks)
    return in_korean(house, korean, {"title": "봉 사당", "slug": "vong"}, django_capture_on_commit_callbacks)


def test_its_pages_are_served_in_it_with_an_english_interface(client, house_in_korean):
    assert house_in_korean.get_url() == "/ko/di-tich/vong/"
    html = client.get("/ko/di-tich/vong/").content.decode()
    assert '<html lang="ko">' in html
    assert "<h1>봉 사당</h1>" in html
    assert '<a class="skip-link" href="#content">Skip to content</a>' in html
    assert "Bỏ qua" not in html
    assert 'lang="vi-Hani">亭𧯄<' in html
    assert 'hreflang="vi" href="http://testserver/vi/di-tich/dinh-vong/"' in html
    home = client.get("/ko/").content.decode()
    assert '<html lang="ko">' in home
    assert "시험 동" in home


def test_a_list_nobody_translated_says_so(client, house_in_korean):
    html = client.get("/ko/di-tich/").content.decode()
    assert "This page is not translated yet; it shows the words of the original." in html
    assert '<h1 lang="vi">Di tích</h1>' in html


def test_a_scan_opens_it_for_who_wishes_it(client, house_in_korean):
    code = Plaque.objects.for_page(house_in_korean).code
    assert client.get(f"/q/{code}", headers=KOREAN).headers["Location"] == "/ko/di-tich/vong/"
    assert client.get("/", headers=KOREAN).headers["Location"] == "/ko/"


def test_who_wishes_it_is_told_where_a_page_lacks_it(client, house):
    translate(house, "Vòng House")
    code = Plaque.objects.for_page(house).code
    where = client.get(f"/q/{code}", headers=KOREAN).headers["Location"]
    assert where == "/en/di-tich/dinh-vong/#wished-ko"
    html = client.get(where).content.decode()
    sentence = "This page is not in 한국어 yet; here it is in English."
    assert f'<p class="wish-note" id="wished-ko" lang="en" hidden>{sentence}</p>' in html
    # Who reads traditional characters is told as well, before simplified ones are there.
    assert client.get(f"/q/{code}", headers=TRADITIONAL).headers["Location"].endswith("#wished-other")
    assert 'id="wished-other"' in html


def test_a_copy_nobody_translated_meets_no_wish(client, house, heritage, ward, korean):
    english = translate(house, "Vòng House")
    ward.homes["vi"].copy_for_translation(korean).save_revision().publish()
    alias = house.copy_for_translation(korean, alias=True, copy_parents=True)
    where = client.get(f"/q/{Plaque.objects.for_page(house).code}", headers=KOREAN).headers["Location"]
    assert where == f"{english.get_url()}#wished-ko"
    html = client.get(where).content.decode()
    assert 'id="wished-ko"' in html
    # The switch still leads there; search engines are not told that it is Korean.
    assert alias.get_url() in unquote(html)
    assert 'rel="alternate" hreflang="ko"' not in html


def test_a_visitor_is_told_in_the_language_they_wish_where_we_have_its_words(client, house, korean):
    with override("vi"):
        html = client.get(house.get_url()).content.decode()
    # The wish for English is told in English on the Vietnamese page.
    assert 'id="wished-en" lang="en" hidden>This page is not in English yet; here it is in Tiếng Việt.<' in html
    assert 'id="wished-vi"' not in html


@pytest.mark.parametrize("home", ["none", "draft"])
def test_before_its_home_page_is_there_the_next_on_the_ladder_is_home(client, house, ward, korean, home):
    if home == "draft":
        ward.homes["vi"].copy_for_translation(korean)
    assert client.get("/", headers=KOREAN).headers["Location"] == "/ko/"
    assert client.get("/ko/").headers["Location"] == "/en/#wished-ko"
    assert client.get("/ko/di-tich/dinh-vong/").headers["Location"] == f"{house.get_url()}#wished-ko"
    assert client.get("/ko/khong-co/").status_code == 404


def test_search_in_it_finds_what_the_next_on_the_ladder_has(client, house):
    english = translate(house, "Vòng House")
    found = client.get("/ko/search/", {"q": "vong"}).context["found"]
    assert [page.pk for page in found] == [english.pk]


def test_editors_may_translate_into_it(house, korean, admin_client):
    html = admin_client.get(reverse("wagtail_localize:submit_page_translation", args=[house.pk])).content.decode()
    assert "한국어" in html or "Korean" in html


@pytest.mark.parametrize(
    ("codes", "fault"),
    [
        (["vi", "en"], []),
        (["vi", "en", "ko", "ja", "fr", "zh-hans", "zh-hant"], []),
        (["vi", "en", "korean"], ["base.E001"]),
        (["en", "vi"], ["base.E002"]),
        (["vi", "ko"], ["base.E003"]),
        ([], ["base.E002", "base.E003"]),
    ],
)
def test_a_wrong_setting_is_told_at_the_start(settings, codes, fault):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in codes]
    assert [message.id for message in run_checks() if message.id.startswith("base.")] == fault


def test_another_name_is_read_in_its_language_and_a_copy_brings_no_second_one(client, house, korean):
    english = translate(house, "Vòng House")
    house.copy_for_translation(korean, copy_parents=True, alias=True)
    names = client.get(english.url).content.decode().split('<p class="place__other-name"')[1:]
    assert [name.split("</p>")[0] for name in names] == [' lang="vi">Đình Vòng']
