"""From a letter's code to a shop's owner: handed in by the vendor, confirmed or refused by an officer.

A claim of a shop that somebody keeps, or claims as well, never takes anything over: it opens a dispute.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from streets.claims.disputes import open_for
from streets.claims.errors import AlreadyYours, NotPossible, StaffCannotClaim
from streets.claims.handed_codes import refusal_of
from streets.claims.history import locked, write
from streets.claims.settling import settle_as_confirmed, settle_as_refused, whom
from streets.claims.staff import is_staff
from streets.models import Claim, ClaimLetter, ClaimState, CodeState, KeepingEventKind, MemberRole, Shop
from wardmark.accounts.models import User
from wardmark.accounts.phones import Phone
from wardmark.base.languages import source_language

OWNED = gettext_noop("Somebody claims the shop with a letter, but it has an owner.")
CLAIMED_TWICE = gettext_noop("Two people claim the shop with a letter each.")


@transaction.atomic
def hand_in(
    *, letter: ClaimLetter, person: User, phone: Phone | None, is_phone_proved: bool, made_account: bool, now: datetime
) -> Claim:
    """Use a letter up and let its claim wait for an officer; where somebody else has a claim too, open a dispute.

    Call it only after the letter's code was typed right. Raises CodeRefused where the letter was used, cancelled or
    lapsed meanwhile, AlreadyYours, StaffCannotClaim.
    """
    shop = locked(letter.shop)
    letter = ClaimLetter.objects.select_for_update().get(pk=letter.pk)
    if refusal := refusal_of(letter, now=now):
        raise refusal
    if is_staff(person):
        raise StaffCannotClaim
    owners = shop.members.active().filter(role=MemberRole.OWNER)
    undecided = shop.claims.undecided()
    if owners.filter(user=person).exists() or undecided.filter(user=person).exists():
        raise AlreadyYours
    letter.state = CodeState.USED
    letter.save(update_fields=["state"])
    claim = Claim(
        letter=letter,
        shop=shop,
        user=person,
        sealed_phone=phone.sealed_for(whom(letter)) if phone else "",
        phone_mark=phone.fingerprint() if phone else "",
        is_phone_proved=is_phone_proved,
        made_account=made_account,
        handed_in_at=now,
    )
    others = OWNED if owners.exists() else CLAIMED_TWICE if undecided.exists() else ""
    # A letter from before a dispute is good still, and its claim is decided with it.
    if others or shop.disputed_since:
        claim.state = ClaimState.DISPUTED
    claim.save()
    write(shop=shop, kind=KeepingEventKind.CLAIMED, by=person, serial=letter.serial, at=now)
    if others:
        shop.claims.pending().update(state=ClaimState.DISPUTED)
        with override(source_language()):
            why = _(others)
        open_for(shop=shop, by=None, why=why, now=now)
    return claim


@transaction.atomic
def confirm(*, claim: Claim, by: AbstractBaseUser, now: datetime) -> None:
    """Make the claimant the shop's owner. The officer has made sure of a number that no code has proved.

    Raises NotPossible for a claim that does not wait (a dispute is decided as a whole), one's own, or one of a closed
    account; PhoneTaken where its number,
    not proved by a code, belongs to somebody else by now.
    """
    shop, claim = _waiting(claim)
    if claim.user_id == by.pk:
        raise NotPossible(_("A second person must decide: it is your own claim."))
    if not claim.user.is_active:
        raise NotPossible(_("The account of this claim is closed."))
    if shop.members.active().filter(role=MemberRole.OWNER).exclude(user=claim.user).exists():
        raise NotPossible(_("The shop has an owner by now. Please open a dispute and decide there."))
    settle_as_confirmed(shop=shop, claim=claim, by=by, now=now)


@transaction.atomic
def refuse(*, claim: Claim, by: AbstractBaseUser, why: str, now: datetime) -> None:
    """Refuse a claim with a reason that the claimant reads. Raises NotPossible without one."""
    if not why.strip():
        raise NotPossible(_("Please say why."))
    shop, claim = _waiting(claim)
    settle_as_refused(shop=shop, claim=claim, by=by, why=why, now=now)


def _waiting(claim: Claim) -> tuple[Shop, Claim]:
    shop = locked(claim.shop)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("letter", "user").get(pk=claim.pk)
    if claim.state == ClaimState.DISPUTED:
        raise NotPossible(_("This claim is part of a dispute. Please decide the dispute."))
    if claim.state != ClaimState.PENDING:
        raise NotPossible(_("Somebody has decided this claim already."))
    if claim.user is None:
        raise NotPossible(_("The account of this claim is gone. Please make a new letter."))
    return shop, claim
