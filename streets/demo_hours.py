"""Hours and closures of the demonstration's shops, every state among them, from `demo_data/hours.json`.

Days are counted from today. A shop that the file does not name has hours that nobody knows yet.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from streets import daily_facts
from streets.hours import week_from_text, write_week
from streets.models import Shop

DATA = Path(__file__).parent / "demo_data" / "hours.json"


def load_hours(shops: Mapping[str, Shop]) -> None:
    """Give each of the shops, by its key in the demonstration's data, its hours and its state."""
    rows = json.loads(DATA.read_text())
    for key, shop in shops.items():
        if key in rows:
            _give(shop, rows[key], shops, timezone.localdate())


def _give(shop: Shop, row: dict[str, Any], shops: Mapping[str, Shop], today: date) -> None:
    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    special = [
        {"from": day(said["from"]).isoformat(), "spans": said.get("spans", []), "note": said["note"]}
        for said in row.get("special", ())
    ]
    daily_facts.change_facts(
        shop=shop,
        by=None,
        hours=write_week(week_from_text(row.get("week", ""))),
        special_days=special,
        hours_note=row.get("note", {}),
    )
    if row.get("tet"):
        daily_facts.close_for_tet(shop=shop, today=today, by=None)
    if "temporary" in row:
        said = row["temporary"]
        daily_facts.close_temporarily(
            shop=shop, since=day(said["since"]), until=day(said["until"]), note=said["note"], by=None
        )
    if "moved" in row:
        said = row["moved"]
        daily_facts.move(shop=shop, since=day(said["since"]), to=shops[said["to"]], note=said["note"], by=None)
    if "for_good" in row:
        daily_facts.close_for_good(shop=shop, since=day(row["for_good"]["since"]), by=None)
