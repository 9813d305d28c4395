import io
from itertools import groupby

import pytest
import zxingcpp
from PIL import Image

from tests.site.plaques.artwork.inscriptions import EXTREMES, LINK, WORDS, inscription
from wardmark.plaques.artwork import FORMATS, as_png, lay_out

EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
CARD = FORMATS["counter-card"]


def opened(drawing, **options) -> Image.Image:
    return Image.open(io.BytesIO(as_png(drawing, **options)))


@EVERY_FORMAT
@pytest.mark.parametrize("words", EXTREMES.values(), ids=EXTREMES)
def test_another_program_reads_the_link_from_the_plate(format, words):
    with opened(lay_out(format, words), dpi=150) as picture:
        [read] = zxingcpp.read_barcodes(picture)
    assert (read.text, read.ec_level) == (LINK, format.level)


def test_the_file_is_fine_enough_for_print_unless_told_otherwise():
    with opened(lay_out(CARD, inscription())) as picture:
        assert min(round(dpi) for dpi in picture.info["dpi"]) >= 300


@EVERY_FORMAT
def test_the_file_prints_at_its_true_trimmed_size(format):
    with opened(lay_out(format, inscription())) as picture:
        assert picture.width / 300 * 25.4 == pytest.approx(format.width, abs=0.1)
        assert picture.height / 300 * 25.4 == pytest.approx(format.height, abs=0.1)


@pytest.mark.parametrize("dpi", [300, 600])
def test_the_file_states_its_resolution(dpi):
    with opened(lay_out(CARD, inscription()), dpi=dpi) as picture:
        assert tuple(map(round, picture.info["dpi"])) == (dpi, dpi)
        assert picture.width == round(CARD.width / 25.4 * dpi)


@pytest.mark.parametrize("dpi", [300, 600])
def test_every_module_is_a_whole_number_of_pixels(dpi):
    with opened(lay_out(CARD, inscription()), dpi=dpi) as picture:
        [read] = zxingcpp.read_barcodes(picture)
        corners = read.position
        row = corners.top_left.y + 2
        line = [picture.getpixel((x, row)) for x in range(corners.top_left.x, corners.top_right.x)]
    assert set(line) == {(0, 0, 0), (255, 255, 255)}, "no grey edges between modules"
    runs = [len(list(run)) for _colour, run in groupby(line)][1:-1]
    assert {run % min(runs) for run in runs} == {0}


def test_the_paper_reaches_to_every_edge():
    with opened(lay_out(CARD, inscription())) as picture:
        right, bottom = picture.width - 1, picture.height - 1
        assert {picture.getpixel(corner) for corner in ((0, 0), (right, 0), (0, bottom), (right, bottom))} == {
            (251, 247, 239)
        }


def test_a_proof_shows_its_mark_in_the_margin_and_a_print_shows_nothing_there():
    for words, is_marked in ((WORDS["short"], False), (WORDS["proof"], True)):
        with opened(lay_out(CARD, words)) as picture:
            band = picture.crop((0, 0, picture.width, round(5 / 25.4 * 300)))
            assert (len(band.getcolors(100_000)) > 1) is is_marked
