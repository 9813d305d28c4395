"""Whose words become public before an officer has read them, which of those are read afterwards, what was refused."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from streets.changes import product_values
from streets.changes.classes import Asked, asked
from streets.models import ChangeRequest, ChangeState, ChangeWeight, Product, Shop, ShopMember

# Without a rejection, and as a member.
PROVEN_AFTER = timedelta(days=30)


def is_trusted(*, shop: Shop, member: ShopMember, now: datetime) -> bool:
    """Say whether this member's words go public at once: 30 days in the shop, in which nothing of it was rejected."""
    since = now - PROVEN_AFTER
    return member.since <= since and not ChangeRequest.objects.rejected_since(shop, since).exists()


def is_drawn(change: ChangeRequest) -> bool:
    """Say whether officers look this one over: the first of each person, and of the others one in so many.

    Drawn by a keyed hash of its number, so that the same is drawn whoever asks, and nobody can count on the next.
    """
    earlier = ChangeRequest.objects.filter(
        change_class=ChangeWeight.SAMPLED, made_by=change.made_by_id, live_since__isnull=False
    ).exclude(pk=change.pk)
    if not earlier.exists():
        return True
    drawn = salted_hmac("streets.changes.trust", str(change.pk)).digest()
    one_in = settings.LOOK_OVER_ONE_IN
    return one_in > 0 and int.from_bytes(drawn[:8], "big") % one_in == 0


def was_refused(change: ChangeRequest, one: Asked) -> bool:
    """Say whether what was public before a change has been refused since; of a product, any part of it."""
    refused = ChangeRequest.objects.filter(shop=change.shop_id, state=ChangeState.REJECTED)
    if one.field.name != "product":
        of_the_field = refused.filter(field=change.field, language=change.language)
        return any(value == change.before for value in of_the_field.values_list("after", flat=True))
    if change.before is None:
        return False
    before = Product(pk=one.product, shop_id=change.shop_id)
    product_values.write(before, one, change.before)
    parts = refused.filter(Q(field=change.field) | Q(field__startswith=f"{change.field}."))
    for field, language, after in parts.values_list("field", "language", "after"):
        part = asked(field, language or None)
        if part is not None and after and product_values.read(before, part) == after:
            return True
    return False
