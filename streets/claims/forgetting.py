"""What papers know of people goes once nobody can use it any more."""

from django.db.models import Q
from django.utils import timezone

from streets.models import AssistedSession, CodeState, MemberInvitation


def forget_lapsed() -> None:
    """Drop numbers of invitations that open nothing any more, and what an officer entered in vain. A daily chore."""
    over = ~Q(state=CodeState.OPEN) | Q(valid_until__lte=timezone.now())
    MemberInvitation.objects.filter(over).exclude(sealed_phone="").update(sealed_phone="", phone_mark="")
    AssistedSession.objects.filter(over).exclude(wishes={}).update(wishes={})
