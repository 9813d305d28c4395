"""Real films of two seconds, made by ffmpeg, with a maker's remark; one of H.265, which most browsers do not play.

`table-last` is written as phones write: what a player must read first lies behind the pictures. `upright` is the same
film with the mark by which a phone says that it was held upright.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "filmed"
FILMS = ("film.mp4", "table-last.mp4", "upright.mp4", "film.webm")
SECONDS, WIDTH, HEIGHT = 2.0, 96, 64


@cache
def filmed(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
