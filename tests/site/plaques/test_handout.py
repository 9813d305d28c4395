import re

import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.factories import HeritageSitePageFactory, translate
from tests.site.plaques.printed import print_plaque
from wardmark.plaques.artwork.symbol import encode
from wardmark.plaques.handout import Handout, as_strokes
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import Plaque


@pytest.fixture
def place(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")
    translate(page, "Bối Hà Communal House")
    return page


def drawn(path: str, modules: int, scale: int = 6) -> Image.Image:
    """Draw the path as SVG 2 (9.3) says: `M` to a point, `m` by a way, `h` a line one module wide."""
    picture = Image.new("L", (modules * scale, modules * scale), 255)
    pen, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if command == "h":
            box = [x * scale, (y - 0.5) * scale, (x + float(first)) * scale - 1, (y + 0.5) * scale - 1]
            pen.rectangle(box, fill=0)
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return picture


def handout_on(client, page) -> str:
    found = re.search(r'<aside class="handout">.*?</aside>', client.get(page.url).content.decode(), re.DOTALL)
    return found[0] if found else ""


@settings(max_examples=30, deadline=None)
@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=7, max_size=7))
def test_the_strokes_are_read_as_the_short_link(code):
    link = f"https://cg.example/q/{code}"
    symbol = encode(link, "Q")
    [read] = zxingcpp.read_barcodes(drawn(as_strokes(symbol), symbol.modules))
    assert read.text == link


def test_the_symbol_is_small_to_send():
    symbol = encode("https://a-ward-with-a-long.name.vn/q/7K3M9XP", "Q")
    assert len(as_strokes(symbol)) <= 2500


@pytest.mark.django_db
def test_a_page_carries_the_code_of_its_primary_plaque_even_before_one_is_made(client, place):
    primary = Plaque.objects.for_page(place)
    issue_further(page=place, by=None, label="cổng sau")
    for page in (place, place.get_translations().get()):
        handout = handout_on(client, page)
        assert primary.printed_code in handout
        assert Handout.of(primary).path in handout
    print_plaque(primary)
    assert primary.printed_code in handout_on(client, place)


@pytest.mark.django_db
def test_once_the_primary_plaque_is_retired_another_that_hangs_there_stands_in(client, place):
    primary = Plaque.objects.for_page(place)
    install(plaque=primary, by=None)
    retire(plaque=primary, by=None, why="vỡ")
    assert handout_on(client, place) == ""
    other = issue_further(page=place, by=None, label="cổng sau")
    install(plaque=other, by=None)
    assert other.printed_code in handout_on(client, place)


@pytest.mark.django_db
def test_the_code_costs_no_query_beside_those_of_the_genuine_plaques(client, place):
    client.get(place.url)
    with CaptureQueriesContext(connection) as captured:
        client.get(place.url)
    assert len([query for query in captured if "plaques_plaque" in query["sql"]]) == 1


@pytest.mark.django_db
def test_plaques_that_nobody_can_meet_yet_are_not_called_genuine(client, place):
    print_plaque(Plaque.objects.for_page(place))
    planned = issue_further(page=place, by=None, label="cổng sau")
    html = client.get(place.url).content.decode()
    assert 'id="genuine"' in html
    assert planned.printed_code not in html
