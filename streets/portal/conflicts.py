"""Two people change the same: the later one is shown what changed and chooses; nothing that was typed is lost."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from streets.portal.guard import Kept
from streets.portal.told import ShopNames, label_of, set_against

_CHOICE = "keep-"
THEIRS, MINE = "theirs", "mine"
_NOT_KEPT = {"csrfmiddlewaretoken", "seen"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in the words of the reader."""

    choice: str
    label: str
    before: list[str]
    theirs: list[str]
    mine: list[str]


def conflict(kept: Kept, name: str, before: Any, theirs: Any, mine: Any) -> Conflict:
    names = ShopNames(kept.shop)
    said = set_against(name, before, theirs, mine, names=names)
    return Conflict(f"{_CHOICE}{name}", label_of(name, names=names), *said)


def is_theirs(posted: QueryDict, name: str) -> bool:
    """Say whether somebody chose to leave this field as the other person has it."""
    return posted.get(f"{_CHOICE}{name}") == THEIRS


def is_mine(posted: QueryDict, name: str) -> bool:
    """Say whether somebody chose the own value of this field."""
    return posted.get(f"{_CHOICE}{name}") == MINE


def kept_fields(posted: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed, to be sent once more together with the choice."""
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in _NOT_KEPT and not name.startswith(_CHOICE)
        for value in values
    ]
