"""What lies in a story as it is stored: names, numbers and texts, nested as its blocks are."""

from collections.abc import Iterator
from typing import Any


def keys_named(name: str, value: Any) -> Iterator[int]:
    """Yield the keys of what blocks chose under this name, wherever in a story that is stored so."""
    if isinstance(value, dict):
        if isinstance(value.get(name), int):
            yield value[name]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from keys_named(name, part)


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a story that is stored so."""
    if isinstance(value, str):
        yield value
        return
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(part)
