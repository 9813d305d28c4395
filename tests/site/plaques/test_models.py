import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Page

from tests.factories import HeritageSitePageFactory, translate
from wardmark.plaques.codes import is_valid
from wardmark.plaques.models import Plaque, PlaqueIsForever

pytestmark = pytest.mark.django_db


@pytest.fixture
def site_page(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


def test_a_page_has_a_valid_code_from_its_first_save(site_page):
    assert is_valid(Plaque.objects.for_page(site_page).code)


def test_a_draft_has_its_code_too(site_page):
    draft = HeritageSitePageFactory(parent=site_page.get_parent(), live=False)
    assert Plaque.objects.for_page(draft) is not None


def test_every_page_type_of_the_ward_gets_a_code(ward):
    assert Plaque.objects.for_page(ward.homes["vi"]) is not None


def test_translations_share_one_code(site_page):
    english = translate(site_page, "Bối Hà Communal House")
    assert Plaque.objects.for_page(english) == Plaque.objects.for_page(site_page)
    assert Plaque.objects.filter(page_key=site_page.translation_key).count() == 1


def test_a_copy_of_a_page_is_another_place_with_another_code(site_page):
    copy = site_page.copy(update_attrs={"title": "Đình khác", "slug": "dinh-khac"})
    assert Plaque.objects.for_page(copy).code != Plaque.objects.for_page(site_page).code


def test_a_page_has_one_primary_plaque(site_page):
    plaque = Plaque.objects.for_page(site_page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plaque.objects.create(code="0000000", page_key=plaque.page_key, is_primary=True)


def test_a_code_is_issued_once(site_page):
    plaque = Plaque.objects.for_page(site_page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plaque.objects.create(code=plaque.code)


def test_a_plaque_cannot_be_deleted(site_page):
    plaque = Plaque.objects.for_page(site_page)
    with pytest.raises(PlaqueIsForever):
        plaque.delete()
    with pytest.raises(PlaqueIsForever):
        Plaque.objects.all().delete()
    assert Plaque.objects.filter(pk=plaque.pk).exists()


def test_deleting_the_page_leaves_the_plaque(site_page):
    key = site_page.translation_key
    site_page.delete()
    assert Plaque.objects.filter(page_key=key).count() == 1


def test_a_code_cannot_be_changed(site_page):
    plaque = Plaque.objects.for_page(site_page)
    plaque.code = "0000000"
    with pytest.raises(PlaqueIsForever):
        plaque.save()
    with pytest.raises(PlaqueIsForever):
        Plaque.objects.filter(pk=plaque.pk).update(code="0000000")
    plaque.refresh_from_db()
    assert plaque.code != "0000000"


def test_a_code_cannot_be_changed_on_a_plaque_fetched_without_it(site_page):
    plaque = Plaque.objects.only("is_primary").get(page_key=site_page.translation_key)
    plaque.code = "0000000"
    with pytest.raises(PlaqueIsForever):
        plaque.save()
    again = Plaque.objects.only("is_primary").get(page_key=site_page.translation_key)
    again.names = {"vi": "Đình Hà"}
    again.save(update_fields=["names"])
    assert Plaque.objects.for_page(site_page).names == {"vi": "Đình Hà"}


def test_the_short_link_is_lower_case_before_the_code(site_page, settings):
    settings.PLAQUE_BASE_URL = "https://cg.example"
    plaque = Plaque.objects.for_page(site_page)
    assert plaque.short_link == f"https://cg.example/q/{plaque.code}"
    assert len(plaque.short_link) <= 32


def test_the_plaque_remembers_names_and_the_pages_above(site_page):
    translate(site_page, "Bối Hà Communal House")
    plaque = Plaque.objects.for_page(site_page)
    assert plaque.names == {"vi": "Đình Bối Hà", "en": "Bối Hà Communal House"}
    index = site_page.get_parent()
    assert plaque.ancestor_keys == [str(index.translation_key), str(index.get_parent().translation_key)]


def test_a_renamed_page_is_remembered_by_its_new_name(site_page):
    site_page.title = "Đình Hà"
    site_page.save_revision().publish()
    assert Plaque.objects.for_page(site_page).names["vi"] == "Đình Hà"


def test_an_unpublished_change_of_name_is_not_remembered(site_page):
    site_page.title = "Tên nháp"
    site_page.save_revision()
    assert Plaque.objects.for_page(site_page).names["vi"] == "Đình Bối Hà"


@pytest.mark.django_db(transaction=True)
def test_two_processes_making_a_page_at_once_issue_one_code(ward):
    """Both threads pass the look-up before either writes; the constraint decides and the loser takes the winner's."""
    page = ward.homes["vi"]
    # As a page that was made before plaques were, or by a program that sends no signals.
    page.translation_key = uuid.uuid4()
    Page.objects.filter(pk=page.pk).update(translation_key=page.translation_key)
    start, issued, errors = threading.Barrier(2), [], []

    def issue():
        try:
            start.wait(timeout=10)
            issued.append(Plaque.objects.issue_primary(page).code)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert len(set(issued)) == 1
    assert len(issued) == 2
