import pytest
import time_machine
from django.core.cache import cache

from wardmark.plaques.models import AlertKind, Plaque, PlaqueAlert
from wardmark.plaques.tapping import MOST_PER_MINUTE, is_from_our_own_page, tap

NOON = "2026-11-25T12:00:00+07:00"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://testserver"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "https://testserver"}, False),
        ({"origin": "https://testserver"}, True),
        ({"origin": "https://testserver.example.com"}, False),
        ({"origin": "https://other.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_is_ours_when_the_browser_says_so(rf, headers, ours):
    assert is_from_our_own_page(rf.post("/q/0000000/report/", headers=headers)) is ours


@pytest.mark.django_db
def test_so_many_taps_a_minute_are_counted_and_no_more(ward):
    plaque = Plaque.objects.issue()
    with time_machine.travel(NOON, tick=False) as clock:
        taps = [tap(plaque=plaque, kind=AlertKind.DAMAGED) for _ in range(MOST_PER_MINUTE + 20)]
        assert taps == [True] * MOST_PER_MINUTE + [False] * 20
        assert PlaqueAlert.objects.get().times == MOST_PER_MINUTE
        # Neither another plaque nor another kind is shut out by it.
        assert tap(plaque=plaque, kind=AlertKind.MISSING)
        assert tap(plaque=Plaque.objects.issue(), kind=AlertKind.DAMAGED)
        clock.shift(60)
        assert tap(plaque=plaque, kind=AlertKind.DAMAGED)
    assert PlaqueAlert.objects.get(plaque=plaque, kind=AlertKind.DAMAGED).times == MOST_PER_MINUTE + 1


@pytest.mark.django_db
def test_a_cache_that_is_away_loses_no_tap(ward, monkeypatch):
    monkeypatch.setattr(type(cache._connections[cache._alias]), "add", lambda *args, **kwargs: True)
    plaque = Plaque.objects.issue()
    assert all(tap(plaque=plaque, kind=AlertKind.DAMAGED) for _ in range(20))
    assert PlaqueAlert.objects.get().times == 20
