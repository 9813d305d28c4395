"""A shop passes to another of its members: asked for, approved by a second officer, done after 24 hours.

While it waits the page shows no payment code; where it is refused or withdrawn the code is back at once.
"""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from streets.claims import telling
from streets.claims.errors import InDispute, NotPossible
from streets.claims.history import locked, write
from streets.claims.new_owner import check_account_again, end, make_owner
from streets.claims.staff import is_staff
from streets.models import KeepingEventKind, MemberRole, OwnershipChange, OwnershipState, Shop, ShopMember
from streets.owners_phones import lock_people
from streets.payments import follow_ownership
from wardmark.accounts.phones import has_proved
from wardmark.base.languages import source_language
from wardmark.base.one_by_one import one_by_one


@transaction.atomic
def ask(*, old_owner: ShopMember, new_owner: ShopMember, by: AbstractBaseUser, now: datetime) -> OwnershipChange:
    """Ask that a shop passes from its owner to another member whose number is proved. Raises InDispute, NotPossible."""
    shop = locked(old_owner.shop)
    if shop.disputed_since:
        raise InDispute
    old_owner, new_owner = (_as_it_is_now(shop, member) for member in (old_owner, new_owner))
    if old_owner.role != MemberRole.OWNER or new_owner.role == MemberRole.OWNER:
        raise NotPossible(_("A shop passes from an owner to a member who is not an owner yet."))
    if is_staff(new_owner.user):
        raise NotPossible(_("An officer of the ward does not become the owner of a shop."))
    if not has_proved(new_owner.user):
        raise NotPossible(
            _(
                "Nobody has made sure yet of this person’s telephone number. Please ask the ward for a letter: with it "
                "this person takes the shop over, once an officer has decided."
            )
        )
    if is_passing(shop):
        raise NotPossible(_("An ownership change of this shop is waiting already."))
    change = OwnershipChange.objects.create(
        shop=shop, old_owner=old_owner.user, new_owner=new_owner.user, asked_by=by, asked_at=now
    )
    _note_on_shop(shop, now)
    write(shop=shop, kind=KeepingEventKind.OWNERSHIP_ASKED, by=by, about=new_owner.user, at=now)
    words = gettext_lazy("%(shop)s is to pass to another owner. If you did not want that, call the ward at once.")
    telling.tell_members(shop, words)
    return change


@transaction.atomic
def approve(*, change: OwnershipChange, by: AbstractBaseUser, now: datetime) -> None:
    """Approve as the second person; done at once where the 24 hours are over. Raises NotPossible."""
    shop, change = _waiting(change)
    if by.pk in {change.asked_by_id, change.old_owner_id, change.new_owner_id}:
        raise NotPossible(_("A second person must approve it: you asked for it, or it is about you."))
    if change.approved_at is not None:
        raise NotPossible(_("Somebody else has approved it already."))
    change.approved_by, change.approved_at = by, now
    change.save()
    about = change.new_owner
    write(shop=shop, kind=KeepingEventKind.OWNERSHIP_APPROVED, by=by, about=about, at=now)
    complete_if_due(change=change, now=now)


@transaction.atomic
def refuse(*, change: OwnershipChange, by: AbstractBaseUser, why: str, now: datetime) -> None:
    """Refuse as an officer; everything is as it was before. Raises NotPossible without a reason."""
    if not why.strip():
        raise NotPossible(_("Please say why."))
    shop, change = _waiting(change)
    _end(shop, change, OwnershipState.REFUSED, by=by, why=why, now=now)
    words = gettext_lazy("%(shop)s stays with its owner: the ward has refused the change. %(why)s")
    telling.tell_members(shop, words, why=why)


@transaction.atomic
def withdraw(*, change: OwnershipChange, by: AbstractBaseUser, now: datetime) -> None:
    """Take the request back, as an owner of the shop or as whoever asked. Raises NotPossible."""
    shop, change = _waiting(change)
    owners = shop.members.active().filter(role=MemberRole.OWNER)
    if by.pk != change.asked_by_id and not owners.filter(user=by).exists():
        raise NotPossible(_("Only an owner of the shop, or whoever asked for it, takes it back."))
    _end(shop, change, OwnershipState.WITHDRAWN, by=by, why="", now=now)


def is_passing(shop: Shop) -> bool:
    """Say whether a change waits: then the shop has an owner, or had one whose account is deleted."""
    return shop.ownership_changes.waiting().exists()


def withdraw_waiting(shop: Shop, *, by: AbstractBaseUser | None, why: str, now: datetime) -> None:
    """End what waits for a shop that is locked: a dispute, or a claim that is confirmed, has decided otherwise."""
    for change in shop.ownership_changes.waiting().with_people():
        _end(shop, change, OwnershipState.REFUSED, by=by, why=why, now=now)


@transaction.atomic
def complete_if_due(*, change: OwnershipChange, now: datetime) -> bool:
    """Let an approved change take effect once its time has come."""
    shop, change = _waiting(change)
    if shop.disputed_since or change.due_at is None or change.due_at > now:
        return False
    members = {member.user_id: member for member in shop.members.active().select_related("user")}
    old, new = members.get(change.old_owner_id), members.get(change.new_owner_id)
    with override(source_language()):
        why = _why_not(old, new)
    if why:
        _end(shop, change, OwnershipState.REFUSED, by=None, why=why, now=now)
        return False
    lock_people([old.user_id, new.user_id])
    make_owner(shop=shop, person=new.user)
    end(old, by=None, now=now)
    _end(shop, change, OwnershipState.DONE, by=None, why="", now=now)
    check_account_again(shop=shop, by=change.approved_by, gone=change.approved_by_id)
    telling.tell_members(shop, gettext_lazy("%(shop)s has another owner now."), also=[old.user])
    return True


def _why_not(old: ShopMember | None, new: ShopMember | None) -> str:
    """Return why an approved change cannot take effect any more; empty where it can."""
    if old is None or new is None:
        return _("One of the two no longer keeps the shop.")
    return _("An officer of the ward does not become the owner of a shop.") if is_staff(new.user) else ""


def complete_due() -> None:
    """Let all changes take effect whose time has come; a chore of the worker.

    Raises SomeFailed once all had their turn.
    """
    now = timezone.now()
    approved = OwnershipChange.objects.waiting().filter(approved_at__isnull=False, shop__disputed_since=None)
    one_by_one(
        [change for change in approved if change.due_at <= now],
        lambda change: _complete(change, now),
        what="ownership changes",
        name_of=lambda change: change.pk,
    )


def _complete(change: OwnershipChange, now: datetime) -> None:
    # One that was taken back meanwhile is no failure.
    with suppress(NotPossible):
        complete_if_due(change=change, now=now)


def _as_it_is_now(shop: Shop, member: ShopMember) -> ShopMember:
    now_is = shop.members.active().filter(pk=member.pk).select_related("user").first()
    if now_is is None:
        raise NotPossible(_("This person no longer keeps the shop."))
    return now_is


def _waiting(change: OwnershipChange) -> tuple[Shop, OwnershipChange]:
    shop = locked(change.shop)
    change = OwnershipChange.objects.select_for_update(of=("self",)).with_people().get(pk=change.pk)
    if change.state != OwnershipState.WAITING:
        raise NotPossible(_("This ownership change has ended already."))
    return shop, change


_SAID = {
    OwnershipState.DONE: KeepingEventKind.OWNERSHIP_DONE,
    OwnershipState.REFUSED: KeepingEventKind.OWNERSHIP_REFUSED,
    OwnershipState.WITHDRAWN: KeepingEventKind.OWNERSHIP_WITHDRAWN,
}


def _end(
    shop: Shop, change: OwnershipChange, state: OwnershipState, *, by: AbstractBaseUser | None, why: str, now: datetime
) -> None:
    change.state, change.ended_at, change.reason = state, now, why.strip()[:300]
    change.save()
    _note_on_shop(shop, None)
    write(shop=shop, kind=_SAID[state], by=by, about=change.new_owner, why=why, at=now)


def _note_on_shop(shop: Shop, since: datetime | None) -> None:
    """Write on the shop what its page must know without asking."""
    shop.ownership_waits_since = since
    shop.save(update_fields=["ownership_waits_since"])
    follow_ownership(shop=shop)
