"""What a visitor reads of a shop's hours, and that no kept page says it longer than it is true."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from streets import daily_facts
from tests.factories import ShopPageFactory, translate
from wardmark.base.opening_hours import DAYS
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db
DAILY = {day.lower(): [["06:00", "22:00"]] for day in DAYS}
# Wednesday, 25 November 2026 in Hà Nội.
TODAY = date(2026, 11, 25)


@pytest.fixture
def page(street):
    """The shop's page in English, whose source is in Vietnamese."""
    return translate(ShopPageFactory(parent=street, title="Phở Thử"), "Trial Noodles")


def seen(client, page) -> str:
    return " ".join(client.get(page.url).content.decode().split())


def at(clock: str, day: date = TODAY):
    return time_machine.travel(f"{day}T{clock}+07:00", tick=False)


def test_unknown_hours_are_shown_as_unknown(client, page):
    shown = seen(client, page)
    assert "Not yet known" in shown
    assert 'class="opening' not in shown


@pytest.mark.parametrize(
    ("clock", "line"),
    [
        ("05:59:59", "Closed now, opens again at 06:00"),
        ("06:00:00", "Open now, until 22:00"),
        ("21:59:59", "Open now, until 22:00"),
        ("22:00:00", "Closed now, opens again tomorrow at 06:00"),
    ],
)
def test_the_line_for_now_changes_with_the_minute(client, page, clock, line):
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    with at(clock):
        assert line in seen(client, page)
        assert line in seen(client, page.get_parent())


@pytest.mark.parametrize(
    ("before", "after", "then", "afterwards"),
    [
        ("21:59:00", "22:00:00", "Open now", "Closed now"),
        ("05:58:30", "06:00:00", "Closed now", "Open now"),
        ("23:59:00", "23:59:59", "tomorrow at 06:00", "tomorrow at 06:00"),
    ],
)
@pytest.mark.parametrize("of_street", [False, True])
def test_a_kept_page_is_made_anew_at_the_minute_of_change(
    client, page, settings, before, after, then, afterwards, of_street
):
    settings.PAGE_CACHE_SECONDS = 300
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    address = page.get_parent() if of_street else page
    with at(before) as clock:
        assert then in seen(client, address)
        with CaptureQueriesContext(connection) as kept:
            seen(client, address)
        assert len(kept) == 0
        clock.move_to(f"{TODAY}T{after}+07:00")
        assert afterwards in seen(client, address)


def test_tomorrow_is_not_said_past_midnight_from_a_kept_page(client, page, settings):
    settings.PAGE_CACHE_SECONDS = 300
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    with at("23:58:00") as clock:
        assert "tomorrow" in seen(client, page)
        clock.move_to(f"{TODAY + timedelta(days=1)}T00:00:00+07:00")
        assert "opens again at 06:00" in seen(client, page)


def test_a_change_is_seen_at_once_in_all_languages_while_a_draft_waits(
    client, page, street, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    vietnamese = street.get_children().get().specific
    vietnamese.summary = "Bản nháp chưa duyệt"
    vietnamese.save_revision()
    with at("12:00:00"):
        for one in (page, vietnamese):
            seen(client, one)
        with django_capture_on_commit_callbacks(execute=True):
            daily_facts.close_for_good(shop=page.shop, since=TODAY, by=None)
        for one in (page, vietnamese):
            shown = seen(client, one)
            assert "opening--gone" in shown
            assert "chưa duyệt" not in shown
    vietnamese.refresh_from_db()
    assert vietnamese.has_unpublished_changes


def test_today_is_marked_in_the_week_or_where_it_is_special(client, page):
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    with at("12:00:00"):
        assert seen(client, page).count('aria-current="date"') == 1
        daily_facts.close_on(shop=page.shop, first=TODAY, last=TODAY, note={"en": "Wedding"}, by=None)
        shown = seen(client, page)
    assert shown.count('aria-current="date"') == 1
    assert "Wedding" in shown[shown.index('aria-current="date"') :]
    assert "Closed now, opens again tomorrow at 06:00" in shown


def test_special_days_of_the_next_60_days_are_told(client, page):
    for days in (0, 60, 61):
        day = TODAY + timedelta(days=days)
        daily_facts.close_on(shop=page.shop, first=day, last=day, note={"en": f"Rest {days}"}, by=None)
    with at("12:00:00"):
        shown = seen(client, page)
    assert [f"Rest {days}" in shown for days in (0, 60, 61)] == [True, True, False]


def test_a_note_in_another_language_says_which(client, page):
    daily_facts.change_facts(shop=page.shop, by=None, hours_note={"vi": "Hết thì nghỉ"})
    assert '<div lang="vi"><p>Hết thì nghỉ' in seen(client, page)


def test_who_closes_for_a_time_says_until_when_and_reopens_by_the_calendar(client, page):
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    daily_facts.close_temporarily(
        shop=page.shop, since=TODAY, until=TODAY + timedelta(days=1), note={"en": "Repairs"}, by=None
    )
    with at("12:00:00"):
        shown = seen(client, page)
        assert "Temporarily closed, up to and including" in shown
        assert "Repairs" in shown
    with at("12:00:00", TODAY + timedelta(days=2)):
        shown = seen(client, page)
        assert "Open now" in shown
        assert "Repairs" not in shown


def test_a_shop_that_moved_leads_to_its_new_page_in_the_readers_language(client, page, street):
    new = translate(ShopPageFactory(parent=street, title="Phở Mới"), "New Noodles")
    daily_facts.move(shop=page.shop, since=TODAY, to=new.shop, by=None)
    with at("12:00:00"):
        shown = seen(client, page)
        assert f'href="{new.url}"' in shown
        assert "New Noodles" in shown
        new.unpublish()
        new.get_translations().get().specific.unpublish()
        assert "Phở Mới" in seen(client, page)


def test_a_shop_that_moved_to_an_address_says_it_and_keeps_no_old_hours(client, page):
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    daily_facts.move(shop=page.shop, since=TODAY, address="5 Trial Street", by=None)
    with at("12:00:00"):
        shown = seen(client, page)
    assert "5 Trial Street" in shown
    assert 'id="hours"' not in shown
    assert "openingHoursSpecification" not in shown


def test_the_plaque_of_a_shop_closed_for_good_still_answers(client, page):
    daily_facts.close_for_good(shop=page.shop, since=TODAY, by=None)
    answer = client.get(f"/q/{Plaque.objects.for_page(page).code}", headers={"accept-language": "en"})
    with at("12:00:00"):
        assert "Closed for good" in client.get(answer.url).content.decode()


def test_machines_read_the_hours_and_the_special_days(client, page):
    nights = DAILY | {"monday": [["00:00", "00:00"]], "saturday": [["18:00", "02:00"]]}
    daily_facts.set_hours(shop=page.shop, hours=nights, by=None)
    with at("12:00:00"):
        daily_facts.close_for_tet(shop=page.shop, today=TODAY, by=None)
        shown = client.get(page.url).content.decode()
    data = json.loads(shown.split('application/ld+json">')[1].split("</script>")[0])["mainEntity"]
    said = {(row["opens"], row["closes"]): len(row["dayOfWeek"]) for row in data["openingHoursSpecification"]}
    assert said == {("00:00", "23:59"): 1, ("06:00", "22:00"): 5, ("18:00", "02:00"): 1}
    [tet] = data["specialOpeningHoursSpecification"]
    assert (tet["validFrom"], tet["validThrough"]) == ("2027-02-05", "2027-02-08")
    assert tet["opens"] == tet["closes"] == "00:00"


def test_hours_cost_no_query(client, page):
    seen(client, page)
    with CaptureQueriesContext(connection) as bare:
        seen(client, page)
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    daily_facts.close_for_tet(shop=page.shop, today=TODAY, by=None)
    with CaptureQueriesContext(connection) as known:
        seen(client, page)
    assert len(known) == len(bare) <= 12


def test_days_with_the_same_hours_share_a_row(client, page):
    weekdays, weekend = [["06:00", "22:00"]], [["08:00", "12:00"]]
    hours = {day.lower(): weekdays if number < 5 else weekend for number, day in enumerate(DAYS)}
    daily_facts.set_hours(shop=page.shop, hours=hours, by=None)
    with at("12:00:00"):
        shown = seen(client, page)
    assert ">Monday – Friday" in shown
    assert ">Saturday – Sunday" in shown
    assert ">Tuesday" not in shown


def test_hours_that_are_the_same_every_day_are_one_row(client, page):
    daily_facts.set_hours(shop=page.shop, hours=DAILY, by=None)
    with at("12:00:00"):
        shown = seen(client, page)
    assert ">Daily" in shown
    assert ">Monday" not in shown
