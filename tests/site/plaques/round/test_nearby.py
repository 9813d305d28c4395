from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.factories import HeritageSitePageFactory, ShopPageFactory
from wardmark.base.places import Position
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.checking import record_check
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.models import AlertKind, EventKind, Finding, Plaque
from wardmark.plaques.round.nearby import pages_named, places_near, waiting_near

pytestmark = pytest.mark.django_db


def hung(place, title: str, north: str | None) -> Plaque:
    """A plaque of a place so many degrees north of the first one, hung up so long ago that nobody remembers when."""
    where = {} if north is None else {"latitude": Decimal("21.030") + Decimal(north), "longitude": Decimal("105.790")}
    plaque = Plaque.objects.for_page(HeritageSitePageFactory(parent=place.get_parent(), title=title, **where))
    install(plaque=plaque, by=None)
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.installed_on = None
    return plaque


def test_the_nearest_that_wait_come_first_and_those_without_a_position_last(plaque, place, editor):
    far, nowhere, near = hung(place, "Xa", "0.02"), hung(place, "Đâu", None), hung(place, "Gần", "0.001")
    waiting = waiting_near(plaque, editor)
    assert [one.plaque for one in waiting] == [near, far, nowhere]
    assert waiting[0].metres == pytest.approx(111, abs=1)
    assert waiting[2].metres is None


def test_what_was_looked_at_lately_is_not_named_unless_somebody_complained(plaque, place, editor):
    fine, complained, gone = (hung(place, title, "0.001") for title in ("Ổn", "Bị kêu", "Đã tháo"))
    for one in (fine, complained):
        record_check(plaque=one, by=editor, finding=Finding.FINE)
    raise_alert(plaque=complained, kind=AlertKind.MISSING)
    raise_alert(plaque=gone, kind=AlertKind.MISSING)
    retire(plaque=gone, by=None, why="Đã tháo")
    [waiting] = waiting_near(plaque, editor)
    assert waiting.plaque == complained
    assert waiting.has_alert


def test_a_plaques_own_position_counts_before_its_pages(plaque, place, editor):
    one = hung(place, "Chùa", "0.02")
    with changing(one, kind=EventKind.CHANGED, by=None) as current:
        current.latitude, current.longitude = Decimal("21.031"), Decimal("105.790")
    [waiting] = waiting_near(plaque, editor)
    assert waiting.metres == pytest.approx(111, abs=1)


def test_the_round_names_no_plaque_of_pages_somebody_may_not_edit(plaque, place, elsewhere, ward):
    hung(place, "Gần", "0.001")
    street = ward.homes["vi"].get_descendants().get(title="Phố Khác").specific
    theirs = Plaque.objects.for_page(ShopPageFactory(parent=street))
    raise_alert(plaque=theirs, kind=AlertKind.DAMAGED)
    assert [one.plaque for one in waiting_near(plaque, elsewhere)] == [theirs]


def test_the_list_costs_the_same_queries_however_many_plaques_there_are(plaque, place, editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            waiting_near(plaque, editor)
        return len(captured)

    hung(place, "Một", "0.001")
    few = queries()
    for n in range(5):
        hung(place, f"Thêm {n}", "0.002")
    assert queries() <= few <= 12


def test_a_page_is_named_once_whatever_its_languages(place, editor):
    for language, title in (("vi", "Đình Bối Hà"), ("en", "Bối Hà Communal House")):
        with override(language):
            assert [choice.page.title for choice in pages_named("boi ha", editor)] == [title]


def test_places_without_a_position_are_not_near_to_anything(place, editor):
    HeritageSitePageFactory(parent=place.get_parent(), title="Chùa Không Vị Trí")
    [choice] = places_near(Position(21.031, 105.790), editor)
    assert choice.key == place.translation_key
    assert choice.metres == pytest.approx(111, abs=1)
