from contextlib import suppress
from io import BytesIO

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from heritage.leaflet_sheet import A5, Leaflet, Row, as_pdf, has_letters_for
from heritage.models import TrailPage
from tests.factories import HeritageSitePageFactory, TrailIndexPageFactory, TrailPageFactory, translate
from wardmark.base.places import Position
from wardmark.base.ward_map import WardMap
from wardmark.plaques.artwork import ArtworkRefused, Inscription
from wardmark.plaques.models import Plaque

SHORT_LINK = "https://phuong.example.vn/q/7K3M9XP"
A5_POINTS = [pytest.approx(mm * 72 / 25.4, abs=0.01) for mm in A5]


class Spot:
    """Something that can be drawn on a map."""

    def __init__(self, number: int):
        self.map_number, self.position = number, Position(21.03 + number * 0.001, 105.80 + (number % 3) * 0.002)


def inscription(**fields) -> Inscription:
    words = {
        "code": "7K3M9XP",
        "short_link": SHORT_LINK,
        "name": "Theo dấu Ỷ Lan",
        "other_name": "In the Footsteps of Ỷ Lan",
        "ward": "Phường Thử",
        "seal_letters": "PT",
        "promise": ("Lối đi từ biển này sang biển khác", "A walk from plaque to plaque"),
    }
    return Inscription(**words | fields)


def leaflet(*rows: Row, **fields) -> Leaflet:
    words = {
        "inscription": inscription(),
        "summary": "Một truyền thuyết kể từ bốn phía.",
        "length": "7 điểm dừng",
        "ward_map": WardMap.of([Spot(row.number) for row in rows], width=483, height=282),
        "foot": "Phường Thử · In ngày 25/11/2026",
    }
    return Leaflet(rows=rows, **words | fields)


def rows_of(number: int, *, name: str = "Đình Bối Hà", line: str = "Ngôi đình thờ ngài Triệu Chí Thành.") -> list[Row]:
    way = "Đi tiếp 220 m theo Trần Thái Tông · đi bộ 3 phút"
    return [Row(n, f"{name} {n}", line, way if n < number else "") for n in range(1, number + 1)]


def pages(pdf: bytes) -> list[tuple[str, Image.Image]]:
    """Return the words and a picture of each page, as another program than the one that wrote it sees them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(page.get_textpage().get_text_range(), page.render(scale=2).to_pil()) for page in document]


def lowest_ink(picture: Image.Image) -> float:
    """Return how far down the page anything is printed, in mm."""
    box = picture.convert("L").point(lambda grey: 255 * (grey < 200)).getbbox()
    return box[3] / picture.height * A5[1]


def test_every_page_is_a5_in_the_colours_of_the_press_with_all_type_embedded():
    pdf = PdfReader(BytesIO(as_pdf(leaflet(*rows_of(7)))))
    assert len(pdf.pages) == 2
    for page in pdf.pages:
        assert [float(side) for side in page.mediabox.upper_right] == A5_POINTS
        fonts = list(page["/Resources"]["/Font"].values())
        assert fonts
        assert all("/FontFile2" in font.get_object()["/FontDescriptor"].get_object() for font in fonts)
        operators = {operator.decode() for _operands, operator in page.get_contents().operations}
        assert not operators & {"rg", "RG", "g", "G", "Do"}


def test_vietnamese_words_can_be_copied_from_it():
    front, back = (words for words, _picture in pages(as_pdf(leaflet(*rows_of(7)))))
    for words in ("Theo dấu Ỷ Lan", "Phường Thử", "Một truyền thuyết kể từ bốn phía."):
        assert words in front
    for words in ("Đình Bối Hà 7", "thờ ngài Triệu Chí Thành", "theo Trần Thái Tông"):
        assert words in back


def test_its_symbol_opens_the_trail_when_read_from_paper():
    _words, picture = pages(as_pdf(leaflet(*rows_of(3))))[0]
    [symbol] = zxingcpp.read_barcodes(picture)
    assert symbol.text == SHORT_LINK


@pytest.mark.parametrize("stops", range(2, 21))
def test_from_two_to_twenty_stops_all_are_listed_and_none_runs_off_the_page(stops):
    back = pages(as_pdf(leaflet(*rows_of(stops, name="Đình Dịch Vọng Hậu ở làng Vòng"))))[1:]
    text = " ".join(words for words, _picture in back)
    assert all(f"làng Vòng {number}" in text for number in range(1, stops + 1))
    assert all(lowest_ink(picture) <= A5[1] - 7 for _words, picture in back)
    numbers = [f"{number}/{len(back) + 1}" in words for number, (words, _picture) in enumerate(back, start=2)]
    assert all(numbers)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=120), st.text(max_size=400), st.text(max_size=200)), min_size=2, max_size=20),
    st.text(max_size=400),
    st.lists(st.text(max_size=160), max_size=3),
)
def test_any_words_are_either_laid_out_or_refused_in_words(stops, summary, about):
    rows = [Row(number, *words) for number, words in enumerate(stops, start=1)]
    with suppress(ArtworkRefused):
        assert len(pages(as_pdf(leaflet(*rows, summary=summary, about=about)))) >= 2


def test_letters_the_type_lacks_are_left_out():
    words, _picture = pages(as_pdf(leaflet(*rows_of(2, name="Chùa Hà 聖德寺"))))[1]
    assert "Chùa Hà" in words


def test_a_trail_named_in_letters_the_type_lacks_is_laid_out_all_the_same():
    named = inscription(name="倚蘭之路", other_name="倚蘭", ward="紙橋坊")
    assert len(pages(as_pdf(leaflet(*rows_of(2, name="聖德寺", line="寺"), inscription=named)))) == 2


def test_the_longest_names_that_a_page_can_have_are_laid_out():
    name = ("Nghiêng " * 32)[:250]
    assert len(pages(as_pdf(leaflet(*rows_of(20, name=name))))) >= 3


def test_a_trail_without_positions_has_a_leaflet_without_a_map():
    unplaced = WardMap.of([], width=483, height=282)
    assert len(pages(as_pdf(leaflet(*rows_of(3), ward_map=unplaced)))) == 2


def test_while_the_address_is_not_public_every_page_says_that_it_is_a_proof():
    assert all(
        "PROOF" in words for words, _ in pages(as_pdf(leaflet(*rows_of(2), inscription=inscription(proof_reason="x"))))
    )
    assert not any("PROOF" in words for words, _picture in pages(as_pdf(leaflet(*rows_of(2)))))


# ---- at its address ----------------------------------------------------------------------------


@pytest.fixture
def trail(ward, heritage) -> TrailPage:
    index = TrailIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Trails")
    places = [
        HeritageSitePageFactory(parent=heritage, title=title, latitude="21.035800", longitude=longitude)
        for title, longitude in (("Chùa Duệ Tú", "105.802200"), ("Chùa Hoa Lăng", "105.805440"))
    ]
    stops = [(places[0], {"metres_on": 220, "way_on": "theo Trần Thái Tông"}), places[1]]
    return TrailPageFactory(parent=index, title="Theo dấu Ỷ Lan", stops=stops)


def address(page: TrailPage, language: str = "vi") -> str:
    with translation.override(language):
        return reverse("heritage:leaflet", args=[page.translation_key])


@pytest.mark.django_db
def test_the_page_of_a_trail_leads_to_its_leaflet(client, trail):
    assert f'href="{address(trail)}"' in client.get(trail.url).content.decode()
    answer = client.get(address(trail))
    assert answer.headers["Content-Type"] == "application/pdf"
    front, back = pages(answer.content)
    assert "Theo dấu Ỷ Lan" in front[0]
    assert "220 m theo Trần Thái Tông" in back[0]
    [symbol] = zxingcpp.read_barcodes(front[1])
    assert symbol.text == Plaque.objects.for_page(trail).short_link


@pytest.mark.django_db
def test_a_leaflet_says_when_it_was_printed_and_whom_to_call(client, trail):
    with time_machine.travel("2026-11-25T03:00:00Z", tick=False):
        words = pages(client.get(address(trail)).content)[0][0]
    assert "25/11/2026" in words
    assert "024 0000 0000" in words


@pytest.mark.django_db
def test_a_leaflet_is_sent_again_only_when_something_changed(client, trail, django_capture_on_commit_callbacks):
    first = client.get(address(trail))
    again = client.get(address(trail), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    trail.title = "Bốn phía một truyền thuyết"
    with django_capture_on_commit_callbacks(execute=True):
        trail.save_revision().publish()
    changed = client.get(address(trail), headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.django_db
def test_each_language_has_a_leaflet_with_both_names(client, trail):
    english = translate(trail, "In the Footsteps of Ỷ Lan")
    answer = client.get(address(english, "en"))
    assert answer.headers["Content-Language"] == "en"
    assert {"Theo dấu Ỷ Lan", "In the Footsteps of Ỷ Lan"} <= set(pages(answer.content)[0][0].splitlines())


@pytest.mark.django_db
def test_who_reads_letters_that_the_type_lacks_gets_the_leaflet_in_the_next_language(client, trail):
    english = translate(trail, "倚蘭之路")
    answer = client.get(address(english, "en"))
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "vi")
    assert "Chùa Duệ Tú" in pages(answer.content)[1][0]


@pytest.mark.parametrize(
    ("words", "has"), [("Chùa Hà 聖德寺", True), ("倚蘭之路", False), ("이란의 길", False), ("", True)]
)
def test_a_name_with_a_few_letters_that_the_type_lacks_is_printed(words, has):
    assert has_letters_for(words) is has


@pytest.mark.django_db
@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_a_trail_that_visitors_may_not_see_has_no_leaflet(client, trail, hide):
    if hide == "unpublish":
        trail.unpublish()
    else:
        PageViewRestriction.objects.create(page=trail, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(trail)).status_code == 404


@pytest.mark.django_db
def test_a_leaflet_that_cannot_be_made_says_why(client, trail, settings):
    settings.PLAQUE_BASE_URL = f"https://{'phuong.' * 30}vn"
    answer = client.get(address(trail))
    assert answer.status_code == 409
    assert "A5" in answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_an_editor_finds_the_leaflet_above_the_form(editor_client, trail):
    url = reverse("wagtailadmin_pages:edit", args=[trail.pk])
    assert f'href="{address(trail)}"' in editor_client.get(url).content.decode()
    PageViewRestriction.objects.create(page=trail, restriction_type=PageViewRestriction.LOGIN)
    assert f'href="{address(trail)}"' not in editor_client.get(url).content.decode()


def test_the_same_leaflet_gives_the_same_bytes():
    assert as_pdf(leaflet(*rows_of(4))) == as_pdf(leaflet(*rows_of(4)))
