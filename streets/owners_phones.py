"""An owner's sign-in phone that is about to change hides the payment code of the owner's shops meanwhile.

Whoever signs in decides where a shop is paid to. Until the new number counts, or the change has ended, nobody knows
whether the owner asked for it or somebody with the owner's telephone. Of a closed account, which nobody signs in to,
it hides nothing.

The order of locks (`streets/changes/in_turn.py`) goes on: the shops' rows, then the person's, then the change of the
phone. The person's makes who becomes an owner and who asks for another phone wait for each other: else neither would
see what the other has not yet committed.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from streets.changes.in_turn import locked_all
from streets.models import MemberRole, Shop, ShopMember
from streets.payments import follow_ownership
from wardmark.accounts.models import PhoneChange, User


def owned_by(people: QuerySet[Any] | list[int]) -> QuerySet[Shop]:
    """Return the shops that these own, also under a closed account."""
    owners = ShopMember.objects.not_ended().filter(user__in=people, role=MemberRole.OWNER)
    return Shop.objects.filter(pk__in=owners.values("shop"))


def in_turn(person: int) -> None:
    """Lock somebody's shops, then the person: `settings.PHONE_CHANGE_IN_TURN`, before anything of a change is."""
    locked_all(owned_by([person]))
    lock_people([person])


def lock_people(people: Iterable[int | None]) -> None:
    """Lock all of these at once, the shop being locked: before the memberships of more than one are written.

    `on_member_saved` locks one after the other, and another shop may have the same people the other way round.
    """
    keys = {person for person in people if person is not None}
    # Without the key, which every row about a person holds a little of.
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))


def on_phone_change_saved(
    sender: type[PhoneChange], instance: PhoneChange, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if update_fields is None or "state" in update_fields:
        _follow(instance.person_id)


def on_member_saved(sender: type[ShopMember], instance: ShopMember, **kwargs: Any) -> None:
    """Somebody whose phone is about to change became an owner, or is none any more."""
    with transaction.atomic():
        # Who entered a member in the admin has not locked the shop yet.
        Shop.objects.select_for_update(no_key=True).get(pk=instance.shop_id)
        lock_people([instance.user_id])
        if _changes_phone(instance.user_id):
            follow_ownership(shop=instance.shop)


def on_member_deleted(sender: type[ShopMember], instance: ShopMember, **kwargs: Any) -> None:
    """Somebody's account was deleted, and with it what hid the code."""
    if instance.shop.payment_standing:
        follow_ownership(shop=instance.shop)


def on_account_saved(
    sender: type[User], instance: User, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """An account was closed, or opened again."""
    if not created and (update_fields is None or "is_active" in update_fields) and _changes_phone(instance.pk):
        _follow(instance.pk)


def lock_shops_of_accounts(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Before accounts are closed or opened in bulk: a hook of Wagtail's, inside its transaction."""
    if action.model is User:
        locked_all(owned_by([person.pk for person in objects]))


def follow_accounts(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Afterwards: Wagtail writes them all at once, and saves none."""
    if action.model is User:
        waiting = PhoneChange.objects.waiting().filter(person__in=[person.pk for person in objects])
        for person in waiting.order_by("person").values_list("person", flat=True):
            _follow(person)


def _follow(person: int) -> None:
    with transaction.atomic():
        in_turn(person)
        # Read anew: whoever was before us has committed.
        for shop in owned_by([person]).exclude(payment_standing="").order_by("pk"):
            follow_ownership(shop=shop)


def _changes_phone(person: int) -> bool:
    return PhoneChange.objects.waiting().filter(person=person).exists()
