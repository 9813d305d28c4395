"""Why a change is not made; each carries a message for the person who wished it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class ChangeRefused(Exception):
    """A wish about a shop's facts that cannot be met; nothing was changed."""


class NotYours(ChangeRefused, PermissionDenied):
    """This person may not change this field of this shop, or nobody does it this way."""

    def __init__(self, field: str = ""):
        self.field = field
        super().__init__(_("You cannot change this here. Please ask the ward."))


class Frozen(ChangeRefused):
    """Nobody changes a shop while it is not settled whose it is."""

    def __init__(self) -> None:
        super().__init__(_("Changes are stopped until it is settled who keeps this shop. The ward will call you."))


class TooManyToday(ChangeRefused):
    """The shop has used up the changes of this day in the ward."""

    def __init__(self, most: int):
        self.most = most
        super().__init__(
            ngettext(
                "This shop has made %(most)d change today, as many as a day allows. Please go on tomorrow.",
                "This shop has made %(most)d changes today, as many as a day allows. Please go on tomorrow.",
                most,
            )
            % {"most": most}
        )


class ChangedMeanwhile(ChangeRefused):
    """Somebody else changed the same fields after this person had opened the form.

    `conflicts`: field → (what the form showed, what it is now, what this person wants).
    """

    def __init__(self, conflicts: Mapping[str, tuple[Any, Any, Any]]):
        self.conflicts = dict(conflicts)
        super().__init__(_("Somebody else changed this after you opened it. Please look at what changed."))


class NotPossible(ChangeRefused):
    """A change cannot become what was asked."""
