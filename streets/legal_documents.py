"""What officers do to a paper: verify it, revoke it. Each is written down with who did it."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from streets.holders import is_made_out_to
from streets.kept_words import kept
from streets.models import LegalDocument, VerifiedBy


class PaperRefused(Exception):
    """This cannot be done to the paper; the message says why."""


def hinders_holder(document: LegalDocument) -> str:
    """Return why the name on the paper does not do, or nothing."""
    if document.other_holder_why.strip() or is_made_out_to(document.shop, document.holder):
        return ""
    return _("This is neither the trading name nor the legal name of the shop: if that is right, please say why below.")


@transaction.atomic
def verify_document(
    *, document: LegalDocument, how: VerifiedBy, by: AbstractBaseUser, on: date | None = None
) -> LegalDocument:
    """Let a paper count from a day on. Raises PaperRefused for one that bears another name without a reason."""
    current = LegalDocument.objects.select_for_update().get(pk=document.pk)
    day = on or timezone.localdate()
    if current.revoked_on:
        raise PaperRefused(_("This paper was revoked."))
    if current.verified_on:
        raise PaperRefused(_("This paper was verified already."))
    if day > timezone.localdate():
        raise PaperRefused(_("This day is still to come."))
    if why := hinders_holder(current):
        raise PaperRefused(why)
    current.verified_by, current.verified_how, current.verified_on = by, how, day
    current.save(update_fields=["verified_by", "verified_how", "verified_on"])
    log(current, "streets.document.verify", user=by, data={"how": str(how)})
    return current


@transaction.atomic
def revoke_document(
    *, document: LegalDocument, why: str, by: AbstractBaseUser, on: date | None = None
) -> LegalDocument:
    """Let a paper count no more, from a day on. It stays on record. Raises PaperRefused, NumberNamed."""
    current = LegalDocument.objects.select_for_update().get(pk=document.pk)
    day = on or timezone.localdate()
    if not why.strip():
        raise PaperRefused(_("Please say why it was revoked."))
    if current.revoked_on:
        raise PaperRefused(_("This paper was revoked already."))
    if not current.issued_on <= day <= timezone.localdate():
        raise PaperRefused(_("The day must lie between the day of issue and today."))
    # Its log keeps the reason.
    current.revoked_on, current.revoked_why = day, kept(why, shop=current.shop)[:300]
    current.save(update_fields=["revoked_on", "revoked_why"])
    log(current, "streets.document.revoke", user=by, data={"why": current.revoked_why})
    return current
