"""Reading and writing the fields that stand on a shop's own row, each in its JSON form."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from streets.changes.classes import Asked
from streets.hours import HoursError, read_special, read_week, write_special, write_week
from streets.hours.words import complaint
from streets.models import Shop

_CLOSURE = ("closure", "closed_since", "closed_until", "closure_note", "moved_to", "moved_to_address")


def read(shop: Shop, asked: Asked) -> Any:
    """Return what the shop's row says, in the form in which a change of it is wished."""
    name = asked.field.name
    if name == "hours_note":
        return shop.hours_note.get(asked.language, "")
    if name == "closure":
        return _closure(shop)
    if name == "price_range":
        return {"from": shop.price_from, "to": shop.price_to}
    if name in ("payment_kinds", "amenities"):
        return in_their_order(shop, name, getattr(shop, name))
    return getattr(shop, name)


def write(shop: Shop, asked: Asked, value: Any) -> None:
    """Set it on the instance, to be judged and saved by whoever called. Raises ValidationError for another form."""
    _WRITERS[asked.field.name](shop, asked, value)


def facts(shop: Shop, asked: Asked) -> dict[str, Any]:
    """Return the model's fields that stand behind it, as `daily_facts.change_facts` takes them."""
    names = [covered.rsplit(".", 1)[1] for covered in asked.field.covers]
    return {name: getattr(shop, name) for name in names}


def in_their_order(record: Any, name: str, keys: list[str]) -> list[str]:
    """Return keys in the order of the field's own set, each once; one that is unknown stays to be refused."""
    known = record._meta.get_field(name).keys.values
    return [key for key in known if key in keys] + [key for key in keys if key not in known]


def _closure(shop: Shop) -> dict[str, Any]:
    return {
        "closure": str(shop.closure),
        "closed_since": shop.closed_since and shop.closed_since.isoformat(),
        "closed_until": shop.closed_until and shop.closed_until.isoformat(),
        "closure_note": shop.closure_note,
        "moved_to": shop.moved_to_id,
        "moved_to_address": shop.moved_to_address,
    }


def _write_hours(shop: Shop, asked: Asked, value: Any) -> None:
    try:
        shop.hours = write_week(read_week(value))
    except HoursError as refused:
        raise ValidationError(complaint(refused)) from refused


def _write_special_days(shop: Shop, asked: Asked, value: Any) -> None:
    try:
        shop.special_days = write_special(read_special(value))
    except HoursError as refused:
        raise ValidationError(complaint(refused)) from refused


def _write_hours_note(shop: Shop, asked: Asked, value: Any) -> None:
    shop.hours_note = with_words(shop.hours_note, asked.language, value)


def _write_closure(shop: Shop, asked: Asked, value: Any) -> None:
    said = _mapping(value, _CLOSURE)
    note = said.get("closure_note") or {}
    if not isinstance(note, Mapping) or not all(isinstance(words, str) for words in note.values()):
        raise malformed()
    shop.closure = said.get("closure") or ""
    shop.closed_since, shop.closed_until = _day(said.get("closed_since")), _day(said.get("closed_until"))
    shop.closure_note = {language: words.strip() for language, words in note.items() if words.strip()}
    moved_to = said.get("moved_to")
    if moved_to is not None and (type(moved_to) is not int or not Shop.objects.filter(pk=moved_to).exists()):
        raise malformed()
    shop.moved_to_id = moved_to
    shop.moved_to_address = text(said.get("moved_to_address") or "")


def _write_e_invoice(shop: Shop, asked: Asked, value: Any) -> None:
    if value not in (True, False, None):
        raise malformed()
    shop.gives_e_invoice = value


def _write_price_range(shop: Shop, asked: Asked, value: Any) -> None:
    said = _mapping(value, ("from", "to"))
    shop.price_from, shop.price_to = amount(said.get("from")), amount(said.get("to"))


def _write_keys(shop: Shop, asked: Asked, value: Any) -> None:
    name = asked.field.name
    setattr(shop, name, in_their_order(shop, name, keys(value)))


_WRITERS: Mapping[str, Callable[[Shop, Asked, Any], None]] = {
    "hours": _write_hours,
    "special_days": _write_special_days,
    "hours_note": _write_hours_note,
    "closure": _write_closure,
    "gives_e_invoice": _write_e_invoice,
    "price_range": _write_price_range,
    "payment_kinds": _write_keys,
    "amenities": _write_keys,
}


def malformed() -> ValidationError:
    return ValidationError(_("This could not be read. Please enter it again."), code="malformed")


def text(value: Any) -> str:
    """Return words without blanks around them. Raises ValidationError for what is none."""
    if not isinstance(value, str) or "\0" in value:
        raise malformed()
    return value.strip()


def with_words(words: Mapping[str, str], language: str, value: Any) -> dict[str, str]:
    """Return words by language with those of one language replaced, or taken out where they are empty."""
    said = {code: kept for code, kept in words.items() if code != language}
    return said | ({language: text(value)} if text(value) else {})


def amount(value: Any) -> int | None:
    """Return a sum in đồng; None where nothing is said. Raises ValidationError."""
    if value is None or value == "":
        return None
    if type(value) is int and value >= 0:
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        # Cut off behind what any field takes: too much stays too much.
        return int((value.lstrip("0") or "0")[:18])
    raise malformed()


def keys(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(key, str) for key in value):
        raise malformed()
    return list(dict.fromkeys(map(str, value)))


def _mapping(value: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not set(known).issuperset(value):
        raise malformed()
    return value


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(text(value))
    except ValueError as reason:
        raise malformed() from reason
