"""A vendor's morning look at the own counter card: scanned, and said to be good, or not.

The page of the shop says when it was last found good. What is not good becomes an alert of the plaque, which officers
follow up as one that a visitor raised.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from streets.hours.state import WARD_ZONE
from streets.models import CardCheck, CardFinding, Shop
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.models import AlertKind, Plaque

# A page speaks of the last check so many days; older, it says nothing for either side.
SHOWN_FOR = timedelta(days=30)


class CardCheckRefused(Exception):
    """This check cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class CardChecked:
    """What a page says of the last check: the moment, and whether that was today in the ward."""

    at: datetime
    is_today: bool


def card_checked(shop: Shop, *, now: datetime) -> CardChecked | None:
    """Return what to say of the shop's code; None where nobody has looked for long. It costs no query.

    Of today the page tells the time, of an earlier day the day: it turns at midnight, as everything that is kept does.
    """
    at = shop.card_checked_at
    if at is None:
        return None
    day, today = at.astimezone(WARD_ZONE).date(), now.astimezone(WARD_ZONE).date()
    return CardChecked(at, day == today) if today - day <= SHOWN_FOR else None


@transaction.atomic
def record_card_check(
    *, shop: Shop, plaque: Plaque, finding: CardFinding, by: AbstractBaseUser, now: datetime
) -> CardCheck:
    """Keep what a member found, and let the shop's page say it. Raises CardCheckRefused.

    While the shop is in dispute nobody praises its card; that something is wrong with it is always heard.
    """
    shop = Shop.objects.select_for_update().get(pk=shop.pk)
    if shop.disputed_since is not None and finding == CardFinding.GOOD:
        raise CardCheckRefused(
            _("Changes are stopped until it is settled who keeps this shop. The ward will call you.")
        )
    if plaque.page_key != shop.page_key or plaque.is_retired:
        raise CardCheckRefused(_("This code does not stand for your shop any more. Please take the card away."))
    check = CardCheck.objects.create(shop=shop, plaque=plaque, finding=finding, by=by, at=now)
    if finding == CardFinding.GOOD:
        shop.card_checked_at = now
    else:
        # Found bad after it was found good: the page must not go on praising it.
        shop.card_checked_at = None
        raise_alert(plaque=plaque, kind=AlertKind(finding), note=_("Said by the shop itself."))
    shop.save(update_fields=["card_checked_at"])
    return check


def shop_of_card(user: AbstractBaseUser | AnonymousUser, plaque: Plaque) -> Shop | None:
    """Return the shop a plaque stands for where this person keeps it now; None for everybody else."""
    if plaque.page_key is None or not user.is_authenticated:
        return None
    kept = Shop.objects.filter(page_key=plaque.page_key, members__user=user, members__ended_at=None)
    return kept.filter(members__user__is_active=True).first()
