import pytest

from tests.factories import ShopPageFactory, StreetIndexPageFactory, StreetPageFactory
from wardmark.base.boundary import metres_outside, warn_of_position
from wardmark.base.geometry import parts_of
from wardmark.base.models import WardSettings
from wardmark.base.places import Position


def square(south: float, west: float, side: float) -> list[list[float]]:
    return [
        [west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south],
    ]  # fmt: skip


AREA = {
    "type": "MultiPolygon",
    "coordinates": [[square(21.0, 105.0, 0.1), square(21.04, 105.04, 0.02)], [square(21.2, 105.2, 0.1)]],
}
RINGS = parts_of(AREA)


@pytest.mark.parametrize(
    ("latitude", "longitude", "metres"),
    [
        (21.01, 105.01, 0),
        (21.25, 105.25, 0),
        # In the hole: to its nearest edge.
        (21.041, 105.05, 111.2),
        # South of the first part, then between both, nearer to the second.
        (20.999, 105.05, 111.2),
        (21.199, 105.25, 111.2),
    ],
)
def test_how_far_outside_is_measured_to_the_nearest_edge(latitude, longitude, metres):
    assert metres_outside(Position(latitude, longitude), RINGS) == pytest.approx(metres, abs=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("boundary", "said"), [(AREA, 1), (None, 0)])
def test_an_editor_is_told_of_a_place_outside_and_the_page_is_saved(ward, rf, monkeypatch, boundary, said):
    WardSettings.objects.update(boundary=boundary)
    street = StreetPageFactory(parent=StreetIndexPageFactory(parent=ward.homes["vi"]))
    shop = ShopPageFactory(parent=street, latitude="20.999", longitude="105.05")
    warned = []
    monkeypatch.setattr("wardmark.base.boundary.messages.warning", lambda request, text: warned.append(text))
    warn_of_position(rf.get("/"), shop)
    assert len(warned) == said
    assert not said or "111" in warned[0]
