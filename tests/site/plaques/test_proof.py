from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.site.plaques.artwork.inscriptions import EXTREMES, LINK, inscription
from wardmark.plaques.artwork import FORMATS, encode, lay_out
from wardmark.plaques.artwork.drawing import Box, PlacedSymbol
from wardmark.plaques.artwork.inks import BLACK, WHITE
from wardmark.plaques.offer import WRITERS, Kind
from wardmark.plaques.proof import NotProved, Proof, proof_dpi, prove

EVERY_KIND = pytest.mark.parametrize("kind", [Kind.SVG, Kind.PDF, Kind.PNG])
CARD = FORMATS["counter-card"]


def drawing():
    return lay_out(CARD, inscription())


@pytest.mark.parametrize("kind", [Kind.PREVIEW, Kind.SVG, Kind.PDF, Kind.PNG])
@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("words", EXTREMES.values(), ids=EXTREMES)
def test_a_plate_is_proved_in_every_format_and_kind_of_file(words, format, kind):
    plate = lay_out(format, words)
    dpi = proof_dpi(plate.symbol.module_mm)
    version = {"Q": 3, "H": 4}[format.level]
    assert prove(WRITERS[kind](plate), kind.extension, LINK, level=format.level, dpi=dpi) == Proof(
        version, format.level
    )


def test_a_fine_png_is_proved_by_its_own_pixels():
    plate = drawing()
    assert prove(WRITERS[Kind.PNG_600](plate), "png", LINK, level="Q").level == "Q"


def test_the_smaller_the_module_the_finer_the_proof_but_never_finer_than_print():
    assert [proof_dpi(module) for module in (0.4, 0.847, 1, 2.54)] == [300, 300, 254, 100]


@EVERY_KIND
@pytest.mark.parametrize("other", [LINK.replace("7K3M9XP", "7K3M9XQ"), LINK.lower(), LINK + " ", LINK + "/", ""])
def test_another_link_by_a_single_byte_is_no_proof(kind, other):
    with pytest.raises(NotProved, match="reads as"):
        prove(WRITERS[kind](drawing()), kind.extension, other, level="Q")


@EVERY_KIND
def test_a_symbol_that_something_covers_is_no_proof(kind):
    covered = drawing()
    symbol = covered.symbol
    covered.shapes.append(Box(symbol.x, symbol.y, symbol.size, symbol.size / 2, BLACK))
    with pytest.raises(NotProved, match="0 symbols"):
        prove(WRITERS[kind](covered), kind.extension, LINK, level="Q")


@EVERY_KIND
def test_an_artwork_without_a_symbol_is_no_proof(kind):
    bare = drawing()
    bare.shapes.remove(bare.symbol)
    with pytest.raises(NotProved, match="0 symbols"):
        prove(WRITERS[kind](bare), kind.extension, LINK, level="Q")


@EVERY_KIND
def test_a_second_symbol_is_no_proof(kind):
    two = drawing()
    other = encode("https://cg.example/q/0000000", "Q")
    two.shapes += [Box(2, 2, 40, 40, WHITE), PlacedSymbol(2, 2, 40, other, BLACK)]
    with pytest.raises(NotProved, match="2 symbols"):
        prove(WRITERS[kind](two), kind.extension, LINK, level="Q")


Rows = tuple[tuple[bool, ...], ...]
# What reads back byte for byte, by a reader that tries everything, and yet is not what a phone must be given.
MISPRINTS: dict[str, Callable[[Rows], Rows]] = {
    "mirrored": lambda rows: tuple(row[::-1] for row in rows),
    "mirrored and turned": lambda rows: tuple(zip(*rows, strict=True)),
    "upside down": lambda rows: tuple(row[::-1] for row in rows[::-1]),
    "turned left": lambda rows: tuple(zip(*rows, strict=True))[::-1],
    "turned right": lambda rows: tuple(zip(*rows[::-1], strict=True)),
    "light on dark": lambda rows: tuple(tuple(not dark for dark in row) for row in rows),
    "dark in the quiet zone": lambda rows: (*rows[:-1], tuple(not dark for dark in rows[-1])),
}


@EVERY_KIND
@pytest.mark.parametrize("misprint", MISPRINTS.values(), ids=MISPRINTS)
def test_a_symbol_that_not_every_phone_reads_is_no_proof(kind, misprint):
    plate = drawing()
    right = plate.symbol
    wrong = replace(right, symbol=replace(right.symbol, rows=misprint(right.symbol.rows)))
    plate.shapes[plate.shapes.index(right)] = wrong
    with pytest.raises(NotProved, match="turned, mirrored"):
        prove(WRITERS[kind](plate), kind.extension, LINK, level="Q")


@EVERY_KIND
def test_a_symbol_of_another_error_level_is_no_proof(kind):
    with pytest.raises(NotProved, match="error level Q, not H"):
        prove(WRITERS[kind](drawing()), kind.extension, LINK, level="H")


@EVERY_KIND
def test_letters_that_nobody_sees_in_a_name_spoil_no_file(kind):
    plate = lay_out(CARD, inscription(name="Đình\x08 Bối\u200b Hà\ufffe", ward="Phường\x0b Thử\x00"))
    assert prove(WRITERS[kind](plate), kind.extension, LINK, level="Q")
    assert plate.title == "Đình Bối Hà – 7K3-M9XP"


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_file_that_is_broken_is_no_proof(kind):
    with pytest.raises(NotProved, match="nothing can be read"):
        prove(b"<svg\x08", kind, LINK, level="Q")


def test_threads_of_one_process_prove_at_once():
    artwork = WRITERS[Kind.PDF](drawing())
    with ThreadPoolExecutor(8) as threads:
        proofs = list(threads.map(lambda _: prove(artwork, "pdf", LINK, level="Q"), range(32)))
    assert set(proofs) == {Proof(version=3, level="Q")}
