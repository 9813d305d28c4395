from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.site.plaques.artwork.inscriptions import LINK, NAMES, inscription
from wardmark.plaques.artwork import encode, plate
from wardmark.plaques.artwork.drawing import BLACK, WHITE, Box, PlacedSymbol
from wardmark.plaques.offer import WRITERS
from wardmark.plaques.proof import NotProved, Proof, prove

KINDS = list(WRITERS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_a_plate_is_proved_in_every_kind_of_file(words, kind):
    assert prove(WRITERS[kind](plate(words)), kind, LINK) == Proof(version=3, level="Q")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", [LINK.replace("7K3M9XP", "7K3M9XQ"), LINK.lower(), LINK + " ", LINK + "/", ""])
def test_another_link_by_a_single_byte_is_no_proof(kind, other):
    with pytest.raises(NotProved, match="reads as"):
        prove(WRITERS[kind](plate(inscription())), kind, other)


@pytest.mark.parametrize("kind", KINDS)
def test_a_symbol_that_something_covers_is_no_proof(kind):
    drawing = plate(inscription())
    symbol = drawing.symbol
    drawing.shapes.append(Box(symbol.x, symbol.y, symbol.size, symbol.size / 2, BLACK))
    with pytest.raises(NotProved, match="0 symbols"):
        prove(WRITERS[kind](drawing), kind, LINK)


@pytest.mark.parametrize("kind", KINDS)
def test_an_artwork_without_a_symbol_is_no_proof(kind):
    drawing = plate(inscription())
    drawing.shapes.remove(drawing.symbol)
    with pytest.raises(NotProved, match="0 symbols"):
        prove(WRITERS[kind](drawing), kind, LINK)


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_symbol_is_no_proof(kind):
    drawing = plate(inscription())
    drawing.shapes += [Box(2, 2, 40, 40, WHITE), PlacedSymbol(2, 2, 40, encode("https://cg.example/q/0000000"))]
    with pytest.raises(NotProved, match="2 symbols"):
        prove(WRITERS[kind](drawing), kind, LINK)


def test_threads_of_one_process_prove_at_once():
    artwork = WRITERS["pdf"](plate(inscription()))
    with ThreadPoolExecutor(8) as threads:
        proofs = list(threads.map(lambda _: prove(artwork, "pdf", LINK), range(32)))
    assert set(proofs) == {Proof(version=3, level="Q")}
