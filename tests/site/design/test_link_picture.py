"""The picture beside a link: its size, its words, and that no words break it."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from wardmark.design.link_picture import HEIGHT, LARGEST_FILE, PHOTO, WIDTH, LinkPicture, draw

LONG = "Khu di tích lịch sử văn hoá và lưu niệm danh nhân thuở khai hoa lập ấp của cư dân vùng ven sông " * 3


def drawn(picture: LinkPicture) -> Image.Image:
    contents = draw(picture)
    assert len(contents) <= LARGEST_FILE
    image = Image.open(BytesIO(contents))
    assert (image.format, image.size, image.mode) == ("JPEG", (WIDTH, HEIGHT), "RGB")
    return image


def differs(one: LinkPicture, other: LinkPicture) -> bool:
    return ImageChops.difference(drawn(one), drawn(other)).getbbox() is not None


def photo(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise(PHOTO, 90).convert(mode)


@pytest.mark.parametrize("part", ["title", "kind", "summary", "ward", "city", "seal"])
def test_all_that_is_said_is_drawn(part):
    whole = {
        "title": "Đình Vòng",
        "kind": "Đình",
        "summary": "Ngôi đình.",
        "ward": "Phường",
        "city": "Hà Nội",
        "seal": "PT",
    }
    assert differs(LinkPicture(**whole), LinkPicture(**whole | {part: ""}))


def test_the_photo_stands_at_the_left_and_the_words_stay_off_it():
    red = Image.new("RGB", PHOTO, "#00ff00")
    image = drawn(LinkPicture("Đình Vòng " * 8, photo=red))
    for x in (5, PHOTO[0] - 10):
        for y in (5, HEIGHT // 2, HEIGHT - 5):
            r, g, b = image.getpixel((x, y))
            assert (g > 240, r < 15, b < 15) == (True, True, True)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_busiest_photo_keeps_the_file_small(mode):
    drawn(LinkPicture(LONG, photo=photo(mode), ward=LONG, city=LONG, kind=LONG, seal="WWW"))


def test_a_long_title_is_cut_and_a_short_one_is_not():
    assert not differs(LinkPicture(LONG), LinkPicture(f"{LONG} thêm chữ ở cuối"))
    assert differs(LinkPicture("Đình Vòng"), LinkPicture("Đình Vòng Hậu"))


def test_letters_our_fonts_lack_are_left_out():
    assert not differs(LinkPicture("Đình Vòng"), LinkPicture("Đình 聖 Vòng 😀"))


words = st.text(max_size=255)


@settings(max_examples=40, deadline=None)
@given(title=words, kind=words, summary=words, ward=words, seal=st.text(max_size=3), has_photo=st.booleans())
def test_no_words_break_it(title, kind, summary, ward, seal, has_photo):
    drawn(LinkPicture(title, kind, summary, ward, "", seal, photo() if has_photo else None))


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 255))
def test_a_title_without_a_space_is_drawn_too(letters):
    drawn(LinkPicture("W" * letters, summary="w" * letters, photo=photo()))
