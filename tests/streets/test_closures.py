"""Closures that begin and end: whatever is said of them, no page promises a door that is shut."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from streets import daily_facts
from streets.models import Closure, FactChange, Shop
from tests.factories import ShopPageFactory
from tests.streets.test_hours import weeks
from wardmark.base.opening_hours import DAYS

HANOI = timezone(timedelta(hours=7))
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
NIGHTS = {day.lower(): [["18:00", "02:00"]] for day in DAYS}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)


closures = st.sampled_from([Closure.TEMPORARY, Closure.MOVED, Closure.FOR_GOOD])


@st.composite
def closed_shops(draw):
    """A shop in memory, closed at some time around the week that is looked at."""
    closure, since = draw(closures), MONDAY + draw(st.integers(-3, 9)) * DAY
    until = since + draw(st.integers(0, 4)) * DAY if closure == Closure.TEMPORARY and draw(st.booleans()) else None
    return Shop(hours=draw(st.none() | weeks), closure=closure, closed_since=since, closed_until=until)


moments = st.integers(0, 9 * 24 * 4).map(lambda quarters: at(MONDAY, 0) + quarters * timedelta(minutes=15))


@given(closed_shops(), moments)
def test_a_closed_shop_is_never_open_and_a_state_lasts_as_long_as_it_says(shop, moment):
    state = shop.state_at(moment)
    if shop.closure_on(moment.date()):
        assert state.is_open is False
    if state.until is None:
        return
    assert state.until > moment
    for minutes in {0, 1, int((state.until - moment).total_seconds() // 120)}:
        then = moment + timedelta(minutes=minutes)
        if then < state.until and state.is_open:
            assert shop.is_open_at(then) is True
    assert shop.is_open_at(state.until - timedelta(minutes=1)) is state.is_open
    assert shop.is_open_at(state.until) is not state.is_open


@given(closed_shops(), moments)
def test_what_opens_again_is_open_then(shop, moment):
    state = shop.state_at(moment)
    if state.is_open is False and state.until is not None:
        assert shop.is_open_at(state.until) is True


def test_nobody_is_sent_to_a_door_that_will_be_shut():
    shop = Shop(hours=NIGHTS, closure=Closure.TEMPORARY, closed_since=MONDAY + DAY, closed_until=MONDAY + 3 * DAY)
    assert shop.state_at(at(MONDAY, 20)).until == at(MONDAY + DAY, 0)
    assert shop.state_at(at(MONDAY, 12)).until == at(MONDAY, 18)
    # The night that would have begun on the last day of rest did not.
    assert shop.is_open_at(at(MONDAY + 4 * DAY, 1)) is False
    assert shop.state_at(at(MONDAY + 4 * DAY, 1)).until == at(MONDAY + 4 * DAY, 18)
    gone = Shop(hours=NIGHTS, closure=Closure.FOR_GOOD, closed_since=MONDAY + DAY)
    assert gone.state_at(at(MONDAY, 3)).until == at(MONDAY, 18)
    assert Shop(hours=NIGHTS, closure=Closure.MOVED, closed_since=MONDAY).state_at(at(MONDAY - DAY, 3)).until == at(
        MONDAY - DAY, 18
    )


@pytest.fixture
def shops(street) -> tuple[Shop, Shop]:
    return ShopPageFactory(parent=street).shop, ShopPageFactory(parent=street).shop


STEPS = ("temporary", "temporary with an end", "moved to a shop", "moved to an address", "for good", "reopened")


@pytest.mark.django_db
@pytest.mark.parametrize("before", STEPS)
@pytest.mark.parametrize("after", STEPS)
def test_from_any_closure_to_any_other_nothing_of_the_first_is_left(shops, editor, before, after):
    shop, other = shops
    said = {"shop": shop, "since": MONDAY, "by": editor}
    steps = {
        "temporary": lambda: daily_facts.close_temporarily(**said, note={"vi": "Sửa bếp"}),
        "temporary with an end": lambda: daily_facts.close_temporarily(**said, until=MONDAY + 5 * DAY),
        "moved to a shop": lambda: daily_facts.move(**said, to=other),
        "moved to an address": lambda: daily_facts.move(**said, address="Số 5 phố Thử", note={"vi": "Hẹn gặp"}),
        "for good": lambda: daily_facts.close_for_good(**said, note={"vi": "Cảm ơn"}),
        "reopened": lambda: daily_facts.reopen(shop=shop, by=editor),
    }
    names = ("closure", "closed_since", "closed_until", "closure_note", "moved_to_id", "moved_to_address")

    def row() -> dict:
        return Shop.objects.filter(pk=shop.pk).values(*names).get()

    steps[after]()
    alone = row()
    daily_facts.reopen(shop=shop, by=editor)
    steps[before]()
    steps[after]()
    assert row() == alone
    kept = FactChange.objects.count()
    assert steps[after]() == []
    assert FactChange.objects.count() == kept


@pytest.mark.django_db
def test_a_refused_closure_leaves_the_row_and_the_log_as_they_were(shops, editor):
    shop, _other = shops
    daily_facts.close_for_good(shop=shop, since=MONDAY, by=editor)
    with pytest.raises(ValidationError):
        daily_facts.close_temporarily(shop=shop, since=MONDAY, until=MONDAY - DAY, by=editor)
    assert Shop.objects.get(pk=shop.pk).closure == Closure.FOR_GOOD
    assert FactChange.objects.filter(what="closure").count() == 1
