import io

import pytest
import zxingcpp
from PIL import Image

from tests.site.plaques.artwork.inscriptions import LINK, NAMES, inscription
from wardmark.plaques.artwork import as_png, plate


def opened(drawing, **options) -> Image.Image:
    return Image.open(io.BytesIO(as_png(drawing, **options)))


@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_another_program_reads_the_link_from_the_plate(words):
    with opened(plate(words)) as picture:
        [read] = zxingcpp.read_barcodes(picture)
    assert (read.text, read.ec_level) == (LINK, "Q")


def test_the_file_is_fine_enough_for_print_unless_told_otherwise():
    with opened(plate(inscription())) as picture:
        assert min(round(dpi) for dpi in picture.info["dpi"]) >= 300


@pytest.mark.parametrize("dpi", [300, 600])
def test_the_file_prints_at_its_true_size(dpi):
    with opened(plate(inscription()), dpi=dpi) as picture:
        across, down = picture.info["dpi"]
        assert (round(across), round(down)) == (dpi, dpi)
        assert picture.width / across * 25.4 == pytest.approx(100, abs=0.1)
        assert picture.height / down * 25.4 == pytest.approx(150, abs=0.1)


def test_every_module_is_a_whole_number_of_pixels():
    with opened(plate(inscription())) as picture:
        [read] = zxingcpp.read_barcodes(picture)
        corners = read.position
        row = corners.top_left.y + 2
        line = [picture.getpixel((x, row)) for x in range(corners.top_left.x, corners.top_right.x)]
    colours = set(line)
    assert colours == {(0, 0, 0), (255, 255, 255)}, "no grey edges between modules"
