"""Taking the figures of every street once a month.

A month's figures are those of the day they were taken: the first on which the worker ran in that month. What nobody
counted at the time is never filled in later, so a month the site was down has no figures.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from streets.measures import MEASURES, Tally, tallies
from streets.models import MeasureSnapshot, ShopPage, StreetPage
from streets.months import month_of
from streets.shop_facts import facts_by_shop, with_facts
from wardmark.base.listing import closed_paths, listed, outside
from wardmark.base.page_cache import forget_pages

# One step of the tree in a page's path.
STEP = StreetPage.steplen


def take_snapshots() -> int:
    """Take what this month still lacks, once for each street and measure; return how many were taken."""
    with transaction.atomic():
        taken = _take(today=timezone.localdate())
        if taken:
            # Rows made at once tell nobody of themselves.
            forget_pages()
    return taken


def _take(*, today: date) -> int:
    month = month_of(today)
    streets = open_streets()
    illustrative = {street.translation_key: street.is_illustrative for street in streets}
    this_month = MeasureSnapshot.objects.filter(month=month)
    # A street that the ward has confirmed since: its figures are now real, and are counted anew today.
    confirmed = [key for key, is_sample in illustrative.items() if not is_sample]
    this_month.filter(street_key__in=confirmed, is_sample=True).delete()
    there = set(this_month.values_list("street_key", "measure"))
    missing = [(key, measure) for key in illustrative for measure in MEASURES if (key, measure) not in there]
    if not missing:
        return 0
    counted = current_tallies(streets, today=today)
    rows = [
        MeasureSnapshot(
            street_key=key,
            measure=measure,
            month=month,
            taken_on=today,
            met=counted[key][measure].met,
            counted=counted[key][measure].counted,
            is_sample=illustrative[key],
        )
        for key, measure in missing
    ]
    # Two workers may begin at once: what the other has taken stays.
    MeasureSnapshot.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def open_streets() -> list[StreetPage]:
    """Return the pages of all streets that are open to everybody, in all languages."""
    return list(outside(listed(StreetPage.objects.all()), closed_paths()).select_related("locale").order_by("path"))


def current_tallies(streets: list[StreetPage], *, today: date) -> dict[UUID, dict[str, Tally]]:
    """Return every measure of each street by its key. One query, however many streets and shops there are."""
    keys = {street.path: street.translation_key for street in streets}
    by_key: dict[UUID, list[ShopPage]] = {key: [] for key in keys.values()}
    for page in with_facts(listed(ShopPage.objects.select_related("shop").defer("story")), today=today):
        key = keys.get(page.path[:-STEP])
        if key is not None:
            by_key[key].append(page)
    return {key: tallies(facts_by_shop(pages, today=today).values()) for key, pages in by_key.items()}
