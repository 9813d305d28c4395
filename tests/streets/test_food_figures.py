"""Figures of places to eat equal a recount of routes, papers and inspections, one record after the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streets.measures import Tally
from streets.models import (
    ASKED_FOR,
    DocumentKind,
    FoodVendorPage,
    Inspection,
    InspectionKind,
    LegalDocument,
    LegalRoute,
    Outcome,
    RouteKind,
    Shop,
)
from streets.paper_status import years_later
from streets.snapshots import current_tallies, open_streets
from tests.factories import FoodVendorPageFactory, ShopPageFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
ROUTES = {
    "undetermined": (RouteKind.UNDETERMINED, DocumentKind.CERTIFICATE, 0),
    "certificate": (RouteKind.CERTIFICATE, DocumentKind.CERTIFICATE, 0),
    "last day": (RouteKind.CERTIFICATE, DocumentKind.CERTIFICATE, -400),
    "another paper": (RouteKind.COMMITMENT, DocumentKind.CERTIFICATE, 0),
    "commitment": (RouteKind.COMMITMENT, DocumentKind.COMMITMENT, 0),
    "expired": (RouteKind.QUALITY_SYSTEM, DocumentKind.QUALITY, -401),
}


def give_papers(shop, route, paper, days):
    """A route decided on, and a verified paper whose end is that many days after 400 days from now."""
    today = TODAY()
    LegalRoute.objects.create(shop=shop, kind=route, decided_on=today)
    document = LegalDocument.objects.create(
        shop=shop,
        kind=paper,
        number="1",
        issued_on=today - timedelta(days=500),
        expires_on=today + timedelta(days=400 + days),
        holder="X",
    )
    LegalDocument.objects.filter(pk=document.pk).update(verified_on=today)


def inspect(shop, *, inspected, finalised):
    """An inspection so many days ago, whose record was finalised so many days ago (None: it is being written)."""
    today = TODAY()
    record = Inspection.objects.create(
        shop=shop,
        kind=InspectionKind.values[0],
        decision_number="1",
        decision_date=today - timedelta(days=inspected),
        inspected_on=today - timedelta(days=inspected),
        outcome=Outcome.values[0],
    )
    if finalised is not None:
        Inspection.objects.filter(pk=record.pk).update(finalised_on=today - timedelta(days=finalised))


def recount() -> dict[str, Tally]:
    today = TODAY()
    papers, determined, inspected, places = 0, 0, 0, 0
    for shop in Shop.objects.filter(pk__in=FoodVendorPage.objects.live().values("shop")):
        places += 1
        inspected += any(
            one.is_public_on(today) and years_later(today, -1) <= one.inspected_on <= today
            for one in shop.inspections.all()
        )
        route = shop.legal_routes.filter(superseded_on=None).first()
        if route is None or route.kind == RouteKind.UNDETERMINED:
            continue
        determined += 1
        papers += any(
            one.kind == ASKED_FOR[route.kind] and one.verified_on and not one.revoked_on and one.expires_on >= today
            for one in shop.documents.all()
        )
    return {"papers-valid": Tally(papers, determined), "inspected": Tally(inspected, places)}


def counted_on(street) -> dict[str, Tally]:
    found = current_tallies(open_streets(), today=TODAY())[street.translation_key]
    return {key: found[key] for key in ("papers-valid", "inspected")}


def test_papers_equal_a_recount_and_an_undetermined_route_counts_for_nothing(street):
    ShopPageFactory(parent=street)
    FoodVendorPageFactory(parent=street)
    for route, paper, days in ROUTES.values():
        give_papers(FoodVendorPageFactory(parent=street).shop, route, paper, days)
    assert counted_on(street) == recount()
    assert counted_on(street)["papers-valid"] == Tally(3, 5)


def test_inspections_equal_a_recount_and_a_record_in_standstill_is_not_counted(street):
    for inspected, finalised in ((30, 22), (30, 21), (30, 20), (30, None), (365, 100), (380, 100)):
        inspect(FoodVendorPageFactory(parent=street).shop, inspected=inspected, finalised=finalised)
    FoodVendorPageFactory(parent=street)
    assert counted_on(street) == recount()
    assert counted_on(street)["inspected"].counted == 7


def test_a_record_that_was_corrected_no_longer_counts(street):
    shop = FoodVendorPageFactory(parent=street).shop
    inspect(shop, inspected=60, finalised=50)
    wrong = shop.inspections.get()
    inspect(shop, inspected=400, finalised=None)
    finalised_on = TODAY() - timedelta(days=30)
    shop.inspections.filter(finalised_on=None).update(corrects=wrong, finalised_on=finalised_on)
    assert counted_on(street)["inspected"] == Tally(0, 1)
