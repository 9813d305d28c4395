from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streets.paper_status import (
    EXPIRING_WITHIN,
    IN_ORDER,
    PaperDays,
    PaperStatus,
    best_of,
    first_day_within_years,
    status_for_route,
    years_later,
)

DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
statuses = st.sampled_from(["valid", "expiring", "pending", "expired", "revoked"]).map(PaperStatus)


@given(issued=days, lasts=st.integers(1, 3000))
def test_a_verified_paper_counts_from_its_first_day_to_its_last(issued, lasts):
    expires = issued + lasts * DAY
    paper = PaperDays(issued, expires, verified_on=issued)
    assert paper.status_on(issued - DAY) == PaperStatus.PENDING
    assert paper.status_on(issued) in IN_ORDER
    assert paper.status_on(expires) == PaperStatus.EXPIRING
    assert paper.status_on(expires + DAY) == PaperStatus.EXPIRED


@given(issued=days, more=st.integers(1, 3000))
def test_its_end_is_announced_from_180_days_before(issued, more):
    expires = issued + EXPIRING_WITHIN + more * DAY
    paper = PaperDays(issued, expires, verified_on=issued)
    assert EXPIRING_WITHIN.days == 180
    assert paper.status_on(expires - 181 * DAY) == PaperStatus.VALID
    assert paper.status_on(expires - 180 * DAY) == PaperStatus.EXPIRING


@given(issued=days, waits=st.integers(0, 500))
def test_a_paper_waits_until_the_day_it_is_verified(issued, waits):
    paper = PaperDays(issued, None, verified_on=issued + waits * DAY)
    assert paper.status_on(issued + waits * DAY) == PaperStatus.VALID
    assert paper.status_on(issued + (waits - 1) * DAY) == PaperStatus.PENDING
    assert PaperDays(issued).status_on(issued) == PaperStatus.PENDING


@given(issued=days, expires=st.none() | days, revoked=days, day=days)
def test_a_revoked_paper_is_revoked_from_that_day_on_whatever_else(issued, expires, revoked, day):
    told = PaperDays(issued, expires, issued, revoked).status_on(day)
    assert (told == PaperStatus.REVOKED) == (day >= revoked)


@given(issued=days, lasts=st.integers(1, 3000), today=days, later=st.integers(0, 4000))
def test_a_paper_only_ever_grows_older(issued, lasts, today, later):
    order = [PaperStatus.PENDING, PaperStatus.VALID, PaperStatus.EXPIRING, PaperStatus.EXPIRED]
    paper = PaperDays(issued, issued + lasts * DAY, verified_on=issued)
    assert order.index(paper.status_on(today)) <= order.index(paper.status_on(today + later * DAY))


@given(st.lists(statuses, min_size=1))
def test_a_paper_in_force_makes_the_others_history(found):
    assert (best_of(found) in IN_ORDER) == bool(IN_ORDER.intersection(found))


@pytest.mark.parametrize("found", [[], *([status] for status in ("expired", "revoked", "pending", "valid"))])
@pytest.mark.parametrize(("needs", "asks"), [("commitment", False), ("quality", False), (None, False)])
def test_missing_is_never_said_of_who_needs_no_certificate(needs, asks, found):
    for kind in ("certificate", "commitment", "quality"):
        told = status_for_route(
            needs=needs, asks_for_certificate=asks, kind=kind, statuses=[PaperStatus(one) for one in found]
        )
        assert told != PaperStatus.MISSING


def test_missing_is_said_only_of_a_certificate_that_the_law_asks_for():
    def told(kind: str) -> PaperStatus:
        return status_for_route(needs="certificate", asks_for_certificate=True, kind=kind, statuses=[])

    assert told("certificate") == PaperStatus.MISSING
    assert told("commitment") == PaperStatus.NOT_REQUIRED


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 28), 3, date(2027, 2, 28)),
        (date(2024, 3, 1), 3, date(2027, 3, 1)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
    ],
)
def test_years_later_is_the_same_day_or_the_last_of_february(day, years, expected):
    assert years_later(day, years) == expected


@given(days, st.integers(1, 3), st.integers(-3, 3))
def test_within_years_counts_back_as_years_later_counts_on(day, years, around):
    first = first_day_within_years(day, years)
    begun = first + around * DAY
    assert (years_later(begun, years) >= day) == (begun >= first)


def test_the_calendar_ends_without_an_error():
    assert years_later(date(9998, 2, 28), 3) == date.max
