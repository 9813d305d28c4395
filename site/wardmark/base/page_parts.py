"""What other apps add to the page of a place."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PagePart:
    """A template and what it shows, which it finds as `part`. Its content costs no query when it is shown.

    It stands near the foot of the page, or right below the story where `below_story` says so. `line` is a second
    template for the same content: one line near the top that a visitor should see before reading.
    """

    template: str
    content: Any
    line: str = ""
    below_story: bool = False
