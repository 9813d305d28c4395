"""Why something about who keeps a shop is not done; each carries a message for the person who asked."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class KeepingRefused(Exception):
    """What was asked about who keeps a shop cannot be done; nothing was changed."""


class NotPossible(KeepingRefused):
    """It cannot become what was asked."""


class InDispute(KeepingRefused):
    """Nobody changes who keeps a shop while it is not settled whose it is."""

    def __init__(self) -> None:
        super().__init__(_("It is not settled yet whose shop this is. Until the ward has decided, nothing can change."))


class NoSuchCode(KeepingRefused):
    """The text is not a code at all; it costs no try."""

    def __init__(self) -> None:
        super().__init__(_("This is not how a code looks: it has 8 letters and digits, as in ACDE-3467."))


class CodeRefused(KeepingRefused):
    """A code does not open what it was typed for."""


class UnknownNumber(CodeRefused):
    def __init__(self) -> None:
        super().__init__(_("No letter has this number. Please compare it with your letter."))


class WrongCode(CodeRefused):
    """It costs one try."""

    def __init__(self, tries_left: int):
        self.tries_left = tries_left
        more = ngettext("You can try %(left)d more time.", "You can try %(left)d more times.", tries_left)
        wrong = _("The code is not right. Please compare it with your letter.")
        super().__init__(f"{wrong} {more}" % {"left": tries_left})


class CodeSpent(CodeRefused):
    def __init__(self) -> None:
        super().__init__(_("The code was mistyped too often and is not valid any more. Please ask for a new one."))


class CodeUsed(CodeRefused):
    def __init__(self) -> None:
        super().__init__(_("This code was used already. If that was not you, please call the ward at once."))


class CodeCancelled(CodeRefused):
    def __init__(self) -> None:
        super().__init__(_("This code was cancelled: a newer letter has taken its place. Please take the newest one."))


class CodeLapsed(CodeRefused):
    def __init__(self, valid_until: datetime):
        day = date_format(timezone.localtime(valid_until), "SHORT_DATE_FORMAT")
        super().__init__(_("This code was valid until %(day)s. Please ask for a new one.") % {"day": day})


class AlreadyYours(KeepingRefused):
    def __init__(self) -> None:
        super().__init__(_("You keep this shop already, or your claim of it is waiting."))


class StaffCannotClaim(KeepingRefused):
    """Whoever confirms claims makes none."""

    def __init__(self) -> None:
        super().__init__(_("You are signed in as an officer of the ward, who takes over no shop. Please sign out."))
