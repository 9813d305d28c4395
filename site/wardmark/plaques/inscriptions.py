"""The words on plaques, gathered from their pages and the ward's settings."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page, Site

from wardmark.base.languages import content_languages, in_language, source_language
from wardmark.base.models import BasePage, WardSettings
from wardmark.plaques.artwork import Inscription
from wardmark.plaques.base_url import fault_of
from wardmark.plaques.models import Plaque

Pages = dict[str, Page]
# A plate has room for two.
LANGUAGES_ON_A_PLATE = 2


def inscription_for(plaque: Plaque) -> Inscription:
    """Return what the plaque carries; see `inscriptions_for`."""
    return inscriptions_for([plaque])[plaque.pk]


def inscriptions_for(plaques: Iterable[Plaque]) -> dict[int, Inscription]:
    """Return what each of these plaques carries, by primary key, in a number of queries that does not grow with them.

    The name is the source language's; the second name is that of the first other language that has the page. A plaque
    without a page is blank, unless it remembers the names of a page that was deleted.
    """
    plaques = list(plaques)
    by_key = _pages_by_key({plaque.page_key for plaque in plaques if plaque.page_key})
    wards, reason = _Wards(), proof_reason()
    inscriptions = {}
    for plaque in plaques:
        pages = by_key.get(plaque.page_key, {})
        inscriptions[plaque.pk] = _inscription(plaque, pages, wards.of(pages), reason)
    return inscriptions


def proof_reason() -> str:
    """Say in the active language why nothing may be printed yet, "" where it may."""
    if fault_of(settings.PLAQUE_BASE_URL, public=True) is None:
        return ""
    return gettext(
        "The address %(url)s does not open for everybody: a plaque needs one that begins with https and has a name the "
        "ward will keep for decades. Until PLAQUE_BASE_URL is set to it, every artwork is marked as a proof."
    ) % {"url": settings.PLAQUE_BASE_URL}


@dataclass(frozen=True, slots=True)
class _Ward:
    """What a plate says of the ward."""

    name: str
    seal_letters: str


def _pages_by_key(keys: Iterable[uuid.UUID | None]) -> dict[uuid.UUID | None, Pages]:
    """Return the pages by translation key and language, live or not; untranslated copies only where that is all."""
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    found: dict[uuid.UUID | None, list[Page]] = defaultdict(list)
    for page in Page.objects.filter(translation_key__in=list(keys)).specific():
        found[page.translation_key].append(page)
    return {key: _by_language(pages, languages) for key, pages in found.items()}


def _by_language(pages: list[Page], languages: dict[int, str]) -> Pages:
    written = [page for page in pages if page.alias_of_id is None]
    return {languages[page.locale_id]: page for page in written or pages}


class _Wards:
    """The wards of the sites, each looked up once; that of the default site for plaques without a page."""

    def __init__(self):
        self._roots = Site.get_site_root_paths()
        self._by_site: dict[int | None, _Ward] = {}

    def of(self, pages: Pages) -> _Ward:
        site = self._site_of(pages)
        if site not in self._by_site:
            chosen = {"is_default_site": True} if site is None else {"pk": site}
            self._by_site[site] = _ward(Site.objects.filter(**chosen).first())
        return self._by_site[site]

    def _site_of(self, pages: Pages) -> int | None:
        for page in pages.values():
            for root in self._roots:
                if page.url_path.startswith(root.root_path):
                    return root.site_id
        return None


def _ward(site: Site | None) -> _Ward:
    if site is None:
        return _Ward(settings.WAGTAIL_SITE_NAME, "")
    ward = WardSettings.for_site(site)
    wording = in_language(ward.wordings.all(), source_language())
    return _Ward(wording.name if wording else settings.WAGTAIL_SITE_NAME, ward.seal_letters)


def _inscription(plaque: Plaque, pages: Pages, ward: _Ward, reason: str) -> Inscription:
    names = {language: page.title for language, page in pages.items()} or plaque.names
    languages = [code for code, _name in content_languages() if names.get(code)]
    name = names[languages[0]] if languages else ""
    return Inscription(
        code=plaque.code,
        short_link=plaque.short_link,
        name=name,
        other_name=next((names[code] for code in languages[1:] if names[code] != name), ""),
        ward=ward.name,
        seal_letters=ward.seal_letters,
        promise=tuple(_promise(pages, code) for code in _languages_on_a_plate()),
        note=tuple(_note(code) for code in _languages_on_a_plate()),
        proof_reason=reason,
        version=plaque.artwork_version,
    )


def _languages_on_a_plate() -> list[str]:
    return [code for code, _name in content_languages()[:LANGUAGES_ON_A_PLATE]]


def _promise(pages: Pages, language: str) -> str:
    """The page's own promise in that language, else what fits its kind."""
    page = pages.get(language)
    if isinstance(page, BasePage) and page.promise.strip():
        return page.promise
    kinds = [type(page) for page in pages.values() if isinstance(page, BasePage)]
    with override(language):
        return kinds[0].usual_promise() if kinds else gettext("Scan to learn the story of this place")


def _note(language: str) -> str:
    with override(language):
        return gettext("No app needed")
