"""A dispute stops all changes of a shop until an officer has decided who keeps it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from streets.claims import telling
from streets.claims.errors import NotPossible
from streets.claims.history import locked, write
from streets.claims.new_owner import check_account_again, check_accounts_of, end
from streets.claims.ownership import is_passing, withdraw_waiting
from streets.claims.settling import settle_as_confirmed, settle_as_refused
from streets.models import Claim, ClaimState, Dispute, KeepingEventKind, MemberRole, Shop
from streets.owners_phones import lock_people
from wardmark.accounts.models import User

# Before an owner loses a shop: time to be heard.
HEARING = timedelta(hours=24)


@transaction.atomic
def open_dispute(*, shop: Shop, by: AbstractBaseUser, why: str, now: datetime) -> Dispute:
    """Stop all changes of a shop. Raises NotPossible without a reason, or where a dispute is open already."""
    if not why.strip():
        raise NotPossible(_("Please say why."))
    return open_for(shop=locked(shop), by=by, why=why, now=now)


def open_for(*, shop: Shop, by: AbstractBaseUser | None, why: str, now: datetime) -> Dispute:
    """Open a dispute of a shop that is locked; by=None where a second claim does."""
    if dispute := shop.disputes.open().first():
        if by is not None:
            raise NotPossible(_("A dispute about this shop is open already."))
        return dispute
    dispute = Dispute.objects.create(shop=shop, opened_by=by, opened_at=now, why=why.strip()[:300])
    shop.disputed_since = now
    shop.save(update_fields=["disputed_since"])
    # A claim that waits is decided with the dispute, not beside it.
    shop.claims.pending().update(state=ClaimState.DISPUTED)
    write(shop=shop, kind=KeepingEventKind.DISPUTE_OPENED, by=by, why=why, at=now)
    words = gettext_lazy("%(shop)s: it is being checked who keeps the shop. Until then nobody changes its page.")
    claimants = [claim.user for claim in disputed_claims(shop)]
    telling.tell_members(shop, words, also=claimants)
    return dispute


def disputed_claims(shop: Shop) -> list[Claim]:
    return list(shop.claims.filter(state=ClaimState.DISPUTED).select_related("user", "letter"))


def possible_keepers(shop: Shop) -> list[User]:
    """Return whom a decision may give the shop to: its owners, then those who claim it."""
    owners = shop.members.active().filter(role=MemberRole.OWNER).select_related("user").order_by("since", "pk")
    people = [member.user for member in owners] + [claim.user for claim in disputed_claims(shop)]
    return list({person.pk: person for person in people if person is not None and person.is_active}.values())


@transaction.atomic
def close_dispute(*, dispute: Dispute, by: AbstractBaseUser, keeper: User | None, why: str, now: datetime) -> None:
    """Decide who keeps the shop, None for nobody of these; all others end, and claims are settled with it.

    An owner loses a shop only by another officer than the one who opened the dispute or made the claimant's letter,
    and 24 hours after it was opened. Raises NotPossible.
    """
    shop = locked(dispute.shop)
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if not dispute.is_open:
        raise NotPossible(_("Somebody has decided this dispute already."))
    if not why.strip():
        raise NotPossible(_("Please say why."))
    if keeper is not None and keeper.pk not in {person.pk for person in possible_keepers(shop)}:
        raise NotPossible(_("Only an owner of the shop, or somebody who claims it, can keep it."))
    if keeper is not None and keeper.pk == by.pk:
        raise NotPossible(_("A second person must decide: it is about you."))
    owners = list(shop.members.active().filter(role=MemberRole.OWNER).select_related("user"))
    if any(owner.user != keeper for owner in owners):
        _refuse_hasty_loss(dispute, by, now)
    everyone = [*(member.user for member in shop.members.active().select_related("user"))]
    everyone += [claim.user for claim in disputed_claims(shop)]
    _settle(shop, keeper, by=by, why=why, now=now)
    dispute.closed_at, dispute.closed_by, dispute.keeper, dispute.decision = now, by, keeper, why.strip()[:300]
    dispute.save()
    shop.disputed_since = None
    shop.save(update_fields=["disputed_since"])
    write(shop=shop, kind=KeepingEventKind.DISPUTE_CLOSED, by=by, about=keeper, why=why, at=now)
    telling.tell_members(shop, gettext_lazy("%(shop)s: the ward has decided who keeps the shop."), also=everyone)


def _refuse_hasty_loss(dispute: Dispute, by: AbstractBaseUser, now: datetime) -> None:
    letters = {claim.letter.made_by_id for claim in disputed_claims(dispute.shop)}
    if by.pk in letters | {dispute.opened_by_id}:
        raise NotPossible(
            _("An owner would lose the shop: another officer must decide. You opened the dispute or made the letter.")
        )
    if now < dispute.opened_at + HEARING:
        raise NotPossible(_("An owner would lose the shop: that takes 24 hours from the opening of the dispute."))


def _settle(shop: Shop, keeper: User | None, *, by: AbstractBaseUser, why: str, now: datetime) -> None:
    # Also those of closed accounts, which may be opened again.
    owners = shop.members.not_ended().filter(role=MemberRole.OWNER)
    keeps_on = keeper is not None and owners.filter(user=keeper).exists()
    had_owner = owners.exists() or is_passing(shop)
    # Whoever another owner had let in goes with that owner.
    others = (owners if keeps_on else shop.members.not_ended()).exclude(user=keeper)
    leaving = list(others.select_related("user").order_by("user"))
    lock_people([keeper.pk if keeper else None, *(member.user_id for member in leaving)])
    for member in leaving:
        end(member, by=by, now=now, why=why)
    # Before a claim is confirmed, which would end it with other words.
    withdraw_waiting(shop, by=by, why=why, now=now)
    for claim in disputed_claims(shop):
        if keeper is not None and claim.user_id == keeper.pk and not keeps_on:
            settle_as_confirmed(shop=shop, claim=claim, by=by, now=now)
        else:
            settle_as_refused(shop=shop, claim=claim, by=by, why=why, now=now)
    if keeps_on:
        check_accounts_of([member.user_id for member in leaving], shop=shop, by=by)
    elif had_owner:
        check_account_again(shop=shop, by=by)
