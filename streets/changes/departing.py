"""What becomes of wishes when whoever wished them no longer keeps the shop, or what they are about is gone."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.changes import workflow
from streets.changes.classes import Asked
from streets.models import ChangeRequest, ChangeState, Shop, ShopMember
from wardmark.accounts.models import User
from wardmark.base.languages import source_language


def is_still_a_member(change: ChangeRequest) -> bool:
    """Say whether whoever wished a change keeps the shop now."""
    return ShopMember.objects.active().filter(shop=change.shop_id, user=change.made_by_id).exists()


def let_wishes_go(*, member: ShopMember, by: User | AbstractBaseUser | None, now: datetime) -> None:
    """Withdraw what somebody whose membership has just ended had wished and the ward has not decided on.

    The shop is locked by the caller. What is public already stays.
    """
    waiting = ChangeRequest.objects.waiting().filter(shop=member.shop_id, made_by=member.user_id)
    changes = list(waiting.select_for_update())
    with override(source_language()):
        why = _("Who wished it no longer keeps the shop.")
    for change in changes:
        change.state, change.decided_by, change.decided_at = ChangeState.WITHDRAWN, by, now
        change.reason = why
        change.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    workflow.leave(changes, by=by)


def let_go_with(shop: Shop, one: Asked, value: Any, *, by: User | AbstractBaseUser | None, now: datetime) -> None:
    """Where a value that has just become public takes a product off the list, close what waits about that product.

    Nobody could accept it any more, and to refuse it would cost the shop its trust. The shop is locked by the caller.
    """
    if one.field.name != "product" or one.product is None or value is not None:
        return
    waiting = ChangeRequest.objects.waiting_of(shop).filter(field__startswith=f"product.{one.product}.")
    for change in waiting.select_for_update():
        change.state, change.decided_by, change.decided_at = ChangeState.SUPERSEDED, by, now
        change.save(update_fields=["state", "decided_by", "decided_at"])
