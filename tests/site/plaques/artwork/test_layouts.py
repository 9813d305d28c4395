import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site.plaques.artwork.inscriptions import WORDS, inscription
from wardmark.plaques.artwork import FORMATS, ArtworkRefused, lay_out
from wardmark.plaques.artwork.drawing import BLEED, SAFE, Box, PlacedSymbol, Text
from wardmark.plaques.artwork.inks import contrast
from wardmark.plaques.artwork.limits import smallest_type

EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
WORDED = [format for format in FORMATS.values() if format.key != "plain"]
EVERY_WORDED_FORMAT = pytest.mark.parametrize("format", WORDED, ids=lambda format: format.key)
EVERY_WORDS = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
Edges = tuple[float, float, float, float]


def texts(drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def said(drawing) -> str:
    return " ".join(text.words for text in texts(drawing))


def ink_of(text: Text) -> Edges:
    """Left, top, right and bottom of what is really inked, accents and descenders included, in mm."""
    pixels = 200
    _left, top, _right, bottom = text.font.pixels(pixels).getbbox(text.words, anchor="ls")
    to_mm = text.size / pixels
    return text.left, text.y + top * to_mm, text.left + text.width, text.y + bottom * to_mm


def edges_of(shape: Box | PlacedSymbol) -> Edges:
    width, height = (shape.width, shape.height) if isinstance(shape, Box) else (shape.size, shape.size)
    return shape.x, shape.y, shape.x + width, shape.y + height


def is_apart(one: Edges, other: Edges, gap: float = 0) -> bool:
    # Lines that touch may overlap by the last digit of a sum.
    gap -= 1e-9
    return one[2] + gap <= other[0] or other[2] + gap <= one[0] or one[3] + gap <= other[1] or other[3] + gap <= one[1]


def assert_nothing_is_crowded(drawing) -> None:
    """All text within the safe area, clear of the symbol, of rules and of each other; marks in the margin only."""
    rules = [edges_of(box) for box in drawing.shapes if isinstance(box, Box) and box.height < 0.6]
    inked = [(text.words, ink_of(text)) for text in texts(drawing)]
    symbol = edges_of(drawing.symbol)
    for number, (words, ink) in enumerate(inked):
        assert ink[0] >= SAFE - 0.01, words
        assert ink[1] >= SAFE - 0.01, words
        assert ink[2] <= drawing.width - SAFE + 0.01, words
        assert ink[3] <= drawing.height - SAFE + 0.01, words
        assert is_apart(ink, symbol, gap=0.3), words
        for rule in rules:
            assert is_apart(ink, rule, gap=0.2), words
        for other_words, other_ink in inked[number + 1 :]:
            assert is_apart(ink, other_ink), (words, other_words)
    for mark in drawing.marks:
        left, top, right, bottom = ink_of(mark)
        assert bottom <= SAFE or top >= drawing.height - SAFE
        assert min(left, top) > 0
        assert right < drawing.width
        assert bottom < drawing.height


@EVERY_FORMAT
@EVERY_WORDS
def test_no_text_leaves_the_safe_area_or_touches_the_symbol_a_rule_or_another_text(format, words):
    assert_nothing_is_crowded(lay_out(format, words))


# The tallest and the deepest letters of Vietnamese among them.
SYLLABLES = st.sampled_from(["Ổ", "Ễ", "Đình", "Chùa", "lưu", "niệm", "Nguyễn", "Dịch", "Vọng", "Phường", "ngõ", "và"])
PHRASES = st.lists(SYLLABLES, max_size=22).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(
    format=st.sampled_from(list(FORMATS.values())),
    name=PHRASES,
    other_name=PHRASES,
    ward=st.lists(SYLLABLES, min_size=1, max_size=9).map(" ".join),
    promise=st.tuples(PHRASES, PHRASES),
    seal=st.sampled_from(["", "G", "CG", "ỄMW"]),
    host=st.from_regex(r"\A[a-z]{1,40}\.vn\Z"),
    proof=st.sampled_from(["", "no public address"]),
)
def test_words_and_links_of_any_length_are_set_clear_of_everything_or_refused(
    format, name, other_name, ward, promise, seal, host, proof
):
    words = inscription(
        name=name,
        other_name=other_name,
        ward=ward,
        promise=promise,
        seal_letters=seal,
        short_link=f"https://{host}/q/7K3M9XP",
        proof_reason=proof,
    )
    ordinary = all(len(line) <= 24 for line in (name, other_name, ward, host, *promise))
    try:
        drawing = lay_out(format, words)
    except ArtworkRefused:
        if ordinary:
            raise
        return
    assert_nothing_is_crowded(drawing)
    assert min(text.size for text in texts(drawing) if text.words != seal) >= smallest_type(format) - 1e-9
    if format.key != "plain":
        expected = " ".join([*promise, *([name, other_name] if name else [])]).split()
        assert set(expected) <= set(said(drawing).split()), "nothing is left out in silence"


@EVERY_WORDED_FORMAT
@EVERY_WORDS
def test_a_plate_carries_names_ward_promise_code_and_the_address_to_type(format, words):
    drawing = lay_out(format, words)
    for expected in (words.name, words.other_name, words.ward, *words.promise, "cg.example/q/", "7K3-M9XP"):
        assert set(expected.split()) <= set(said(drawing).split()), expected


def test_the_plain_code_carries_only_what_can_be_typed():
    assert said(lay_out(FORMATS["plain"], inscription())) == "cg.example/q/ 7K3-M9XP"


@EVERY_WORDED_FORMAT
def test_a_blank_plaque_says_its_promise_where_the_name_would_stand(format):
    drawing = lay_out(format, WORDS["blank"])
    largest = max(text.size for text in texts(drawing))
    [*headline] = [text for text in texts(drawing) if text.words in WORDS["blank"].promise[0]]
    assert headline
    assert headline[0].size >= 0.6 * largest


@EVERY_FORMAT
def test_the_code_is_the_easiest_to_type_and_the_name_the_largest(format):
    sizes = {text.words: text.size for text in texts(lay_out(format, inscription(name="Ngõ 5", other_name="Lane 5")))}
    assert sizes["7K3-M9XP"] > sizes["cg.example/q/"]
    if format.key != "plain":
        assert sizes["Ngõ 5"] == max(sizes.values())


def test_a_long_name_leaves_no_word_alone_on_its_last_line():
    name = "Đình Dịch Vọng Hậu và nhà thờ họ Lê"
    lines = [text for text in texts(lay_out(FORMATS["counter-card"], inscription(name=name))) if text.words in name]
    assert len(lines) > 1
    assert lines[-1].width > 0.6 * max(line.width for line in lines)


def test_of_two_lines_the_kind_of_place_stands_on_the_first():
    drawing = lay_out(FORMATS["street-plate"], inscription(name="Chùa Thánh Chúa"))
    assert [text.words for text in texts(drawing) if text.words in "Chùa Thánh Chúa"] == ["Chùa", "Thánh Chúa"]


@EVERY_FORMAT
def test_the_background_reaches_into_the_bleed_on_all_sides(format):
    drawing = lay_out(format, inscription())
    paper = drawing.shapes[0]
    assert drawing.bleed == BLEED == 3
    assert edges_of(paper) == (-3, -3, format.width + 3, format.height + 3)


@EVERY_FORMAT
def test_nothing_lies_on_the_symbol(format):
    drawing = lay_out(format, WORDS["proof"])
    at = next(n for n, shape in enumerate(drawing.shapes) if isinstance(shape, PlacedSymbol))
    for shape in drawing.shapes[at + 1 :]:
        edges = ink_of(shape) if isinstance(shape, Text) else edges_of(shape)
        assert is_apart(edges, edges_of(drawing.symbol))


@EVERY_FORMAT
def test_print_stands_out_from_the_paper(format):
    colours = format.colours
    for ink in (colours.ink, colours.muted, colours.dark):
        assert contrast(ink, colours.paper) >= 7
    assert contrast(colours.seal, colours.paper) >= 4.5


@EVERY_FORMAT
def test_a_proof_says_so_in_its_margin_in_both_languages_and_a_print_does_not(format):
    assert lay_out(format, inscription()).marks == []
    marks = lay_out(format, WORDS["proof"]).marks
    assert {round(mark.y) < SAFE for mark in marks} == {True, False}, "above and below"
    for mark in marks:
        assert "PROOF — not for print" in mark.words
        assert "BẢN THỬ — không in" in mark.words


def test_the_slug_names_code_format_and_version():
    slug = lay_out(FORMATS["poster"], inscription(version=4)).slug
    assert slug == f"7K3-M9XP · {FORMATS['poster'].label} · v4"
    assert "v" not in lay_out(FORMATS["poster"], inscription()).slug.split(" · ")[-1][:1]


def test_letters_sent_in_parts_are_set_as_whole_letters():
    apart = unicodedata.normalize("NFD", "Đền Dịch Vọng")
    drawing = lay_out(FORMATS["relic-plate"], inscription(name=apart))
    assert said(drawing) == unicodedata.normalize("NFC", said(drawing))


@pytest.mark.parametrize("field", ["name", "other_name", "ward"])
@EVERY_WORDED_FORMAT
def test_words_too_long_to_be_read_are_refused_by_name(format, field):
    with pytest.raises(ArtworkRefused, match="Nhà lưu niệm"):
        lay_out(format, inscription(**{field: "Nhà lưu niệm " * 30}))


@pytest.mark.parametrize("field", ["name", "other_name", "ward", "seal_letters"])
def test_a_letter_the_type_does_not_have_is_refused_by_name(field):
    with pytest.raises(ArtworkRefused, match="亭"):
        lay_out(FORMATS["relic-plate"], inscription(**{field: "亭"}))


@EVERY_WORDED_FORMAT
def test_a_page_without_a_seal_or_a_second_name_is_printed(format):
    assert lay_out(format, inscription(seal_letters="", other_name=""))
