"""How the form asks for each kind of report: what to do first, and what helps the ward to find it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wardmark.reports.models import ReportKind

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Asking:
    """`question` stands above the text, `hint` below it; `first` before everything else."""

    question: Words
    hint: Words = ""
    first: Words = ""


_ASKED = {
    ReportKind.ILLNESS: Asking(
        _("What was eaten, and when?"),
        _("Who fell ill, how many people, and how they are now. Keep what is left of the food and the receipt."),
    ),
    ReportKind.PAYEE_NAME: Asking(
        _("Which name did your bank’s app show?"),
        _("A photo of the code on the counter helps most. Please not of your account."),
        _("Please do not transfer, and ask the seller."),
    ),
    ReportKind.CODE_COVERED: Asking(
        _("What is stuck over it, and where?"),
        _("A photo of it helps most."),
        _("Please do not open, pay or install anything that the other code leads to."),
    ),
    ReportKind.HYGIENE: Asking(_("What did you see, and when?")),
    ReportKind.PRICE: Asking(
        _("What did you buy, and what did you pay?"), _("A photo of the price list or the receipt helps.")
    ),
    ReportKind.CLOSED_OR_MOVED: Asking(_("What did you find there, and where has it gone, if you know?")),
    ReportKind.WRONG_FACTS: Asking(
        _("What is wrong, and what is right?"), _("Where you know it from helps us check it.")
    ),
    ReportKind.PLAQUE_DAMAGED: Asking(_("What is damaged?"), _("A photo is enough.")),
    ReportKind.CODE_DEAD: Asking(_("What happens when you scan it?"), _("A photo of the code is enough.")),
    ReportKind.ACCESSIBILITY: Asking(_("What was in the way?"), _("A step, a narrow door, small writing, no ramp …")),
    ReportKind.OTHER: Asking(_("What did you see?")),
}


def asking(kind: ReportKind) -> Asking:
    return _ASKED[kind]
