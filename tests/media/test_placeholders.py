import math
import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from heritage.models import HeritageSitePage
from media.models import Picture
from media.photos import CUTS, draw_missing_placeholders, photo_html, renditions
from media.placeholders import LENGTH, _means, colours_of, placeholder_html
from tests.factories import HeritageSitePageFactory

pytestmark = pytest.mark.django_db
RED, BLUE, WHITE = (204, 0, 0), (0, 0, 204), (255, 255, 255)


def painted(size=(900, 600), *, left=RED, right=BLUE, mode="RGB", kind="PNG") -> ImageFile:
    image = Image.new(mode, size, right)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3 - 1, size[1]), fill=left)
    buffer = BytesIO()
    image.save(buffer, kind)
    return ImageFile(buffer, name=f"painted.{kind.lower()}")


def stored(**options) -> Picture:
    return Picture.objects.create(title="Cổng", file=painted(**options))


def test_a_picture_is_nine_colours_row_by_row():
    assert stored().placeholder == "c0000c00c" * 3


def test_what_was_drawn_is_shown_below_the_photo_without_a_style_or_a_data_address():
    html = photo_html(stored(), "page", "Cổng")
    assert html.startswith('<span class="picture"><svg aria-hidden=true><rect fill="#c00"/><rect fill="#00c"/>')
    assert html.count("<rect") == 9
    assert "style" not in html
    assert "data:" not in html


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "GIF"])
def test_every_format_has_one(kind):
    assert re.fullmatch(r"[0-9a-f]{27}", stored(kind=kind).placeholder)


images = st.tuples(st.integers(1, 30), st.integers(1, 30)).flatmap(
    lambda size: st.builds(
        lambda content: Image.frombytes("RGB", size, content),
        st.binary(min_size=size[0] * size[1] * 3, max_size=size[0] * size[1] * 3),
    )
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(images)
def test_no_placeholder_is_larger_than_200_bytes_and_each_is_the_same_again(image):
    colours = _means(image.convert("RGBA"))
    assert len(colours) == LENGTH
    assert 0 < len(placeholder_html(colours).encode()) <= 200
    assert _means(image.convert("RGBA")) == colours


@given(st.none() | st.text(max_size=40))
def test_only_colours_are_ever_written_into_a_page(colours):
    html = placeholder_html(colours)
    assert html == "" or re.fullmatch(r'<svg aria-hidden=true>(<rect fill="#[0-9a-f]{3}"/>){9}</svg>', html)


def test_a_new_file_or_another_focal_point_is_drawn_anew_and_a_new_title_is_not(monkeypatch):
    picture = stored()
    picture.file = painted(left=WHITE)
    picture.save()
    assert Picture.objects.get().placeholder == "fff00c00c" * 3
    picture = Picture.objects.get()
    monkeypatch.setattr("media.placeholders.colours_of", lambda picture: "0" * LENGTH)
    picture.title = "Cổng tam quan"
    picture.save()
    assert Picture.objects.get().placeholder == "fff00c00c" * 3
    picture.focal_point_x, picture.focal_point_y = 100, 100
    picture.focal_point_width = picture.focal_point_height = 50
    picture.save()
    assert Picture.objects.get().placeholder == "0" * LENGTH


def test_it_is_cut_around_the_focal_point_as_the_photo_is():
    wide = Picture(title="Cổng", file=painted(size=(2400, 600)))
    assert wide.placeholder is None
    wide.focal_point_x, wide.focal_point_y, wide.focal_point_width, wide.focal_point_height = 2300, 300, 50, 50
    wide.save()
    assert wide.placeholder == "00c" * 9


def test_what_can_be_seen_through_has_none():
    picture = Picture.objects.create(title="Dấu", file=painted(mode="RGBA", left=(0, 0, 0, 0), right=(0, 0, 204, 255)))
    assert picture.placeholder == ""
    assert "<svg" not in photo_html(picture, "page", "Dấu")


def test_a_damaged_picture_is_saved_without_one():
    picture = stored()
    picture.file.storage.delete(picture.file.name)
    picture.file.storage.save(picture.file.name, ContentFile(b"\x00garbage"))
    assert colours_of(picture) == ""
    picture.focal_point_x = picture.focal_point_y = picture.focal_point_width = picture.focal_point_height = 9
    picture.save()
    assert Picture.objects.get().placeholder == ""


def test_the_whole_file_is_stored_although_it_was_read_first():
    upload = painted()
    content = upload.file.getvalue()
    Picture.objects.create(title="Cổng", file=upload)
    with Picture.objects.get().file.open() as kept:
        assert kept.read() == content


def test_pictures_of_before_are_drawn_once():
    picture, seen_through = stored(), stored(mode="RGBA", left=(0, 0, 0, 0), right=(0, 0, 0, 0))
    Picture.objects.update(placeholder=None)
    draw_missing_placeholders()
    picture.refresh_from_db()
    assert picture.placeholder == "c0000c00c" * 3
    seen_through.refresh_from_db()
    assert seen_through.placeholder == ""


def test_a_list_and_a_page_show_it_without_a_query_more(client, heritage, django_assert_num_queries):
    picture = stored()
    HeritageSitePageFactory(parent=heritage, photo=picture, photo_alt="Cổng")
    page = HeritageSitePage.objects.select_related("photo").get()
    photo_html(page.photo, "card", "")
    with django_assert_num_queries(0):
        placeholder_html(page.photo.placeholder)
    assert '<svg aria-hidden=true><rect fill="#c00"/>' in client.get(heritage.get_url()).content.decode()


# ---- the cuts themselves -------------------------------------------------------------------------


def face_at(x: int, y: int, size: tuple[int, int]) -> Picture:
    """A photograph of a face near its edge, with the focal area an editor drew around it."""
    image = Image.effect_noise(size, 40).convert("RGB")
    ImageDraw.Draw(image).ellipse((x - 60, y - 60, x + 60, y + 60), fill=RED)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return Picture.objects.create(
        title="Tượng",
        file=ImageFile(buffer, name="face.jpg"),
        focal_point_x=x,
        focal_point_y=y,
        focal_point_width=140,
        focal_point_height=140,
    )


def red_share(rendition) -> float:
    with rendition.file.open() as file, Image.open(file) as image:
        small = image.convert("RGB")
        red = sum(1 for r, g, b in small.get_flattened_data() if r > 150 and g < 90 and b < 90)
        return red / (small.width * small.height)


@pytest.mark.parametrize("cut_name", list(CUTS))
@pytest.mark.parametrize(("x", "y", "size"), [(90, 300, (2000, 600)), (1910, 300, (2000, 600)), (300, 90, (600, 1800))])
def test_who_stands_at_the_edge_stays_within_every_cut(ward, cut_name, x, y, size):
    cut = CUTS[cut_name]
    for spec, made in renditions(face_at(x, y, size), cut.specs).items():
        if not spec.endswith("avif"):
            # As large as the cut shows it, and none of it lost.
            scale = made.width / min(size[0], size[1] * cut.small[0] / cut.small[1])
            whole = math.pi * (60 * scale) ** 2 / (made.width * made.height)
            assert red_share(made) > 0.9 * whole, spec


def candidates(cut_name: str) -> list[int]:
    return [CUTS[cut_name].small[0], CUTS[cut_name].large[0]]


@pytest.mark.parametrize("ratio", [2, 2.625, 3])
@pytest.mark.parametrize("width", [360, 390, 412])
def test_a_phone_finds_a_size_that_is_sharp_and_not_twice_what_it_needs(width, ratio):
    needed = width * ratio
    chosen = next((size for size in candidates("page") if size >= needed), max(candidates("page")))
    # A difference below a twentieth nobody sees.
    assert needed * 0.95 <= chosen < needed * 1.7


def test_a_wide_screen_takes_the_width_of_its_column():
    # 1280 pixels wide, the column is 765; the small size is enough for one device pixel each.
    assert CUTS["page"].sizes == "(min-width: 48rem) 48rem, 100vw"
    assert 765 <= 48 * 16 <= candidates("page")[0]
