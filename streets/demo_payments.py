"""Accounts of the demonstration's shops, in every state, from `demo_data/payments.json`.

All have the one published sample number, so officers also see what the same account at several shops looks like.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from streets.models import NameVerdict, PaymentAccount, Shop
from streets.name_reports import say_name
from streets.payments import WAIT, approve, draft, request, revoke, suspend
from streets.sealing import Number
from wardmark.accounts.demo import demo_officers
from wardmark.base.passers_by import Visitor

DATA = Path(__file__).parent / "demo_data" / "payments.json"
# So long ago the accounts that are active now were asked for.
ASKED_BEFORE = WAIT + timedelta(hours=2)


def load(shops: dict[str, Shop]) -> None:
    """Give the shops of these keys their accounts; a key that is not there is passed over."""
    data = json.loads(DATA.read_text())
    number = Number(**data["number"])
    for row in data["accounts"]:
        if row["shop"] in shops:
            _account(Shop.objects.get(pk=shops[row["shop"]].pk), number, row)


def _account(shop: Shop, number: Number, row: dict[str, Any]) -> None:
    first, second = demo_officers()
    account = draft(shop=shop, number=number, payee_name=row["name"], holder_kind=row["holder"], by=first)
    state = row["state"]
    if state == "draft":
        return
    request(account=account, by=first)
    if state == "pending":
        return
    if state != "approved":
        _as_of_yesterday(account)
    approve(account=account, by=second, name_accepted_why=row.get("why", ""))
    for n in range(row.get("same", 0)):
        say_name(account=account, verdict=NameVerdict.SAME, visitor=_payer(n))
    if state == "suspended_by_payers":
        for n in range(2):
            say_name(account=account, verdict=NameVerdict.OTHER, visitor=_payer(n))
    elif state == "suspended":
        suspend(account=account, by=first, why="Cửa hàng báo biển mã bị dán đè; đang xem lại.")
    elif state == "revoked":
        revoke(account=account, by=second, why="Chủ cửa hàng đóng tài khoản.")


def _as_of_yesterday(account: PaymentAccount) -> None:
    """Let the demonstration begin with accounts whose day of waiting is over; no rule does this."""
    account.requested_at = timezone.now() - ASKED_BEFORE
    account.is_being_recorded = True
    account.save(update_fields=["requested_at"])
    account.is_being_recorded = False


def _payer(number: int) -> Visitor:
    # Addresses that are nobody's (RFC 5737).
    return Visitor(f"203.0.113.{number}", "sample")
