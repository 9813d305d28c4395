"""What a food vendor's paper says on a given day.

A status is computed when it is read, never stored, so that it ages by itself. Nothing recorded is no
reproach: many vendors need no certificate by law.
"""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EXPIRING_WITHIN = timedelta(days=180)


class PaperKind(TextChoices):
    CERTIFICATE = "certificate", _("Certificate of food-safety eligibility")
    COMMITMENT = "commitment", _("Commitment to food safety")


class PaperStatus(TextChoices):
    NOT_RECORDED = "not_recorded", _("Not recorded")
    NOT_YET_VALID = "not_yet_valid", _("Not yet in force")
    VALID = "valid", _("In force")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("No longer in force")


def paper_status(*, kind: str, issued_on: date | None, expires_on: date | None, today: date) -> PaperStatus:
    """Return the status on `today`, a day in the ward's time zone. On its last day a paper is still in force."""
    if not kind or issued_on is None:
        return PaperStatus.NOT_RECORDED
    if issued_on > today:
        return PaperStatus.NOT_YET_VALID
    if expires_on is None:
        return PaperStatus.VALID
    if expires_on < today:
        return PaperStatus.EXPIRED
    if expires_on - today <= EXPIRING_WITHIN:
        return PaperStatus.EXPIRING
    return PaperStatus.VALID
