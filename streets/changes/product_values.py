"""Reading and writing what a shop sells, each fact of it in its JSON form."""

from collections.abc import Mapping
from typing import Any

from streets.changes.classes import Asked
from streets.changes.shop_values import amount, in_their_order, keys, malformed, with_words
from streets.models import Product
from wardmark.base.languages import content_languages

WORDS = ("name", "note", "unit")
# What makes a product, besides its shop.
WHOLE = (*WORDS, "price", "sold_out", "allergens", "sort_order")


def read(product: Product | None, asked: Asked) -> Any:
    """Return what is said of a product; of the product itself all there is, None where there is none."""
    if product is None:
        return None
    what = _what(asked)
    if not what:
        return {name: _plain(product, name) for name in WHOLE}
    if what in WORDS:
        return getattr(product, what).get(asked.language, "")
    return _plain(product, what)


def write(product: Product, asked: Asked, value: Any) -> None:
    """Set it on the instance. Raises ValidationError for what has another form."""
    what = _what(asked)
    if not what:
        _write_whole(product, value)
    elif what in WORDS:
        setattr(product, what, with_words(getattr(product, what), asked.language, value))
    else:
        _write_fact(product, what, value)


def refuse_unknown_languages(product: Product, value: Any) -> None:
    """Raise ValidationError for words in a language that the site does not have and the product has not had."""
    known = set(dict(content_languages())).union(*(getattr(product, name) for name in WORDS))
    if isinstance(value, Mapping):
        said = [value.get(name) for name in WORDS]
        if not all(known.issuperset(words) for words in said if isinstance(words, Mapping)):
            raise malformed()


def _what(asked: Asked) -> str:
    return asked.field.name.partition(".")[2]


def _plain(product: Product, name: str) -> Any:
    value = getattr(product, name)
    return in_their_order(product, name, value) if name == "allergens" else value


def _write_whole(product: Product, value: Any) -> None:
    if not isinstance(value, Mapping) or not set(WHOLE).issuperset(value):
        raise malformed()
    for name in WORDS:
        words: dict[str, str] = {}
        said = value.get(name) or {}
        if not isinstance(said, Mapping):
            raise malformed()
        for language, text in said.items():
            words = with_words(words, language, text)
        setattr(product, name, words)
    for name in ("price", "sold_out", "allergens", "sort_order"):
        if name in value:
            _write_fact(product, name, value[name])


def _write_fact(product: Product, name: str, value: Any) -> None:
    if name == "price":
        product.price = amount(value)
    elif name == "sold_out":
        if not isinstance(value, bool):
            raise malformed()
        product.sold_out = value
    elif name == "allergens":
        product.allergens = in_their_order(product, "allergens", keys(value))
    else:
        product.sort_order = amount(value)
