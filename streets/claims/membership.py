"""Who helps to keep a shop: invited by an owner, changed and ended by an owner, left by themselves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from streets.changes.departing import let_wishes_go
from streets.claims import telling
from streets.claims.errors import AlreadyYours, InDispute, NotPossible, StaffCannotClaim
from streets.claims.handed_codes import give_code, refusal_of
from streets.claims.history import locked, write
from streets.claims.new_owner import end, withdraw_accounts_of
from streets.claims.staff import is_staff
from streets.members import Task, required
from streets.models import CodeState, KeepingEventKind, MemberInvitation, MemberRole, Shop, ShopMember
from streets.models.member_invitations import INVITED_ROLES
from wardmark.accounts import throttling
from wardmark.accounts.models import User
from wardmark.accounts.phones import Phone
from wardmark.accounts.throttling import Limit

# Who helps at a street shop fits on a screen; nobody invites the whole ward.
MOST_OPEN_INVITATIONS = 10
# To and fro without end would be a message each; the portal says what the role is now.
ROLES_TOLD = Limit(3, timedelta(days=1))


class ForAnotherNumber(NotPossible):
    """An invitation is for one telephone number."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is for another telephone number. Please ask whoever invited you."))


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with its code, to be passed on now; nothing shows it in a log."""

    invitation: MemberInvitation
    code: str = field(repr=False)


@transaction.atomic
def invite(*, shop: Shop, by: AbstractBaseUser, phone: Phone, role: MemberRole | str, now: datetime) -> Invited:
    """Invite somebody by telephone number; an open invitation of the same number is replaced.

    Raises PermissionDenied for who is no owner, InDispute, NotPossible.
    """
    shop = _to_change(shop, by)
    if role not in dict(INVITED_ROLES):
        raise NotPossible(_("A manager or a staff member is invited; an owner is made by an ownership change."))
    still_open = MemberInvitation.objects.filter(shop=shop).open(now)
    for invitation in still_open.filter(phone_mark__in=phone.fingerprints()):
        _cancel(invitation, by, now)
    if still_open.count() >= MOST_OPEN_INVITATIONS:
        raise NotPossible(_("Many invitations of this shop are open already. Please cancel one first."))
    invitation = MemberInvitation(shop=shop, role=role, made_by=by, phone_mark=phone.fingerprint())
    code = give_code(invitation, now=now)
    invitation.sealed_phone = phone.sealed_for(_whom(invitation))
    invitation.save()
    write(shop=shop, kind=KeepingEventKind.INVITED, by=by, serial=invitation.serial, at=now)
    return Invited(invitation, code)


def phone_of_invitation(invitation: MemberInvitation) -> Phone | None:
    """Open the number for the owner who invited it. Raises sealing.CannotBeOpened."""
    if not invitation.sealed_phone:
        return None
    return Phone.unsealed(invitation.sealed_phone, whom=_whom(invitation))


@transaction.atomic
def reseal(invitation: MemberInvitation) -> bool:
    """Encrypt the number of an invitation with the newest key; return False where nothing is left to be encrypted.

    Raises sealing.CannotBeOpened.
    """
    current = MemberInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not current.sealed_phone:
        return False
    sealed, mark = Phone.resealed(current.sealed_phone, whom=_whom(current))
    if (sealed, mark) == (current.sealed_phone, current.phone_mark):
        return False
    current.sealed_phone, current.phone_mark = sealed, mark
    current.save(update_fields=["sealed_phone", "phone_mark"])
    return True


@transaction.atomic
def end_for_holder(*, invitation: MemberInvitation, by: AbstractBaseUser, now: datetime) -> bool:
    """Forget the number of an invitation for whoever holds it; one that was still open ends, in a dispute too.

    Return False where it was forgotten meanwhile.
    """
    locked(invitation.shop)
    current = MemberInvitation.objects.select_for_update(of=("self",)).select_related("shop").get(pk=invitation.pk)
    if not (current.sealed_phone or current.phone_mark):
        return False
    if current.state == CodeState.OPEN:
        _cancel(current, by, now)
    else:
        _close(current, current.state)
    return True


@transaction.atomic
def cancel_invitation(*, invitation: MemberInvitation, by: AbstractBaseUser, now: datetime) -> None:
    """End an open invitation. Raises PermissionDenied, InDispute, NotPossible."""
    _to_change(invitation.shop, by)
    invitation = MemberInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open(now):
        raise NotPossible(_("This invitation is no longer open."))
    _cancel(invitation, by, now)


@transaction.atomic
def accept(*, invitation: MemberInvitation, person: User, phone: Phone | None, now: datetime) -> ShopMember:
    """Use an invitation up: its person, who has proved the number, keeps the shop from now on.

    Call it only after the code was typed right. Raises CodeRefused, InDispute, ForAnotherNumber, AlreadyYours,
    StaffCannotClaim, NotPossible where who invited is no owner any more.
    """
    shop = locked(invitation.shop)
    invitation = MemberInvitation.objects.select_for_update().get(pk=invitation.pk)
    if refusal := refusal_of(invitation, now=now):
        raise refusal
    if shop.disputed_since:
        raise InDispute
    if not shop.members.active().filter(role=MemberRole.OWNER, user=invitation.made_by_id).exists():
        # An owner who has gone lets nobody in any more.
        raise NotPossible(_("This invitation is no longer open."))
    if not is_for(invitation, phone):
        raise ForAnotherNumber
    if is_staff(person):
        raise StaffCannotClaim
    if shop.members.active().filter(user=person).exists():
        raise AlreadyYours
    _close(invitation, CodeState.USED)
    member = ShopMember.objects.create(shop=shop, user=person, role=invitation.role)
    write(shop=shop, kind=KeepingEventKind.JOINED, by=person, serial=invitation.serial, at=now)
    return member


def is_for(invitation: MemberInvitation, phone: Phone | None) -> bool:
    """Say whether an invitation was made for this number."""
    return phone is not None and invitation.phone_mark in phone.fingerprints()


@transaction.atomic
def change_role(*, member: ShopMember, role: MemberRole | str, by: AbstractBaseUser, now: datetime) -> None:
    """Make a manager of a staff member, or the other way round. Raises PermissionDenied, InDispute, NotPossible."""
    shop = _to_change(member.shop, by)
    member = _another(shop, member)
    if role not in dict(INVITED_ROLES):
        raise NotPossible(_("An owner is made by an ownership change."))
    if member.role == role:
        return
    member.role = role
    member.save(update_fields=["role"])
    write(
        shop=shop, kind=KeepingEventKind.ROLE_CHANGED, by=by, about=member.user, why=str(MemberRole(role).label), at=now
    )
    if throttling.take("role changes told", f"{member.pk}", ROLES_TOLD) is not None:
        telling.tell([member.user], gettext_lazy("%(shop)s: your role there has changed."), shop=shop)


@transaction.atomic
def end_membership(*, member: ShopMember, by: AbstractBaseUser, now: datetime) -> None:
    """End somebody else's membership at once. Raises PermissionDenied, InDispute, NotPossible for an owner's."""
    shop = _to_change(member.shop, by)
    member = _another(shop, member)
    end(member, by=by, now=now)
    telling.tell([member.user], telling.NO_LONGER_KEEPS, shop=shop)


@transaction.atomic
def leave(*, member: ShopMember, now: datetime) -> None:
    """Leave a shop oneself. Raises InDispute for an owner, NotPossible for the last one."""
    shop = locked(member.shop)
    member = shop.members.active().select_related("user").filter(pk=member.pk).first()
    if member is None:
        raise NotPossible(_("You no longer keep this shop."))
    if member.role == MemberRole.OWNER:
        if shop.disputed_since:
            raise InDispute
        if not shop.members.active().filter(role=MemberRole.OWNER).exclude(pk=member.pk).exists():
            raise NotPossible(_("You are its only owner. Please pass the shop on to somebody else first."))
    _refuse_while_it_passes(shop, member)
    member.ended_at = now
    member.save(update_fields=["ended_at"])
    let_wishes_go(member=member, by=member.user, now=now)
    withdraw_accounts_of(member.user, shop=shop)
    write(shop=shop, kind=KeepingEventKind.LEFT, by=member.user, at=now)


def _to_change(shop: Shop, by: AbstractBaseUser) -> Shop:
    """Lock a shop whose members its owner wants to change."""
    shop = locked(shop)
    required(by, shop, Task.OWN)
    if shop.disputed_since:
        raise InDispute
    return shop


def _another(shop: Shop, member: ShopMember) -> ShopMember:
    member = shop.members.active().select_related("user").filter(pk=member.pk).first()
    if member is None:
        raise NotPossible(_("This person no longer keeps the shop."))
    if member.role == MemberRole.OWNER:
        raise NotPossible(_("An owner goes only by an ownership change, or by leaving."))
    _refuse_while_it_passes(shop, member)
    return member


def _refuse_while_it_passes(shop: Shop, member: ShopMember) -> None:
    waiting = shop.ownership_changes.waiting().first()
    if waiting and member.user_id in {waiting.old_owner_id, waiting.new_owner_id}:
        raise NotPossible(_("The shop is about to pass to or from this person. Please take that back first."))


def _cancel(invitation: MemberInvitation, by: AbstractBaseUser, now: datetime) -> None:
    _close(invitation, CodeState.CANCELLED)
    write(shop=invitation.shop, kind=KeepingEventKind.INVITATION_CANCELLED, by=by, serial=invitation.serial, at=now)


def _close(invitation: MemberInvitation, state: CodeState) -> None:
    """End an invitation; the number has done its service."""
    invitation.state, invitation.sealed_phone, invitation.phone_mark = state, "", ""
    invitation.save(update_fields=["state", "sealed_phone", "phone_mark"])


def _whom(invitation: MemberInvitation) -> str:
    return f"invitation {invitation.serial}"
