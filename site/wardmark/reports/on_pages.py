"""What a place's page says of reports: how to send one, and what an officer let everybody read of those before.

A page may ask the database only so often, so the published outcomes of all pages, a few sentences each, stand in the
shared cache until one of them changes.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest

from wardmark.base.cache import UNREADABLE
from wardmark.base.models import PlacePage
from wardmark.base.page_parts import PagePart
from wardmark.reports.models import ReportOutcome

MOST_SHOWN = 3
KEPT_AS = "report-outcomes"
MARK = "report-outcomes-mark"
# Should a change ever go by unseen, as when the database is restored from a backup.
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Outcome:
    words: str
    language: str
    published_at: datetime


@dataclass(slots=True)
class Outcomes:
    """How many reports on a page were put right, and the latest of them."""

    count: int = 0
    latest: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OnPage:
    """The key of the page, how many reports were put right, and the latest outcomes."""

    key: UUID
    count: int
    outcomes: list[Outcome]


def report_part(page: PlacePage, request: HttpRequest) -> PagePart:
    """Return the part of a place's page about reports; mostly without a query."""
    own = published_outcomes().get(page.translation_key, Outcomes())
    return PagePart("reports/on_page.html", OnPage(page.translation_key, own.count, own.latest))


def published_outcomes() -> dict[UUID, Outcomes]:
    """Return the outcomes of all pages that have some, by the key of the page."""
    try:
        shared = caches["shared"]
        # Under the mark of before they were asked for: what changed meanwhile has renewed it, and nobody finds them.
        key = f"{KEPT_AS}-{_mark()}"
        kept = shared.get(key)
        if kept is None:
            kept = _asked_for()
            shared.set(key, kept, timeout=KEPT_SECONDS)
    except (OSError, *UNREADABLE):
        return _asked_for()
    return kept


def _asked_for() -> dict[UUID, Outcomes]:
    found: dict[UUID, Outcomes] = {}
    rows = ReportOutcome.objects.order_by("-published_at", "-pk")
    for key, *words in rows.values_list("page_key", "words", "language", "published_at"):
        own = found.setdefault(key, Outcomes())
        own.count += 1
        if len(own.latest) < MOST_SHOWN:
            own.latest.append(Outcome(*words))
    return found


def on_outcome_changed(**kwargs) -> None:
    """Forget what is kept: now, for whoever looks within this transaction, and again when all others can see it."""
    _forget()
    transaction.on_commit(_forget, robust=True)


def _mark() -> str:
    shared, mark = caches["shared"], secrets.token_hex(8)
    return shared.get_or_set(MARK, mark, timeout=None) or mark


def _forget() -> None:
    caches["shared"].set(MARK, secrets.token_hex(8), timeout=None)
