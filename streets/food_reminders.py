"""Telling vendors and officers that a paper will expire: 180, 90 and 30 days before, each once.

A reminder is a record: officers see it among what waits, the vendor in the portal; an e-mail goes besides to whoever
has an address. Run daily; after days without a worker only the nearest threshold is told, once.
"""

import logging
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.models import LegalDocument, PaperReminder
from wardmark.base.languages import source_language

logger = logging.getLogger("streets.reminders")

DAYS_BEFORE = (180, 90, 30)
OFFICERS = "streets.change_legaldocument"


def remind_of_expiring() -> int:
    """Remind of every paper that has come to a threshold and was not told of at it; return how many."""
    today = timezone.localdate()
    soon = LegalDocument.objects.in_force_on(today).not_replaced()
    papers = soon.filter(expires_on__lte=today + timedelta(days=max(DAYS_BEFORE))).select_related("shop")
    return sum(_remind(paper) for paper in papers)


def _remind(paper: LegalDocument) -> bool:
    today = timezone.localdate()
    left = (paper.expires_on - today).days
    threshold = min(days for days in DAYS_BEFORE if left <= days)
    with transaction.atomic():
        reminder, is_new = PaperReminder.objects.get_or_create(
            document=paper, expires_on=paper.expires_on, days_before=threshold, defaults={"made_on": today}
        )
        if is_new:
            earlier = paper.reminders.filter(done_at=None).exclude(pk=reminder.pk)
            # One line per paper waits for officers, the latest.
            earlier.update(done_at=timezone.now())
            transaction.on_commit(lambda: _send(paper), robust=True)
    return is_new


def _send(paper: LegalDocument) -> None:
    """Write to each address on its own: nobody learns of another's."""
    people = get_user_model().objects
    vendors = people.filter(is_active=True, shop_memberships__shop=paper.shop, shop_memberships__ended_at=None)
    officers = people.with_perm(OFFICERS, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend")
    addresses = {*vendors.values_list("email", flat=True), *officers.values_list("email", flat=True)} - {""}
    with override(source_language()):
        day = date_format(paper.expires_on, "SHORT_DATE_FORMAT")
        said = {"paper": paper.get_kind_display(), "shop": paper.shop, "day": day}
        subject = _("%(shop)s: a paper expires on %(day)s") % said
        words = _("%(paper)s of %(shop)s is valid until %(day)s. Please see to a new one in time.") % said
    for address in sorted(addresses):
        try:
            send_mail(subject, words, None, [address])
        except OSError:
            # The record stands: officers and vendor see it when they sign in.
            logger.warning("A reminder of paper %s could not be sent by e-mail", paper.pk)


def mark_done(*, reminder: PaperReminder, by: AbstractBaseUser) -> None:
    """Take a reminder off the list of what waits."""
    PaperReminder.objects.filter(pk=reminder.pk, done_at=None).update(done_by=by, done_at=timezone.now())


def reminders_of(user: AbstractBaseUser) -> list[PaperReminder]:
    """Return what to tell a vendor: papers of its own shops that will expire and have no successor, one line each."""
    today = timezone.localdate()
    papers = (
        LegalDocument.objects.in_force_on(today)
        .not_replaced()
        .filter(shop__members__user=user, shop__members__ended_at=None)
    )
    reminders = PaperReminder.objects.filter(document__in=papers).select_related("document__shop")
    latest = {reminder.document_id: reminder for reminder in reminders.order_by("-days_before")}
    return list(latest.values())
