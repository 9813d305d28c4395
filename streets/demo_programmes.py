"""What the demonstration's programmes set out to reach, and invented months before this one.

Every figure it adds is marked as sample data, and is shown only while the street's page says so of itself.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from streets.models import (
    Criterion,
    CriterionWording,
    MeasureSnapshot,
    Programme,
    StreetPage,
)
from streets.months import month_of, months_before
from streets.snapshots import current_tallies, take_snapshots
from wardmark.base.demo import LANGUAGES

DATA = Path(__file__).parent / "demo_data" / "programmes.json"


def load_criteria(programmes: dict[str, Programme]) -> None:
    """Give each programme, by its key in the data, what it sets out to reach."""
    data = json.loads(DATA.read_text())
    for key, rows in data["criteria"].items():
        programmes[key].criteria = [_criterion(row, data["source"], order) for order, row in enumerate(rows)]
        programmes[key].save()


def load_months() -> None:
    """Make up the months before this one, then take this month's figures as the site does by itself."""
    shares = json.loads(DATA.read_text())["share_of_past_months"]
    today = timezone.localdate()
    streets = list(StreetPage.objects.live().filter(is_illustrative=True))
    now = current_tallies(streets, today=today)
    MeasureSnapshot.objects.bulk_create(
        _month(key, measure, now[key][measure].counted, share, months_before(month_of(today), len(row) - number))
        for key in {street.translation_key for street in streets}
        for measure, row in shares.items()
        for number, share in enumerate(row)
        # None: a month in which the site could not count; and nothing is made up where no shop counts.
        if share is not None and now[key][measure].counted
    )
    take_snapshots()


def _criterion(row: dict[str, Any], source: dict[str, str], order: int) -> Criterion:
    criterion = Criterion(measure=row["measure"], target=row["target"], target_unit=row["unit"], sort_order=order)
    has_target = row["target"] is not None
    criterion.wordings = [
        CriterionWording(language=language, name=row[language], source=source[language] if has_target else "")
        for language in LANGUAGES
    ]
    return criterion


def _month(key: Any, measure: str, counted: int, share: int, month: date) -> MeasureSnapshot:
    return MeasureSnapshot(
        street_key=key,
        measure=measure,
        month=month,
        taken_on=month,
        met=counted * share // 100,
        counted=counted,
        is_sample=True,
    )
