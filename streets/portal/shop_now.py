"""What the public reads of a shop now, in the few lines of its people's first screen."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from streets.confirmations import Confirmed, confirmed
from streets.daily_facts import is_closed_today_by_hand
from streets.hours import spans_on
from streets.hours.state import WARD_ZONE
from streets.hours.words import spans_in_words
from streets.models import Shop, ShopPage
from streets.payment_card import PaymentCard
from streets.shown_opening import ShownOpening, shown_on_card


@dataclass(frozen=True, slots=True)
class ShopNow:
    """`page` is the one that everybody may see, None where none is published."""

    shop: Shop
    page: ShopPage | None
    opening: ShownOpening
    hours_today: str
    is_closed_by_hand: bool
    payment: str
    confirmed: Confirmed


def shop_now(shop: Shop, *, now: datetime) -> ShopNow:
    today = now.astimezone(WARD_ZONE).date()
    spans = None if shop.closure_on(today) else spans_on(shop.week, shop.special, today)
    return ShopNow(
        shop=shop,
        page=shop.open_page,
        opening=shown_on_card(shop, moment=now),
        hours_today="" if spans is None else spans_in_words(spans),
        is_closed_by_hand=is_closed_today_by_hand(shop, now),
        payment=_payment(shop),
        confirmed=confirmed(shop, today=timezone.localdate(now)),
    )


def _payment(shop: Shop) -> str:
    card = PaymentCard.of(shop)
    if card is None:
        return _("No payment code")
    if card.account is not None:
        return _("Payment code is shown")
    if card.is_changing:
        return _("Payment code is hidden while the account is being changed")
    return _("Payment code is hidden while it is being checked")
