"""The screen "Scans": how often plaques were scanned, as figures, drawings, a list and a spreadsheet."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, Table, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from wardmark.base.languages import source_language, translated_name
from wardmark.base.spreadsheets import SafeSpreadsheet
from wardmark.plaques.models import Plaque, PlaqueQuerySet
from wardmark.plaques.periods import Period
from wardmark.plaques.rights import may_edit_page
from wardmark.plaques.scan_access import may_see_scans
from wardmark.plaques.scan_filter import USUAL_DAYS, Choice, ScanFilter
from wardmark.plaques.statistics import Statistics, scan_statistics, with_scans

SCREEN_MEDIA = Media(
    js=["plaques/vendor/chart-4.6.1.umd.min.js", "plaques/scans.js"], css={"all": ["plaques/scans.css"]}
)


class ScansMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_scans(request.user)


@dataclass(frozen=True, slots=True)
class Row:
    """One plaque in the list."""

    plaque: Plaque
    place: str
    edit_url: str | None
    only_this_url: str

    @property
    def code(self) -> str:
        return self.plaque.printed_code

    @property
    def scans(self) -> int:
        return self.plaque.scans

    @property
    def scans_before(self) -> int:
        return self.plaque.scans_before

    @property
    def last_scan(self) -> datetime | None:
        """The hour of the last scan on the ward's clock, without a zone: spreadsheets know none."""
        hour = self.plaque.last_scan
        return hour and timezone.make_naive(hour, timezone.get_default_timezone())

    @property
    def last_scan_shown(self) -> str:
        return date_format(self.last_scan, "SHORT_DATETIME_FORMAT") if self.last_scan else "–"


class ScansView(SafeSpreadsheet, ReportView):
    """The scans of the plaques this person may see, most scanned first."""

    page_title = _("Scans")
    header_icon = "qr"
    template_name = "plaques/admin/scans/report.html"
    index_url_name = "plaques_admin:scans"
    default_ordering = "-scans"
    no_results_message = _("No plaque belongs to this choice.")
    columns = [
        TitleColumn("place", label=_("Place"), get_url=lambda row: row.edit_url),
        TitleColumn(
            "code", label=_("Plaque"), get_url=lambda row: row.only_this_url, sort_key="code", classname="scans__code"
        ),
        NumberColumn("scans", label=_("Scans"), sort_key="scans"),
        NumberColumn("scans_before", label=_("Period before"), sort_key="scans_before", classname="scans__aside"),
        Column("last_scan_shown", label=_("Last scan"), sort_key="last_scan", classname="scans__aside"),
    ]
    list_export = ["place", "code", "scans", "scans_before", "last_scan"]
    export_headings = {
        "place": _("Place"),
        "code": _("Plaque"),
        "scans": _("Scans"),
        "scans_before": _("Period before"),
        "last_scan": _("Last scan"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_scans(request.user):
            return permission_denied(request)
        # A wrong choice is answered with the form and what is wrong with it, never with an empty file.
        self.is_export = self.is_export and self.form.is_valid()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def form(self) -> ScanFilter:
        return ScanFilter({"period": str(USUAL_DAYS)} | self.request.GET.dict(), user=self.request.user)

    @cached_property
    def choice(self) -> Choice | None:
        return self.form.choice if self.form.is_valid() else None

    @cached_property
    def show_export_buttons(self) -> bool:
        return self.choice is not None

    def get_base_queryset(self) -> PlaqueQuerySet:
        if self.choice is None:
            return with_scans(Plaque.objects.none(), period=Period.of_last(1))
        plaques = Plaque.objects.all() if self.choice.plaques is None else self.choice.plaques
        # A blank plaque in its box is no news.
        return with_scans(plaques, period=self.choice.period).filter(Q(page_key__isnull=False) | Q(scans__gt=0))

    def order_queryset(self, queryset: PlaqueQuerySet) -> PlaqueQuerySet:
        return queryset.order_by(self.ordering, "pk")

    def get_table(self, object_list: PlaqueQuerySet) -> Table:
        plaques = list(object_list)
        pages = _pages_shown(plaques)
        self.rows = [self._row(plaque, pages.get(plaque.page_key)) for plaque in plaques]
        return super().get_table(self.rows)

    def decorate_paginated_queryset(self, object_list: PlaqueQuerySet) -> list[Row]:
        return self.rows

    def _row(self, plaque: Plaque, page: Page | None) -> Row:
        editable = page is not None and may_edit_page(self.request.user, page)
        return Row(
            plaque=plaque,
            place=page.get_admin_display_title() if page else plaque.remembered_name() or plaque.printed_code,
            edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if editable else None,
            only_this_url=self._address(code=plaque.code),
        )

    def _address(self, **scope: str) -> str:
        """Return this screen's address for another scope and the same period."""
        kept = {name: self.request.GET[name] for name in ("period", "first", "last") if self.request.GET.get(name)}
        return f"{self.index_url}?{urlencode(kept | scope)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {"form": self.form, "choice": self.choice, "whole_url": self._address()}
        context["media"] += self.form.media + SCREEN_MEDIA
        if self.choice is not None and not self.is_export:
            statistics = scan_statistics(period=self.choice.period, plaques=self.choice.plaques)
            context |= {"statistics": statistics, "change": _change(statistics), "charts": charts_of(statistics)}
        return context

    # ---- spreadsheets --------------------------------------------------------------------------

    def get_filename(self) -> str:
        period = self.form.choice.period
        return f"scans-{period.first:%Y%m%d}-{period.last:%Y%m%d}"

    def to_row_dict(self, item: Row) -> OrderedDict:
        return OrderedDict((field, getattr(item, field)) for field in self.list_export)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the table it is drawn from."""

    name: str
    title: str
    label: str
    rows: list[tuple[str, int]]


def charts_of(statistics: Statistics) -> list[Chart]:
    """Return what is drawn of statistics: by day, by hour of the day, by language."""
    languages = [(translated_name(code), scans) for code, scans in statistics.by_language.items()]
    days = [(date_format(day, "SHORT_DATE_FORMAT"), scans) for day, scans in statistics.by_day.items()]
    hours = [(f"{hour}:00", scans) for hour, scans in enumerate(statistics.by_hour)]
    return [
        Chart("days", _("By day"), _("Day"), days),
        Chart("hours", _("By hour of the day"), _("Hour"), hours),
        Chart("languages", _("By language"), _("Language"), languages),
    ]


def _change(statistics: Statistics) -> str:
    """Return the change in whole per cent with its sign, or nothing where there is none to name."""
    per_cent = round(100 * (statistics.change or 0))
    sign = "+" if per_cent > 0 else "−"
    return f"{sign}{intcomma(abs(per_cent))} %" if per_cent else ""


def _pages_shown(plaques: list[Plaque]) -> dict[Any, Page]:
    """Return the page of each plaque by its key: in the reader's language, else the source language, else any."""
    wished = [source_language(), get_language()]
    pages = Page.objects.filter(translation_key__in={plaque.page_key for plaque in plaques})
    ranked = sorted(
        pages.select_related("locale"),
        key=lambda page: (
            page.alias_of_id is None,
            wished.index(page.locale.language_code) if page.locale.language_code in wished else -1,
        ),
    )
    # The last of each key wins: written pages before aliases, the reader's language before others.
    return {page.translation_key: page for page in ranked}
