"""The report "Papers that expire": what ends and when, as a list and as a spreadsheet."""

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from streets.food_admin.access import SEE
from streets.models import DocumentKind, LegalDocument
from wardmark.base.spreadsheets import SafeSpreadsheet
from wardmark.base.viewsets import DayColumn


class ExpiryFilter(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("kind of paper"), choices=DocumentKind.choices)
    expires_on = django_filters.DateFromToRangeFilter(label=_("valid until"))

    class Meta:
        model = LegalDocument
        fields = ["kind", "expires_on"]


class ExpiryReport(SafeSpreadsheet, ReportView):
    """All papers with an end that were not revoked or replaced, what ends first on top."""

    page_title = _("Papers that expire")
    header_icon = "date"
    index_url_name = "food_safety:expiring"
    index_results_url_name = "food_safety:expiring_results"
    filterset_class = ExpiryFilter
    default_ordering = "expires_on"
    columns = [
        Column("shop", label=_("Shop")),
        Column("get_kind_display", label=_("kind of paper")),
        Column("number", label=_("number")),
        DayColumn("issued_on", label=_("issued on")),
        DayColumn("expires_on", label=_("valid until")),
        Column("status_label", label=_("status")),
    ]
    list_export = ["shop", "get_kind_display", "number", "authority", "issued_on", "expires_on", "status_label"]
    export_headings = {
        "shop": _("Shop"),
        "get_kind_display": _("kind of paper"),
        "number": _("number"),
        "authority": _("issued by"),
        "issued_on": _("issued on"),
        "expires_on": _("valid until"),
        "status_label": _("status"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(SEE):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        papers = LegalDocument.objects.filter(expires_on__isnull=False, revoked_on=None).not_replaced()
        return papers.select_related("shop")

    def get_filename(self) -> str:
        return "papers-that-expire"

    def to_row_dict(self, item: LegalDocument) -> dict[str, Any]:
        row = super().to_row_dict(item)
        return row | {"shop": str(item.shop)}
