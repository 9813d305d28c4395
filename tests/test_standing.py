"""Pages that stand between tests: what was not asked for goes, what is read is read anew."""

import pytest
from wagtail.models import Locale

from tests.standing import STANDING, Layer, Standing, fetch_page, pages_of

pytestmark = pytest.mark.django_db

LOWER = Layer("lower", lambda: Locale.objects.create(language_code="ja"), lambda built: Locale.objects.get(pk=built.pk))
UPPER = Layer("upper", lambda below: Locale.objects.create(language_code="ko"), lambda built: built, on=LOWER)
BESIDE = Layer("beside", lambda below: Locale.objects.create(language_code="fr"), lambda built: built, on=LOWER)


def languages() -> set[str]:
    return set(Locale.objects.filter(language_code__in=["ja", "ko", "fr"]).values_list("language_code", flat=True))


def test_layers_come_and_go_with_what_is_asked_for_and_the_lower_one_stays():
    standing = Standing()
    standing.prepare(UPPER.chain())
    assert languages() == {"ja", "ko"}
    lower = standing.built["lower"].pk
    standing.prepare(BESIDE.chain())
    assert languages() == {"ja", "fr"}
    assert standing.built["lower"].pk == lower
    standing.prepare([])
    assert languages() == set()
    assert standing.built == {}


def test_a_layer_that_cannot_be_built_leaves_nothing_standing():
    standing = Standing()
    broken = Layer(
        "broken", lambda below: Locale.objects.create(language_code="ko").no_such_thing, fetch_page, on=LOWER
    )
    with pytest.raises(AttributeError):
        standing.prepare(broken.chain())
    assert languages() == {"ja"}
    standing.prepare([])
    assert languages() == set()


def test_what_no_layer_holds_is_built_for_the_test_alone():
    assert pages_of(LOWER).language_code == "ja"
    assert not STANDING.built


def test_a_test_reads_what_stands_anew(ward, heritage):
    assert set(STANDING.built) == {"ward", "heritage"}
    assert ward.homes["vi"] == STANDING.built["ward"].homes["vi"]
    assert ward.homes["vi"] is not STANDING.built["ward"].homes["vi"]
    assert heritage.get_parent().pk == ward.homes["vi"].pk


def test_a_test_that_asks_for_less_meets_nothing_else(ward):
    assert set(STANDING.built) == {"ward"}
    assert not ward.homes["vi"].get_children().exists()
