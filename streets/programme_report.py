"""The report "Programmes": each criterion of each street now and by month, on the screen and as a spreadsheet."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from streets.measures import Tally
from streets.models import Criterion, MeasureSnapshot, StreetPage, StreetProgramme, TargetUnit
from streets.months import last_months, month_of
from streets.scoreboard import MONTHS_SHOWN
from streets.snapshots import current_tallies, open_streets
from wardmark.base.languages import in_language, ladder
from wardmark.base.spreadsheets import SafeSpreadsheet, guarded

PERMISSION = "streets.view_measuresnapshot"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was counted in one month, or now where `month` is None; both None for a month that was not counted."""

    month: date | None
    taken_on: date | None
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion on one street. `by_month` has a figure for each month shown, oldest first."""

    street: StreetPage
    link: StreetProgramme
    criterion: Criterion
    now: Tally
    by_month: list[Figure]

    @property
    def label(self) -> str:
        words = in_language(self.criterion.wordings.all())
        return words.name if words else str(self.criterion)

    @property
    def target(self) -> str:
        criterion = self.criterion
        if criterion.target is None:
            return ""
        return f"{criterion.target} %" if criterion.target_unit == TargetUnit.PERCENT else str(criterion.target)


class ProgrammeReportView(SafeSpreadsheet, SpreadsheetExportMixin, TemplateView):
    """For whoever may see the monthly figures."""

    template_name = "streets/admin/programme_report.html"
    list_export = [
        "street",
        "programme",
        "criterion",
        "target",
        "month",
        "taken_on",
        "met",
        "counted",
        "percent",
        "is_sample",
    ]
    export_headings = {
        "street": gettext_lazy("Street"),
        "programme": gettext_lazy("Programme"),
        "criterion": gettext_lazy("Criterion"),
        "target": gettext_lazy("Target"),
        "month": gettext_lazy("Month"),
        "taken_on": gettext_lazy("Counted on"),
        "met": gettext_lazy("Shops that meet it"),
        "counted": gettext_lazy("Shops that count"),
        "percent": gettext_lazy("Per cent"),
        "is_sample": gettext_lazy("Sample data"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(list(self._rows()), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Programmes")
        return super().get_context_data(**kwargs) | {
            "lines": self.lines,
            "months": last_months(month_of(timezone.localdate()), MONTHS_SHOWN),
            "page_title": title,
            "header_title": title,
            "header_icon": "tasks",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": title},
            ],
        }

    @cached_property
    def lines(self) -> list[Line]:
        return report_lines(today=timezone.localdate())

    # ---- spreadsheets --------------------------------------------------------------------------

    def _rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each figure: now, which has no month, then each month that was counted."""
        today = timezone.localdate()
        for line in self.lines:
            for figure in (Figure(None, today, line.now), *line.by_month):
                if figure.tally is None:
                    continue
                values = (
                    line.street.title,
                    str(line.link.programme),
                    line.label,
                    line.target,
                    f"{figure.month:%Y-%m}" if figure.month else _("now"),
                    figure.taken_on,
                    figure.tally.met,
                    figure.tally.counted,
                    # Empty, never 0, where no shop counts.
                    figure.tally.percent,
                    _("yes") if line.street.is_illustrative else "",
                )
                yield OrderedDict((name, guarded(value)) for name, value in zip(self.list_export, values, strict=True))

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        return item

    def get_filename(self) -> str:
        return f"programmes-{timezone.localdate():%Y%m%d}"


def report_lines(*, today: date) -> list[Line]:
    """Return every criterion of every open street in its language or the next on the ladder, once for each street.

    A handful of queries, however many streets, shops and months there are. An ended programme has no lines.
    """
    everywhere = open_streets()
    tallies = current_tallies(everywhere, today=today)
    streets = _once_each(everywhere)
    links: dict[int, list[StreetProgramme]] = defaultdict(list)
    joined = StreetProgramme.objects.filter(street__in=streets).order_by("sort_order", "pk")
    worded = joined.select_related("programme").prefetch_related("programme__wordings", "programme__criteria__wordings")
    for link in worded:
        links[link.street_id].append(link)
    months = last_months(month_of(today), MONTHS_SHOWN)
    taken = _taken({street.translation_key: street.is_illustrative for street in streets}, since=months[0])
    return [
        Line(
            street,
            link,
            criterion,
            tallies[street.translation_key][criterion.measure],
            [_figure(month, taken.get((street.translation_key, criterion.measure, month))) for month in months],
        )
        for street in streets
        for link in links[street.pk]
        if not link.has_ended
        for criterion in link.programme.criteria.all()
        if criterion.measured is not None
    ]


def _once_each(pages: list[StreetPage]) -> list[StreetPage]:
    """Return one page of each street, in the reader's language where there is one."""
    rungs = ladder(get_language() or "")
    # The last of each street wins.
    ranked = sorted(pages, key=lambda page: rungs.index(page.locale.language_code), reverse=True)
    chosen = {page.translation_key: page for page in ranked}
    return list({page.translation_key: chosen[page.translation_key] for page in pages}.values())


def _taken(streets: dict[UUID, bool], *, since: date) -> dict[tuple[UUID, str, date], MeasureSnapshot]:
    """Return what was counted, invented figures only of streets that are sample data themselves."""
    snapshots = MeasureSnapshot.objects.filter(street_key__in=streets, month__gte=since)
    return {
        (one.street_key, one.measure, one.month): one
        for one in snapshots
        if not one.is_sample or streets[one.street_key]
    }


def _figure(month: date, snapshot: MeasureSnapshot | None) -> Figure:
    return Figure(month, snapshot.taken_on, snapshot.tally) if snapshot else Figure(month, None, None)
