"""Entering the decrees, clauses and points of `food_safety.json` where they are not yet: what a ward changed stays.

The models come as arguments, so that a migration may give them as they were on its day.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Model

DATA = Path(__file__).with_suffix(".json")
_DAYS = ("in_force_from", "in_force_until", "suspended_until", "unknown_after")
LANGUAGES = ("vi", "en")


def enter_food_law(models: dict[str, type[Model]]) -> None:
    """Enter what is missing; `models` are those of streets by their names."""
    data = json.loads(DATA.read_text())
    for row in data["decrees"]:
        _enter_decree(models, row)
    for number, row in enumerate(data["self_check"], start=1):
        point, is_new = models["SelfCheckPoint"].objects.get_or_create(
            key=row["key"], defaults={"basis": row["basis"], "sort_order": number}
        )
        if is_new:
            _word(models["SelfCheckPointWording"], point, row)


def _enter_decree(models: dict[str, type[Model]], row: dict[str, Any]) -> None:
    days = {name: date.fromisoformat(row[name]) for name in _DAYS if name in row}
    decree, is_new = models["FoodDecree"].objects.get_or_create(
        number=row["number"], defaults={"key": row["key"], "note": row["note"], **days}
    )
    if not is_new:
        return
    _word(models["FoodDecreeWording"], decree, row)
    for one in row["clauses"]:
        clause = models["ExemptionClause"].objects.create(
            decree=decree, article=one["article"], letter=one["letter"], situation=one["situation"]
        )
        _word(models["ExemptionClauseWording"], clause, one)


def _word(model: type[Model], record: Model, row: dict[str, Any]) -> None:
    model.objects.bulk_create(model(record=record, language=language, name=row[language]) for language in LANGUAGES)
