"""What the people who keep a shop may do for it, and when nobody may."""

from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied

from streets.models import Shop, ShopMember
from streets.models.members import MemberRole


class Task(StrEnum):
    """What a member does, as far as roles tell it apart."""

    # See the shop's corner, say that it is right, change what changes from day to day, check its own card.
    DAILY = "daily"
    # Change what the page tells: words, photos, links, how to reach it; send papers, answer inspections.
    TELL = "tell"
    # Change the account the shop is paid to, who keeps the shop, and whose it is.
    OWN = "own"


TASKS: dict[MemberRole, frozenset[Task]] = {
    MemberRole.STAFF: frozenset({Task.DAILY}),
    MemberRole.MANAGER: frozenset({Task.DAILY, Task.TELL}),
    MemberRole.OWNER: frozenset(Task),
}


def membership(user: AbstractBaseUser | AnonymousUser, shop: Shop) -> ShopMember | None:
    """Return how this person keeps this shop now; None for everybody else."""
    if not user.is_authenticated:
        return None
    return ShopMember.objects.active().filter(user=user, shop=shop).first()


def may_do(member: ShopMember | None, task: Task) -> bool:
    return member is not None and task in TASKS[MemberRole(member.role)]


def required(user: AbstractBaseUser | AnonymousUser, shop: Shop, task: Task) -> ShopMember:
    """Return the membership that lets this person do this for this shop. Raises PermissionDenied."""
    member = membership(user, shop)
    if member is None or not may_do(member, task):
        raise PermissionDenied
    return member


def keeps_a_shop(user: AbstractBaseUser) -> bool:
    """Say whether this person keeps any shop at present, in whichever role."""
    return ShopMember.objects.active().filter(user=user).exists()
