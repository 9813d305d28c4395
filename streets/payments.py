"""What may become of the account a shop is paid to: two officers and a day lie between its entry and its code.

All functions lock the shop, so that two people, or a person and the clock, come one after the other; each writes one
line of history in the transaction of the change. A reason with somebody's own number in it undoes both (NumberNamed).
The public side is `settle`, which a page calls when it is looked at.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.kept_words import kept
from streets.models import (
    ON_THE_WAY,
    AccountState,
    Bank,
    MemberRole,
    PayeeNameRule,
    PaymentAccount,
    PaymentEvent,
    PaymentEventKind,
    Shop,
    ShopMember,
)
from streets.models.shops import PaymentStanding
from streets.payee_names import HolderKind, normalise_name, review_reason
from streets.sealing import Number, fingerprint, fingerprints, seal
from streets.suspension_mail import tell_officers
from streets.vietqr import Transfer, build
from wardmark.accounts.models import PhoneChange
from wardmark.base.languages import source_language
from wardmark.base.one_by_one import one_by_one
from wardmark.plaques.codes import new_code

logger = logging.getLogger("streets.payments")

DRAFT, PENDING, ACTIVE, SUPERSEDED, SUSPENDED, REVOKED = (
    AccountState.DRAFT,
    AccountState.PENDING,
    AccountState.ACTIVE,
    AccountState.SUPERSEDED,
    AccountState.SUSPENDED,
    AccountState.REVOKED,
)
# What was replaced or revoked never comes back: whoever wants it again enters it as a new version.
MAY_BECOME: dict[AccountState, frozenset[AccountState]] = {
    DRAFT: frozenset({PENDING, REVOKED}),
    PENDING: frozenset({ACTIVE, REVOKED}),
    ACTIVE: frozenset({SUSPENDED, SUPERSEDED, REVOKED}),
    SUSPENDED: frozenset({ACTIVE, SUPERSEDED, REVOKED}),
    SUPERSEDED: frozenset(),
    REVOKED: frozenset(),
}
# From the request until the code can be paid to: time for the real owner to notice.
WAIT = timedelta(hours=24)
LONGEST_WHY = PaymentEvent._meta.get_field("why").max_length


class NotPossible(Exception):
    """An account cannot become what was asked; the message says why, for the person who asked."""


def draft(
    *, shop: Shop, number: Number, payee_name: str, holder_kind: HolderKind | str, by: AbstractBaseUser, why: str = ""
) -> PaymentAccount:
    """Enter the next version of a shop's account, which nobody is shown yet.

    Raises InvalidName, VietQRError for a number that no code can carry, and NotPossible while another version waits.
    """
    build(Transfer(number.bin, number.account))
    name = normalise_name(payee_name)
    with transaction.atomic():
        shop = _locked(shop)
        if shop.payment_accounts.on_the_way().exists():
            raise NotPossible(_("Another account of this shop waits already. Please withdraw or refuse it first."))
        last = shop.payment_accounts.order_by("-version").values_list("version", flat=True).first() or 0
        serial = _free_serial()
        account = PaymentAccount(
            shop=shop,
            version=last + 1,
            serial=serial,
            bank_bin=number.bin,
            bank=Bank.objects.in_force(timezone.localdate()).filter(bin=number.bin).first(),
            sealed=seal(number, serial=serial),
            fingerprint=fingerprint(number),
            last_four=number.last_four,
            payee_name=name,
            holder_kind=holder_kind,
            made_by=by,
        )
        account.is_being_recorded = True
        account.save()
        account.is_being_recorded = False
        _write(account, PaymentEventKind.MADE, by=by, why=why)
    return account


def request(*, account: PaymentAccount, by: AbstractBaseUser, why: str = "") -> None:
    """Ask a second officer to approve a draft; the 24 hours begin. Raises NotPossible."""
    with _changing(account, PaymentEventKind.REQUESTED, by=by, why=why) as current:
        _become(current, PENDING)
        current.requested_by, current.requested_at = by, timezone.now()


@transaction.atomic
def approve(*, account: PaymentAccount, by: AbstractBaseUser, name_accepted_why: str = "") -> None:
    """Approve as the second officer; it becomes active at once where the 24 hours are over, else when they are.

    Raises NotPossible for whoever entered or requested it, for the shop's own people, for one approved already, where
    its name needs a reason, and while the shop is in dispute.
    """
    with _changing(account, PaymentEventKind.APPROVED, by=by, why=name_accepted_why) as current:
        if current.state != PENDING:
            raise _refusal(current, ACTIVE)
        _refuse_in_dispute(current)
        if by.pk in current.people_before_approval():
            raise NotPossible(_("A second person must approve it: you entered it or asked for it yourself."))
        if is_of_the_shop(current.shop, by.pk):
            raise NotPossible(_("You keep this shop yourself: another officer must approve its account."))
        if current.approved_at is not None:
            raise NotPossible(_("Somebody else has approved this account already."))
        reason = name_review(current)
        if reason and not name_accepted_why.strip():
            raise NotPossible(_("Please write why this name is right all the same. %(reason)s") % {"reason": reason})
        current.name_accepted_why = name_accepted_why.strip()[:300] if reason else ""
        current.approved_by, current.approved_at = by, timezone.now()
    activate_if_due(shop=account.shop)
    account.refresh_from_db()


def _refuse_in_dispute(account: PaymentAccount) -> None:
    if account.shop.disputed_since:
        raise NotPossible(_("It is not settled yet who keeps this shop. Please decide on the dispute first."))


def refuse(*, account: PaymentAccount, by: AbstractBaseUser | None, why: str) -> None:
    """End a draft or a request: refused with a reason by somebody else, or withdrawn by whoever made it.

    by=None where it goes with an owner, and the account of the officer who decided on that is gone. Raises NotPossible
    without a reason, but for the person's own.
    """
    is_own = by is not None and by.pk in account.people_before_approval()
    if not is_own:
        _need(why)
    kind = PaymentEventKind.WITHDRAWN if is_own else PaymentEventKind.REFUSED
    with _changing(account, kind, by=by, why=why) as current:
        if current.state not in {DRAFT, PENDING}:
            raise _refusal(current, REVOKED)
        _become(current, REVOKED)


def suspend(*, account: PaymentAccount, by: AbstractBaseUser | None, why: str, gone: int | None = None) -> None:
    """Take the code off the page until somebody has looked. Raises NotPossible.

    by=None where visitors' word did it; or as in `refuse`, and then `gone` is the key that officer's account had, lest
    it pass for visitors' word.
    """
    _need(why)
    with _changing(account, PaymentEventKind.SUSPENDED, by=by, why=why) as current:
        _become(current, SUSPENDED)
        current.suspended_by_id = by.pk if by else gone


def lift_suspension(*, account: PaymentAccount, by: AbstractBaseUser, why: str) -> None:
    """Show the code again. It takes another officer than the one who suspended it; where visitors did, than those
    who entered the account or asked for it. Raises NotPossible, also while the shop is in dispute.
    """
    _need(why)
    with _changing(account, PaymentEventKind.RESUMED, by=by, why=why) as current:
        if current.state != SUSPENDED:
            raise _refusal(current, ACTIVE)
        _refuse_in_dispute(current)
        barred = {current.suspended_by_id} if current.suspended_by_id else current.people_before_approval()
        if by.pk in barred or is_of_the_shop(current.shop, by.pk):
            raise NotPossible(_("A second person must lift the suspension."))
        _become(current, ACTIVE)
        current.suspended_by = None


@transaction.atomic
def disown(*, account: PaymentAccount, by: AbstractBaseUser) -> None:
    """Let a shop's owner say that an account is not theirs: a public one is suspended, a waiting one refused.

    It asks nobody and waits for nothing: a code that pays a stranger must go at once, and officers, who are told, look
    afterwards. Raises NotPossible for an account that the owner entered, and for one that is not in use.
    """
    with override(source_language()):
        why = _("The owner of the shop says: this is not my account.")
    if account.state not in ON_THE_WAY:
        suspend(account=account, by=by, why=why)
        transaction.on_commit(partial(tell_officers.enqueue, account.pk, said_by_owner=True), robust=True)
    elif by.pk in account.people_before_approval():
        raise NotPossible(_("You entered this account yourself. You can withdraw it."))
    else:
        refuse(account=account, by=by, why=why)


def revoke(*, account: PaymentAccount, by: AbstractBaseUser, why: str) -> None:
    """End an active or suspended account for good. Raises NotPossible."""
    _need(why)
    with _changing(account, PaymentEventKind.REVOKED, by=by, why=why) as current:
        if current.state not in {ACTIVE, SUSPENDED}:
            raise _refusal(current, REVOKED)
        _become(current, REVOKED)


def is_of_the_shop(shop: Shop, person: int | None) -> bool:
    """Say whether this person keeps the shop or ever did: such a wish is the shop's own, not an officer's."""
    return person is not None and ShopMember.objects.filter(shop=shop, user_id=person).exists()


def hides_standing(account: PaymentAccount | None) -> bool:
    """Say whether a waiting account takes the code of the present one off the page: one that the shop asked for.

    Until a second person has looked, nobody knows whether the owner asked or somebody with the owner's phone. What an
    officer enters leaves the page as it is: it comes from a check at the counter.
    """
    return account is not None and account.state == PENDING and is_of_the_shop(account.shop, account.requested_by_id)


def due_at(account: PaymentAccount) -> datetime | None:
    """Return when a waiting account becomes active: 24 hours after its request and not before its approval."""
    if account.state != PENDING or account.approved_at is None or account.requested_at is None:
        return None
    return max(account.requested_at + WAIT, account.approved_at)


@transaction.atomic
def activate_if_due(*, shop: Shop, now: datetime | None = None) -> bool:
    """Let the shop's approved account become active if its time has come, in place of the one before it.

    While the shop is in dispute nothing takes effect; once it is settled, at the next look.
    """
    now = now or timezone.now()
    shop = _locked(shop)
    if shop.disputed_since:
        return False
    coming = shop.payment_accounts.approved().first()
    due = due_at(coming) if coming else None
    if due is None or due > now:
        return False
    for standing in shop.payment_accounts.standing():
        with _changing(standing, PaymentEventKind.SUPERSEDED, by=None) as current:
            _become(current, SUPERSEDED)
    with _changing(coming, PaymentEventKind.ACTIVATED, by=None) as current:
        _become(current, ACTIVE)
        current.activated_at = now
    return True


def activate_due() -> None:
    """Let all accounts become active whose time has come; a chore of the worker.

    Raises SomeFailed once all had their turn.
    """
    one_by_one(
        Shop.objects.filter(payment_changes_at__lte=timezone.now(), disputed_since=None),
        lambda shop: activate_if_due(shop=shop),
        what="payment accounts of shops",
        name_of=lambda shop: shop.pk,
    )


def settle(shop: Shop) -> None:
    """Bring a shop that somebody looks at up to date, in case no worker did; it costs no query unless its time is up.

    A visitor is not kept waiting for a busy database: the shop then stays as it was found.
    """
    if shop.disputed_since or shop.payment_changes_at is None or shop.payment_changes_at > timezone.now():
        return
    try:
        if activate_if_due(shop=shop):
            shop.refresh_from_db()
    except DatabaseError:
        logger.exception("The account of shop %s could not be brought up to date", shop.pk)


def name_review(account: PaymentAccount, rules: list[PayeeNameRule] | None = None) -> str:
    """Say why somebody must look at the payee's name, "" where nobody must. Lists hand in all rules at once."""
    today = timezone.localdate()
    known = PayeeNameRule.objects.in_force(today) if rules is None else rules
    return review_reason(name=account.payee_name, holder_kind=account.holder_kind, rules=known, on=today)


@transaction.atomic
def follow_ownership(*, shop: Shop) -> None:
    """Take the code off the page while the shop is about to pass to another owner, or an owner's sign-in phone is
    about to change, and put it back afterwards.
    """
    _tell(_locked(shop))


def with_number(number: Number) -> QuerySet[PaymentAccount]:
    """Return the accounts of this very number, found without opening any."""
    return PaymentAccount.objects.filter(fingerprint__in=fingerprints(number))


def shops_paid_to(number: Number, *, but: Shop) -> QuerySet[Shop]:
    """Return the other shops that have an account of this number that is not over: worth a look, no reproach."""
    live = with_number(number).filter(state__in=(DRAFT, PENDING, ACTIVE, SUSPENDED))
    return Shop.objects.filter(payment_accounts__in=live).exclude(pk=but.pk).distinct()


def payload(account: PaymentAccount) -> str:
    """Return the text of the account's code: static, without an amount."""
    number = account.number()
    return build(Transfer(number.bin, number.account))


@transaction.atomic
def show_number(*, account: PaymentAccount, by: AbstractBaseUser) -> Number:
    """Open the full number for an officer, and write down that it was looked at."""
    number = account.number()
    _write(account, PaymentEventKind.NUMBER_SHOWN, by=by)
    return number


def note_card(*, account: PaymentAccount, by: AbstractBaseUser) -> None:
    """Write down that a counter card was made."""
    _write(account, PaymentEventKind.CARD_MADE, by=by)


@transaction.atomic
def reseal(*, account: PaymentAccount) -> bool:
    """Encrypt the number anew with the newest key; return False, with nothing written, where that is nothing new.

    Raises CannotBeOpened.
    """
    _locked(account.shop)
    current = PaymentAccount.objects.get(pk=account.pk)
    number = current.number()
    mark = fingerprint(number)
    if mark == current.fingerprint:
        return False
    current.sealed, current.fingerprint = seal(number, serial=current.serial), mark
    current.is_being_recorded = True
    current.save(update_fields=["sealed", "fingerprint"])
    _write(current, PaymentEventKind.RESEALED, by=None)
    return True


@contextmanager
def _changing(
    account: PaymentAccount, kind: PaymentEventKind, *, by: AbstractBaseUser | None, why: str = ""
) -> Iterator[PaymentAccount]:
    """Lend an account, fetched anew with its shop locked, to be changed; save it, write a line, tell the shop."""
    with transaction.atomic():
        shop = _locked(account.shop)
        current = PaymentAccount.objects.select_for_update().get(pk=account.pk)
        yield current
        current.is_being_recorded = True
        current.save()
        _write(current, kind, by=by, why=why)
        _tell(shop)
    account.refresh_from_db()
    account.shop.refresh_from_db()


def _write(account: PaymentAccount, kind: PaymentEventKind, *, by: AbstractBaseUser | None, why: str = "") -> None:
    words = kept(why, shop=account.shop)[:LONGEST_WHY]
    PaymentEvent.objects.create(account=account, kind=kind, state=account.state, by=by, why=words)


def _become(account: PaymentAccount, wanted: AccountState) -> None:
    if wanted not in MAY_BECOME[AccountState(account.state)]:
        raise _refusal(account, wanted)
    account.state = wanted


def _refusal(account: PaymentAccount, wanted: AccountState) -> NotPossible:
    return NotPossible(
        _("Account %(serial)s is “%(state)s” and cannot become “%(wanted)s”.")
        % {"serial": account.printed_serial, "state": account.get_state_display(), "wanted": wanted.label}
    )


def _need(why: str) -> None:
    if not why.strip():
        raise NotPossible(_("Please say why."))


def _locked(shop: Shop) -> Shop:
    return Shop.objects.select_for_update().get(pk=shop.pk)


def _tell(shop: Shop) -> None:
    """Write on the shop what its page must know without asking."""
    standing = shop.payment_accounts.standing().first()
    coming = shop.payment_accounts.filter(state=PENDING).first()
    if standing is None:
        shop.payment_standing = PaymentStanding.PENDING if coming else ""
    elif not standing.is_active:
        shop.payment_standing = PaymentStanding.SUSPENDED
    else:
        is_hidden = shop.is_changing_hands or hides_standing(coming) or _owners_phone_changes(shop)
        shop.payment_standing = PaymentStanding.CHANGING if is_hidden else PaymentStanding.ACTIVE
    shop.active_account = standing if shop.payment_standing == PaymentStanding.ACTIVE else None
    shop.payment_changes_at = due_at(coming) if coming else None
    shop.save(update_fields=["payment_standing", "active_account", "payment_changes_at"])


def _owners_phone_changes(shop: Shop) -> bool:
    owners = shop.members.active().filter(role=MemberRole.OWNER)
    return PhoneChange.objects.waiting().filter(person__in=owners.values("user")).exists()


def _free_serial() -> str:
    while True:
        serial = new_code()
        if not PaymentAccount.objects.filter(serial=serial).exists():
            return serial
