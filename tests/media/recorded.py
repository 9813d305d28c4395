"""Real recordings in the three formats, made by ffmpeg: two seconds, with a maker's remark and where it was made."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "recorded"
SECRET = b"SECRETHOME"
SECONDS = 2.0
KINDS = ("mp3", "m4a", "opus")


@cache
def recorded(kind: str) -> bytes:
    return (FOLDER / f"tone.{kind}").read_bytes()
