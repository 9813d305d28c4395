"""Monthly figures: once a month, by the ward's calendar, and never for a month that is over."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from streets.measures import MEASURES
from streets.models import MeasureSnapshot
from streets.months import last_months, month_of, months_before
from streets.snapshots import take_snapshots
from tests.factories import ShopPageFactory
from wardmark.base.page_cache import pages_mark


@given(st.dates(date(2000, 3, 1), date(2100, 1, 1)), st.integers(1, 26))
def test_months_follow_each_other_and_end_with_this_one(day, number):
    months = last_months(month_of(day), number)
    assert len(months) == number
    assert months[-1] == day.replace(day=1)
    assert all(month.day == 1 for month in months)
    assert all(months_before(later, 1) == earlier for earlier, later in pairwise(months))


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock, in UTC."""

    def set_clock(*parts: int) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(*parts, tzinfo=UTC))

    return set_clock


pytestmark = pytest.mark.django_db


def test_a_month_is_taken_once_for_each_street_and_measure(street, at):
    ShopPageFactory(parent=street)
    at(2026, 11, 25, 3)
    assert take_snapshots() == len(MEASURES)
    assert take_snapshots() == 0
    one = MeasureSnapshot.objects.get(measure="claimed")
    assert (one.street_key, one.month, one.taken_on) == (street.translation_key, date(2026, 11, 1), date(2026, 11, 25))
    assert (one.met, one.counted) == (0, 1)


def test_a_month_begins_at_midnight_in_the_ward(street, at):
    at(2026, 11, 30, 16, 59)
    take_snapshots()
    at(2026, 11, 30, 17, 0)
    take_snapshots()
    assert list(MeasureSnapshot.objects.filter(measure="claimed").values_list("month", "taken_on")) == [
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 1)),
    ]


def test_what_the_site_slept_through_is_never_filled_in(street, at):
    at(2026, 8, 3)
    take_snapshots()
    at(2026, 11, 12)
    take_snapshots()
    months = set(MeasureSnapshot.objects.values_list("month", "taken_on"))
    assert months == {(date(2026, 8, 1), date(2026, 8, 3)), (date(2026, 11, 1), date(2026, 11, 12))}


def test_a_figure_stays_as_it_was_taken(street, at):
    ShopPageFactory(parent=street)
    at(2026, 11, 1, 3)
    take_snapshots()
    ShopPageFactory(parent=street)
    at(2026, 11, 20, 3)
    take_snapshots()
    assert MeasureSnapshot.objects.get(measure="claimed").counted == 1


def test_a_street_that_is_closed_to_some_or_in_draft_is_not_counted(street, at):
    PageViewRestriction.objects.create(page=street, restriction_type=PageViewRestriction.LOGIN)
    for page in street.get_translations():
        page.unpublish()
    at(2026, 11, 1, 3)
    assert take_snapshots() == 0


def test_figures_of_sample_data_are_marked_and_taken_anew_once_the_ward_confirms(street, at):
    for page in street.get_translations(inclusive=True):
        page.is_illustrative = True
        page.save()
    at(2026, 11, 1, 3)
    take_snapshots()
    assert MeasureSnapshot.objects.get(measure="claimed").is_sample
    for page in street.get_translations(inclusive=True):
        page.is_illustrative = False
        page.save()
    at(2026, 11, 9, 3)
    take_snapshots()
    taken = MeasureSnapshot.objects.get(measure="claimed")
    assert (taken.is_sample, taken.taken_on) == (False, date(2026, 11, 9))


def test_kept_pages_learn_of_new_figures(street, at, django_capture_on_commit_callbacks):
    before = pages_mark()
    at(2026, 11, 1, 3)
    with django_capture_on_commit_callbacks(execute=True):
        take_snapshots()
    after = pages_mark()
    assert after != before
    with django_capture_on_commit_callbacks(execute=True):
        take_snapshots()
    assert pages_mark() == after


def test_no_more_shops_can_meet_a_measure_than_count(street):
    fields = {"street_key": street.translation_key, "measure": "claimed", "month": date(2026, 11, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureSnapshot.objects.create(**fields, taken_on=date(2026, 11, 1), met=2, counted=1)
