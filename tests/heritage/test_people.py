import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from heritage.honouring import people_honoured, sites_honouring
from heritage.models import Festival, HeritageSitePage, Honour, PersonKind, PersonPage
from tests.factories import HeritageSitePageFactory, PersonPageFactory, translate

pytestmark = pytest.mark.django_db


def honour(site: HeritageSitePage, person: PersonPage, role: str = "") -> None:
    # Fetched anew: a page keeps in memory what was added to it, and a copy would be given it twice.
    page = HeritageSitePage.objects.get(pk=site.pk)
    page.honours.add(Honour(person=person, role=role, locale=page.locale, sort_order=page.honours.count()))
    page.save_revision().publish()


def shown(client, page) -> str:
    return client.get(page.url).content.decode()


@pytest.fixture
def person(heritage) -> PersonPage:
    return PersonPageFactory(parent=heritage, title="Triệu Chí Thành", kind=PersonKind.GENERAL)


@pytest.fixture
def site(heritage) -> HeritageSitePage:
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


def test_the_site_names_whom_it_honours_and_the_person_where(client, site, person):
    honour(site, person, "thành hoàng")
    at_the_gate, of_the_person = shown(client, site), shown(client, person)
    assert f'href="{person.url}"' in at_the_gate
    assert "Thành hoàng" in at_the_gate
    assert f'href="{site.url}"' in of_the_person
    assert "Thành hoàng" in of_the_person


def test_all_sites_that_honour_a_person_are_joined_in_the_editors_order(heritage, site, person):
    other = HeritageSitePageFactory(parent=heritage)
    honour(other, person)
    honour(site, person)
    assert sites_honouring(person) == [site, other]


def test_each_language_leads_to_its_own_pages(client, site, person):
    honour(site, person, "thành hoàng")
    english_person, english_site = translate(person, "General Triệu"), translate(site, "Bối Hà House")
    assert f'href="{english_person.url}"' in shown(client, english_site)
    assert f'href="{english_site.url}"' in shown(client, english_person)
    assert english_site.title not in shown(client, person)


def test_a_person_not_yet_translated_is_linked_in_vietnamese_and_said_to_be(client, site, person):
    honour(site, person)
    content = shown(client, translate(site, "Bối Hà House"))
    assert f'href="{person.url}" hreflang="vi" lang="vi"' in content
    assert "Tiếng Việt" in content


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_hidden_people_and_sites_are_not_named(client, site, person, hide):
    honour(site, person)
    for hidden, page in ((person, site), (site, person)):
        if hide == "unpublish":
            hidden.unpublish()
        else:
            closed = PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        assert hidden.title not in shown(client, page)
        if hide == "unpublish":
            hidden.save_revision().publish()
            hidden.refresh_from_db()
        else:
            closed.delete()
    assert [one.person for one in people_honoured(site)] == [person]


def test_more_people_and_sites_cost_no_more_queries(
    client, heritage, site, person, django_assert_num_queries, django_assert_max_num_queries
):
    honour(site, person)
    for page in (site, person):
        client.get(page.url)
    with django_assert_max_num_queries(12) as at_site:
        client.get(site.url)
    with django_assert_max_num_queries(12) as of_person:
        client.get(person.url)
    for _number in range(4):
        honour(site, PersonPageFactory(parent=heritage))
        honour(HeritageSitePageFactory(parent=heritage), person)
    with django_assert_num_queries(len(at_site)):
        client.get(site.url)
    with django_assert_num_queries(len(of_person)):
        client.get(person.url)


def test_the_list_of_sites_names_the_people_by_their_time(client, heritage):
    later = PersonPageFactory(parent=heritage, died_year=1117)
    unknown = PersonPageFactory(parent=heritage)
    earlier = PersonPageFactory(parent=heritage, born_year=-40)
    hidden = PersonPageFactory(parent=heritage, live=False)
    content = shown(client, heritage)
    assert content.index(earlier.title) < content.index(later.title) < content.index(unknown.title)
    assert hidden.title not in content


def test_life_dates_that_nobody_knows_are_shown_as_unknown(client, person):
    assert "Chưa có thông tin" in shown(client, person)


def test_a_death_before_the_birth_is_refused():
    with pytest.raises(ValidationError) as refused:
        PersonPage(title="Ai", born_year=600, died_year=571).clean()
    assert list(refused.value.message_dict) == ["died_year"]


def test_a_person_is_found_without_accents_by_any_name(client, heritage):
    PersonPageFactory(parent=heritage, title="Nguyễn Bông", other_names="Đô Thiên Quảng Đức")
    assert "Nguyễn Bông" in client.get(reverse("search"), {"q": "do thien"}).content.decode()


def test_an_editor_adds_a_person_and_sees_the_panels_of_a_site(editor_client, heritage, site):
    assert editor_client.get(f"/admin/pages/add/heritage/personpage/{heritage.pk}/").status_code == 200
    content = editor_client.get(f"/admin/pages/{site.pk}/edit/").content.decode()
    assert "honours-TOTAL_FORMS" in content
    assert "festivals-TOTAL_FORMS" in content


def test_a_draft_is_previewed_with_its_people(editor_client, site, person):
    site.honours.add(Honour(person=person, role="thành hoàng", locale=site.locale))
    site.save_revision()
    assert not people_honoured(HeritageSitePage.objects.get(pk=site.pk))
    preview = editor_client.get(f"/admin/pages/{site.pk}/revisions/{site.latest_revision.pk}/view/")
    assert person.title in preview.content.decode()


def test_a_translated_site_keeps_up_with_the_people_and_festivals_of_its_source(client, site, person):
    honour(site, person, "thành hoàng")
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(HeritageSitePage.objects.get(pk=site.pk))
    Translation.objects.create(source=source, target_locale=english)
    source.create_or_update_translation(english, fallback=True)
    other = PersonPageFactory(parent=site.get_parent(), title="Chu Lý")
    page = HeritageSitePage.objects.get(pk=site.pk)
    page.honours.add(Honour(person=other, locale=page.locale, sort_order=1))
    page.festivals.add(Festival(day=12, month=2, locale=page.locale))
    page.save_revision().publish()
    source.update_from_db()
    source.create_or_update_translation(english, fallback=True)
    translation = HeritageSitePage.objects.get(pk=page.get_translation(english).pk)
    assert [one.person for one in people_honoured(translation)] == [person, other]
    assert translation.festivals.get().translation_key == page.festivals.get().translation_key
