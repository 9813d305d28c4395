"""Every measure, in worlds that nobody thought of, equals a recount that shares no code with it.

The recount asks the tables one shop at a time and knows the rules only from their words: so many shops, and why.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streets.measures import MEASURES, Tally, tallies
from streets.models import (
    FoodVendorPage,
    Inspection,
    LegalDocument,
    LegalRoute,
    PaymentAccount,
    Shop,
    ShopMember,
    ShopPage,
)
from streets.payments import NotPossible, approve, lift_suspension, request, revoke, suspend
from streets.snapshots import current_tallies, open_streets
from streets.street_shops import shops_of
from tests.factories import FoodVendorPageFactory, ShopPageFactory, translate
from tests.streets.accounts import active, drafted
from wardmark.plaques.codes import new_code
from wardmark.plaques.models import Plaque, PlaqueState

pytestmark = pytest.mark.django_db
PAPER_OF = {"certificate": "certificate", "commitment": "commitment", "quality_system": "quality"}
STEPS = {
    "account": active,
    "coming": lambda shop, one, _other: request(account=drafted(shop, one), by=one),
    "approved": lambda shop, _one, other: approve(account=_newest(shop), by=other),
    "suspended": lambda shop, one, _other: suspend(account=_newest(shop), by=one, why="thử"),
    "lifted": lambda shop, _one, other: lift_suspension(account=_newest(shop), by=other, why="thử"),
    "revoked": lambda shop, one, _other: revoke(account=_newest(shop), by=one, why="thử"),
}
ago = st.sampled_from([-1, 0, 1, 20, 21, 22, 29, 30, 31, 364, 365, 366, 367])
papers = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["certificate", "commitment", "quality", "recognition"]),
        "verified": st.none() | ago,
        "issued": ago,
        "ends": st.none() | ago,
        "revoked": st.none() | ago,
    }
)
inspections = st.fixed_dictionaries(
    {"on": ago, "finalised": st.none() | ago, "withheld": st.booleans(), "corrects": st.booleans()}
)
worlds = st.lists(
    st.fixed_dictionaries(
        {
            "live": st.booleans() | st.just(True),
            "in_english": st.booleans(),
            "closure": st.sampled_from(["", "", "temporary", "moved", "for_good"]),
            "since": ago,
            "e_invoice": st.sampled_from([None, True, False]),
            "keepers": st.integers(0, 2),
            "steps": st.lists(st.sampled_from(list(STEPS)), max_size=4),
            "routes": st.lists(st.sampled_from([*PAPER_OF, "undetermined"]), max_size=2),
            "papers": st.lists(papers, max_size=2),
            "inspections": st.lists(inspections, max_size=2),
            "plaques": st.lists(st.tuples(st.sampled_from(PlaqueState.values), st.none() | ago), max_size=2),
        }
    ),
    min_size=4,
    max_size=4,
)


def _newest(shop):
    account = shop.payment_accounts.order_by("-pk").first()
    if account is None:
        raise NotPossible
    return account


def day(days: int | None) -> date | None:
    return None if days is None else timezone.localdate() - timedelta(days=days)


def make(page, said, keepers, officers) -> None:
    shop = page.shop
    for step in said["steps"]:
        try:
            STEPS[step](shop, *officers)
        except NotPossible:
            continue
    Shop.objects.filter(pk=shop.pk).update(
        closure=said["closure"],
        closed_since=day(said["since"]) if said["closure"] else None,
        gives_e_invoice=said["e_invoice"],
    )
    for keeper in keepers[: said["keepers"]]:
        ShopMember.objects.create(shop=shop, user=keeper)
    for number, kind in enumerate(said["routes"]):
        is_last = number == len(said["routes"]) - 1
        LegalRoute.objects.create(
            shop=shop, kind=kind, decided_on=day(9 - number), superseded_on=None if is_last else day(8 - number)
        )
    for paper in said["papers"]:
        LegalDocument.objects.bulk_create(
            [
                LegalDocument(
                    shop=shop,
                    kind=paper["kind"],
                    number="1",
                    holder="X",
                    issued_on=day(paper["issued"]),
                    expires_on=day(paper["ends"]),
                    verified_on=day(paper["verified"]),
                    revoked_on=day(paper["revoked"]),
                )
            ]
        )
    before = None
    for one in said["inspections"]:
        before = Inspection.objects.create(
            shop=shop,
            kind="planned",
            outcome="pass",
            decision_number="1",
            decision_date=day(one["on"]),
            inspected_on=day(one["on"]),
            corrects=before if one["corrects"] else None,
        )
        Inspection.objects.filter(pk=before.pk).update(
            finalised_on=day(one["finalised"]), withheld_on=day(0) if one["withheld"] else None
        )
    for state, checked in said["plaques"]:
        Plaque._base_manager.bulk_create(
            [
                Plaque(
                    page_key=page.translation_key,
                    code=new_code(),
                    state=state,
                    last_checked_on=day(checked),
                    retired_on=day(0) if state == PlaqueState.RETIRED else None,
                )
            ]
        )
    for one in ShopPage.objects.filter(translation_key=page.translation_key):
        is_live = said["live"] if one.path == page.path else said["in_english"]
        ShopPage.objects.filter(pk=one.pk).update(live=is_live)


def a_year_before(today: date) -> date:
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)


def is_public(one, today) -> bool:
    return bool(one.finalised_on and (today - one.finalised_on).days >= 21 and not one.withheld_on)


def recount(today: date) -> dict[str, list[bool]]:
    """For each measure, one answer for each shop that counts."""
    told = {key: [] for key in MEASURES}
    for shop in Shop.objects.all():
        pages = ShopPage.objects.filter(shop=shop, live=True)
        has_left = shop.closure in ("moved", "for_good") and shop.closed_since <= today
        if not pages or has_left:
            continue
        told["active-account"].append(PaymentAccount.objects.filter(shop=shop, state="active").exists())
        told["e-invoice"].append(shop.gives_e_invoice is True)
        told["claimed"].append(ShopMember.objects.filter(shop=shop).exists())
        standing = [one for one in Plaque.objects.all() if one.page_key == shop.page_key]
        standing = [one for one in standing if one.state in ("installed", "damaged")]
        if standing:
            days = [one.last_checked_on and (today - one.last_checked_on).days for one in standing]
            told["plaques-checked"].append(all(number is not None and number <= 30 for number in days))
        if not FoodVendorPage.objects.filter(shop=shop).exists():
            continue
        records = Inspection.objects.filter(shop=shop)
        public = [one for one in records if is_public(one, today)]
        corrected = {one.corrects_id for one in public}
        told["inspected"].append(
            any(a_year_before(today) <= one.inspected_on <= today for one in public if one.pk not in corrected)
        )
        routes = [one for one in LegalRoute.objects.filter(shop=shop) if one.superseded_on is None]
        if routes and routes[0].kind in PAPER_OF:
            told["papers-valid"].append(
                any(
                    paper.kind == PAPER_OF[routes[0].kind]
                    and paper.verified_on is not None
                    and paper.verified_on <= today
                    and paper.issued_on <= today
                    and (paper.expires_on is None or today <= paper.expires_on)
                    and (paper.revoked_on is None or paper.revoked_on > today)
                    for paper in LegalDocument.objects.filter(shop=shop)
                )
            )
    return told


@pytest.fixture
def pages(street):
    found = [FoodVendorPageFactory(parent=street) for _ in range(3)] + [ShopPageFactory(parent=street)]
    for page in found:
        translate(page, "Shop")
    return found


@pytest.fixture
def keepers(django_user_model):
    return [django_user_model.objects.create_user(f"nguoiban{n}") for n in range(2)]


def test_every_measure_in_any_world_equals_a_recount(street, pages, keepers, editor, second_officer):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(worlds)
    def holds(world):
        with transaction.atomic():
            for page, said in zip(pages, world, strict=True):
                make(page, said, keepers, (editor, second_officer))
            today = timezone.localdate()
            expected = {key: Tally(sum(told), len(told)) for key, told in recount(today).items()}
            assert current_tallies(open_streets(), today=today)[street.translation_key] == expected
            shown = shops_of(street, street.get_translations(), today=today)
            assert tallies(shown.facts) == expected
            transaction.set_rollback(True)

    holds()
