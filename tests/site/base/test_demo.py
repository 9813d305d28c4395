import json
import stat
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from heritage.models import Festival, HeritageSitePage, Honour, TrailStop
from streets.models import (
    ChangeRequest,
    ChangeWeight,
    Claim,
    ClaimLetter,
    Dispute,
    FoodVendorPage,
    Inspection,
    LegalDocument,
    LegalRoute,
    PaymentAccount,
    Shop,
    ShopPage,
)
from streets.models.inspections import InspectionStage, Outcome
from streets.models.legal_routes import RouteKind
from streets.models.opening import Closure
from streets.models.payment_accounts import AccountState
from streets.paper_status import STATUSES_OF_A_PAPER
from wardmark.base.models import HomePage, PlacePage
from wardmark.plaques.models import Plaque, PlaqueAlert
from wardmark.reports.models import ReportState, VisitorReport


@pytest.mark.django_db
def test_the_demonstration_loads_once_and_a_second_run_keeps_what_people_changed(settings, tmp_path, client):
    settings.VAR = tmp_path
    Page.objects.filter(depth__gt=1).delete()
    said = StringIO()
    call_command("demo", stdout=said)
    for language in ("vi", "en"):
        places = HeritageSitePage.objects.live().filter(locale__language_code=language)
        shops = ShopPage.objects.live().filter(locale__language_code=language)
        assert places.count() == 10
        assert shops.count() == 40
        assert FoodVendorPage.objects.filter(pk__in=shops).exists()
    # A page says once what it is, not once for each of its parts.
    assert {place.revisions.count() for place in HeritageSitePage.objects.filter(locale__language_code="vi")} == {1}
    # Rows without an order come back as the database likes.
    for rows in (TrailStop, Honour, Festival):
        assert rows.objects.exists()
        assert not rows.objects.filter(sort_order=None).exists()
    pages = [page for page in Page.objects.live().specific() if isinstance(page, PlacePage)]
    assert all(page.full_clean() is None for page in pages)
    keys = {page.translation_key for page in Page.objects.filter(depth__gt=1)}
    assert Plaque.objects.primary().count() == len(keys)
    # What a keeper meets on a round: further plaques, blank ones, one that needs a look, old ones.
    assert Plaque.objects.blank().count() == 2
    assert set(Plaque.objects.values_list("state", flat=True)) == {"planned", "installed", "damaged", "retired"}
    assert Plaque.objects.unchecked().exists()
    assert PlaqueAlert.objects.open().exists()
    assert Plaque.objects.filter(replaced_by__isnull=False).exists()
    every_state_of_a_shop_is_there()
    something_of_each_kind_waits_for_an_officer()

    sign_ins = tmp_path / "demo-sign-ins.json"
    assert stat.S_IMODE(sign_ins.stat().st_mode) == 0o600
    for row in json.loads(sign_ins.read_text()):
        assert f"{row['user']} / {row['password']}" in said.getvalue()
        assert client.login(username=row["user"], password=row["password"])

    page = HeritageSitePage.objects.live().first()
    page.title = "Tên do người sửa"
    page.save_revision().publish()
    before = counted(), sign_ins.read_text()
    call_command("demo", stdout=StringIO())
    assert (counted(), sign_ins.read_text()) == before
    assert HeritageSitePage.objects.get(pk=page.pk).title == "Tên do người sửa"
    assert HomePage.objects.count() == 2


def counted() -> dict[str, int]:
    """Return how many of each thing there are, people, what waits and what visitors wrote among them."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def every_state_of_a_shop_is_there():
    today = timezone.localdate()
    assert states(PaymentAccount, "state") == set(AccountState)
    assert states(LegalDocument.objects.with_status_on(today), "told_status") == set(STATUSES_OF_A_PAPER)
    assert {inspection.stage_on(today) for inspection in Inspection.objects.all()} == set(InspectionStage)
    assert states(Inspection, "outcome") == set(Outcome)
    assert states(LegalRoute, "kind") >= set(RouteKind) - {RouteKind.UNDETERMINED}
    assert Shop.objects.filter(pages__foodvendorpage__isnull=False, legal_routes=None).exists()
    assert states(Shop, "closure") == set(Closure)
    assert any(shop.week is None for shop in Shop.objects.all())
    for confirmed in ("confirmed_by_owner_on", "confirmed_by_officer_on"):
        days = [day for day in Shop.objects.values_list(confirmed, flat=True) if day]
        ages = {(today - day).days for day in days}
        assert len(days) < Shop.objects.count()
        assert min(ages) <= 90 < max(ages)


def something_of_each_kind_waits_for_an_officer():
    assert ClaimLetter.objects.open(timezone.now()).exists()
    assert Claim.objects.pending().exists()
    assert Dispute.objects.open().exists()
    waiting = ChangeRequest.objects.waiting()
    assert {(change.change_class, change.field) for change in waiting} >= {
        (ChangeWeight.BEFORE, "title"),
        (ChangeWeight.BEFORE, "summary"),
    }
    # Side by side with the page, in the workflow that editors know.
    assert all(change.revision_id for change in waiting)
    [owner] = {change.made_by for change in waiting}
    [shop] = {change.shop for change in waiting}
    assert shop.members.active().get().user == owner
    assert shop.payment_accounts.get().state == AccountState.PENDING
    assert VisitorReport.objects.filter(state=ReportState.RECEIVED).exists()


def states(rows, field: str) -> set[str]:
    return set(getattr(rows, "objects", rows).values_list(field, flat=True))
