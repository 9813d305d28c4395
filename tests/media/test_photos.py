import re

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from heritage.models import HeritageSitePage
from media.photos import CUTS, THUMBNAIL, photo_html, renditions, thumbnail_html, warm, with_thumbnails
from tests.factories import HeritageIndexPageFactory, HeritageSitePageFactory, PictureFactory
from tests.media.photographs import drawing, first_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(ward):
    return PictureFactory(file__width=1500, file__height=1100)


def damage(picture, how: str) -> None:
    storage, name = picture.file.storage, picture.file.name
    storage.delete(name)
    contents = {"cut off": first_part(drawing((1500, 1100)), 40), "empty": b"", "garbage": b"\x00garbage" * 50}
    if how != "lost":
        storage.save(name, ContentFile(contents[how]))


@pytest.mark.parametrize("cut_name", list(CUTS))
def test_a_phone_gets_avif_or_webp_in_two_widths_and_any_browser_jpeg(picture, cut_name):
    html, cut = photo_html(picture, cut_name, "Cổng đình"), CUTS[cut_name]
    assert re.findall(r'<source type="([^"]+)"', html) == ["image/avif", "image/webp"]
    for kind in ("avif", "webp"):
        widths = re.findall(rf"\.{kind} (\d+)w", html)
        assert widths == [str(cut.small[0]), str(cut.large[0])]
    assert re.search(r'<img [^>]*src="[^"]+\.jpg"', html)


@pytest.mark.parametrize("size", [(1500, 1100), (300, 700)])
@pytest.mark.parametrize("cut_name", list(CUTS))
def test_width_and_height_are_those_of_the_file_so_that_nothing_jumps(ward, size, cut_name):
    picture = PictureFactory(file__width=size[0], file__height=size[1])
    html = photo_html(picture, cut_name, "")
    made = renditions(picture, CUTS[cut_name].specs)[CUTS[cut_name].spec(CUTS[cut_name].small, "jpeg")]
    with made.file.open() as file, Image.open(file) as drawn:
        assert f' width="{drawn.width}"' in html
        assert f' height="{drawn.height}"' in html


def test_the_photo_a_visitor_sees_first_is_not_put_off(picture):
    assert 'loading="lazy"' in photo_html(picture, "page", "")
    first = photo_html(picture, "page", "", eager=True)
    assert 'fetchpriority="high"' in first
    assert "lazy" not in first


def test_words_for_a_photo_are_never_run_as_markup(picture):
    assert "<script>" not in photo_html(picture, "card", '"><script>')


@pytest.mark.parametrize("how", ["lost", "cut off", "empty", "garbage"])
def test_an_unreadable_original_costs_the_page_its_photo_and_never_the_page(client, ward, picture, how):
    index = HeritageIndexPageFactory(parent=ward.homes["vi"])
    page = HeritageSitePageFactory(parent=index, title="Đình Bối Hà", photo=picture, photo_alt="Cổng")
    damage(picture, how)
    for path in (page.url, index.url):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Đình Bối Hà" in answer.content.decode()
        assert "<picture>" not in answer.content.decode()


def test_after_warming_no_visitor_waits_for_a_drawing(picture):
    warm(picture)
    assert picture.renditions.count() == sum(len(cut.specs) for cut in CUTS.values())
    before = set(picture.renditions.values_list("pk", flat=True))
    for cut_name in CUTS:
        photo_html(picture, cut_name, "")
    assert set(picture.renditions.values_list("pk", flat=True)) == before


def test_warming_a_lost_picture_raises_nothing(picture):
    damage(picture, "lost")
    warm(picture)
    assert not picture.renditions.exists()


def test_a_list_finds_its_thumbnails_with_its_rows_and_draws_what_is_missing(ward, django_assert_num_queries):
    index = HeritageIndexPageFactory(parent=ward.homes["vi"])
    pictures = [PictureFactory() for _ in range(3)]
    for picture in pictures:
        HeritageSitePageFactory(parent=index, photo=picture, photo_alt="Cổng")
    warm(pictures[0])
    warm(pictures[1])
    rows = with_thumbnails(HeritageSitePage.objects.child_of(index).order_by("path"), "photo")
    with django_assert_num_queries(1):
        found = list(rows)
        shown = [thumbnail_html(page.photo, page.thumbnail, "Cổng") for page in found[:2]]
    assert len(found) == 3
    assert found[2].thumbnail is None
    shown.append(thumbnail_html(found[2].photo, None, "Cổng"))
    made = [picture.get_rendition(THUMBNAIL).url for picture in pictures]
    assert [re.search(r'src="([^"]+)"', html)[1] for html in shown] == made


def test_a_thumbnail_of_a_lost_original_costs_nothing_but_itself(ward):
    picture = PictureFactory()
    picture.file.storage.delete(picture.file.name)
    assert thumbnail_html(picture, None, "Cổng") == ""
