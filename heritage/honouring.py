"""Which people a site honours and which sites honour a person, as far as everybody may know of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Coalesce

from heritage.models.people import Honour, PersonPage
from heritage.models.sites import HeritageIndexPage, HeritageSitePage
from wardmark.base.languages import ladder
from wardmark.base.listing import closed_paths, listed, outside


@dataclass(frozen=True, slots=True)
class Honoured:
    """A person with the page to read about them, and what this site honours them as."""

    person: PersonPage
    role: str


def people_honoured(site: HeritageSitePage) -> list[Honoured]:
    """Return the people of a site in the editors' order, each in the site's language or the nearest there is.

    Left out are people whose pages are not published or not open to everybody. One query where all have a page in the
    site's language, a handful otherwise, however many they are.
    """
    honours = list(site.honours.all().select_related("person__locale"))
    if not honours:
        return []
    closed = site.closed_to_some()
    if all(_is_open_in(honour.person, site.locale_id, closed) for honour in honours):
        return list(_once(honours, {honour.person.translation_key: honour.person for honour in honours}))
    keys = {honour.person.translation_key for honour in honours}
    pages = PersonPage.objects.live().filter(translation_key__in=keys)
    rungs = ladder(site.locale.language_code)
    best: dict = {}
    for page in outside(pages, closed).select_related("locale"):
        known = best.get(page.translation_key)
        if known is None or rungs.index(page.locale.language_code) < rungs.index(known.locale.language_code):
            best[page.translation_key] = page
    return list(_once(honours, best))


def _once(honours: list[Honour], pages: dict[UUID, PersonPage]) -> Iterator[Honoured]:
    """Yield each person that has a page once, in the order of the honours."""
    left = dict(pages)
    for honour in honours:
        page = left.pop(honour.person.translation_key, None)
        if page is not None:
            yield Honoured(page, honour.role)


def _is_open_in(person: PersonPage, locale_id: int, closed: tuple[str, ...]) -> bool:
    return person.live and person.locale_id == locale_id and not person.path.startswith(closed)


def people_of(index: HeritageIndexPage) -> list[PersonPage]:
    """Return the people with a page in this list, by the years they lived, those without a year last."""
    people = listed(PersonPage.objects.child_of(index))
    year = Coalesce("died_year", "born_year")
    return list(people.order_by(year.asc(nulls_last=True), "title"))


def sites_honouring(person: PersonPage) -> list[HeritageSitePage]:
    """Return the sites of the person's language that honour them, as cards, each with its `role`."""
    honours = Honour.objects.filter(
        person__translation_key=person.translation_key, page__locale_id=person.locale_id
    ).order_by("page__path", "sort_order")
    roles: dict[int, str] = {}
    for page_id, role in honours.values_list("page_id", "role"):
        roles.setdefault(page_id, role)
    if not roles:
        return []
    model = HeritageSitePage
    pages = outside(model.objects.live().filter(pk__in=roles), closed_paths())
    sites = list(pages.select_related(*model.shown_together).prefetch_related(*model.shown_on_card).order_by("path"))
    for site in sites:
        site.role = roles[site.pk]
    return sites
