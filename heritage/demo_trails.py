"""The trails of the demonstration, from `demo_data/trails.json`: places of any app, found by their slugs.

How far somebody walked is nowhere recorded, so no metres are given: what the positions say is shown as what it is.
"""

import json
import uuid
from pathlib import Path
from typing import Any

from wagtail.models import Page

from heritage.models import TrailIndexPage, TrailPage, TrailStop
from media.sample_pictures import sample_picture
from wardmark.base.demo import DemoWard, Pages, publish, words_from

DATA = Path(__file__).parent / "demo_data" / "trails.json"
INDEX = {
    "vi": {"title": "Hành trình", "summary": "Đi bộ từ biển này sang biển khác, mỗi hành trình một câu chuyện."},
    "en": {"title": "Trails", "summary": "Walks from plaque to plaque, each with a story."},
}


def load(ward: DemoWard) -> None:
    """Publish the trails. All apps must have loaded: their pages are the stops."""
    index = publish(ward.homes, TrailIndexPage(), INDEX)
    for number, row in enumerate(json.loads(DATA.read_text())):
        picture = sample_picture(row["picture"], seed=number + 100, title=row["vi"]["title"])
        page = TrailPage(photo=picture, is_illustrative=True)
        page.stops = [_stop(stop, order, ward.homes["vi"]) for order, stop in enumerate(row["stops"])]
        _say_the_ways(publish(index, page, words_from(row, "story")), row["stops"])


def _stop(row: dict[str, Any], order: int, home: Page) -> TrailStop:
    place = Page.objects.descendant_of(home).get(slug=row["place"])
    return TrailStop(place=place, sort_order=order, locale=home.locale, translation_key=uuid.uuid4())


def _say_the_ways(pages: Pages, rows: list[dict[str, Any]]) -> None:
    for language, page in pages.items():
        stops = list(page.stops.all())
        for stop, row in zip(stops, rows, strict=True):
            stop.way_on = row.get("way_on", {}).get(language, "")
        page.stops = stops
        page.save_revision().publish()
