from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from heritage.models import HeritageSitePage, Rank
from tests.factories import HeritageSitePageFactory, translate

pytestmark = pytest.mark.django_db


def site(**fields) -> HeritageSitePage:
    return HeritageSitePage(title="Đình Thử", **fields)


@pytest.mark.parametrize("rank", [Rank.UNKNOWN, Rank.INVENTORIED])
@pytest.mark.parametrize(
    "fields", [{"rank_decision": "100-VH/QĐ"}, {"rank_year": 1989}, {"ranked_on": date(1989, 1, 21)}]
)
def test_a_decision_without_the_rank_it_gave_is_refused(rank, fields):
    with pytest.raises(ValidationError) as refused:
        site(rank=rank, **fields).clean()
    assert list(refused.value.message_dict) == ["rank"]


@pytest.mark.parametrize("rank", [Rank.NATIONAL_SPECIAL, Rank.NATIONAL, Rank.CITY])
@pytest.mark.parametrize("fields", [{}, {"rank_decision": "100-VH/QĐ"}, {"rank_year": 1989}])
def test_a_ranked_site_may_know_as_much_of_its_decision_as_it_does(rank, fields):
    site(rank=rank, **fields).clean()


@time_machine.travel("2026-03-01T17:30:00Z", tick=False)
def test_a_day_still_to_come_in_the_ward_is_refused():
    # In the ward it is already half past midnight of the second.
    site(rank=Rank.CITY, ranked_on=date(2026, 3, 2)).clean()
    with pytest.raises(ValidationError) as refused:
        site(rank=Rank.CITY, ranked_on=date(2026, 3, 3)).clean()
    assert list(refused.value.message_dict) == ["ranked_on"]


def test_the_year_follows_the_day():
    page = site(rank=Rank.CITY, ranked_on=date(1989, 1, 21), rank_year=2001)
    page.clean()
    assert page.rank_year == 1989


def test_a_year_before_the_law_or_far_ahead_is_refused(heritage):
    for year in (1944, 2201):
        with pytest.raises(ValidationError) as refused:
            HeritageSitePageFactory(parent=heritage, rank=Rank.CITY, rank_year=year)
        assert "rank_year" in refused.value.message_dict


@pytest.mark.parametrize(
    ("fields", "vietnamese", "english"),
    [
        (
            {"rank": Rank.NATIONAL, "ranked_on": date(1989, 1, 21)},
            "Di tích cấp quốc gia · xếp hạng ngày 21/01/1989",
            "National heritage site · ranked on 21 Jan 1989",
        ),
        (
            {"rank": Rank.CITY, "rank_year": 2003},
            "Di tích cấp thành phố · xếp hạng năm 2003",
            "City heritage site · ranked in 2003",
        ),
        ({}, "Chưa xác nhận xếp hạng", "Rank not yet confirmed"),
    ],
)
def test_the_page_says_its_rank_as_exactly_as_it_is_known_in_both_languages(
    client, heritage, fields, vietnamese, english
):
    page = HeritageSitePageFactory(parent=heritage, **fields)
    translation = translate(page, "Trial House")
    assert vietnamese in client.get(page.url).content.decode()
    shown = client.get(translation.url).content.decode()
    assert english in shown
    assert "Trial House" in shown


def test_unknown_opening_hours_are_shown_as_unknown(client, heritage):
    page = HeritageSitePageFactory(parent=heritage)
    assert "Chưa có thông tin" in client.get(page.url).content.decode()
    page.opening_hours = "Hằng ngày: 06:00–18:00"
    page.save_revision().publish()
    assert "Hằng ngày: 06:00–18:00" in client.get(page.url).content.decode()


def test_the_list_shows_its_sites_and_hides_unpublished_ones(client, heritage):
    shown, hidden = HeritageSitePageFactory(parent=heritage), HeritageSitePageFactory(parent=heritage, live=False)
    content = client.get(heritage.url).content.decode()
    assert shown.title in content
    assert hidden.title not in content


def test_a_decision_of_today_counts():
    page = site(rank=Rank.CITY, ranked_on=timezone.localdate())
    page.clean()
    with pytest.raises(ValidationError):
        site(rank=Rank.CITY, ranked_on=timezone.localdate() + timedelta(days=1)).clean()
