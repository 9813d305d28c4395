"""The scoreboard of a street: its programmes, what each sets out to reach, how far it is, and how it came there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from streets.joined_programmes import JoinedProgramme
from streets.measures import Tally
from streets.models.programmes import Criterion, CriterionWording, ProgrammeWording, StreetProgramme, TargetUnit
from streets.models.snapshots import MeasureSnapshot
from streets.months import last_months, month_of
from streets.sparklines import Sparkline, sparkline
from wardmark.base.languages import in_language

MONTHS_SHOWN = 12
BAR_MARK = 0.8  # how wide the target is drawn, in per cent of the bar


@dataclass(frozen=True, slots=True)
class Score:
    """One criterion on one street. `by_month` holds the months that were counted, oldest first."""

    criterion: Criterion
    words: CriterionWording | None
    tally: Tally
    target_percent: int | None
    by_month: list[MeasureSnapshot]
    chart: Sparkline | None

    @property
    def label(self) -> str:
        return self.words.name if self.words else str(self.criterion)

    @property
    def counted_shops(self) -> str:
        """Which shops count, in words."""
        return self.criterion.measured.counted

    @property
    def source(self) -> str:
        return self.words.source if self.words else ""

    @property
    def is_percent(self) -> bool:
        return self.criterion.target_unit == TargetUnit.PERCENT

    @property
    def target_x(self) -> float:
        """Where the mark of the target begins on a bar of 100, so that all of it is on the bar."""
        return min(max((self.target_percent or 0) - BAR_MARK / 2, 0), 100 - BAR_MARK)

    @property
    def chart_in_words(self) -> str:
        known = [month for month in self.by_month if month.counted]
        return _("Chart: from %(first)s in %(from)s to %(last)s in %(to)s") % {
            "first": f"{known[0].tally.percent} %",
            "from": date_format(known[0].month, "m/Y"),
            "last": f"{known[-1].tally.percent} %",
            "to": date_format(known[-1].month, "m/Y"),
        }

    @property
    def is_reached(self) -> bool | None:
        return self.criterion.is_reached(self.tally)


@dataclass(frozen=True, slots=True)
class ProgrammeBoard:
    """One programme of a street, in the visitor's words; one that has ended keeps no score."""

    link: StreetProgramme
    words: ProgrammeWording
    scores: list[Score] = field(default_factory=list)

    @property
    def has_months(self) -> bool:
        return any(score.by_month for score in self.scores)

    @property
    def has_sample_months(self) -> bool:
        return any(month.is_sample for score in self.scores for month in score.by_month)


def scoreboard(
    programmes: Iterable[JoinedProgramme],
    *,
    tallies: dict[str, Tally],
    snapshots: Iterable[MeasureSnapshot],
    today: date,
) -> list[ProgrammeBoard]:
    """Put together what was fetched: programmes with criteria and words, the values now and the months before."""
    by_measure: dict[str, list[MeasureSnapshot]] = defaultdict(list)
    for snapshot in snapshots:
        by_measure[snapshot.measure].append(snapshot)
    boards = []
    for joined in programmes:
        words = in_language(joined.words.values())
        if words is None:
            continue
        criteria = [] if joined.link.has_ended else joined.criteria.values()
        scores = [
            _score(one, in_language(joined.words_of(one)), tallies[one.measure], by_measure[one.measure], today=today)
            for one in criteria
            if one.measured is not None
        ]
        boards.append(ProgrammeBoard(joined.link, words, scores))
    return boards


def months_of(street_key: UUID, *, is_illustrative: bool, today: date) -> list[MeasureSnapshot]:
    """Return what was counted on a street in the last months, oldest first."""
    first = last_months(month_of(today), MONTHS_SHOWN)[0]
    told = MeasureSnapshot.objects.told_of(is_illustrative=is_illustrative)
    return list(told.filter(street_key=street_key, month__gte=first, month__lte=today).order_by("month"))


def _score(
    criterion: Criterion,
    words: CriterionWording | None,
    tally: Tally,
    by_month: list[MeasureSnapshot],
    *,
    today: date,
) -> Score:
    target = target_percent(criterion, tally)
    shares = {one.month: one.met / one.counted for one in by_month if one.counted}
    months = last_months(month_of(today), MONTHS_SHOWN)
    first = next((number for number, month in enumerate(months) if month in shares), 0)
    chart = sparkline([shares.get(month) for month in months[first:]], target=None if target is None else target / 100)
    return Score(criterion, words, tally, target, by_month, chart)


def target_percent(criterion: Criterion, tally: Tally) -> int | None:
    """Return the target as a share of the shops that count now; None where there is none, or no shop."""
    if criterion.target is None or not tally.is_known:
        return None
    if criterion.target_unit == TargetUnit.PERCENT:
        return criterion.target
    return min(100, 100 * criterion.target // tally.counted)
