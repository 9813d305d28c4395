"""From every page and from whatever a plaque answers, one link leads to the form, which knows where it was followed."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction, get_page_models

from heritage.models import HeritageIndexPage, HeritageSitePage, PersonPage, TrailIndexPage, TrailPage
from streets.models import FoodVendorPage, ShopPage, StreetIndexPage, StreetPage
from tests.factories import (
    FoodVendorPageFactory,
    HeritageIndexPageFactory,
    HeritageSitePageFactory,
    PersonPageFactory,
    ShopPageFactory,
    StandardPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    TrailIndexPageFactory,
    TrailPageFactory,
    translate,
)
from wardmark.base.models import HomePage, StandardPage
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import Plaque
from wardmark.plaques.resolving import Answer, destination
from wardmark.reports.about import Subject

pytestmark = pytest.mark.django_db


def _street(home: Page) -> Page:
    return StreetPageFactory(parent=StreetIndexPageFactory(parent=home))


def _trail(home: Page) -> Page:
    index = HeritageIndexPageFactory(parent=home)
    places = [HeritageSitePageFactory(parent=index) for _ in range(2)]
    return TrailPageFactory(parent=TrailIndexPageFactory(parent=home), stops=places)


PAGES: dict[type[Page], Callable[[Page], Page]] = {
    HomePage: lambda home: home,
    StandardPage: lambda home: StandardPageFactory(parent=home),
    HeritageIndexPage: lambda home: HeritageIndexPageFactory(parent=home),
    HeritageSitePage: lambda home: HeritageSitePageFactory(parent=HeritageIndexPageFactory(parent=home)),
    PersonPage: lambda home: PersonPageFactory(parent=HeritageIndexPageFactory(parent=home)),
    TrailIndexPage: lambda home: TrailIndexPageFactory(parent=home),
    TrailPage: _trail,
    StreetIndexPage: lambda home: StreetIndexPageFactory(parent=home),
    StreetPage: _street,
    ShopPage: lambda home: ShopPageFactory(parent=_street(home)),
    FoodVendorPage: lambda home: FoodVendorPageFactory(parent=_street(home)),
}


def form_addresses(html: str, language: str) -> set[str]:
    """Return the links to the form, as a browser follows them."""
    with override(language):
        form = reverse("reports:new")
    return {
        link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', html) if link.partition("?")[0] == form
    }


def subject_of(client, link: str) -> Subject:
    answer = client.get(link)
    assert answer.status_code == 200
    return answer.context["subject"]


def told(html: str) -> str:
    """Return what a page itself says, without the foot that all share."""
    return html.partition("<main")[2].partition("</main>")[0]


def test_no_kind_of_page_is_forgotten():
    assert set(get_page_models()) - {Page} == set(PAGES)


def in_english(page: Page) -> Page:
    """Return its translation, made along with those of what stands above it."""
    english = Locale.objects.get(language_code="en")
    if page.has_translation(english):
        return page.get_translation(english)
    in_english(page.get_parent().specific)
    return translate(page, f"{page.title} in English")


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_a_page_leads_to_the_form_about_it_in_each_language(client, ward, kind):
    page = PAGES[kind](ward.homes["vi"])
    assert type(page) is kind
    for language, one in {"vi": page, "en": in_english(page)}.items():
        answer = client.get(one.get_url())
        assert answer.status_code == 200
        [link] = form_addresses(answer.content.decode(), language)
        assert subject_of(client, link).page.pk == one.pk


# What a plaque answers that has no page to lead to.
WITHOUT_PAGE = {
    "its page is away": Answer.AWAY,
    "its page is closed": Answer.AWAY,
    "retired": Answer.RETIRED,
    "retired, its page away": Answer.RETIRED,
    "blank": Answer.BLANK,
}


def become(what: str, place: Page, plaque: Plaque) -> Plaque:
    """Return a plaque that answers so."""
    if what == "blank":
        return Plaque.objects.issue()
    for one in (place, *place.get_translations()):
        if "away" in what:
            one.unpublish()
        if "closed" in what:
            PageViewRestriction.objects.create(page=one, restriction_type=PageViewRestriction.LOGIN)
    if "retired" in what:
        retire(plaque=plaque, by=None, why="Đã tháo")
    plaque.refresh_from_db()
    return plaque


def test_no_answer_is_forgotten():
    assert {Answer.PAGE, *WITHOUT_PAGE.values()} == set(Answer)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("what", WITHOUT_PAGE)
def test_a_plaque_without_a_page_leads_to_the_form_about_it(client, place, plaque, what, language):
    plaque = become(what, place, plaque)
    assert destination(plaque).answer is WITHOUT_PAGE[what]
    answer = client.get(f"/q/{plaque.code}", headers={"accept-language": language})
    assert answer.status_code == 200
    [link] = form_addresses(told(answer.content.decode()), language)
    assert subject_of(client, link).plaque == plaque


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_plaque_with_a_page_leads_to_the_form_scanned_and_typed(client, place, plaque, language, is_replaced):
    if is_replaced:
        further = issue_further(page=place, by=None, label="cổng sau")
        retire(plaque=further, by=None, why="Đã thay", replaced_by=plaque)
        plaque = further
    said = {"accept-language": language}
    scanned = client.get(f"/q/{plaque.code}", headers=said, follow=True).content.decode()
    [link] = form_addresses(told(scanned), language)
    assert subject_of(client, link).page.translation_key == place.translation_key
    for address in (f"{reverse('plaques:enter_code')}?code={plaque.code}", f"/q/{plaque.code}/report/"):
        shown = told(client.get(address, headers=said).content.decode())
        [link] = form_addresses(shown, language)
        assert subject_of(client, link).plaque == plaque


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", ["0000000", "nonsense"])
def test_a_code_of_nobody_leads_to_the_form_too(client, ward, code, language):
    answer = client.get(f"/q/{code}", headers={"accept-language": language})
    assert answer.status_code == 404
    [link] = form_addresses(told(answer.content.decode()), language)
    assert not subject_of(client, link).fields
