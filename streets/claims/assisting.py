"""An officer enters what a vendor says, on the officer's own tablet. It counts once the vendor has confirmed it.

What was entered is tried out at once, so that a mistake is said where it was made, and taken back again. Confirmed, it
goes the way of all of the vendor's changes, in the vendor's name, with whatever each class of change asks for.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.changes.classes import NEW_PRODUCT
from streets.changes.proposing import Outcome, propose
from streets.claims.errors import InDispute, NotPossible
from streets.claims.handed_codes import give_code, grouped, refusal_of, renew_code
from streets.claims.history import locked, write
from streets.members import Task, may_do
from streets.models import AssistedSession, CodeState, ConfirmedHow, KeepingEventKind, Shop, ShopMember
from streets.portal.forms.changing import Entered
from streets.vendor_pictures import note_used
from wardmark.accounts import messages, throttling
from wardmark.accounts.phone_proof import site_name
from wardmark.accounts.phones import phone_of
from wardmark.accounts.throttling import Limit
from wardmark.base.languages import source_language
from wardmark.base.sealing import CannotBeOpened

# A visit to a stall, and the evening after it.
LASTS = timedelta(hours=24)
# Each message costs the ward money.
PER_NUMBER = Limit(3, timedelta(minutes=10))
_NEW = f"{NEW_PRODUCT}."


@transaction.atomic
def begin(*, vendor: ShopMember, by: AbstractBaseUser, now: datetime) -> AssistedSession:
    """Begin to enter what an owner or a manager says; what was begun before and never confirmed is dropped.

    Raises InDispute, NotPossible for somebody who may not tell what the page says, and for oneself.
    """
    shop = locked(vendor.shop)
    if shop.disputed_since:
        raise InDispute
    member = shop.members.active().filter(pk=vendor.pk).select_related("user").first()
    if not may_do(member, Task.TELL) or member.user_id == by.pk:
        raise NotPossible(_("Only for an owner or a manager of the shop, and for nobody’s own shop."))
    for before in AssistedSession.objects.filter(shop=shop, state=CodeState.OPEN):
        _end(before, CodeState.CANCELLED, KeepingEventKind.ASSISTED_DROPPED, by=by, now=now)
    session = AssistedSession(shop=shop, vendor=member.user, made_by=by)
    give_code(session, now=now)
    session.valid_until = now + LASTS
    session.save()
    write(shop=shop, kind=KeepingEventKind.ASSISTED, by=by, about=member.user, serial=session.serial, at=now)
    return session


@transaction.atomic
def keep(*, session: AssistedSession, values: Mapping[str, Any], seen: Mapping[str, Any], now: datetime) -> None:
    """Put down what a form says now: what it showed and says no more, `seen` without a value, is entered no longer.

    Raises what `propose` raises for all that is entered, and KeepingRefused; nothing is kept then.
    """
    shop, session = _open(session, now)
    before = entered_in(session)
    wished = {name: value for name, value in before.values.items() if name not in seen}
    wished |= {_name_for(name, value, wished): value for name, value in values.items()}
    # What goes takes along what was entered about it.
    gone = tuple(f"{name}." for name, value in wished.items() if value is None)
    wished = {name: value for name, value in wished.items() if not name.startswith(gone)}
    saw = before.seen | dict(seen)
    wishes = {"values": wished, "seen": {name: saw[name] for name in wished if name in saw}}
    with transaction.atomic():
        _propose(shop, session, wishes, now)
        transaction.set_rollback(True)
    _put_down(session, wishes)


@transaction.atomic
def strike_out(*, session: AssistedSession, name: str, now: datetime) -> None:
    """Take back one thing that was entered, by its name in `entered_in`. Raises KeepingRefused."""
    _shop, session = _open(session, now)
    left = entered_in(session)
    wishes = {
        part: {other: value for other, value in said.items() if other != name}
        for part, said in (("values", left.values), ("seen", left.seen))
    }
    _put_down(session, wishes)


def entered_in(session: AssistedSession) -> Entered:
    """Return what was entered so far. Of products that are to be added there are several: `product.new.1` and so on."""
    return Entered(session.wishes.get("values", {}), session.wishes.get("seen", {}))


def field_of(name: str) -> str:
    """Return the field of `streets.changes` that a name in `entered_in` is about."""
    return NEW_PRODUCT if name.startswith(_NEW) else name


def _name_for(name: str, value: Any, wished: Mapping[str, Any]) -> str:
    """Return under which name a value is kept. A new product that was sent twice on a bad line is one."""
    if name != NEW_PRODUCT:
        return name
    new = {other: known for other, known in wished.items() if other.startswith(_NEW)}
    last = max((int(other.removeprefix(_NEW)) for other in new), default=0)
    return next((other for other, known in new.items() if known == value), f"{_NEW}{last + 1}")


def _put_down(session: AssistedSession, wishes: dict[str, Any]) -> None:
    session.wishes = wishes if wishes["values"] else {}
    # A code that was sent before is for what was entered before: another takes its place, which nobody knows.
    renew_code(session)
    session.save(update_fields=["wishes", "mark", "wrong_tries"])


@transaction.atomic
def send_code(*, session: AssistedSession, now: datetime) -> None:
    """Send the vendor a code to type on the officer's tablet, instead of signing in. Raises NotPossible, NotSent."""
    _shop, session = _open(session, now)
    if not session.wishes:
        raise NotPossible(_("Nothing was entered yet."))
    try:
        phone = phone_of(session.vendor)
    except CannotBeOpened:
        phone = None
    if phone is None or not messages.is_configured():
        raise NotPossible(_("No message can be sent. Please let the vendor confirm it signed in, on the own phone."))
    # One that was not sent is rolled back with the rest, and takes no place.
    if throttling.take("codes for what was entered", phone.number, PER_NUMBER) is None:
        raise NotPossible(_("Several codes were sent already. Please use the last one, or try again in a while."))
    code = renew_code(session)
    session.save(update_fields=["mark", "wrong_tries"])
    with override(source_language()):
        words = _("%(site)s: an officer has entered changes for %(shop)s. If they are right, tell this code: %(code)s")
        text = words % {"site": site_name(), "shop": session.shop, "code": grouped(code)}
    messages.send(phone=phone.number, text=text)


@transaction.atomic
def confirm(*, session: AssistedSession, how: ConfirmedHow, now: datetime) -> list[Outcome]:
    """Let everything that was entered take the way of the vendor's own changes, all or nothing.

    Call it only after the code was typed right, or for the vendor signed in, with the session as it was then: what was
    entered since refuses it. Raises NotPossible, and what `propose` raises.
    """
    shown = session.mark
    shop, session = _open(session, now)
    if session.mark != shown:
        raise NotPossible(_("Something was entered since. Please look at it once more."))
    if not session.wishes:
        raise NotPossible(_("Nothing was entered yet."))
    outcomes = _propose(shop, session, session.wishes, now)
    note_used(shop=shop, pictures=[photo["picture"] for photo in entered_in(session).values.get("photos", ())])
    session.confirmed_how = how
    _end(session, CodeState.USED, KeepingEventKind.ASSISTED_CONFIRMED, by=session.vendor, now=now)
    return outcomes


@transaction.atomic
def drop(*, session: AssistedSession, by: AbstractBaseUser, now: datetime) -> None:
    """Take back what was entered, as the officer or as the vendor. Raises KeepingRefused."""
    _shop, session = _open(session, now)
    if by.pk not in {session.made_by_id, session.vendor_id}:
        raise NotPossible(_("Only the officer who entered it, or the vendor, takes it back."))
    _end(session, CodeState.CANCELLED, KeepingEventKind.ASSISTED_DROPPED, by=by, now=now)


def waits_for(person: AbstractBaseUser, shop: Shop, *, now: datetime) -> AssistedSession | None:
    """Return what an officer entered in this person's name and this person has not confirmed yet."""
    mine = AssistedSession.objects.open(now).filter(shop=shop, vendor=person)
    return mine.exclude(wishes={}).select_related("made_by", "shop").first()


def _propose(shop: Shop, session: AssistedSession, wishes: Mapping[str, Any], now: datetime) -> list[Outcome]:
    values = dict(wishes["values"])
    new = [values.pop(name) for name in list(values) if name.startswith(_NEW)]
    rounds = [(values, wishes["seen"]), *(({NEW_PRODUCT: product}, {NEW_PRODUCT: None}) for product in new)]
    return [
        outcome
        for wished, seen in rounds
        if wished
        for outcome in propose(shop=shop, by=session.vendor, values=wished, seen=seen, now=now)
    ]


def _open(session: AssistedSession, now: datetime) -> tuple[Shop, AssistedSession]:
    shop = locked(session.shop)
    session = (
        AssistedSession.objects.select_for_update(of=("self",)).select_related("vendor", "shop").get(pk=session.pk)
    )
    if refusal := refusal_of(session, now=now):
        raise refusal
    return shop, session


def _end(
    session: AssistedSession, state: CodeState, kind: KeepingEventKind, *, by: AbstractBaseUser, now: datetime
) -> None:
    session.state, session.ended_at = state, now
    # Confirmed it stands among the shop's changes, dropped it is nobody's business any more.
    session.wishes = {}
    session.save()
    write(shop=session.shop, kind=kind, by=by, about=session.vendor, serial=session.serial, at=now)
