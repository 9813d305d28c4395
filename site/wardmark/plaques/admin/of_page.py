"""All plaques of one page, for the page's own plaque screen: include `plaques/admin/_plaques_of_page.html`."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from wagtail.models import Page

from wardmark.plaques.models import Plaque
from wardmark.plaques.rights import ADD, may_edit_page, may_see


@dataclass(frozen=True, slots=True)
class PlaqueRow:
    """One plaque of the page; `url` is empty for somebody who may not look at its screen."""

    plaque: Plaque
    url: str


@dataclass(frozen=True, slots=True)
class PlaquesOfPage:
    """What the template needs, as `plaques_of_page`; `further_url` is empty where no further one may be made."""

    rows: list[PlaqueRow]
    further_url: str


def plaques_of_page(page: Page, user: AbstractBaseUser) -> PlaquesOfPage:
    """Return the plaques of a page and its translations, the primary one first, in one query."""
    sees = may_see(user)
    rows = [
        PlaqueRow(plaque, reverse("plaque:edit", args=[plaque.pk]) if sees else "")
        for plaque in Plaque.objects.of_page(page)
    ]
    may_add = sees and user.has_perm(ADD) and may_edit_page(user, page)
    return PlaquesOfPage(rows, reverse("plaque:further", args=[page.pk]) if may_add else "")
