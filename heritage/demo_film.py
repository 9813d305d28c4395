"""The film of the demonstration: a drawing that moves, with its words, from `demo_data/film/`."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from media.films import examine_film
from media.models import Audio, Picture

FOLDER = Path(__file__).parent / "demo_data" / "film"


def films_of(key: str, picture: Picture) -> dict[str, list[tuple[str, Any]]]:
    """Store the film of the site with this key, and return the block that shows it in each language, if it has one."""
    known = json.loads((FOLDER / "film.json").read_text())
    blocks: dict[str, list[tuple[str, Any]]] = {}
    for language, words in known["words"].items():
        blocks[language] = []
        if known["site"] == key:
            film = _film(known, language)
            blocks[language] = [("video", {"recording": film, "image": picture, "caption": words["caption"]})]
    return blocks


def _film(known: dict[str, Any], language: str) -> Audio:
    file = ContentFile((FOLDER / known["file"]).read_bytes(), name=known["file"])
    read = examine_film(file, "mp4")
    return Audio.objects.create(
        title=known["words"][language]["title"],
        transcript=known["words"][language]["transcript"],
        language=language,
        credit=known["credit"],
        file=file,
        size=file.size,
        duration=read.seconds,
        width=read.width,
        height=read.height,
    )
