"""What the decision about a claim means, taken alone or with a dispute; the caller has locked the shop."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from streets.claims import telling
from streets.claims.errors import NotPossible
from streets.claims.history import locked, write
from streets.claims.new_owner import check_account_again, end, make_owner
from streets.claims.ownership import is_passing, withdraw_waiting
from streets.models import Claim, ClaimLetter, ClaimState, KeepingEventKind, MemberRole, Shop
from streets.owners_phones import lock_people
from wardmark.accounts.models import SignInPhone, User
from wardmark.accounts.phones import Phone, give_phone
from wardmark.base.languages import source_language
from wardmark.base.sealing import CannotBeOpened


def phone_of_claim(claim: Claim) -> Phone | None:
    """Open the number of a claim that waits, for the officer who calls it. Raises sealing.CannotBeOpened."""
    return Phone.unsealed(claim.sealed_phone, whom=whom(claim.letter)) if claim.sealed_phone else None


@transaction.atomic
def forget_number(claim: Claim) -> bool:
    """Forget the number of a claim for whoever holds it; the claim still waits. Return False where it is forgotten."""
    locked(claim.shop)
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if not (current.sealed_phone or current.phone_mark):
        return False
    current.sealed_phone = current.phone_mark = ""
    current.save(update_fields=["sealed_phone", "phone_mark"])
    return True


@transaction.atomic
def reseal(claim: Claim) -> bool:
    """Encrypt the number of a claim with the newest key; return False where nothing is left to be encrypted.

    Raises sealing.CannotBeOpened.
    """
    current = Claim.objects.select_for_update(of=("self",)).select_related("letter").get(pk=claim.pk)
    if not current.sealed_phone:
        return False
    sealed, mark = Phone.resealed(current.sealed_phone, whom=whom(current.letter))
    if (sealed, mark) == (current.sealed_phone, current.phone_mark):
        return False
    current.sealed_phone, current.phone_mark = sealed, mark
    current.save(update_fields=["sealed_phone", "phone_mark"])
    return True


def settle_as_confirmed(*, shop: Shop, claim: Claim, by: AbstractBaseUser, now: datetime) -> None:
    """Do what a confirmation means, for a shop that is locked: also where a dispute ends with it.

    Raises NotPossible where the number that must be given cannot be read, PhoneTaken.
    """
    phone = None if claim.is_phone_proved else _readable_phone_of(claim)
    _end_owner_before(claim.user, shop=shop, by=by, now=now)
    # The person first, then the number, as where a sign-in phone changes.
    make_owner(shop=shop, person=claim.user)
    if phone:
        give_phone(person=claim.user, phone=phone, proved_at=now)
    _decide(claim, ClaimState.CONFIRMED, by=by, why="", now=now)
    write(shop=shop, kind=KeepingEventKind.CONFIRMED, by=by, about=claim.user, serial=claim.letter.serial, at=now)
    words = gettext_lazy("%(shop)s: the ward has confirmed that the shop is yours. You can sign in now.")
    telling.tell([claim.user], words, shop=shop)


def _end_owner_before(person: User, *, shop: Shop, by: AbstractBaseUser, now: datetime) -> None:
    """End an owner whose account is closed, and with that owner whoever helped: opened again, it keeps nothing.

    An ownership change that waits goes too; it tells of an owner also where that account is deleted. Helpers of a shop
    that nobody owned stay. A dispute has ended all of them where it ends with this.
    """
    others = list(shop.members.not_ended().exclude(user=person).select_related("user").order_by("user"))
    if not (is_passing(shop) or any(member.role == MemberRole.OWNER for member in others)):
        return
    lock_people([person.pk, *(member.user_id for member in others)])
    for member in others:
        end(member, by=by, now=now)
    with override(source_language()):
        withdraw_waiting(shop, by=by, why=_("The ward has confirmed who owns the shop."), now=now)
    telling.tell([member.user for member in others], telling.NO_LONGER_KEEPS, shop=shop)
    check_account_again(shop=shop, by=by)


def _readable_phone_of(claim: Claim) -> Phone | None:
    try:
        return phone_of_claim(claim)
    except CannotBeOpened as reason:
        raise NotPossible(
            _("The number cannot be read: its key is missing. Please tell whoever runs the site.")
        ) from reason


def settle_as_refused(*, shop: Shop, claim: Claim, by: AbstractBaseUser, why: str, now: datetime) -> None:
    """Do what a refusal means, for a shop that is locked."""
    telling.tell([claim.user], gettext_lazy("%(shop)s: your claim was refused. %(why)s"), shop=shop, why=why)
    if claim.made_account and not claim.is_phone_proved and claim.user_id:
        # Nobody has made sure that the number is this person's: it must not bar the one whose it is.
        SignInPhone.objects.filter(person_id=claim.user_id, proved_at=None).delete()
    _decide(claim, ClaimState.REFUSED, by=by, why=why, now=now)
    write(
        shop=shop, kind=KeepingEventKind.REFUSED, by=by, about=claim.user, serial=claim.letter.serial, why=why, at=now
    )


def _decide(claim: Claim, state: ClaimState, *, by: AbstractBaseUser, why: str, now: datetime) -> None:
    claim.state, claim.decided_at, claim.decided_by = state, now, by
    claim.reason, claim.sealed_phone, claim.phone_mark = why.strip()[:300], "", ""
    claim.save()


def whom(letter: ClaimLetter) -> str:
    """Return what a claim’s sealed number is bound to."""
    return f"claim {letter.serial}"
