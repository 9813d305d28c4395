"""What other apps add to the page of a place."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PagePart:
    """A template and what it shows, which it finds as `part`. Its content costs no query when it is shown."""

    template: str
    content: Any
