"""Wishes as a form makes them."""

from typing import Any

from django.utils import timezone

from streets.changes.applying import read
from streets.changes.proposing import Outcome, propose
from streets.models import Shop


def wish(shop: Shop, by: Any, language: str | None = None, **values: Any) -> dict[str, Outcome]:
    """Propose values as somebody does who has just opened the form; dots in names are written `__`."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    seen = read(shop, named, language)
    outcomes = propose(shop=shop, by=by, values=named, seen=seen, language=language, now=timezone.now())
    return {outcome.field: outcome for outcome in outcomes}


def now_is(shop: Shop, name: str, language: str | None = None) -> Any:
    return read(Shop.objects.get(pk=shop.pk), [name], language)[name]
