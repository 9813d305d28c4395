"""The historical sites of the demonstration ward and their kinds, from `demo_data/sites.json`.

Who ranked a site is left empty there: nobody has seen the decisions.
"""

import json
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from heritage import demo_trails
from heritage.demo_film import films_of
from heritage.demo_people import festivals_of, honours_of, publish_people
from heritage.demo_recordings import recordings_of
from heritage.models import AudioGuide, HeritageIndexPage, HeritageKind, HeritageKindWording, HeritageSitePage
from media.models import Picture
from media.sample_pictures import sample_picture
from wardmark.base.demo import LANGUAGES, DemoWard, Pages, Words, publish, words_from

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
    data = json.loads(DATA.read_text(), parse_float=Decimal)
    kinds = {row["key"]: _kind(row, number) for number, row in enumerate(data["kinds"])}
    index = publish(ward.homes, HeritageIndexPage(), INDEX)
    people = publish_people(index)
    for number, site in enumerate(data["sites"]):
        picture = sample_picture(site["roof"], seed=number, title=site["vi"]["title"])
        page = _page(site, kinds[site["kind"]], picture)
        publish(index, page, _words(site, people, picture))
    ward.afterwards.append(partial(demo_trails.load, ward))


def _words(site: dict[str, Any], people: dict[str, Pages], picture: Picture) -> Words:
    """Return what differs between the languages, the rows below the page among them."""
    key, recordings = site["key"], recordings_of(site["key"])
    honours, festivals, films = honours_of(key, people), festivals_of(key), films_of(key, picture)
    return {
        language: fields
        | {
            "in_depth": fields["in_depth"] + films[language],
            "honours": honours[language],
            "festivals": festivals[language],
            "audio_guides": [AudioGuide(audio=audio, sort_order=order) for order, audio in enumerate(recordings)],
        }
        for language, fields in words_from(site, "story", "in_depth").items()
    }


def _kind(row: dict[str, str], number: int) -> HeritageKind:
    kind = HeritageKind(key=row["key"], sort_order=number, schema_type=row["schema_type"])
    kind.wordings = [HeritageKindWording(language=language, name=row[language]) for language in LANGUAGES]
    kind.save()
    return kind


def _page(site: dict[str, Any], kind: HeritageKind, picture) -> HeritageSitePage:
    latitude, longitude = site["position"] or (None, None)
    return HeritageSitePage(
        kind_of_site=kind,
        photo=picture,
        latitude=latitude,
        longitude=longitude,
        han_nom_name=site["han_nom_name"],
        era_from=site["era_from"],
        era_to=site["era_to"],
        rank=site["rank"],
        rank_year=site["rank_year"],
        ranked_on=date.fromisoformat(site["rank_date"]) if site["rank_date"] else None,
        is_illustrative=True,
    )
