import pytest
from django.core.exceptions import ValidationError

from heritage.models import Authority, HeritageSitePage, Rank
from heritage.ranks import GIVEN_BY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rank", Rank)
@pytest.mark.parametrize("authority", Authority)
def test_only_the_authority_of_the_law_gives_a_rank(rank, authority):
    page = HeritageSitePage(title="Đình Thử", rank=rank, rank_authority=authority)
    if GIVEN_BY.get(rank) == authority:
        page.clean()
        return
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == ["rank_authority"]


def test_the_editor_is_told_who_gives_the_rank():
    page = HeritageSitePage(title="Đình Thử", rank=Rank.CITY, rank_authority=Authority.MINISTER)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    [message] = refused.value.message_dict["rank_authority"]
    assert str(Rank.CITY.label) in message
    assert str(Authority.CITY_CHAIR.label) in message


@pytest.mark.parametrize("rank", Rank)
def test_who_decided_may_stay_unknown(rank):
    page = HeritageSitePage(title="Đình Thử", rank=rank)
    page.clean()


def test_every_rank_that_is_given_has_one_giver_and_the_others_none():
    assert set(GIVEN_BY) == set(Rank) - {Rank.INVENTORIED, Rank.UNKNOWN}
    assert set(GIVEN_BY.values()) == set(Authority)
