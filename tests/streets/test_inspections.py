"""What visitors see of inspections, and from when: a canary is looked for everywhere."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from streets.food_card import food_card
from streets.inspections import (
    InspectionRefused,
    correct,
    finalise,
    release,
    remedied,
    reply,
    vet_reply,
    withhold,
)
from streets.legal_route import decide_route
from streets.models import STANDSTILL, Finding, Inspection, InspectionIsLocked, InspectionStage, RouteKind
from tests.factories import FoodVendorPageFactory, translate
from tests.streets.food import an_inspection

pytestmark = pytest.mark.django_db
CANARY = "Gián hoàng yến 7391"
DAY = timedelta(days=1)


@pytest.fixture
def vendor(street):
    return FoodVendorPageFactory(parent=street, title="Phở Canari")


@pytest.fixture
def second(django_user_model):
    return django_user_model.objects.create_user("canbo2")


def everything_public(client, vendor, translation) -> str:
    """What a visitor can fetch that might tell of the vendor."""
    addresses = [
        vendor.url,
        translation.url,
        vendor.get_parent().url,
        "/vi/",
        "/vi/tim-kiem/?q=canari",
        "/vi/tim-kiem/?q=hoàng+yến",
        "/sitemap.xml",
        f"{vendor.url}?format=json",
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_a_record_is_nowhere_before_its_standstill_is_over(client, vendor, settings):
    settings.PAGE_CACHE_SECONDS = 300
    translation = translate(vendor, "Canary Noodles")
    today = timezone.localdate()
    an_inspection(vendor.shop, finding=CANARY, team=CANARY, note=CANARY, finalised_on=today - STANDSTILL + DAY)
    an_inspection(vendor.shop, finding=CANARY, decision_number=CANARY)
    assert CANARY not in everything_public(client, vendor, translation)
    noon = timezone.localtime().replace(hour=23, minute=59)
    with time_machine.travel(noon, tick=False):
        assert CANARY not in client.get(vendor.url).content.decode()
    # The kept page of a minute ago is one of yesterday.
    with time_machine.travel(noon + timedelta(minutes=2), tick=False):
        assert CANARY in client.get(vendor.url).content.decode()
        assert CANARY in client.get(translation.url).content.decode()


def test_a_withheld_record_is_nowhere_until_it_is_released(client, vendor, editor):
    translation = translate(vendor, "Canary Noodles")
    record = an_inspection(vendor.shop, finding=CANARY, finalised_on=timezone.localdate() - STANDSTILL)
    assert CANARY in everything_public(client, vendor, translation)
    withhold(inspection=record, why="Nhầm quán", by=editor)
    assert CANARY not in everything_public(client, vendor, translation)
    release(inspection=record, by=editor)
    assert CANARY in client.get(vendor.url).content.decode()


def test_withholding_reaches_the_pages_that_are_kept(
    client, vendor, editor, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    record = an_inspection(vendor.shop, finding=CANARY, finalised_on=timezone.localdate() - STANDSTILL)
    assert CANARY in client.get(vendor.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        withhold(inspection=record, why="Nhầm quán", by=editor)
    assert CANARY not in client.get(vendor.url).content.decode()


def test_no_link_card_no_list_and_no_figure_changes_while_a_record_is_in_standstill(client, vendor, editor):
    translation = translate(vendor, "Canary Noodles")
    addresses = [vendor.url, translation.url, vendor.get_parent().url, f"{vendor.get_parent().url}?food=1"]
    addresses += ["/vi/tim-kiem/?q=canari", "/sitemap.xml"]

    def seen() -> list[str]:
        return [re.sub(r"(?:nonce|csrf)\S*", "", client.get(address).content.decode()) for address in addresses]

    before = seen()
    an_inspection(vendor.shop, finding=CANARY, outcome="fail", finalised_on=timezone.localdate() - STANDSTILL + DAY)
    assert seen() == before


def test_a_correction_stands_also_where_the_one_before_it_is_withheld(client, vendor, editor):
    today = timezone.localdate()
    first = an_inspection(vendor.shop, finding="Lần một", finalised_on=today - 90 * DAY)
    second = an_inspection(vendor.shop, finding="Lần hai", corrects=first, finalised_on=today - 60 * DAY)
    an_inspection(vendor.shop, finding="Lần ba", corrects=second, finalised_on=today - 30 * DAY)
    assert [one.findings[0].words for one in food_card(vendor.shop_id).inspections] == ["Lần ba"]
    withhold(inspection=second, why="Sai", by=editor)
    [told] = food_card(vendor.shop_id).inspections
    assert told.corrected.findings[0].words == "Lần một"


def test_a_record_of_the_wrong_shop_leaves_its_page_once_it_is_corrected(street, vendor):
    other, today = FoodVendorPageFactory(parent=street), timezone.localdate()
    wrong = an_inspection(vendor.shop, finding="Nhầm quán", finalised_on=today - 90 * DAY)
    an_inspection(other.shop, finding="Đúng quán", corrects=wrong, finalised_on=today - STANDSTILL + DAY)
    assert len(food_card(vendor.shop_id).inspections) == 1
    assert food_card(vendor.shop_id, day=today + DAY).inspections == []
    [told] = food_card(other.shop_id, day=today + DAY).inspections
    assert told.corrected is None


@pytest.mark.parametrize(("days", "stage"), [(20, "standstill"), (21, "published"), (22, "published")])
def test_a_stage_turns_on_the_21st_day(vendor, days, stage):
    record = an_inspection(vendor.shop, finalised_on=timezone.localdate() - days * DAY)
    assert record.stage == stage
    assert Inspection.objects.public_on(timezone.localdate()).exists() == (stage == "published")


def test_another_officer_finalises_what_one_wrote(vendor, editor, second):
    record = an_inspection(vendor.shop, recorded_by=editor)
    with pytest.raises(InspectionRefused):
        finalise(inspection=record, by=editor)
    assert finalise(inspection=record, by=second).stage == InspectionStage.STANDSTILL


def test_what_was_not_met_needs_a_finding_before_it_is_finalised(vendor, second):
    with pytest.raises(InspectionRefused):
        finalise(inspection=an_inspection(vendor.shop, outcome="fail"), by=second)


def test_a_finalised_record_is_locked_in_the_model(vendor):
    record = an_inspection(vendor.shop, finding="Bẩn", finalised_on=timezone.localdate())
    finding = record.findings.get()
    record.outcome, finding.words = "fail", "Sạch"
    for change in (
        record.save,
        record.delete,
        finding.save,
        finding.delete,
        lambda: Finding.objects.create(inspection=record, words="Thêm", severity="minor"),
    ):
        with pytest.raises(InspectionIsLocked):
            change()


def test_a_finalised_record_is_locked_in_the_database(vendor):
    record = an_inspection(vendor.shop, finding="Bẩn", finalised_on=timezone.localdate())
    findings = Finding.objects.filter(inspection=record)
    kept = Inspection.objects.filter(pk=record.pk)
    for change in (
        lambda: kept.update(outcome="fail"),
        lambda: kept.update(finalised_on=None),
        lambda: kept._raw_delete("default"),
        lambda: findings.update(words="Sạch"),
        lambda: findings._raw_delete("default"),
        lambda: Finding.objects.bulk_create([Finding(inspection=record, words="Thêm", severity="minor")]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert findings.update(remedied_on=timezone.localdate()) == 1


def test_a_row_that_is_kept_is_not_replaced_nor_its_table_emptied(vendor, editor):
    record = an_inspection(vendor.shop, finding="Bẩn", finalised_on=timezone.localdate())
    decide_route(shop=vendor.shop, kind=RouteKind.UNDETERMINED, by=editor)
    tables = ("streets_inspection", "streets_finding", "streets_legalroute")
    statement = {
        "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
        "postgresql": "TRUNCATE {0} CASCADE",
    }[connection.vendor]
    # PostgreSQL empties no table whose references it has yet to look at.
    connection.check_constraints()
    for table in tables:
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            connection.cursor().execute(statement.format(table))
    assert record.findings.exists()


def test_a_finalised_record_stays_when_the_accounts_of_its_officers_go(vendor, second, django_user_model):
    writer = django_user_model.objects.create_user("canbo1")
    record = an_inspection(vendor.shop, recorded_by=writer)
    finalise(inspection=record, by=second)
    writer.delete()
    second.delete()
    record.refresh_from_db()
    assert (record.recorded_by, record.finalised_by, record.stage) == (None, None, "standstill")


def test_a_shop_keeps_its_records_when_its_pages_go(vendor):
    record = an_inspection(vendor.shop, finalised_on=timezone.localdate())
    shop = vendor.shop
    vendor.delete()
    assert Inspection.objects.filter(pk=record.pk).exists()
    with pytest.raises(ProtectedError):
        shop.delete()


def test_a_finalised_record_still_learns_what_was_remedied(client, vendor, editor):
    record = an_inspection(vendor.shop, finding="Bẩn", finalised_on=timezone.localdate() - STANDSTILL)
    remedied(finding=record.findings.get(), by=editor)
    assert f"{timezone.localdate():%d/%m/%Y}" in client.get(vendor.url).content.decode()


def test_a_correction_leaves_the_old_record_where_it_can_be_read(client, vendor, editor, second):
    today = timezone.localdate()
    old = an_inspection(vendor.shop, finding="Bếp bẩn", finalised_on=today - 50 * DAY)
    new = correct(inspection=old, why="Ghi nhầm bàn ăn", by=editor)
    assert new.findings.get().words == "Bếp bẩn"
    new.findings.update(words="Bàn bẩn")
    shown = client.get(vendor.url).content.decode()
    assert "Bếp bẩn" in shown
    assert "Bàn bẩn" not in shown
    finalise(inspection=new, by=second, on=today - STANDSTILL)
    shown = client.get(vendor.url).content.decode()
    assert shown.index("Bàn bẩn") < shown.index("Ghi nhầm bàn ăn") < shown.index("Bếp bẩn")
    assert Inspection.objects.get(pk=old.pk).stage == InspectionStage.CORRECTED
    with pytest.raises(InspectionRefused):
        correct(inspection=old, why="Lần nữa", by=editor)


def test_a_pass_leaves_what_was_before_and_three_are_shown(client, vendor):
    for number, days in enumerate((400, 300, 200, 100)):
        an_inspection(
            vendor.shop,
            days_ago=days,
            finding=f"Điều thấy {number}",
            outcome="pass" if days == 100 else "fail",
            finalised_on=timezone.localdate() - 30 * DAY,
        )
    shown = client.get(vendor.url).content.decode()
    assert [f"Điều thấy {number}" in shown for number in range(4)] == [False, True, True, True]


@pytest.mark.parametrize(("days", "is_old"), [(360, False), (370, True)])
@pytest.mark.parametrize("outcome", ["pass", "conditional", "fail"])
def test_after_12_months_a_record_turns_grey(client, vendor, days, is_old, outcome):
    an_inspection(vendor.shop, days_ago=days, outcome=outcome, finalised_on=timezone.localdate() - STANDSTILL)
    shown = client.get(vendor.url).content.decode()
    assert ("inspection--old" in shown) == is_old
    assert ("paper__status--open" in shown) == is_old


def test_a_reply_is_shown_once_it_is_vetted(client, vendor, editor):
    record = an_inspection(vendor.shop, finalised_on=timezone.localdate() - STANDSTILL)
    answer = reply(inspection=record, words="Chúng tôi đã sửa", by=None)
    assert "Chúng tôi đã sửa" not in client.get(vendor.url).content.decode()
    vet_reply(reply=answer, accept=True, by=editor)
    assert "Chúng tôi đã sửa" in client.get(vendor.url).content.decode()


def test_a_reply_has_at_most_500_characters_and_one_is_open(vendor, editor):
    record = an_inspection(vendor.shop, finalised_on=timezone.localdate())
    with pytest.raises(InspectionRefused):
        reply(inspection=record, words="ă" * 501, by=None)
    answer = reply(inspection=record, words="ă" * 500, by=None)
    with pytest.raises(InspectionRefused):
        reply(inspection=record, words="Lần hai", by=None)
    with pytest.raises(InspectionRefused):
        vet_reply(reply=answer, accept=False, by=editor)
    vet_reply(reply=answer, accept=False, why="Có tên người", by=editor)
    assert reply(inspection=record, words="Lần hai", by=None)


def test_nobody_replies_to_what_is_still_being_written(vendor):
    with pytest.raises(InspectionRefused):
        reply(inspection=an_inspection(vendor.shop), words="Sớm quá", by=None)
