"""What officers decide on what the people of a shop wished.

Each rule locks the shop first, as `in_turn` says. It raises PermissionDenied for whoever may not, and `NotPossible`
with a message.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from streets.changes import applying, departing, product_values, workflow
from streets.changes.classes import Asked, asked
from streets.changes.errors import NotPossible
from streets.changes.in_turn import locked
from streets.models import ChangeRequest, ChangeState, Shop
from streets.shop_rights import may
from wardmark.accounts.models import User
from wardmark.base.publishing import NotReady

# What `seen` is where whoever decides has not looked.
_ANYTHING = object()


def may_decide(by: User, shop: Shop) -> bool:
    """Say whether this officer may decide for this very shop; its pages should be fetched with it."""
    return may(by, shop, workflow.DECIDE)


@transaction.atomic
def approve(*, change: ChangeRequest, by: User, seen: Any = _ANYTHING) -> None:
    """Make public what waits, of a shop that is not in dispute, and nobody's own wish.

    `seen` is what was public when the officer looked; NotPossible where it is not now.
    """
    current, one = _locked(change, by)
    if not current.is_waiting:
        raise NotPossible(_("Somebody else has decided on this already."))
    _refuse_own(current, by)
    if not departing.is_still_a_member(current):
        raise NotPossible(
            _("Who wished this no longer keeps the shop. Please do not accept it; the shop may wish it anew.")
        )
    if current.shop.disputed_since:
        raise NotPossible(_("It is not settled yet who keeps this shop. Please decide on the dispute first."))
    now_is = applying.now_is(current.shop, one)
    if seen is not _ANYTHING and seen != now_is:
        raise NotPossible(_("What is public has changed since you opened this. Please look again."))
    _refuse_while_held(current, one, by)
    # What an undo of the ward would put back, whatever was public when it was wished.
    current.before = now_is
    current.save(update_fields=["before"])
    workflow.mark_live(current, by=by)
    made = _say(current, one, current.after, by=current.made_by)
    applying.remember(current, made.get((one.name, one.language)))
    current.save(update_fields=["field", "after", "page", "revision"])
    if current.page_id:
        workflow.finish(current.page_id, by=by)
    change.refresh_from_db()


@transaction.atomic
def reject(*, change: ChangeRequest, by: User, reason: str) -> None:
    """Refuse what waits, with a reason that the shop reads."""
    current, _one = _locked(change, by)
    if not current.is_waiting:
        raise NotPossible(_("Somebody else has decided on this already."))
    _need(reason)
    workflow.mark_rejected(current, by=by, reason=reason)
    workflow.leave([current], by=by)
    change.refresh_from_db()


@transaction.atomic
def look_over(*, change: ChangeRequest, by: User, ok: bool, reason: str = "") -> None:
    """Say afterwards whether what became public at once is right; where it is not, it is taken back, with a reason.

    What was changed again since stays, and the newest of it is looked over next; the refusal counts all the same. A new
    product is taken back whatever its price and its allergens have become since.
    """
    current, one = _locked(change, by)
    if current.state != ChangeState.LIVE or current.looked_over_at or not current.is_drawn:
        raise NotPossible(_("Somebody else has looked at this already."))
    if ok:
        _refuse_own(current, by)
    current.looked_over_by, current.looked_over_at = by, timezone.now()
    current.save(update_fields=["looked_over_by", "looked_over_at"])
    if not ok:
        _need(reason)
        if _still_stands(current, one):
            _refuse_while_held(current, one, by)
            _say(current, one, _before_what_was_refused(current), by=by)
        else:
            _draw_the_newest(current, one)
        workflow.mark_rejected(current, by=by, reason=reason)
    change.refresh_from_db()


def _still_stands(change: ChangeRequest, one: Asked) -> bool:
    now_is = applying.now_is(change.shop, one)
    if one.field.name == "product" and change.before is None and now_is is not None:
        return all(now_is[name] == change.after[name] for name in product_values.WORDS)
    return now_is == change.after


def _before_what_was_refused(change: ChangeRequest) -> Any:
    """Return what stood there before, and where that was refused since, what stood there before that."""
    same = ChangeRequest.objects.of_field(change.shop, change.field, change.language)
    refused = same.filter(state=ChangeState.REJECTED, live_since__isnull=False, live_since__lte=change.live_since)
    before = change.before
    for older in refused.order_by("-live_since", "-pk"):
        if older.after == before:
            before = older.before
    return before


def _draw_the_newest(change: ChangeRequest, one: Asked) -> None:
    """Let officers look over what stands there now, where it became public without them."""
    same = ChangeRequest.objects.of_field(change.shop, change.field, change.language)
    if one.field.name == "product":
        words = [f"{change.field}.{name}" for name in product_values.WORDS]
        same = ChangeRequest.objects.filter(shop=change.shop, field__in=[change.field, *words])
    live = same.filter(state=ChangeState.LIVE).exclude(pk=change.pk)
    newest = live.order_by("-live_since", "-pk").first()
    if newest is not None and newest.decided_at is None:
        newest.is_drawn = True
        newest.save(update_fields=["is_drawn"])


def _locked(change: ChangeRequest, by: User) -> tuple[ChangeRequest, Asked]:
    shop = locked(change.shop_id)
    if not may_decide(by, shop):
        raise PermissionDenied
    current = ChangeRequest.objects.select_for_update().get(pk=change.pk)
    current.shop = shop
    one = asked(current.field, current.language or None)
    if one is None:
        raise NotPossible(_("This field is no longer there."))
    return current, one


def _refuse_own(change: ChangeRequest, by: User) -> None:
    if change.made_by_id == by.pk:
        raise NotPossible(_("You have wished this yourself. Somebody else must look at it."))


def _refuse_while_held(change: ChangeRequest, one: Asked, by: User) -> None:
    page = applying.page_of(change.shop, one) if change.page_id else None
    if page is not None and workflow.is_held(page) and page.get_lock().for_user(by):
        raise NotPossible(_("The page is locked, or put down to be published on a day. Please end that first."))


def _say(change: ChangeRequest, one: Asked, value: Any, *, by: User | None) -> dict[tuple[str, str], Any]:
    try:
        made = applying.say(change.shop, [(one, value)], by=by)
    except (ValidationError, NotReady) as refused:
        raise NotPossible(" ".join(refused.messages)) from refused
    departing.let_go_with(change.shop, one, value, by=by, now=timezone.now())
    return made


def _need(reason: str) -> None:
    if not reason.strip():
        raise NotPossible(_("Please say why: the people of the shop read it."))
