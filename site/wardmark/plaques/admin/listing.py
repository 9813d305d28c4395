"""All plaques in a list, to search, filter, export and choose from."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.widgets import HeaderButton
from wagtail.models import Page

from wardmark.base.languages import source_language
from wardmark.base.spreadsheets import SafeSpreadsheet
from wardmark.plaques.artwork.formats import format_label
from wardmark.plaques.finding import matching
from wardmark.plaques.models import Material, Plaque, PlaqueQuerySet, PlaqueState
from wardmark.plaques.moved_address import printed_elsewhere
from wardmark.plaques.rights import ADD, may_see
from wardmark.plaques.scans import scans_by_plaque
from wardmark.plaques.statistics import never_scanned, plaques_under

SCANS_OF_DAYS = 30


class PageAndUnder(django_filters.ModelChoiceFilter):
    """Pages that have others under them, such as streets, indented like the tree."""

    class field_class(django_filters.fields.ModelChoiceField):  # noqa: N801 - django-filter's own name
        def label_from_instance(self, page: Page) -> str:
            return "\u2003" * (page.depth - 2) + page.get_admin_display_title()


def pages_with_pages_under(_request: Any = None) -> QuerySet[Page]:
    return Page.objects.filter(depth__gt=1, numchild__gt=0, locale__language_code=source_language()).order_by("path")


def printed_formats() -> list[tuple[str, str]]:
    """The formats that plaques were printed in."""
    keys = Plaque.objects.exclude(printed_format="").order_by("printed_format").values_list("printed_format", flat=True)
    return [(key, format_label(key)) for key in keys.distinct()]


class PlaqueFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=PlaqueState.choices, widget=forms.CheckboxSelectMultiple
    )
    only = django_filters.MultipleChoiceFilter(
        label=_("Only those"),
        choices=[
            ("alert", _("with an open alert")),
            ("unchecked", _("not checked for 90 days")),
            ("silent", _("hanging, but not scanned for 30 days")),
            ("blank", _("blank, without a page")),
        ],
        widget=forms.CheckboxSelectMultiple,
        method="keep_only",
    )
    under = PageAndUnder(
        label=_("Page with all under it"), queryset=pages_with_pages_under, empty_label=_("All"), method="keep_under"
    )
    material = django_filters.MultipleChoiceFilter(
        label=_("Material"), choices=Material.choices, widget=forms.CheckboxSelectMultiple
    )
    printed_format = django_filters.MultipleChoiceFilter(
        label=_("Format"), choices=printed_formats, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Plaque
        fields = ()

    def keep_only(self, plaques: PlaqueQuerySet, name: str, wanted: list[str]) -> PlaqueQuerySet:
        keep = {
            "alert": lambda: Plaque.objects.filter(alerts__closed_at=None, alerts__isnull=False),
            "unchecked": Plaque.objects.unchecked,
            "silent": lambda: never_scanned(Plaque.objects.all(), days=SCANS_OF_DAYS),
            "blank": Plaque.objects.blank,
        }
        for one in wanted:
            plaques = plaques.filter(pk__in=keep[one]().order_by().values("pk"))
        return plaques

    def keep_under(self, plaques: PlaqueQuerySet, name: str, page: Page | None) -> PlaqueQuerySet:
        return plaques if page is None else plaques.filter(pk__in=plaques_under(page=page).values("pk"))


class CodeColumn(TitleColumn):
    cell_template_name = "plaques/admin/_code_cell.html"


class PlaceColumn(Column):
    """The page it stands for and, under it, which of the page's plaques it is."""

    cell_template_name = "plaques/admin/_place_cell.html"


class DayColumn(Column):
    """A day as a date: Wagtail's own column says “just now” of days to come."""

    def get_value(self, instance: Plaque) -> str | None:
        day = super().get_value(instance)
        return day and date_format(day, "SHORT_DATE_FORMAT")


class StateColumn(Column):
    cell_template_name = "plaques/admin/_state_cell.html"


class AlertsColumn(Column):
    cell_template_name = "plaques/admin/_alerts_cell.html"


class PlaqueListing(SafeSpreadsheet, IndexView):
    """The plaques of the ward. Whoever may see them sees all of them; what may be done is asked for each."""

    any_permission_required = ("view", "change")
    page_title = _("Plaques")
    is_searchable = True
    filterset_class = PlaqueFilterSet
    default_ordering = "-created_at"
    list_display = ()
    list_export = [
        "printed_code",
        "short_link",
        "remembered_name",
        "label",
        "state_shown",
        "material_shown",
        "height_cm",
        "width_mm",
        "height_mm",
        "latitude",
        "longitude",
        "installed_on",
        "last_checked_on",
        "next_check_on",
        "printed_on",
        "printed_format",
        "printed_base_url",
        "retired_on",
        "retired_why",
        "scans",
        "open_alerts",
    ]
    export_headings = {
        "printed_code": _("Code"),
        "short_link": _("Short link"),
        "remembered_name": _("Page"),
        "state_shown": _("State"),
        "material_shown": _("Material"),
        "printed_on": _("Printed on"),
        "scans": _("Scans in 30 days"),
        "open_alerts": _("Open alerts"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="plaque"),
            CodeColumn(
                "printed_code",
                label=_("Code"),
                sort_key="code",
                get_url=lambda plaque: reverse("plaque:edit", args=[plaque.pk]),
                get_title_id=lambda plaque: f"plaque_{plaque.pk}_title",
            ),
            PlaceColumn("remembered_name", label=_("Place")),
            StateColumn("state", label=_("State"), sort_key="state"),
            DayColumn("last_checked_on", label=_("Last check"), sort_key="last_checked_on"),
            DayColumn("next_check_on", label=_("Next check"), sort_key="next_check_on"),
            NumberColumn("scans", label=_("Scans in 30 days")),
            AlertsColumn("open_alerts", label=_("Alerts"), sort_key="open_alerts"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = [HeaderButton(_("Map"), url=reverse("plaque:map"), icon_name="site")]
        if self.request.user.has_perm(ADD):
            buttons.append(HeaderButton(_("Blank plaques"), url=reverse("plaque:blanks"), icon_name="plus"))
        return buttons

    def user_has_any_permission(self, permissions: Any) -> bool:
        return may_see(self.request.user)

    def get_add_url(self) -> None:
        """A plaque is made with its page, as a further one of a page, or blank: never by an empty form."""

    def get_base_queryset(self) -> PlaqueQuerySet:
        return Plaque.objects.annotate(open_alerts=Count("alerts", filter=Q(alerts__closed_at=None)))

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "created_at", "-created_at"]

    def order_queryset(self, queryset: PlaqueQuerySet) -> PlaqueQuerySet:
        return queryset.order_by(self.ordering, "-pk")

    def search_queryset(self, queryset: PlaqueQuerySet) -> PlaqueQuerySet:
        return matching(queryset, self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset: PlaqueQuerySet, page_size: int) -> tuple:
        paginator, page, plaques, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = with_scan_counts(plaques)
        return paginator, page, page.object_list, has_others

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.is_export:
            context["printed_elsewhere"] = printed_elsewhere()
        return context

    # ---- spreadsheets --------------------------------------------------------------------------

    def as_spreadsheet(self, queryset: PlaqueQuerySet, spreadsheet_format: str) -> HttpResponse:
        return super().as_spreadsheet(with_scan_counts(queryset), spreadsheet_format)

    def get_filename(self) -> str:
        return f"plaques-{timezone.localdate():%Y%m%d}"

    def to_row_dict(self, item: Plaque) -> OrderedDict:
        shown = {
            "remembered_name": item.remembered_name(),
            "state_shown": item.get_state_display(),
            "material_shown": item.get_material_display(),
            "printed_on": item.printed_at and timezone.localdate(item.printed_at),
        }
        return OrderedDict((name, shown[name] if name in shown else getattr(item, name)) for name in self.list_export)

    def get_heading(self, queryset: Any, field: str) -> str:
        if field in self.export_headings:
            return str(self.export_headings[field])
        return str(Plaque._meta.get_field(field).verbose_name).capitalize()


def with_scan_counts(plaques: PlaqueQuerySet, *, now: datetime | None = None) -> list[Plaque]:
    """Fetch these plaques, each told its `scans` of the last 30 days, in two queries."""
    found = list(plaques)
    counts = scans_by_plaque(found, since=(now or timezone.now()) - timedelta(days=SCANS_OF_DAYS))
    for plaque in found:
        plaque.scans = counts.get(plaque.pk, 0)
    return found
