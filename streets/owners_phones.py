"""An owner's sign-in phone that is about to change hides the payment code of the owner's shops meanwhile.

Whoever signs in decides where a shop is paid to. Until the new number counts, or the change has ended, nobody knows
whether the owner asked for it or somebody with the owner's telephone.
"""

from typing import Any

from django.db import transaction

from streets.models import MemberRole, Shop, ShopMember
from streets.payments import follow_ownership
from wardmark.accounts.models import PhoneChange


def on_phone_change_saved(sender: type[PhoneChange], instance: PhoneChange, **kwargs: Any) -> None:
    owned = ShopMember.objects.filter(user=instance.person_id, role=MemberRole.OWNER, ended_at=None)
    shops = Shop.objects.filter(members__in=owned).exclude(payment_standing="").order_by("pk")
    with transaction.atomic():
        for shop in shops:
            follow_ownership(shop=shop)


def on_member_saved(sender: type[ShopMember], instance: ShopMember, **kwargs: Any) -> None:
    """Somebody whose phone is about to change became an owner, or is none any more."""
    if PhoneChange.objects.waiting().filter(person=instance.user_id).exists():
        follow_ownership(shop=instance.shop)
