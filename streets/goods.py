"""What a shop sells, as something that changes: each fact leaves a line in the log, and search finds the new names."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.search import index

from streets.models import FactChange, Product, Shop
from wardmark.accounts.models import User

# What the log tells of a product.
FACTS = ("name", "note", "unit", "price", "sold_out", "allergens")
Goods = Mapping[int, Mapping[str, Any]]


def goods_of(shop: Shop) -> Goods:
    """Return what the shop sells by the products' keys, as the log tells it."""
    rows = Product.objects.filter(shop=shop).values("pk", *FACTS)
    return {row.pop("pk"): row for row in rows}


def log_goods(*, shop: Shop, before: Goods, after: Goods, by: User | None) -> list[FactChange]:
    """Keep a line for each fact that differs; one for a product that came or went. Search learns the names afterwards.

    Called in the transaction that saves the change.
    """
    changes = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            changes.append((f"product.{key}", old, new))
        else:
            changes += [(f"product.{key}.{name}", old[name], new[name]) for name in FACTS if old[name] != new[name]]
    lines = [
        FactChange.objects.create(shop=shop, what=what, before=old, after=new, by=by) for what, old, new in changes
    ]
    if _names(before) != _names(after):
        transaction.on_commit(lambda: reindex(shop))
    return lines


def _names(goods: Goods) -> list[Any]:
    return sorted(str(facts["name"]) for facts in goods.values())


def reindex(shop: Shop) -> None:
    """Let search find the shop's pages by what it sells now."""
    for page in shop.pages.all():
        index.insert_or_update_object(page.specific)
