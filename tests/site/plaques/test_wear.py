import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops, ImageStat

from tests.site.plaques.artwork.inscriptions import LINK, inscription
from wardmark.plaques import wear
from wardmark.plaques.artwork import FORMATS, lay_out
from wardmark.plaques.wear import WEARS, Endurance, Wear, _perspective, endurance, viewfinder

CARD = FORMATS["counter-card"]
DISTANCE = CARD.distance_m * 1000
BY_NAME = {wear.name: wear for wear in WEARS}


def drawing():
    return lay_out(CARD, inscription())


@pytest.fixture(scope="module")
def seen():
    return viewfinder(drawing(), distance_mm=DISTANCE)


@pytest.fixture(scope="module")
def borne() -> dict[str, float]:
    return {one.wear.name: one.strength for one in endurance(drawing(), distance_mm=DISTANCE)}


def difference(one, other) -> float:
    """Mean difference in grey levels, 0 to 255."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def test_the_viewfinder_shows_fewer_pixels_from_further_away(seen):
    nearer = viewfinder(drawing(), distance_mm=200)
    # 1,920 pixels over a field of 446 mm at 350 mm: 258 for the 60 mm in view.
    assert seen.size == (258, 258)
    assert nearer.size[0] == pytest.approx(258 * 350 / 200, abs=2)


def test_a_new_plate_is_read_from_its_distance(seen):
    assert [symbol.text for symbol in zxingcpp.read_barcodes(seen)] == [LINK]


@pytest.mark.parametrize("wear", WEARS, ids=lambda wear: wear.name)
def test_without_any_strength_nothing_is_worn(wear, seen):
    assert difference(wear.lay_on(seen, 0, 0), seen) < 1


@pytest.mark.parametrize("wear", WEARS, ids=lambda wear: wear.name)
def test_the_stronger_the_wear_the_less_is_left(wear, seen):
    little, much = (wear.lay_on(seen, strength, 0).resize(seen.size) for strength in (0.2, 0.9))
    assert difference(much, seen) > difference(little, seen) > 0


@pytest.mark.parametrize("name", ["blur", "fading", "glare", "dirt", "torn corner"])
def test_at_its_full_strength_the_symbol_is_lost(name, seen, borne):
    wear = BY_NAME[name]
    assert zxingcpp.read_barcodes(wear.lay_on(seen, 1, 0)) == []
    assert 0 < borne[name] < wear.full


def test_the_report_names_every_wear(borne):
    assert set(borne) == set(BY_NAME)


def test_a_plate_bears_what_stands_before_every_plate(borne):
    """Not figures to keep, but a floor: a steep look, a turned phone, shade, half the contrast gone."""
    assert borne["tilt"] >= 35
    assert borne["rotation"] == 45
    assert borne["shade"] >= 50
    assert borne["fading"] >= 50


def test_the_report_says_whether_an_everyday_tilt_is_borne():
    tilt = BY_NAME["tilt"]
    assert tilt.everyday == 35
    assert [Endurance(tilt, degrees).bears_everyday for degrees in (34, 35, 60)] == [False, True, True]
    assert Endurance(BY_NAME["blur"], 1).bears_everyday is None


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_every_format_is_read_from_its_distance_even_from_the_side(format):
    seen = viewfinder(lay_out(format, inscription()), distance_mm=format.distance_m * 1000)
    tilt = BY_NAME["tilt"]
    for degrees in (0, 35):
        worn = tilt.lay_on(seen, degrees / tilt.full, 0)
        assert [symbol.text for symbol in zxingcpp.read_barcodes(worn)] == [LINK]


def test_from_too_far_away_there_is_nothing_to_report():
    assert endurance(drawing(), distance_mm=20_000) == []


def test_a_worn_symbol_that_reads_as_another_is_not_read(monkeypatch):
    other = viewfinder(lay_out(CARD, inscription(short_link=LINK.replace("7K3", "7K4"))), distance_mm=DISTANCE)
    monkeypatch.setattr(wear, "WEARS", (Wear("exchanged", 10.0, "", lambda _seen, _strength, _seed: other),))
    [exchanged] = endurance(drawing(), distance_mm=DISTANCE)
    assert exchanged.strength == 0


def test_nearer_by_more_blur_is_borne(borne):
    near = {one.wear.name: one.strength for one in endurance(drawing(), distance_mm=200)}
    assert near["blur"] > borne["blur"]


CORNERS = st.tuples(
    *[st.tuples(st.floats(x, x + 30), st.floats(y, y + 30)) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
)


@given(CORNERS)
def test_each_corner_is_taken_to_its_corner(target):
    source = [(0, 0), (130, 0), (130, 130), (0, 130)]
    a, b, c, d, e, f, g, h = _perspective(list(target), source)
    for (x, y), (u, v) in zip(target, source, strict=True):
        below = g * x + h * y + 1
        assert ((a * x + b * y + c) / below, (d * x + e * y + f) / below) == pytest.approx((u, v), abs=1e-6)
