"""The main banks and the rule for payees' names to begin with, from `payment_lists.json`; editors go on from there."""

import json
from pathlib import Path
from typing import Any

LISTS = Path(__file__).with_suffix(".json")


def enter_payment_lists(models: dict[str, Any]) -> None:
    """Enter what is not there yet. `models`: Bank and PayeeNameRule, as a migration knows them or as they are now."""
    lists = json.loads(LISTS.read_text())
    for row in lists["banks"]:
        models["Bank"].objects.get_or_create(bin=row["bin"], valid_from=row["valid_from"], defaults=row)
    for row in lists["payee_name_rules"]:
        models["PayeeNameRule"].objects.get_or_create(
            holder_kind=row["holder_kind"], valid_from=row["valid_from"], defaults=row
        )
