"""The list of shops in the admin."""

import django_filters
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Left, Length
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import IndexView

from streets.models import Closure, Shop, ShopPage, StreetPage
from streets.shown_opening import shown_on_card
from wardmark.base.languages import source_language
from wardmark.base.search import fold

# A tree path has so many characters for each level.
_STEP = Page.steplen


def shops_with_streets() -> QuerySet[Shop]:
    """Return the shops with the title of the street on which their pages stand, as `street`, in one query."""
    source_first = Case(When(locale__language_code=source_language(), then=Value(0)), default=Value(1))
    pages = ShopPage.objects.filter(shop=OuterRef("pk")).order_by(source_first, "pk")
    above = Left(OuterRef("page_path"), Length(OuterRef("page_path")) - _STEP)
    streets = Page.objects.filter(path=above).values("title")[:1]
    return Shop.objects.annotate(page_path=Subquery(pages.values("path")[:1])).annotate(street=Subquery(streets))


def state_today(shop: Shop) -> str:
    return shown_on_card(shop, moment=timezone.now()).line or gettext("Not known")


def are_hours_known(shop: Shop) -> str:
    return pgettext("hours are known", "yes") if shop.hours is not None else pgettext("hours are known", "no")


class ShopListing(IndexView):
    def search_queryset(self, queryset):
        return queryset.filter(folded__contains=fold(self.search_query)) if self.is_searching else queryset


class ShopFilterSet(WagtailFilterSet):
    closure = django_filters.ChoiceFilter(
        label=_("State"), choices=[("none", Closure.NONE.label), *Closure.choices[1:]], method="with_closure"
    )
    hours_known = django_filters.BooleanFilter(
        label=_("Hours known"), field_name="hours", lookup_expr="isnull", exclude=True
    )
    street = django_filters.ModelChoiceFilter(
        label=_("Street"),
        queryset=lambda request: StreetPage.objects.filter(locale__language_code=source_language()).order_by("title"),
        method="on_street",
    )

    class Meta:
        model = Shop
        fields = []

    def with_closure(self, queryset, name, value):
        return queryset.filter(closure="" if value == "none" else value)

    def on_street(self, queryset, name, street):
        return queryset.filter(pages__in=ShopPage.objects.child_of(street)).distinct()
