"""What a member of a shop wishes to change, and may take back.

Each rule locks the shop first (`in_turn`), so that two people come one after the other, and does all of it or nothing.
It raises a `ChangeRefused` with a message for the person, or ValidationError by the names of the fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from streets.changes import applying, departing, photographers, workflow
from streets.changes.claim_words import known_claims
from streets.changes.classes import NEW_PRODUCT, Asked, ChangeClass, Holder, asked
from streets.changes.errors import ChangedMeanwhile, Frozen, NotPossible, NotYours, TooManyToday
from streets.changes.in_turn import locked
from streets.changes.routing import Weight, Why, weigh, without_new_words
from streets.changes.trust import is_drawn, is_trusted, was_refused
from streets.hours.state import WARD_ZONE
from streets.members import Task, may_do, membership, required
from streets.models import ChangeRequest, ChangeState, ChangeWeight, Shop, ShopMember
from wardmark.accounts.models import User
from wardmark.base.publishing import NotReady

# Of one shop in one day of the ward: forms sent with what is public at once, however many prices stand in one; and
# fields that an officer reads before or after.
MOST_LIVE_A_DAY = 20
MOST_READ_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one field; `field` is the name as the form has it."""

    field: str
    how: Literal["live", "waits", "unchanged"]
    request: ChangeRequest | None = None
    # Until when it may be taken back.
    changed_until: datetime | None = None


_LIGHT = Weight(ChangeClass.LIVE)


@dataclass(slots=True)
class _Wish:
    """One field on its way through `propose`."""

    said: str
    asked: Asked
    before: Any
    after: Any
    weight: Weight = _LIGHT
    is_live: bool = True
    request: ChangeRequest | None = None


@transaction.atomic
def propose(
    *,
    shop: Shop,
    by: User,
    values: Mapping[str, Any],
    seen: Mapping[str, Any],
    language: str | None = None,
    now: datetime,
) -> list[Outcome]:
    """Change fields of a shop, each as its class says. Returns one outcome for each, in the order of `values`.

    `seen` is what the form showed when it was opened, in the same names: a field that was left as it showed is left to
    whoever changed it meanwhile. `language` is that of names without one.

    Raises NotYours, Frozen, ValidationError by the same names, ChangedMeanwhile and TooManyToday, with nothing changed.
    """
    shop = locked(shop.pk)
    fields = {name: asked(name, language) for name in values}
    member = _member(shop, by, fields)
    touched = {name: one for name, one in fields.items() if not (name in seen and seen[name] == values[name])}
    wishes = _wishes(shop, touched, values)
    _refuse_what_changed_meanwhile(shop, by, wishes, seen)
    wishes = {name: wish for name, wish in wishes.items() if wish.before != wish.after}
    _weigh(shop, member, list(wishes.values()), now)
    days = [day for wish in wishes.values() if (day := _days_alone(shop, wish)) is not None]
    _refuse_too_many(shop, [*days, *wishes.values()], now)
    _make_live(shop, by, [*days, *(wish for wish in wishes.values() if wish.is_live)], now)
    _let_wait(shop, by, [wish for wish in wishes.values() if not wish.is_live], now)
    return [_outcome(name, wishes.get(name)) for name in values]


@transaction.atomic
def undo(*, change: ChangeRequest, by: User, now: datetime) -> None:
    """Put back what was public before a change that became public at once. Raises NotYours, Frozen, NotPossible.

    Not when the value has changed again since, after 30 days, for what an officer agreed to, or where the ward has
    refused what was public before.
    """
    change, one = _own_change(change, by)
    if not change.may_be_undone(now):
        raise NotPossible(_("This can no longer be taken back."))
    if applying.now_is(change.shop, one) != change.after:
        raise NotPossible(_("This was changed again since. Please change it as you would any other fact."))
    page = applying.page_of(change.shop, one) if change.page_id else None
    if page is not None and workflow.is_held(page):
        raise NotPossible(_("The ward is working on this page just now. Please try again later."))
    if was_refused(change, one):
        raise NotPossible(_("The ward has not accepted what stood there before. Please write it anew."))
    try:
        applying.say(change.shop, [(one, change.before)], by=by)
    except (ValidationError, NotReady) as refused:
        # What it named is gone, such as a photo, or the page cannot be published any more.
        raise NotPossible(" ".join(refused.messages)) from refused
    departing.let_go_with(change.shop, one, change.before, by=by, now=now)
    _close(change, ChangeState.UNDONE, by=by, now=now)
    _let_words_go(change, one, by=by, now=now)


@transaction.atomic
def withdraw(*, change: ChangeRequest, by: User) -> None:
    """Take back a wish that waits. Raises NotYours, NotPossible."""
    change, _one = _own_change(change, by, frozen_too=True)
    if not change.is_waiting:
        raise NotPossible(_("The ward has decided on this already."))
    _close(change, ChangeState.WITHDRAWN, by=by, now=timezone.now())
    workflow.leave([change], by=by)


def _member(shop: Shop, by: User, fields: Mapping[str, Asked | None]) -> ShopMember:
    member = membership(by, shop)
    for name, one in fields.items():
        is_wished_here = one is not None and one.field.holder != Holder.ELSEWHERE
        if not is_wished_here or not may_do(member, one.field.task):
            raise NotYours(name)
    if member is None:
        raise NotYours
    if shop.disputed_since:
        raise Frozen
    return member


def _own_change(change: ChangeRequest, by: User, *, frozen_too: bool = False) -> tuple[ChangeRequest, Asked]:
    """Return the change anew with its shop locked, for a member who may change its field."""
    shop = locked(change.shop_id)
    current = ChangeRequest.objects.select_for_update().get(pk=change.pk)
    current.shop = shop
    one = asked(current.field, current.language or None)
    try:
        required(by, shop, one.field.task if one else Task.TELL)
    except PermissionDenied as refused:
        raise NotYours(current.field_name) from refused
    if shop.disputed_since and not frozen_too:
        raise Frozen
    if one is None:
        raise NotPossible(_("This can no longer be taken back."))
    return current, one


def _wishes(shop: Shop, touched: Mapping[str, Asked], values: Mapping[str, Any]) -> dict[str, _Wish]:
    said = [(one, values[name]) for name, one in touched.items()]
    kept = applying.judged(shop, said)
    photographers.refuse_pictures_of_others(shop=shop, said=said)
    now = applying.Now(shop)
    return {name: _Wish(name, one, now.value(one), kept[one.name, one.language]) for name, one in touched.items()}


def _refuse_what_changed_meanwhile(shop: Shop, by: User, wishes: Mapping[str, _Wish], seen: Mapping[str, Any]) -> None:
    waiting = {(change.field, change.language): change for change in ChangeRequest.objects.waiting_of(shop)}
    conflicts = {}
    for name, wish in wishes.items():
        if name not in seen:
            continue
        waits = waiting.get((wish.asked.name, wish.asked.language))
        others = waits if waits and waits.made_by_id != by.pk and wish.asked.field.name != "product" else None
        now_is = others.after if others else wish.before
        if now_is not in (seen[name], wish.after):
            conflicts[name] = (seen[name], now_is, wish.after)
    if conflicts:
        raise ChangedMeanwhile(conflicts)


def _weigh(shop: Shop, member: ShopMember, wishes: list[_Wish], now: datetime) -> None:
    claims = known_claims() if wishes else []
    trusted = bool(wishes) and is_trusted(shop=shop, member=member, now=now)
    for wish in wishes:
        weight = weigh(shop=shop, asked=wish.asked, before=wish.before, after=wish.after, claims=claims)
        wish.is_live = weight.change_class != ChangeClass.BEFORE
        if weight.change_class == ChangeClass.SAMPLED and not trusted:
            weight, wish.is_live = Weight(weight.change_class, Why.TRUST), False
        if wish.is_live and wish.asked.field.holder == Holder.PAGE and not _page_is_free(shop, wish.asked):
            weight, wish.is_live = Weight(weight.change_class, Why.PAGE), False
        wish.weight = weight


def _days_alone(shop: Shop, wish: _Wish) -> _Wish | None:
    """Return what is public at once of days off whose words wait: the days; then the words alone are left to wish."""
    if wish.is_live:
        return None
    after = without_new_words(wish.asked, wish.before, wish.after)
    weight = weigh(shop=shop, asked=wish.asked, before=wish.before, after=after, claims=())
    if after in (wish.before, wish.after) or weight != _LIGHT:
        return None
    days = _Wish(wish.said, wish.asked, wish.before, after)
    wish.before = after
    return days


def _page_is_free(shop: Shop, one: Asked) -> bool:
    page = applying.page_of(shop, one)
    return page is not None and page.live and not workflow.is_held(page)


def _refuse_too_many(shop: Shop, wishes: list[_Wish], now: datetime) -> None:
    start = datetime.combine(now.astimezone(WARD_ZONE).date(), time.min, WARD_ZONE)
    today = ChangeRequest.objects.filter(shop=shop, made_at__gte=start, made_at__lt=start + timedelta(days=1))
    to_read = sum(wish.weight.change_class != ChangeClass.LIVE for wish in wishes)
    if to_read and today.exclude(change_class=ChangeWeight.LIVE).count() + to_read > MOST_READ_A_DAY:
        raise TooManyToday(MOST_READ_A_DAY)
    # All that was sent with one form was made by one person at one moment.
    acts = today.filter(change_class=ChangeWeight.LIVE).order_by().values("made_by", "made_at").distinct()
    if len(wishes) > to_read and acts.count() >= MOST_LIVE_A_DAY:
        raise TooManyToday(MOST_LIVE_A_DAY)


def _make_live(shop: Shop, by: User, wishes: list[_Wish], now: datetime) -> None:
    for wish in wishes:
        # What the shop had wished of the same field before is not what it wishes now.
        _supersede(_waiting(shop, wish), by=by, now=now)
    made = applying.say(shop, [(wish.asked, wish.after) for wish in wishes], by=by)
    for wish in wishes:
        departing.let_go_with(shop, wish.asked, wish.after, by=by, now=now)
        change = _request(shop, by, wish, now)
        change.state, change.live_since = ChangeState.LIVE, now
        applying.remember(change, made.get((wish.asked.name, wish.asked.language)))
        change.save()
        if change.change_class == ChangeWeight.SAMPLED:
            change.is_drawn = is_drawn(change)
            change.save(update_fields=["is_drawn"])
        wish.request = change


def _let_wait(shop: Shop, by: User, wishes: list[_Wish], now: datetime) -> None:
    for wish in wishes:
        older = _waiting(shop, wish)
        if older is not None and older.after == wish.after and older.made_by_id == by.pk:
            # Sent twice, as happens on a bad line.
            wish.request = older
            continue
        _supersede(older, by=by, now=now)
        change = _request(shop, by, wish, now)
        change.state = ChangeState.WAITING
        if wish.asked.field.holder == Holder.PAGE:
            change.page = applying.page_of(shop, wish.asked)
        change.save()
        wish.request = change
    workflow.enter(
        [wish.request for wish in wishes if wish.request and wish.request.page_id and not wish.request.revision_id],
        by=by,
    )


def _supersede(older: ChangeRequest | None, *, by: User, now: datetime) -> None:
    if older is not None:
        _close(older, ChangeState.SUPERSEDED, by=by, now=now)
        workflow.leave([older], by=by)


def _let_words_go(days: ChangeRequest, one: Asked, *, by: User, now: datetime) -> None:
    """Close what waits of words about days off that were just taken back: accepted, it would bring the days back."""
    same = ChangeRequest.objects.waiting_of(days.shop).filter(field=days.field, language=days.language)
    for words in same:
        if words.before == days.after == without_new_words(one, words.before, words.after):
            _supersede(words, by=by, now=now)


def _waiting(shop: Shop, wish: _Wish) -> ChangeRequest | None:
    """Return the wish about the same field that waits already; new products wait beside each other."""
    same = ChangeRequest.objects.waiting_of(shop).filter(field=wish.asked.name, language=wish.asked.language)
    return (same.filter(after=wish.after) if wish.asked.name == NEW_PRODUCT else same).first()


def _request(shop: Shop, by: User, wish: _Wish, now: datetime) -> ChangeRequest:
    return ChangeRequest(
        shop=shop,
        field=wish.asked.name,
        language=wish.asked.language,
        before=wish.before,
        after=wish.after,
        change_class=ChangeWeight(wish.weight.change_class),
        why_waiting=wish.weight.why,
        made_by=by,
        made_at=now,
    )


def _close(change: ChangeRequest, state: ChangeState, *, by: User, now: datetime) -> None:
    change.state, change.decided_by, change.decided_at = state, by, now
    change.save(update_fields=["state", "decided_by", "decided_at"])


def _outcome(name: str, wish: _Wish | None) -> Outcome:
    if wish is None:
        return Outcome(name, "unchanged")
    if not wish.is_live:
        return Outcome(name, "waits", wish.request)
    return Outcome(name, "live", wish.request, wish.request and wish.request.undo_until)
