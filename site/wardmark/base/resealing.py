"""After a change of SEALING_KEYS: everything that is sealed, sealed again with the newest key.

`settings.SEALED` names by dotted path what each app has sealed, so that no app need know another. One text after the
other is done in a transaction of its own: what was stopped is begun again, and does what is left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string

from wardmark.base.sealing import CannotBeOpened


@dataclass(frozen=True, slots=True)
class Sealed:
    """A row with a sealed text. `name` tells operators which, and nothing of what it says."""

    name: str
    # Locks the row, reads it anew, and says whether anything was sealed again. Raises CannotBeOpened.
    reseal: Callable[[], bool]


@dataclass(slots=True)
class Resealed:
    """How many texts were sealed again, and the names of those that no key opens."""

    done: int = 0
    lost: list[str] = field(default_factory=list)


def all_sealed() -> Iterator[Sealed]:
    for name in settings.SEALED:
        yield from import_string(name)()


def reseal_all() -> Resealed:
    """Seal again whatever the newest key has not sealed yet; what cannot be opened keeps nothing else waiting."""
    result = Resealed()
    for one in all_sealed():
        try:
            result.done += one.reseal()
        except CannotBeOpened:
            result.lost.append(one.name)
        except ObjectDoesNotExist:
            # Gone since it was listed, and its text with it.
            continue
    return result
