"""What the demonstration's shops offer, from their rows in `demo_data/streets.json`; days are counted from today."""

from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.utils import timezone

from media.models import Picture
from streets import daily_facts
from streets.confirmations import Confirmer
from streets.models import Product, Shop, ShopPage, ShopPhoto

PAGE_FACTS = ("house_number", "floor", "alley", "legal_name", "legal_form", "links")
PHOTO_ALT = {
    "vi": "Tranh minh hoạ: mặt tiền một cửa hàng với mái hiên sọc và quầy gỗ",
    "en": "Drawing: a shop front with a striped awning and a wooden counter",
}


def page_facts(row: dict[str, Any]) -> dict[str, str]:
    return {name: row.get(name, "") for name in PAGE_FACTS}


def add_photos(page: ShopPage, row: dict[str, Any], fronts: list[Picture], language: str) -> None:
    page.gallery = [
        ShopPhoto(picture=picture, alt=PHOTO_ALT[language], locale=page.locale, sort_order=number)
        for number, picture in enumerate(islice(cycle(fronts), row.get("photos", 0)))
    ]


def load_listing(shop: Shop, row: dict[str, Any]) -> None:
    today = timezone.localdate()
    confirmed = {Confirmer(who).field: today + timedelta(days=days) for who, days in row.get("confirmed", {}).items()}
    daily_facts.change_facts(shop=shop, by=None, **row.get("listing", {}), **confirmed)
    Product.objects.bulk_create(
        Product(shop=shop, sort_order=number, **product) for number, product in enumerate(row.get("products", ()))
    )
