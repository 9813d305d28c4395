"""What a page says of a shop's waiting wishes, Wagtail's own buttons do not make public past those who decide on them.

The officers' list and the step of the workflow ask the same before they offer to accept; here it is asked again where
a page is published whichever way: by the button of its form, in bulk, by a workflow, on a day, from a translation.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from streets.changes import deciding, departing, page_revisions, page_values
from streets.changes.classes import Asked, asked
from streets.changes.in_turn import locked_all
from streets.models import ChangeRequest, Shop, ShopPage
from wardmark.accounts.models import User


def bars(page: ShopPage, by: User | None) -> list[str]:
    """Return why this version of a page must not be published by this person; empty where it may.

    by=None for the site itself, on the day that an editor has set. What is public already bars nothing.
    """
    found = [(one.field.label, _why_not(change, by)) for change, one in _carried(page)]
    return [f"{label}: {why}" for label, why in found if why]


def _carried(page: ShopPage) -> list[tuple[ChangeRequest, Asked]]:
    """Return what waits for this page and would be public with this version of it."""
    if page.pk is None:
        return []
    waiting = list(ChangeRequest.objects.waiting().filter(page=page.pk).select_related("shop"))
    if not waiting:
        return []
    public = page_revisions.fresh(page.pk)
    named = [(change, asked(change.field, change.language or None)) for change in waiting]
    return [
        (change, one)
        for change, one in named
        if one
        and page_values.read(page, one) == change.after
        # The row of a page that is not public may hold its draft.
        and (not public.live or page_values.read(public, one) != change.after)
    ]


def _why_not(change: ChangeRequest, by: User | None) -> str:
    if change.shop.disputed_since:
        return _("It is not settled yet who keeps this shop. Please decide on the dispute first.")
    if not departing.is_still_a_member(change):
        return _("Who wished this no longer keeps the shop. Please do not accept it; the shop may wish it anew.")
    if by is None:
        return ""
    if change.made_by_id == by.pk:
        return _("You have wished this yourself. Somebody else must look at it.")
    if not deciding.may_decide(by, change.shop):
        return _("The shop wishes this, and somebody who decides on shops’ changes must look at it first.")
    return ""


def lock_shops_of_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Lock the shops of all pages that are changed in bulk, and of those below them, always in one order.

    A hook of Wagtail's, inside its transaction, so that pages done in bulk come in turn like those done one by one.
    """
    if not issubclass(action.model, Page):
        return
    locked_all(Shop.objects.filter(pk__in={shop_id for page in objects for shop_id in _shops_below(page)}))


def _shops_below(page: Page) -> list[int]:
    return list(ShopPage.objects.descendant_of(page, inclusive=True).values_list("shop_id", flat=True))
