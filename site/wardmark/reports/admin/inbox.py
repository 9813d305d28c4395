"""The inbox: all reports an officer may see, by clock, to filter and to take away as a spreadsheet."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import HeaderButton

from wardmark.base.people import person_name
from wardmark.base.spreadsheets import SafeSpreadsheet, guarded
from wardmark.reports.admin.access import MaySeeInbox
from wardmark.reports.clocks import WAITING, by_clock, overdue
from wardmark.reports.models import ReportKind, ReportState, VisitorReport, VisitorReportQuerySet
from wardmark.reports.rights import open_to


class InboxFilterSet(WagtailFilterSet):
    only = django_filters.MultipleChoiceFilter(
        label=_("Only those"),
        choices=[
            ("mine", _("assigned to me")),
            ("waiting", _("not taken in hand")),
            ("overdue", _("overdue")),
            ("open", _("not closed")),
        ],
        widget=forms.CheckboxSelectMultiple,
        method="keep_only",
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=ReportKind.choices, widget=forms.CheckboxSelectMultiple
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ReportState.choices, widget=forms.CheckboxSelectMultiple
    )
    page_title = django_filters.CharFilter(label=_("Name of the page"), lookup_expr="icontains", max_length=100)

    class Meta:
        model = VisitorReport
        fields = ()

    def keep_only(self, reports: VisitorReportQuerySet, name: str, wanted: list[str]) -> VisitorReportQuerySet:
        if "mine" in wanted:
            reports = reports.filter(assigned_to=self.request.user)
        if "waiting" in wanted:
            reports = reports.filter(WAITING)
        if "overdue" in wanted:
            reports = reports.filter(overdue(timezone.now()))
        return reports.open() if "open" in wanted else reports


class KindColumn(TitleColumn):
    cell_template_name = "reports/admin/_kind_cell.html"


class AboutColumn(Column):
    cell_template_name = "reports/admin/_about_cell.html"


class ClockColumn(Column):
    cell_template_name = "reports/admin/_clock_cell.html"


class StateColumn(Column):
    cell_template_name = "reports/admin/_state_cell.html"


class InboxView(MaySeeInbox, SafeSpreadsheet, ReportView):
    """What is overdue on top, then what is due next, what is in work, and what is closed."""

    page_title = _("Reports of visitors")
    header_icon = "mail"
    results_template_name = "reports/admin/list_results.html"
    index_url_name = "report_inbox:index"
    index_results_url_name = "report_inbox:results"
    filterset_class = InboxFilterSet
    # The order is the clock's: by_clock.
    columns = [
        KindColumn("get_kind_display", label=_("Kind"), url_name="report_inbox:show"),
        ClockColumn("intake_due_at", label=_("Clock")),
        AboutColumn("page_title", label=_("Page")),
        StateColumn("get_state_display", label=_("State")),
    ]
    # Neither number nor code, nor what was said: a sheet lies about longer than the site keeps those.
    export_headings = {
        "pk": _("No."),
        "get_kind_display": _("Kind"),
        "page_title": _("Page"),
        "plaque": _("Plaque"),
        "received_at": _("Received"),
        "intake_due_at": _("To be looked at by"),
        "taken_at": _("Taken in hand"),
        "closed_at": _("Closed"),
        "get_state_display": _("State"),
        "assigned_to": _("Assigned to"),
        "forwarded_to": _("Passed on to"),
        "merged_into_id": _("Joined with no."),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[VisitorReport]:
        found = open_to(self.request.user).select_related("plaque", "assigned_to")
        return by_clock(found.defer("phone_sealed", "phone_print"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def decorate_paginated_queryset(self, reports: Any) -> Any:
        now = timezone.now()
        for report in reports:
            report.is_late = report.waits and report.intake_due_at is not None and report.intake_due_at < now
        return reports

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Find by tracking code"), url=reverse("report_inbox:find"), icon_name="search")]

    def get_filename(self) -> str:
        return "visitor-reports"

    def to_row_dict(self, item: VisitorReport) -> dict[str, Any]:
        row = super().to_row_dict(item)
        row["plaque"] = item.plaque.printed_code if item.plaque else ""
        row["assigned_to"] = person_name(item.assigned_to)
        return {field: guarded(value) for field, value in row.items()}
