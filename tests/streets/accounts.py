"""Payment accounts for tests: the one sample number, and officers."""

from datetime import timedelta
from html import unescape
from typing import Any

import time_machine
from django.utils import timezone

from streets.models import PaymentAccount, Shop
from streets.payments import approve, draft, request
from streets.sealing import Number

SAMPLE = Number("970403", "0011012345678")
PAYEE = "HO KINH DOANH NGUYEN MINH HOA"


def drafted(shop: Shop, by: Any, number: Number = SAMPLE, **said: Any) -> PaymentAccount:
    return draft(shop=shop, number=number, by=by, **{"payee_name": PAYEE, "holder_kind": "household"} | said)


def requested(shop: Shop, by: Any, number: Number = SAMPLE, **said: Any) -> PaymentAccount:
    account = drafted(shop, by, number, **said)
    request(account=account, by=by)
    return account


def active(shop: Shop, by: Any, second: Any, number: Number = SAMPLE, **said: Any) -> PaymentAccount:
    """An account asked for 25 hours ago and approved now."""
    with time_machine.travel(timezone.now() - timedelta(hours=25), tick=False):
        account = requested(shop, by, number, **said)
    approve(account=account, by=second)
    return account


def said_of_payment(client: Any, page: Any) -> str:
    """What the public page of a shop says where its payment code stands, or would."""
    html = unescape(client.get(page.get_url()).content.decode())
    return html.partition('<section class="payment"')[2].partition("</section>")[0]
