"""Choosing the plaques of a print job: only of pages the person may edit, and in the order of the page tree."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from wardmark.plaques.models import Plaque, PlaqueState


class ChoiceRefused(Exception):
    """Plaques were asked for that this person may not print; the message says which."""


def editable_pages(user: AbstractBaseUser) -> QuerySet:
    return PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change", "publish"})


def printable(plaques: QuerySet) -> QuerySet:
    """Leave out those that were taken down for good."""
    return plaques.exclude(state=PlaqueState.RETIRED)


def plaques_of(pages: QuerySet, *, only_planned: bool = False) -> list[Plaque]:
    """Return the plaques of these pages, page by page as they stand in the tree, a page's primary one first."""
    plaques = printable(Plaque.objects.filter(page_key__in=pages.values("translation_key")))
    return in_order(plaques.planned() if only_planned else plaques)


def planned_plaques(user: AbstractBaseUser) -> list[Plaque]:
    """Return every planned plaque of the pages this person may edit, and the blank ones."""
    mine = Q(page_key__in=editable_pages(user).values("translation_key")) | Q(page_key=None)
    return in_order(Plaque.objects.planned().filter(mine))


def plaques_under(page: Page, user: AbstractBaseUser, *, only_planned: bool = False) -> list[Plaque]:
    """Return the plaques of a page and of everything under it that this person may edit: a whole street."""
    return plaques_of(editable_pages(user).descendant_of(page, inclusive=True), only_planned=only_planned)


def given_plaques(pks: Iterable[int], user: AbstractBaseUser) -> list[Plaque]:
    """Return these plaques. Raises ChoiceRefused, naming them, where some are of pages this person may not edit."""
    plaques = printable(Plaque.objects.filter(pk__in=set(pks)))
    pages = Page.objects.all()
    foreign = plaques.filter(page_key__in=pages.values("translation_key")).exclude(
        page_key__in=editable_pages(user).values("translation_key")
    )
    if codes := [plaque.printed_code for plaque in foreign.order_by("code")[:5]]:
        raise ChoiceRefused(
            _("You may not print plaques of pages that you may not edit: %(codes)s.") % {"codes": ", ".join(codes)}
        )
    return in_order(plaques)


def in_order(plaques: QuerySet) -> list[Plaque]:
    """Return plaques by their pages' place in the tree; those without a page last, by code."""
    found = list(plaques.order_by("-is_primary", "pk"))
    pages = Page.objects.filter(translation_key__in=plaques.values("page_key")).order_by("-path")
    # Of a page's translations the first in the tree counts: it is written last.
    path_of = dict(pages.values_list("translation_key", "path"))
    return sorted(found, key=lambda plaque: (path_of.get(plaque.page_key, "￿"), not plaque.is_primary, plaque.code))
