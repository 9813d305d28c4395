"""Finding plaques by what people type: a code in any spelling, a label, the name of a place with or without accents."""

import re

from wardmark.base.search import fold
from wardmark.plaques.codes import READ_AS, InvalidCode, normalise
from wardmark.plaques.models import PlaqueQuerySet

_WORDS = re.compile(r"[^\W_]+")
_NOT_IN_CODES = re.compile(r"[^0-9A-Z]")


def matching(plaques: PlaqueQuerySet, text: str) -> PlaqueQuerySet:
    """Return those that have this code or, else, every word of the text in code, label or last known names.

    Neither database folds Vietnamese, so the words are compared here: two queries, whatever the number of plaques.
    """
    typed = "".join(text.split()).rstrip("/").rpartition("/")[2]
    try:
        exact = plaques.filter(code=normalise(typed))
    except InvalidCode:
        exact = plaques.none()
    if exact.exists():
        return exact
    words = _WORDS.findall(fold(text))
    part_of_code = _NOT_IN_CODES.sub("", typed.upper().translate(READ_AS))
    found = [
        pk
        for pk, code, label, names in plaques.order_by().values_list("pk", "code", "label", "names")
        if (len(part_of_code) > 2 and part_of_code in code) or _has_all(words, label, names)
    ]
    return plaques.filter(pk__in=found)


def _has_all(words: list[str], label: str, names: dict[str, str]) -> bool:
    said = fold(" ".join([label, *names.values()]))
    return bool(words) and all(word in said for word in words)
