from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streets.food_papers import EXPIRING_WITHIN, PaperKind, PaperStatus, paper_status

DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
kinds = st.sampled_from(PaperKind.values)


def status(today: date, *, issued: date | None = date(2024, 5, 1), expires: date | None, kind="certificate"):
    return paper_status(kind=kind, issued_on=issued, expires_on=expires, today=today)


@given(kind=kinds, today=days, expires=st.none() | days)
def test_nothing_recorded_is_unknown_and_no_reproach(kind, today, expires):
    assert status(today, expires=expires, kind="") == PaperStatus.NOT_RECORDED
    assert status(today, issued=None, expires=expires, kind=kind) == PaperStatus.NOT_RECORDED


@given(kind=kinds, issued=days, lasts=st.integers(1, 3000))
def test_a_paper_counts_from_its_first_day_to_its_last(kind, issued, lasts):
    expires = issued + timedelta(days=lasts)

    def on(today):
        return status(today, issued=issued, expires=expires, kind=kind)

    assert on(issued - DAY) == PaperStatus.NOT_YET_VALID
    assert on(issued) in {PaperStatus.VALID, PaperStatus.EXPIRING}
    assert on(expires) == PaperStatus.EXPIRING
    assert on(expires + DAY) == PaperStatus.EXPIRED


@given(kind=kinds, issued=days, more=st.integers(1, 3000))
def test_its_end_is_announced_from_180_days_before(kind, issued, more):
    expires = issued + EXPIRING_WITHIN + timedelta(days=more)
    assert EXPIRING_WITHIN.days == 180
    first = expires - EXPIRING_WITHIN
    assert status(first - DAY, issued=issued, expires=expires, kind=kind) == PaperStatus.VALID
    assert status(first, issued=issued, expires=expires, kind=kind) == PaperStatus.EXPIRING


@given(issued=days, today=days)
def test_a_paper_without_an_end_never_expires(issued, today):
    expected = PaperStatus.NOT_YET_VALID if issued > today else PaperStatus.VALID
    assert status(today, issued=issued, expires=None, kind="commitment") == expected


@given(kind=kinds, issued=days, lasts=st.integers(1, 3000), today=days, later=st.integers(0, 4000))
def test_a_paper_only_ever_grows_older(kind, issued, lasts, today, later):
    order = [PaperStatus.NOT_YET_VALID, PaperStatus.VALID, PaperStatus.EXPIRING, PaperStatus.EXPIRED]
    expires = issued + timedelta(days=lasts)
    before, after = (status(day, issued=issued, expires=expires, kind=kind) for day in (today, today + later * DAY))
    assert order.index(before) <= order.index(after)


@pytest.mark.parametrize("known", list(PaperStatus))
def test_every_status_has_words(known):
    assert str(known.label)
