"""Changing a shop's daily facts, and what is kept of the change."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import ValidationError

from streets import daily_facts
from streets.models import Closure, FactChange, Shop
from tests.factories import ShopPageFactory
from wardmark.base.models import LineIsForever
from wardmark.base.opening_hours import DAYS

pytestmark = pytest.mark.django_db
HANOI = timezone(timedelta(hours=7))
NOON = datetime(2026, 11, 25, 12, tzinfo=HANOI)
TODAY = NOON.date()
DAILY = {day.lower(): [["06:00", "22:00"]] for day in DAYS}


@pytest.fixture
def shop(street) -> Shop:
    return ShopPageFactory(parent=street).shop


@pytest.fixture
def other(street) -> Shop:
    return ShopPageFactory(parent=street).shop


def stored(shop: Shop) -> Shop:
    return Shop.objects.get(pk=shop.pk)


def test_a_shop_of_which_nothing_is_known_is_neither_open_nor_closed(shop):
    assert shop.is_open_at(NOON) is None


def test_hours_are_set_and_the_change_is_kept(shop, editor):
    [change] = daily_facts.set_hours(shop=shop, hours=DAILY, by=editor)
    assert stored(shop).is_open_at(NOON) is shop.is_open_at(NOON) is True
    assert (change.what, change.before, change.after, change.by) == ("hours", None, DAILY, editor)
    assert change.who == editor.get_username()


def test_what_stays_as_it_was_leaves_no_line(shop, editor):
    daily_facts.set_hours(shop=shop, hours=DAILY, by=editor)
    assert daily_facts.set_hours(shop=shop, hours=DAILY, by=editor) == []
    assert FactChange.objects.count() == 1


def test_wrong_hours_are_refused_by_the_name_of_the_day_and_nothing_is_changed(shop, editor):
    wrong = DAILY | {"friday": [["18:00", "08:00"]]}
    with pytest.raises(ValidationError, match=r"Friday|Thứ Sáu"):
        daily_facts.set_hours(shop=shop, hours=wrong, by=editor)
    assert stored(shop).hours is None
    assert not FactChange.objects.exists()


def test_the_log_only_grows(shop, editor):
    [change] = daily_facts.set_hours(shop=shop, hours=DAILY, by=editor)
    for rewrite in (
        change.save,
        change.delete,
        FactChange.objects.all().delete,
        lambda: FactChange.objects.update(what="x"),
    ):
        with pytest.raises(LineIsForever):
            rewrite()


def test_a_change_is_undone_by_what_was_kept_of_it(shop, other, editor):
    daily_facts.move(shop=shop, since=TODAY, to=other, by=editor)
    changes = daily_facts.close_for_good(shop=shop, since=TODAY, by=editor)
    assert {change.what for change in changes} == {"closure", "moved_to"}
    assert next(change for change in changes if change.what == "moved_to").before == other.pk


def test_closed_today_with_one_tap_and_open_after_all(shop, editor):
    daily_facts.set_hours(shop=shop, hours=DAILY, by=editor)
    daily_facts.close_today(shop=shop, now=NOON, by=editor)
    assert stored(shop).is_open_at(NOON) is False
    assert stored(shop).is_open_at(NOON + timedelta(days=1)) is True
    assert daily_facts.is_closed_today_by_hand(shop, NOON)
    daily_facts.open_today_after_all(shop=shop, now=NOON, by=editor)
    assert stored(shop).is_open_at(NOON) is True


def test_closed_today_within_a_longer_special_time_leaves_the_rest_of_it(shop, editor):
    rows = [{"from": "2026-11-24", "to": "2026-11-26", "spans": [["10:00", "14:00"]], "note": {}}]
    daily_facts.change_facts(shop=shop, by=editor, special_days=rows)
    daily_facts.close_today(shop=shop, now=NOON, by=editor)
    assert [row["from"] for row in stored(shop).special_days] == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert [shop.is_open_at(NOON + timedelta(days=days)) for days in (-1, 0, 1)] == [True, False, True]


def test_tet_takes_the_place_of_what_was_said_of_its_days(shop, editor):
    daily_facts.close_for_tet(shop=shop, today=TODAY, by=editor)
    daily_facts.close_for_tet(shop=shop, today=TODAY, days_before=3, by=editor)
    [row] = stored(shop).special_days
    assert (row["from"], row["to"], row["spans"]) == ("2027-02-03", "2027-02-08", [])


def test_a_temporary_closure_ends_by_itself_with_its_last_day(shop, editor):
    daily_facts.set_hours(shop=shop, hours=DAILY, by=editor)
    daily_facts.close_temporarily(shop=shop, since=TODAY, until=TODAY + timedelta(days=2), by=editor)
    states = [shop.is_open_at(NOON + timedelta(days=days)) for days in (-1, 0, 2, 3)]
    assert states == [True, False, False, True]
    assert shop.closure_on(TODAY + timedelta(days=3)) == Closure.NONE


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"closure": "temporary"}, "closed_since"),
        ({"closure": "temporary", "closed_since": TODAY, "closed_until": TODAY - timedelta(days=1)}, "closed_until"),
        ({"closure": "for_good", "closed_since": TODAY, "closed_until": TODAY}, "closed_until"),
        ({"closure": "moved", "closed_since": TODAY}, "moved_to_address"),
        ({"moved_to_address": "Số 5"}, "closure"),
        ({"closure_note": {"vi": "x" * 501}}, "closure_note"),
        ({"hours_note": ["x"]}, "hours_note"),
        ({"closure": "sold", "closed_since": TODAY}, "closure"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_where_it_is_wrong(shop, editor, facts, wrong):
    with pytest.raises(ValidationError) as refused:
        daily_facts.change_facts(shop=shop, by=editor, **facts)
    assert set(refused.value.message_dict) == {wrong}


def test_a_shop_cannot_move_in_a_circle(shop, other, editor):
    daily_facts.move(shop=shop, since=TODAY, to=other, by=editor)
    for one, target in ((other, shop), (shop, shop)):
        with pytest.raises(ValidationError) as refused:
            daily_facts.move(shop=one, since=TODAY, to=target, by=editor)
        assert set(refused.value.message_dict) == {"moved_to"}


def test_a_shop_that_reopens_is_in_business_without_a_trace_on_its_row(shop, editor):
    daily_facts.move(shop=shop, since=TODAY, address="Số 5 phố Thử", note={"vi": "Cảm ơn"}, by=editor)
    assert shop.is_open_at(NOON) is False
    daily_facts.reopen(shop=shop, by=editor)
    fresh = stored(shop)
    assert (fresh.closure, fresh.closed_since, fresh.moved_to_address, fresh.closure_note) == ("", None, "", {})
    assert fresh.is_open_at(NOON) is None


def test_two_people_closing_days_at_once_lose_neither(shop, editor):
    one, another = stored(shop), stored(shop)
    daily_facts.close_on(shop=one, first=TODAY, last=TODAY, by=editor)
    daily_facts.close_on(shop=another, first=TODAY + timedelta(days=3), last=TODAY + timedelta(days=3), by=editor)
    assert [row["from"] for row in stored(shop).special_days] == ["2026-11-25", "2026-11-28"]


def test_a_wrong_date_is_no_way_to_break_a_page(shop):
    Shop.objects.filter(pk=shop.pk).update(hours={"monday": "x"}, special_days=[{"from": date(2026, 1, 1).year}])
    assert stored(shop).is_open_at(NOON) is None
