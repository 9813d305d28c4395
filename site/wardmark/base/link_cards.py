"""What a chat or a social network shows of a page when its address is sent on, and what search engines take for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from wardmark.base.languages import source_language
from wardmark.base.link_pictures import picture_address
from wardmark.base.navigation import LanguageLink
from wardmark.base.structured_data import absolute
from wardmark.design.link_picture import HEIGHT, WIDTH

if TYPE_CHECKING:
    from wardmark.base.models import BasePage


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The parts of the card, addresses in full. `alternates` are (language, address), with `x-default` at the end."""

    title: str
    description: str
    kind: str
    address: str
    site_name: str
    locale: str
    other_locales: list[str]
    alternates: list[tuple[str, str]]
    picture: str
    picture_width: int = WIDTH
    picture_height: int = HEIGHT


def link_card(page: "BasePage", links: Iterable[LanguageLink], request: HttpRequest) -> LinkCard | None:
    """Return the card of a page that is open to everybody, else None. `links` are those of the language switch."""
    # What is previewed before it was ever saved has no address yet.
    if page.pk is None or not page.is_open():
        return None
    ward = page.shown_ward(request)
    own = page.locale.language_code
    told = [link for link in links if link.is_same_page and not link.is_copy]
    return LinkCard(
        title=page.seo_title or page.title,
        description=page.search_description or page.summary,
        kind=page.link_kind,
        address=(page.copied_from() or page).get_full_url(request),
        site_name=ward.wording.name if ward.wording else "",
        locale=_locale(own),
        other_locales=[_locale(link.language) for link in told if link.language != own and _locale(link.language)],
        alternates=_alternates({link.language: link.full_url for link in told}),
        picture=absolute(page, picture_address(page, ward), request),
    )


def _alternates(addresses: dict[str, str]) -> list[tuple[str, str]]:
    """Return where a page is in each language; nothing for a page in one language."""
    return with_default(addresses) if len(addresses) > 1 else []


def with_default(addresses: dict[str, str]) -> list[tuple[str, str]]:
    """Add the address for whoever reads none of these languages: that of the source language, if there is one."""
    default = addresses.get(source_language())
    return [*addresses.items(), *([("x-default", default)] if default else [])]


def _locale(language: str) -> str:
    """Return a language with its country, as Open Graph wants it; empty for one that nobody gave a country."""
    return settings.LANGUAGE_LOCALES.get(language, "")
