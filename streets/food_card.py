"""What a page tells of a shop's food safety: the legal route, papers, inspections, the vendor's own check.

All of it is one query: rows of several tables, each as one JSON object, sorted out here. What they mean is computed for
the day of reading, so the card ages by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from streets.models.food_law import (
    DecreeState,
    ExemptionClauseWording,
    FoodDecree,
    FoodDecreeWording,
    SelfCheckPointWording,
)
from streets.models.inspections import (
    Finding,
    Inspection,
    InspectionKind,
    InspectionReply,
    Outcome,
    ReplyState,
    Severity,
)
from streets.models.legal_documents import ASKED_FOR, DocumentKind, LegalDocument, QualitySystem
from streets.models.legal_routes import EXEMPT, LegalRoute, RouteKind
from streets.models.self_checks import SelfCheck
from streets.paper_status import IN_ORDER, PaperDays, PaperStatus, best_of, status_for_route, years_later
from wardmark.base.languages import in_language, source_language

# How many inspections a page shows; the older ones stay on record.
SHOWN = 3
# A self-check older than this is told in grey.
FRESH_FOR_YEARS = 1

# What visitors read of a status. Nothing here is red, and no shop is told that it lacks something.
_SAID_OF_A_PAPER = {
    PaperStatus.VALID: _("In force"),
    PaperStatus.EXPIRING: _("In force, expires soon"),
    PaperStatus.EXPIRED: _("No longer in force"),
    PaperStatus.REVOKED: _("Revoked"),
    PaperStatus.PENDING: _("Handed in, not verified yet"),
}
# What visitors read of the decree that a decision names, where it does not simply hold today.
_SAID_OF_A_DECREE = {
    DecreeState.NOT_YET: _("This decree is not in force yet."),
    DecreeState.SUSPENDED: _("This decree is suspended at present."),
    DecreeState.ENDED: _("The decision was taken under this decree, which is no longer in force."),
    DecreeState.UNKNOWN: _("Whether this decree is in force today has yet to be looked up."),
}
_DAYS_OF_A_DECREE = ("in_force_from", "in_force_until", "suspended_until", "unknown_after")
_STYLES = {PaperStatus.VALID: "in-force", PaperStatus.EXPIRING: "expiring"}


@dataclass(frozen=True, slots=True)
class RouteTold:
    kind: RouteKind
    decided_on: date | None = None
    clause: str = ""
    clause_words: str = ""
    decree: str = ""
    decree_title: str = ""
    decree_state: DecreeState | None = None

    @property
    def said_of_decree(self) -> str:
        """What to tell of the decree today; nothing where it holds."""
        return str(_SAID_OF_A_DECREE.get(self.decree_state, ""))

    @property
    def is_exempt(self) -> bool:
        return self.kind in EXEMPT

    @property
    def asks_for(self) -> DocumentKind | None:
        return ASKED_FOR.get(self.kind)


@dataclass(frozen=True, slots=True)
class PaperTold:
    name: str
    number: str
    authority: str
    scope: str
    days: PaperDays
    status: PaperStatus

    @property
    def said(self) -> str:
        return str(_SAID_OF_A_PAPER[self.status])

    @property
    def style(self) -> str:
        """How the status looks: confirmed, attention, or grey."""
        return _STYLES.get(self.status, "open")


@dataclass(frozen=True, slots=True)
class FindingTold:
    words: str
    language: str
    severity: str
    remedy: str
    remedy_language: str
    deadline: date | None
    remedied_on: date | None


@dataclass(slots=True)
class InspectionTold:
    kind: str
    outcome: str
    is_pass: bool
    inspected_on: date
    decision: str
    decision_date: date
    team: str
    follow_up_due: date | None
    is_old: bool
    corrects_why: str = ""
    findings: list[FindingTold] = field(default_factory=list)
    reply: str = ""
    replied_on: date | None = None
    # The record that this one corrects: it stays where it can be read.
    corrected: "InspectionTold | None" = None

    @property
    def style(self) -> str:
        """Only a recent outcome has a colour, and never a red one."""
        if self.is_old:
            return "open"
        return "in-force" if self.is_pass else "expiring"


@dataclass(frozen=True, slots=True)
class PointTold:
    words: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class SelfCheckTold:
    checked_on: date
    met: int
    asked: int
    by_vendor: bool
    is_old: bool
    points: list[PointTold]


@dataclass(frozen=True, slots=True)
class FoodCard:
    """What is known on `day`. Unknown is None or empty, and told as unknown."""

    day: date
    route: RouteTold
    papers: list[PaperTold]
    # Of the paper that the route asks for.
    status: PaperStatus
    inspections: list[InspectionTold]
    inspections_in_all: int
    self_check: SelfCheckTold | None

    @property
    def asked_for_is_recorded(self) -> bool:
        return self.status not in {PaperStatus.MISSING, PaperStatus.UNKNOWN, PaperStatus.NOT_REQUIRED}


@dataclass(frozen=True, slots=True)
class _Words:
    language: str
    name: str


def food_card(shop_id: int | None, *, day: date | None = None) -> FoodCard:
    """Return what visitors may read of a shop on a day in the ward's time zone (today), in the active language."""
    day = day or timezone.localdate()
    rows = _rows(shop_id, day) if shop_id else {}
    route = _route(rows, day)
    papers, status = _papers(rows.get("document", []), route, day)
    inspections = _inspections(rows, day)
    return FoodCard(
        day=day,
        route=route,
        papers=papers,
        status=status,
        inspections=inspections[:SHOWN],
        inspections_in_all=len(inspections),
        self_check=_self_check(rows, day),
    )


def _rows(shop_id: int, day: date) -> dict[str, list[dict[str, Any]]]:
    """Ask the one query: the rows of each table by what they are called here."""
    routes = LegalRoute.objects.current().filter(shop=shop_id)
    public = Inspection.objects.public_on(day).filter(shop=shop_id)
    checks = SelfCheck.objects.filter(shop=shop_id)
    words = {"language": "language", "name": "name"}
    parts: list[QuerySet] = [
        _told(
            routes,
            "route",
            "kind",
            "decided_on",
            decree="decree__number",
            article="clause__article",
            letter="clause__letter",
            **{name: f"decree__{name}" for name in _DAYS_OF_A_DECREE},
        ),
        _told(FoodDecreeWording.objects.filter(record__legal_routes__in=routes), "decree", **words),
        _told(ExemptionClauseWording.objects.filter(record__legal_routes__in=routes), "clause", **words),
        _told(
            LegalDocument.objects.filter(shop=shop_id),
            "document",
            *("pk", "kind", "quality_system", "number", "authority", "scope"),
            *("issued_on", "expires_on", "verified_on", "revoked_on"),
        ),
        _told(
            public,
            "inspection",
            *("pk", "kind", "outcome", "inspected_on", "decision_number", "decision_date", "team", "follow_up_due"),
            *("corrects_id", "corrects_why"),
        ),
        _told(Inspection.objects.correcting(shop_id, day), "correction", "pk", "corrects_id", "withheld_on"),
        _told(
            Finding.objects.filter(inspection__in=public),
            "finding",
            *("pk", "inspection_id", "sort_order", "words", "words_en", "severity", "remedy", "remedy_en"),
            *("deadline", "remedied_on"),
        ),
        _told(
            InspectionReply.objects.filter(inspection__in=public, state=ReplyState.ACCEPTED),
            "reply",
            *("inspection_id", "words", "written_on"),
        ),
        _told(checks, "check", "pk", "checked_on", "asked", "met", by_vendor="by_vendor"),
        _told(
            SelfCheck.points.through.objects.filter(selfcheck__in=checks),
            "ticked",
            check="selfcheck_id",
            point="selfcheckpoint_id",
        ),
        _told(
            SelfCheckPointWording.objects.filter(Exists(checks)),
            "point",
            point="record_id",
            order="record__sort_order",
            **words,
        ),
    ]
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in parts[0].union(*parts[1:], all=True):
        rows[name].append(row)
    return rows


def _told(rows: QuerySet, name: str, /, *fields: str, **renamed: str) -> QuerySet:
    """Return the rows each as its table's name here and one JSON object; a union has no order of its own."""
    named = {one: one for one in fields} | renamed
    told = rows.order_by().annotate(told_as=Value(name, output_field=CharField()), told=JSONObject(**named))
    return told.values_list("told_as", "told")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_words(rows: Iterable[dict[str, Any]]) -> str:
    best = in_language([_Words(row["language"], row["name"]) for row in rows])
    return best.name if best else ""


def _decree_state(row: dict[str, Any], day: date) -> DecreeState:
    return FoodDecree(**{name: _day(row[name]) for name in _DAYS_OF_A_DECREE}).state_on(day)


def _route(rows: dict[str, list[dict[str, Any]]], day: date) -> RouteTold:
    for row in rows.get("route", []):
        return RouteTold(
            kind=RouteKind(row["kind"]),
            decided_on=_day(row["decided_on"]),
            clause=f"{row['article']}.{row['letter']}" if row["letter"] else "",
            clause_words=_in_words(rows.get("clause", [])),
            decree=row["decree"] or "",
            decree_title=_in_words(rows.get("decree", [])),
            decree_state=_decree_state(row, day) if row["decree"] else None,
        )
    return RouteTold(RouteKind.UNDETERMINED)


def _papers(rows: list[dict[str, Any]], route: RouteTold, day: date) -> tuple[list[PaperTold], PaperStatus]:
    """Return one paper of each kind, that asked for first, and the status of the one asked for."""
    by_kind: dict[str, list[PaperTold]] = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(_paper(row, day))
    asked = route.asks_for
    told = []
    for kind in sorted(by_kind, key=lambda kind: (kind != asked, DocumentKind.values.index(kind))):
        best = best_of(paper.status for paper in by_kind[kind])
        latest = max((paper for paper in by_kind[kind] if paper.status == best), key=lambda paper: paper.days.issued_on)
        # What nobody asks for is told only while it holds: an exempt shop's old certificate is no news.
        if kind == asked or asked is None or latest.status in IN_ORDER:
            told.append(latest)
    status = status_for_route(
        needs=asked,
        asks_for_certificate=route.kind == RouteKind.CERTIFICATE,
        kind=asked or DocumentKind.CERTIFICATE,
        statuses=[paper.status for paper in by_kind.get(asked or "", [])],
    )
    return told, status


def _paper(row: dict[str, Any], day: date) -> PaperTold:
    issued_on = date.fromisoformat(row["issued_on"])
    days = PaperDays(issued_on, _day(row["expires_on"]), _day(row["verified_on"]), _day(row["revoked_on"]))
    name = DocumentKind(row["kind"]).label
    if row["quality_system"]:
        name = f"{name}: {QualitySystem(row['quality_system']).label}"
    return PaperTold(str(name), row["number"], row["authority"], row["scope"], days, days.status_on(day))


def _inspections(rows: dict[str, list[dict[str, Any]]], day: date) -> list[InspectionTold]:
    """Return the public records, the latest first; one that was corrected stands below its correction."""
    told = {row["pk"]: _inspection(row, day) for row in rows.get("inspection", [])}
    for row in sorted(rows.get("finding", []), key=lambda row: (row["sort_order"] or 0, row["pk"])):
        told[row["inspection_id"]].findings.append(_finding(row))
    for row in rows.get("reply", []):
        told[row["inspection_id"]].reply = row["words"]
        told[row["inspection_id"]].replied_on = _day(row["written_on"])
    corrections = rows.get("correction", [])
    earlier = {row["pk"]: row["corrects_id"] for row in corrections}
    for pk, one in told.items():
        one.corrected = next((told[old] for old in _before(pk, earlier) if old in told), None)
    corrected = {old for row in corrections if not row["withheld_on"] for old in _before(row["pk"], earlier)}
    latest = sorted(told, key=lambda pk: (told[pk].inspected_on, pk), reverse=True)
    return [told[pk] for pk in latest if pk not in corrected]


def _before(pk: int, earlier: dict[int, int]) -> Iterator[int]:
    """Yield what a record corrects, and what that one corrects, withheld ones among them."""
    while (pk := earlier.get(pk)) is not None:
        yield pk


def _inspection(row: dict[str, Any], day: date) -> InspectionTold:
    inspected_on = date.fromisoformat(row["inspected_on"])
    return InspectionTold(
        kind=str(InspectionKind(row["kind"]).label),
        outcome=str(Outcome(row["outcome"]).label),
        is_pass=row["outcome"] == Outcome.PASS,
        inspected_on=inspected_on,
        decision=row["decision_number"],
        decision_date=date.fromisoformat(row["decision_date"]),
        team=row["team"],
        follow_up_due=_day(row["follow_up_due"]),
        is_old=day > years_later(inspected_on, FRESH_FOR_YEARS),
        corrects_why=row["corrects_why"],
    )


def _finding(row: dict[str, Any]) -> FindingTold:
    source = source_language()
    in_english = get_language() != source and bool(row["words_en"])
    remedy_in_english = in_english and bool(row["remedy_en"])
    return FindingTold(
        words=row["words_en"] if in_english else row["words"],
        language="en" if in_english else source,
        severity=str(Severity(row["severity"]).label),
        remedy=row["remedy_en"] if remedy_in_english else row["remedy"],
        remedy_language="en" if remedy_in_english else source,
        deadline=_day(row["deadline"]),
        remedied_on=_day(row["remedied_on"]),
    )


def _self_check(rows: dict[str, list[dict[str, Any]]], day: date) -> SelfCheckTold | None:
    row = max(rows.get("check", []), key=lambda row: (row["checked_on"], row["pk"]), default=None)
    if row is None:
        return None
    ticked = {one["point"] for one in rows.get("ticked", []) if one["check"] == row["pk"]}
    words: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for one in rows.get("point", []):
        words[one["order"], one["point"]].append(one)
    checked_on = date.fromisoformat(row["checked_on"])
    points = [PointTold(_in_words(words[key]), key[1] in ticked) for key in sorted(words)]
    if len(points) != row["asked"]:
        # Points were added or taken away since: what was not asked on that day is not told as left open.
        points = [point for point in points if point.is_met]
    return SelfCheckTold(
        checked_on=checked_on,
        met=row["met"],
        asked=row["asked"],
        by_vendor=bool(row["by_vendor"]),
        is_old=day > years_later(checked_on, FRESH_FOR_YEARS),
        points=points,
    )
