import pytest
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from wardmark.plaques.artwork import FORMATS
from wardmark.plaques.artwork.drawing import BLEED
from wardmark.plaques.print_sheets.imposition import EDGE, GRIPPER, MARK, SHEETS, STRIP, DoesNotFit, Imposition, impose

SIDES = st.floats(20, 320).map(lambda side: round(side, 1))


def imposed(format_key: str, sheet: str) -> Imposition:
    format = FORMATS[format_key]
    return impose(SHEETS[sheet], width=format.width, height=format.height, bleed=BLEED, name=format.label)


@pytest.mark.parametrize(
    ("format_key", "sheet", "per_sheet"),
    [
        ("counter-card", "A4", 2),
        ("counter-card", "A3", 4),
        ("counter-card", "SRA3", 6),
        ("relic-plate", "A3", 1),
        ("relic-plate", "SRA3", 2),
        ("poster", "A3", 1),
        ("plain", "SRA3", 20),
    ],
)
def test_a_sheet_holds_as_many_as_the_paper_allows(format_key, sheet, per_sheet):
    assert imposed(format_key, sheet).per_sheet == per_sheet


def test_the_figures_of_a_refusal_are_written_as_the_reader_writes_them():
    with override("vi"), pytest.raises(DoesNotFit) as refusal:
        impose(SHEETS["A4"], width=300.5, height=20, bleed=BLEED, name="Biển")
    assert "300,5" in str(refusal.value)


@pytest.mark.parametrize("format_key", ["relic-plate", "poster"])
def test_a_format_larger_than_the_sheet_is_refused_with_the_figures(format_key):
    with pytest.raises(DoesNotFit) as refusal:
        imposed(format_key, "A4")
    said = str(refusal.value)
    assert "A4" in said
    assert f"{FORMATS[format_key].width:g} × {FORMATS[format_key].height:g}" in said


@given(width=SIDES, height=SIDES, sheet=st.sampled_from(sorted(SHEETS)))
def test_nothing_overlaps_or_leaves_what_the_press_can_print(width, height, sheet):
    try:
        imposition = impose(SHEETS[sheet], width=width, height=height, bleed=BLEED)
    except DoesNotFit:
        assume(False)
    left, bottom = (EDGE, GRIPPER) if imposition.is_upright else (GRIPPER, EDGE)
    for x, y in imposition.places:
        assert x - BLEED >= left + MARK - 0.02
        assert y - BLEED >= bottom + MARK - 0.02
        assert x + width + BLEED <= imposition.width - EDGE - MARK + 0.02
        assert y + height + BLEED <= imposition.height - EDGE - MARK + 0.02
    for one, (x, y) in enumerate(imposition.places):
        for other_x, other_y in imposition.places[one + 1 :]:
            apart = max(abs(x - other_x) - width, abs(y - other_y) - height)
            assert apart >= 2 * BLEED - 0.001


@given(width=SIDES, height=SIDES, sheet=st.sampled_from(sorted(SHEETS)))
def test_marks_stand_outside_all_artwork_and_within_the_sheet(width, height, sheet):
    try:
        imposition = impose(SHEETS[sheet], width=width, height=height, bleed=BLEED)
    except DoesNotFit:
        assume(False)
    assert len(imposition.marks) == 4 * (imposition.columns + imposition.rows)
    for mark in imposition.marks:
        for x, y in ((mark.x1, mark.y1), (mark.x2, mark.y2)):
            assert 0 < x < imposition.width
            assert 0 < y < imposition.height
            for left, bottom in imposition.places:
                inside_x = left - BLEED + 0.001 < x < left + width + BLEED - 0.001
                inside_y = bottom - BLEED + 0.001 < y < bottom + height + BLEED - 0.001
                assert not (inside_x and inside_y)


@given(width=SIDES, height=SIDES, sheet=st.sampled_from(sorted(SHEETS)))
def test_the_sheet_is_named_where_the_press_prints_and_nothing_else_stands(width, height, sheet):
    try:
        imposition = impose(SHEETS[sheet], width=width, height=height, bleed=BLEED)
    except DoesNotFit:
        assume(False)
    strip = imposition.strip
    wide, high = (STRIP, strip.length) if strip.turned else (strip.length, STRIP)
    held = (EDGE, GRIPPER) if imposition.is_upright else (GRIPPER, EDGE)
    assert (strip.x, strip.y) == held
    assert strip.x + wide <= imposition.width - EDGE
    assert strip.y + high <= imposition.height - EDGE
    points = [(x, y) for mark in imposition.marks for x, y in ((mark.x1, mark.y1), (mark.x2, mark.y2))]
    points += [(x - BLEED, y - BLEED) for x, y in imposition.places]
    assert all(x >= strip.x + wide - 0.02 or y >= strip.y + high - 0.02 for x, y in points)


@given(width=SIDES, height=SIDES)
def test_a_piece_that_fits_one_way_is_never_refused(width, height):
    """Whatever fits onto an A3 in some position, with the strip along one of two edges, is placed on it."""
    sheet = SHEETS["A3"]
    across = sheet.width - 2 * EDGE - 2 * MARK - 2 * BLEED
    along = sheet.height - EDGE - GRIPPER - 2 * MARK - 2 * BLEED
    rooms = [(across, along - STRIP), (across - STRIP, along)]
    fits = any((width <= x and height <= y) or (width <= y and height <= x) for x, y in rooms)
    try:
        impose(sheet, width=width, height=height, bleed=BLEED)
    except DoesNotFit:
        assert not fits
    else:
        assert fits


def test_pieces_are_numbered_as_one_reads():
    places = imposed("counter-card", "SRA3").places
    assert places == tuple(sorted(places, key=lambda place: (-place[1], place[0])))
