"""The historical sites of the demonstration ward, from `demo_data/sites.json`."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from heritage.models import HeritageIndexPage, HeritageSitePage
from media.sample_pictures import sample_picture
from wardmark.base.demo import DemoWard, publish

DATA = Path(__file__).parent / "demo_data" / "sites.json"
INDEX = {
    "vi": {
        "title": "Di tích",
        "summary": "Chùa và đình trong phường và quanh phường, mỗi nơi một câu chuyện.",
    },
    "en": {
        "title": "Heritage",
        "summary": "Pagodas and communal houses in and around the ward, each with its story.",
    },
}


def load(ward: DemoWard) -> None:
    index = publish(ward.homes, HeritageIndexPage(), INDEX)
    for number, site in enumerate(json.loads(DATA.read_text(), parse_float=Decimal)):
        picture = sample_picture(site["roof"], seed=number, title=site["vi"]["title"])
        publish(index, _page(site, picture), {language: _words(site[language]) for language in ("vi", "en")})


def _page(site: dict[str, Any], picture) -> HeritageSitePage:
    latitude, longitude = site["position"] or (None, None)
    return HeritageSitePage(
        photo=picture,
        latitude=latitude,
        longitude=longitude,
        rank=site["rank"],
        rank_year=site["rank_year"],
        ranked_on=date.fromisoformat(site["rank_date"]) if site["rank_date"] else None,
        is_illustrative=True,
    )


def _words(text: dict[str, Any]) -> dict[str, Any]:
    return text | {"story": [(block["type"], block["value"]) for block in text["story"]]}
