"""What a shop offers, in the words of schema.org; nothing is asked of the database."""

from collections.abc import Iterable
from typing import Any

from streets.models.products import Product
from streets.models.shops import Shop
from wardmark.base.structured_data import Data, thing

CURRENCY = "VND"


def listing_for_machines(shop: Shop, products: Iterable[Product], *, is_food: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "priceRange": shop.price_range,
        "paymentAccepted": ", ".join(shop.payment_labels),
        "currenciesAccepted": CURRENCY if shop.payment_kinds else "",
        "amenityFeature": [
            thing("LocationFeatureSpecification", name=label, value=True) for label in shop.amenity_labels
        ],
    }
    goods = list(products)
    if is_food:
        items = [thing("MenuItem", name=one.shown_name[0], offers=_offer(one)) for one in goods]
        return data | {"hasMenu": thing("Menu", hasMenuItem=items) if items else None}
    return data | {
        "makesOffer": [
            thing("Offer", itemOffered=thing("Product", name=one.shown_name[0])) | _terms(one) for one in goods
        ]
    }


def _offer(product: Product) -> Data | None:
    return thing("Offer", **_terms(product)) if product.price is not None else None


def _terms(product: Product) -> Data:
    terms: Data = {} if product.price is None else {"price": product.price, "priceCurrency": CURRENCY}
    return terms | ({"availability": "https://schema.org/SoldOut"} if product.sold_out else {})
