"""The people honoured and the festivals of the demonstration, from `demo_data/people.json` and `festivals.json`.

A site without a recorded day gets none: what is not known is not filled in.
"""

import json
import uuid
from pathlib import Path
from typing import Any

from wagtail.models import Locale

from heritage.models import Festival, Honour, PersonPage
from wardmark.base.demo import LANGUAGES, Pages, publish, words_from
from wardmark.base.languages import source_language

DATA = Path(__file__).parent / "demo_data"


def publish_people(index: Pages) -> dict[str, Pages]:
    """Publish the people and return their pages by their keys."""
    return {person["key"]: _publish_person(index, person) for person in _read("people")}


def honours_of(site: str, people: dict[str, Pages]) -> dict[str, list[Honour]]:
    """Return whom the site of this key honours, for its page in each language."""
    rows: dict[str, list[Honour]] = {language: [] for language in LANGUAGES}
    for person in _read("people"):
        if site not in person["sites"]:
            continue
        key = uuid.uuid4()
        for language, role in zip(LANGUAGES, person["sites"][site], strict=True):
            page = people[person["key"]][source_language()]
            order, locale = len(rows[language]), _locale(language)
            rows[language].append(Honour(person=page, role=role, sort_order=order, translation_key=key, locale=locale))
    return rows


def festivals_of(site: str) -> dict[str, list[Festival]]:
    """Return what is held at the site of this key, for its page in each language."""
    rows: dict[str, list[Festival]] = {language: [] for language in LANGUAGES}
    known = _read("festivals").get(site, {"days": []})
    for order, day in enumerate(known["days"]):
        key = uuid.uuid4()
        for language in LANGUAGES:
            told = {"source": known["source"][language], "locale": _locale(language)}
            rows[language].append(Festival(**day, **told, sort_order=order, translation_key=key))
    return rows


def _read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text())


def _locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)


def _publish_person(index: Pages, person: dict[str, Any]) -> Pages:
    page = PersonPage(
        kind=person["kind"],
        born_year=person["born_year"],
        died_year=person["died_year"],
        is_illustrative=True,
    )
    return publish(index, page, words_from(person, "story"))
