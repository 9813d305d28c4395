"""What may be reported, and what of it cannot wait."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.models import AlertKind


class ReportKind(models.TextChoices):
    """In the order in which the form offers them: what harms somebody today comes first."""

    ILLNESS = "illness", _("Somebody fell ill after eating")
    PAYEE_NAME = "payee_name", _("The payee’s name differs when paying")
    CODE_COVERED = "code_covered", _("A code is covered or replaced")
    HYGIENE = "hygiene", _("Hygiene")
    PRICE = "price", _("A price")
    CLOSED_OR_MOVED = "closed_or_moved", _("Closed or moved")
    WRONG_FACTS = "wrong_facts", _("Something on the page is wrong")
    PLAQUE_DAMAGED = "plaque_damaged", _("A plaque is damaged")
    CODE_DEAD = "code_dead", _("A code does not open")
    ACCESSIBILITY = "accessibility", _("Hard to reach or to use")
    OTHER = "other", _("Something else")


# Somebody may lose money or health meanwhile: looked at within 4 working hours instead of 8.
URGENT = frozenset({ReportKind.ILLNESS, ReportKind.PAYEE_NAME, ReportKind.CODE_COVERED})

# What is also an alert for whoever looks after plaques. A code that opens nothing cannot be read any more.
ABOUT_A_PLAQUE = {
    ReportKind.CODE_COVERED: AlertKind.PASTED_OVER,
    ReportKind.PLAQUE_DAMAGED: AlertKind.DAMAGED,
    ReportKind.CODE_DEAD: AlertKind.DAMAGED,
}
