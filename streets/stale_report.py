"""The report "Shops long not confirmed": whose page nobody has vouched for, for officers to go and ask."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from streets.confirmations import AGEING, OLD
from streets.models import Closure, Shop, ShopPage
from wardmark.base.spreadsheets import SafeSpreadsheet
from wardmark.base.viewsets import DayColumn
from wardmark.plaques.rights import editable_pages

RIGHT = "streets.change_shop"
# Before any day: what a database compares where nobody ever confirmed.
NEVER = Value(date(1, 1, 1), output_field=DateField())


def _record(shop: Shop) -> str:
    return reverse(Shop.snippet_viewset.get_url_name("edit"), args=[shop.pk])


class StaleFilter(WagtailFilterSet):
    age = django_filters.ChoiceFilter(
        label=gettext_lazy("Last confirmed"),
        empty_label=None,
        choices=[
            ("old", gettext_lazy("over 180 days ago, or never")),
            ("ageing", gettext_lazy("over 90 days ago, or never")),
            ("never", gettext_lazy("never")),
        ],
        method="of_age",
    )
    has_keeper = django_filters.BooleanFilter(label=gettext_lazy("Somebody keeps it"), method="kept")

    class Meta:
        model = Shop
        fields: list[str] = []

    def of_age(self, shops: QuerySet, name: str, value: str) -> QuerySet:
        if value == "never":
            return shops.filter(last_confirmed=None)
        days = AGEING if value == "ageing" else OLD
        return shops.filter(Q(last_confirmed=None) | Q(last_confirmed__lt=timezone.localdate() - timedelta(days=days)))

    def kept(self, shops: QuerySet, name: str, value: bool) -> QuerySet:
        return shops.filter(keepers__gt=0) if value else shops.filter(keepers=0)


class StaleReport(SafeSpreadsheet, ReportView):
    """Shops in business, of pages this officer may edit, that nobody confirmed for 180 days; what is oldest on top."""

    page_title = gettext_lazy("Shops long not confirmed")
    header_icon = "history"
    index_url_name = "stale_shops"
    index_results_url_name = "stale_shops_results"
    filterset_class = StaleFilter
    default_ordering = "name"
    columns = [
        TitleColumn("name", label=gettext_lazy("Shop"), get_url=_record),
        DayColumn("confirmed_by_owner_on", label=gettext_lazy("by its owner")),
        DayColumn("confirmed_by_officer_on", label=gettext_lazy("by the ward")),
        Column("days_since", label=gettext_lazy("days")),
        Column("keepers", label=gettext_lazy("people who keep it")),
        Column("public_label", label=gettext_lazy("page")),
    ]
    list_export = ["name", "confirmed_by_owner_on", "confirmed_by_officer_on", "days_since", "keepers", "public_label"]
    export_headings = {column.name: column.label for column in columns}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        today = timezone.localdate()
        mine = editable_pages(self.request.user).values("translation_key")
        has_left = Q(closure__in=[Closure.MOVED, Closure.FOR_GOOD], closed_since__lte=today)
        latest = Greatest(Coalesce("confirmed_by_owner_on", NEVER), Coalesce("confirmed_by_officer_on", NEVER))
        is_kept = Q(members__ended_at=None, members__user__is_active=True)
        return (
            Shop.objects.filter(page_key__in=mine)
            .exclude(has_left)
            .annotate(
                last_confirmed=NullIf(latest, NEVER),
                keepers=Count("members", filter=is_kept, distinct=True),
                is_public=Exists(ShopPage.objects.filter(shop=OuterRef("pk"), live=True)),
            )
            .order_by("last_confirmed", "name", "pk")
        )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        shops = super().filter_queryset(queryset)
        # Opened from the menu, with nothing chosen yet.
        return shops if self.request.GET.get("age") else self.filters.of_age(shops, "age", "old")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return [_told(shop) for shop in object_list]

    def get_filename(self) -> str:
        return "shops-long-not-confirmed"

    def to_row_dict(self, item: Shop) -> dict[str, Any]:
        return super().to_row_dict(_told(item))


class StaleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


def _told(shop: Any) -> Any:
    """Say of a row what no column of the table holds."""
    shop.days_since = (timezone.localdate() - shop.last_confirmed).days if shop.last_confirmed else _("never")
    shop.public_label = _("public") if shop.is_public else _("not public")
    return shop
