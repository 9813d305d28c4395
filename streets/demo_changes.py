"""What a vendor of the demonstration wishes and the ward has not decided yet: one wish of each class that waits."""

import json
from datetime import timedelta

from django.utils import timezone

from streets.changes import applying
from streets.changes.proposing import propose
from streets.demo_claims import Sample, make_owner
from streets.demo_payments import DATA as ACCOUNTS
from streets.models import Shop
from streets.payments import draft, request
from streets.sealing import Number

# Nothing else of the demonstration happens to it.
SHOP = "com-chay-minh-hoa"
OWNER = Sample("Chủ quán cơm chay (minh hoạ)", "+84900000014")
# A name, and words that claim something: both are read before they are public.
WISHES = {
    "title": "Cơm chay Minh Hoạ Sen Trắng",
    "summary": "Cơm chay mỗi trưa: đậu phụ rán, nấm kho, canh bí và rau hữu cơ theo mùa.",
}
PAYEE = "Hộ kinh doanh Cơm chay Minh Hoạ"


def load(shops: dict[str, Shop]) -> None:
    """Let the vendor of one shop ask for a name, a text and another account; nothing where that shop is not there."""
    if SHOP not in shops:
        return
    shop, now = Shop.objects.get(pk=shops[SHOP].pk), timezone.now()
    owner = make_owner(shop, OWNER, now=now - timedelta(days=6))
    propose(shop=shop, by=owner, values=WISHES, seen=applying.read(shop, WISHES), now=now - timedelta(days=1))
    number = Number(**json.loads(ACCOUNTS.read_text())["number"])
    request(account=draft(shop=shop, number=number, payee_name=PAYEE, holder_kind="household", by=owner), by=owner)
