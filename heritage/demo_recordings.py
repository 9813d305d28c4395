"""The audio guides of the demonstration: a machine's voice, with its words, from `demo_data/audio/`."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from media.chapters import clock
from media.models import Audio
from media.recordings import examine

FOLDER = Path(__file__).parent / "demo_data" / "audio"


def recordings_of(key: str) -> list[Audio]:
    """Store the recordings of the site with this key, if there are any, and return them."""
    written = json.loads((FOLDER / "guides.json").read_text()).get(key, {})
    return [_recording(words, language) for language, words in written.items()]


def _recording(words: dict[str, Any], language: str) -> Audio:
    file = ContentFile((FOLDER / words["file"]).read_bytes(), name=words["file"])
    known = examine(file, "mp3")
    return Audio.objects.create(
        title=words["title"],
        file=file,
        language=language,
        is_synthetic=True,
        duration=known.seconds,
        size=known.size,
        transcript="\n\n".join(chapter["text"] for chapter in words["chapters"]),
        chapters="\n".join(f"{clock(chapter['start'])} {chapter['title']}" for chapter in words["chapters"]),
    )
