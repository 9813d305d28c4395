"""Writing down what happens to who keeps a shop."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from streets.kept_words import kept
from streets.models import KeepingEvent, KeepingEventKind, Shop
from wardmark.base.models import remembered_name

LONGEST_WHY = KeepingEvent._meta.get_field("why").max_length


def write(
    *,
    shop: Shop,
    kind: KeepingEventKind,
    by: AbstractBaseUser | None = None,
    about: AbstractBaseUser | None = None,
    serial: str = "",
    why: str = "",
    at: datetime | None = None,
) -> KeepingEvent:
    """Add one line to a shop's history, in the transaction of the change. Raises NumberNamed, which undoes both."""
    return KeepingEvent.objects.create(
        shop=shop,
        kind=kind,
        by=by,
        about=remembered_name(about) if about else "",
        serial=serial,
        why=kept(why, shop=shop)[:LONGEST_WHY],
        at=at or timezone.now(),
    )


def locked(shop: Shop) -> Shop:
    """Return the shop fetched anew and locked: what happens to one shop happens one after the other."""
    return Shop.objects.select_for_update().get(pk=shop.pk)
