from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from heritage.models import Festival, FestivalCalendar, HeritageSitePage
from heritage.yearly_days import Calendar, YearlyDay
from tests.factories import HeritageSitePageFactory, translate
from wardmark.base.lunar import LunarDate, civil_day, lunar_date

todays = st.dates(date(1969, 3, 1), date(2098, 12, 31))
lunar_days = st.builds(YearlyDay, st.just(Calendar.LUNAR), st.integers(1, 30), st.integers(1, 12), st.integers(1, 30))
solar_days = st.builds(YearlyDay, st.just(Calendar.SOLAR), st.integers(1, 28), st.integers(1, 12), st.integers(1, 30))


def lunar(day: int, month: int, days: int = 1) -> YearlyDay:
    return YearlyDay(Calendar.LUNAR, day, month, days)


@pytest.mark.parametrize(
    ("day", "month", "first", "second"),
    [
        (12, 2, date(2026, 3, 30), date(2027, 3, 19)),
        (7, 3, date(2026, 4, 23), date(2027, 4, 13)),
        (12, 8, date(2026, 9, 22), date(2027, 9, 12)),
        (15, 8, date(2026, 9, 25), date(2027, 9, 15)),
    ],
)
def test_lunar_days_fall_on_the_published_days(day, month, first, second):
    assert lunar(day, month).next_from(date(2026, 1, 1)).first == first
    assert lunar(day, month).next_from(first + timedelta(days=1)).first == second


@pytest.mark.parametrize(
    ("year", "tet"),
    [(1968, date(1968, 1, 29)), (1985, date(1985, 1, 21)), (2007, date(2007, 2, 17))],
)
def test_the_first_of_the_year_is_vietnams_where_china_differs(year, tet):
    assert lunar(1, 1).in_year(year).first == tet


@given(lunar_days, todays)
def test_the_next_lunar_holding_is_not_over_and_at_most_thirteen_months_away(day, today):
    found = day.next_from(today)
    assert found.last >= today
    # A leap year has 385 days at most; a holding of one day may have ended yesterday.
    assert found.first <= today + timedelta(days=400)
    back = lunar_date(found.first)
    assert (back.month, back.leap) == (day.month, False)
    assert back.day == day.day or (day.day == 30 and back.day == 29 and lunar_date(found.first + timedelta(1)).day == 1)


@given(solar_days, todays)
def test_the_next_solar_holding_is_not_over_and_at_most_a_year_away(day, today):
    found = day.next_from(today)
    assert found.last >= today
    assert found.first <= today + timedelta(days=366)
    assert (found.first.day, found.first.month) == (day.day, day.month)


@given(todays)
def test_a_civil_day_survives_the_way_to_the_lunar_calendar_and_back(day):
    assert civil_day(lunar_date(day)) == day


def test_in_a_leap_year_only_the_regular_month_counts():
    # 2025 had a second sixth month from 25 July.
    found = list(lunar(15, 6).between(date(2025, 1, 1), date(2025, 12, 31)))
    assert [one.first for one in found] == [date(2025, 7, 9)]


def test_a_thirtieth_that_the_month_lacks_is_held_on_the_last_day():
    # The twelfth month of the year At Ty (2025) had 29 days: Tet 2026 was on 17 February.
    assert lunar(30, 12).in_year(2025).first == date(2026, 2, 16)
    assert YearlyDay(Calendar.SOLAR, 29, 2).in_year(2027).first == date(2027, 2, 28)


def test_a_leap_month_that_a_year_lacks_is_refused():
    with pytest.raises(ValueError, match="leap"):
        civil_day(LunarDate(1, 5, 2025, leap=True))


def test_a_festival_of_several_days_goes_on_to_its_last():
    day = lunar(12, 2, days=3)
    for today in (date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)):
        found = day.next_from(today)
        assert (found.first, found.days_until(today)) == (date(2026, 3, 30), 0)
    assert day.next_from(date(2026, 4, 2)).first == date(2027, 3, 19)


def test_nothing_is_told_beyond_what_the_calendar_knows():
    assert lunar(12, 8).next_from(date(2100, 12, 1)) is None


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"day": 31, "month": 1}, "day"),
        ({"calendar": FestivalCalendar.SOLAR, "day": 31, "month": 4}, "day"),
        ({"calendar": FestivalCalendar.SOLAR, "day": 30, "month": 2}, "day"),
        ({"day": 12}, "month"),
        ({}, "month"),
        ({"month": 2, "days": 3}, "days"),
        ({"calendar": FestivalCalendar.UNKNOWN, "day": 12, "month": 2}, "calendar"),
    ],
)
def test_an_impossible_or_half_known_day_is_refused_at_its_field(fields, named):
    with pytest.raises(ValidationError) as refused:
        Festival(**fields).clean()
    assert list(refused.value.message_dict) == [named]


def test_a_day_that_some_years_have_is_accepted():
    Festival(day=30, month=1).clean()
    Festival(calendar=FestivalCalendar.SOLAR, day=29, month=2).clean()
    Festival(calendar=FestivalCalendar.UNKNOWN).clean()


@pytest.mark.parametrize("calendar", [FestivalCalendar.LUNAR, FestivalCalendar.SOLAR])
def test_a_month_without_its_day_is_accepted_and_no_day_is_made_up(calendar):
    festival = Festival(calendar=calendar, month=1)
    festival.clean()
    assert (festival.yearly_day, festival.next, festival.is_soon) == (None, None, False)
    with translation.override("en"):
        assert (
            festival.when
            == {
                "lunar": "in the first lunar month; the day is not yet known",
                "solar": "in month 1, solar calendar; the day is not yet known",
            }[calendar]
        )


@pytest.fixture
def site(heritage) -> HeritageSitePage:
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


def celebrate(site: HeritageSitePage, **fields) -> None:
    # Fetched anew: a page keeps in memory what was added to it, and a copy would be given it twice.
    page = HeritageSitePage.objects.get(pk=site.pk)
    page.festivals.add(Festival(locale=page.locale, **fields))
    page.save_revision().publish()


def shown(client, page) -> str:
    return client.get(page.url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-03-29T18:00:00Z", "Today"),  # in the ward it is already the 30th
        ("2026-03-29T12:00:00Z", "Tomorrow"),
        ("2026-03-20T12:00:00Z", "in 10 days"),
        ("2026-02-01T12:00:00Z", None),
    ],
)
def test_the_page_says_how_soon_the_festival_is(client, site, now, said):
    celebrate(site, day=12, month=2)
    english = translate(site, "Bối Hà House")
    with time_machine.travel(now, tick=False):
        content = shown(client, english)
    assert "30 Mar 2026" in content
    assert ("festival-soon" in content) == (said is not None)
    if said:
        assert content.count(said) >= 2


@pytest.mark.django_db
def test_an_unknown_date_stays_unknown_and_offers_no_calendar(client, site):
    celebrate(site, calendar=FestivalCalendar.UNKNOWN, name="Hội làng")
    content = shown(client, translate(site, "Bối Hà House"))
    assert "Date not yet known" in content
    assert ".ics" not in content


@pytest.mark.django_db
@time_machine.travel("2026-03-01T00:00:00Z", tick=False)
def test_the_list_tells_the_next_day_with_all_its_places_and_folds_the_others(client, heritage, site):
    other = HeritageSitePageFactory(parent=heritage, title="Đình Thọ Tháp")
    hidden = HeritageSitePageFactory(parent=heritage, title="Đình Kín", live=False)
    for page in (site, other, hidden):
        celebrate(page, day=12, month=2)
    HeritageSitePage.objects.get(pk=hidden.pk).unpublish()
    celebrate(other, day=7, month=3)
    celebrate(site, day=12, month=8)
    celebrate(site, day=15, month=8)
    content = shown(client, heritage)
    coming = content[content.index('id="festivals"') : content.index("le-hoi.ics")]
    first, folded = coming.split("<details")
    assert "30/03/2026" in first
    assert first.count("Đình Bối Hà") == first.count("Đình Thọ Tháp") == first.count("<time") == 1
    assert folded.index("23/04/2026") < folded.index("22/09/2026") < folded.index("25/09/2026")
    assert hidden.title not in coming


@pytest.mark.django_db
@time_machine.travel("2026-03-01T00:00:00Z", tick=False)
def test_a_single_day_leaves_nothing_to_unfold(client, heritage, site):
    celebrate(site, day=12, month=2)
    celebrate(site, month=8)
    content = shown(client, heritage)
    assert "30/03/2026" in content
    assert "festivals__more" not in content


@pytest.mark.django_db
def test_the_page_says_the_month_of_a_festival_and_offers_no_calendar_for_it(client, site):
    celebrate(site, month=1)
    english = translate(site, "Bối Hà House")
    content = shown(client, english)
    assert "In the first lunar month; the day is not yet known" in content
    assert ".ics" not in content


@pytest.mark.django_db
def test_more_festivals_cost_no_more_queries(client, heritage, site, django_assert_num_queries):
    celebrate(site, day=12, month=2)
    other = HeritageSitePageFactory(parent=heritage)
    celebrate(other, day=12, month=2)
    for page in (heritage, site):
        client.get(page.url)
        with CaptureQueriesContext(connection) as few:
            client.get(page.url)
        for month in (3, 4, 5):
            celebrate(site, day=1, month=month)
            celebrate(other, day=1, month=month)
        with django_assert_num_queries(len(few)):
            client.get(page.url)
        assert len(few) <= 12
