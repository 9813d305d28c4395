"""What becomes of the wishes of somebody who no longer keeps a shop."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.changes import workflow
from streets.models import ChangeRequest, ChangeState, ShopMember
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
