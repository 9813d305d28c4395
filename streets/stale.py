"""Asking vendors "is it still right?" when nobody has confirmed a page for long; nothing is ever unpublished for it.

The question is a record, made once for each threshold after each confirmation: the vendor sees it in the portal, and
gets it by message and by e-mail where there is a way. Run daily; after days without a worker only the nearest
threshold is asked at, once.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.confirmations import AGEING, OLD
from streets.hours.state import WARD_ZONE
from streets.models import Shop, ShopMember, StaleNotice
from wardmark.accounts.messages import NotSent, is_configured, send
from wardmark.accounts.phones import phone_of
from wardmark.base.languages import source_language
from wardmark.base.sealing import CannotBeOpened

logger = logging.getLogger("streets.stale")

THRESHOLDS = (AGEING, OLD)


@dataclass(frozen=True, slots=True)
class Stale:
    """A shop on which nobody said a word for so long.

    `since`: the last word, or when its first keeper of now came: nobody is asked about a time before.
    """

    shop: Shop
    since: date
    days: int

    @property
    def threshold(self) -> int:
        return max(threshold for threshold in THRESHOLDS if self.days > threshold)

    @property
    def was_ever_confirmed(self) -> bool:
        return bool(self.shop.confirmed_by_owner_on or self.shop.confirmed_by_officer_on)


def stale_shops(shops: QuerySet[Shop], *, today: date) -> list[Stale]:
    """Return those of the shops that are kept by somebody, in business, and confirmed by nobody for over 90 days."""
    long_ago = today - timedelta(days=AGEING)
    kept = shops.filter(
        Q(confirmed_by_owner_on=None) | Q(confirmed_by_owner_on__lt=long_ago),
        Q(confirmed_by_officer_on=None) | Q(confirmed_by_officer_on__lt=long_ago),
        members__in=ShopMember.objects.active(),
    )
    found = []
    for shop in kept.annotate(kept_since=Min("members__since", filter=Q(members__ended_at=None))).order_by("pk"):
        since = max(filter(None, (_last_word(shop), shop.kept_since.astimezone(WARD_ZONE).date())))
        stale = Stale(shop, since, (today - since).days)
        if stale.days > AGEING and not shop.has_left_by(today):
            found.append(stale)
    return found


def ask_whether_still_right() -> int:
    """Ask about every shop that came to a threshold and was not asked about at it; return how many. A chore."""
    today = timezone.localdate()
    return sum(_ask(stale, today) for stale in stale_shops(Shop.objects.all(), today=today))


def _ask(stale: Stale, today: date) -> bool:
    with transaction.atomic():
        _notice, is_new = StaleNotice.objects.get_or_create(
            shop=stale.shop, since=stale.since, days=stale.threshold, defaults={"made_on": today}
        )
        if is_new:
            transaction.on_commit(lambda: _send(stale), robust=True)
    return is_new


def _send(stale: Stale) -> None:
    """Write to each member on its own: nobody learns of another's number or address."""
    people = get_user_model().objects.filter(shop_memberships__in=ShopMember.objects.active().filter(shop=stale.shop))
    with override(source_language()):
        said = {"shop": stale.shop, "days": stale.threshold}
        subject = _("%(shop)s: is your page still right?") % said
        words = _(
            "For over %(days)s days nobody has confirmed the page of %(shop)s. Please sign in, look at it, and tap "
            "“Still right”."
        )
    for person in people.distinct():
        _tell(person, subject, words % said)


def _tell(person: AbstractBaseUser, subject: str, words: str) -> None:
    if person.email:
        try:
            send_mail(subject, words, None, [person.email])
        except OSError:
            # The record stands: the vendor sees it when it signs in.
            logger.warning("Person %s could not be asked by e-mail whether the page is still right", person.pk)
    try:
        if is_configured() and (phone := phone_of(person)):
            send(phone=phone.number, text=words)
    except (NotSent, CannotBeOpened) as reason:
        logger.warning("Person %s could not be asked by message: %s", person.pk, type(reason).__name__)


def _last_word(shop: Shop) -> date | None:
    return max(filter(None, (shop.confirmed_by_owner_on, shop.confirmed_by_officer_on)), default=None)
