"""What a programme counts of food establishments, as conditions of one query: never a query per shop.

Each function returns a condition for a queryset of shops (`shop="pk"`) or of their pages (`shop="shop"`), for a day:

    ShopPage.objects.child_of(street).filter(is_food_establishment("shop"), papers_in_order(today, "shop")).count()

What N is: for papers, the food establishments whose legal route is determined on that day; for inspections, all food
establishments. An exempt establishment is in order once the paper that its own route asks for is there.
"""

from datetime import date

from django.db.models import Case, CharField, Exists, OuterRef, Value, When

from streets.models import ASKED_FOR, FoodVendorPage, Inspection, LegalDocument, LegalRoute, RouteKind
from streets.paper_status import first_day_within_years


def is_food_establishment(shop: str = "pk") -> Exists:
    """Shops one of whose pages is that of a food vendor."""
    return Exists(FoodVendorPage.objects.filter(shop=OuterRef(shop)))


def route_is_determined(day: date, shop: str = "pk") -> Exists:
    """Shops of which officers have decided, by that day, what the law asks for: the N of papers."""
    return Exists(_routes_of(shop, day).exclude(kind=RouteKind.UNDETERMINED))


def papers_in_order(day: date, shop: str = "pk") -> Exists:
    """Shops that hold, verified and in force on that day, the paper that their route asks for."""
    paper = LegalDocument.objects.in_force_on(day).filter(shop=OuterRef("shop"), kind=OuterRef("asked_for"))
    asked_for = Case(
        *(When(kind=route, then=Value(str(paper))) for route, paper in ASKED_FOR.items()),
        default=Value(""),
        output_field=CharField(),
    )
    return Exists(_routes_of(shop, day).annotate(asked_for=asked_for).filter(Exists(paper)))


def inspected_lately(day: date, shop: str = "pk") -> Exists:
    """Shops inspected within the 12 months up to that day by a record that is public on it and stands uncorrected."""
    standing = Inspection.objects.public_on(day).not_corrected_on(day)
    lately = standing.filter(inspected_on__gte=first_day_within_years(day, 1), inspected_on__lte=day)
    return Exists(lately.filter(shop=OuterRef(shop)))


def _routes_of(shop: str, day: date):
    return LegalRoute.objects.in_effect_on(day).filter(shop=OuterRef(shop))
