"""Taking in a report: all of it or nothing, from anybody, and nothing of who sent it but what they chose to leave."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Page

from wardmark.base.languages import source_language
from wardmark.base.national_phones import normalised
from wardmark.base.passers_by import Limit, Visitor
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.models import Plaque
from wardmark.reports.clocks import intake_due
from wardmark.reports.models import (
    ABOUT_A_PLAQUE,
    LONGEST_TEXT,
    MOST_PHOTOS,
    ReportEvent,
    ReportEventKind,
    ReportKind,
    ReportPhoto,
    VisitorReport,
    private_storage,
)
from wardmark.reports.photographs import size_of

# Mobile networks put thousands of phones behind one address.
LIMIT = Limit("reports", per=timedelta(hours=1), by_visitor=6, from_network=60)


class TooManyReports(Exception):
    """So many reports came from there within the hour that this one was not taken."""


def receive(
    *,
    kind: ReportKind,
    text: str,
    language: str,
    visitor: Visitor | None,
    page: Page | None = None,
    plaque: Plaque | None = None,
    phone: str = "",
    has_consent: bool = False,
    photos: Sequence[ContentFile] = (),
    form_key: UUID | None = None,
) -> VisitorReport:
    """Store a report with its photos and begin its history; what concerns a plaque raises its alert too.

    `photos` are those that `photographs.drawn_anew` drew. A form that is sent a second time gives the report of the
    first. Raises ValidationError, by field, and TooManyReports; nothing is stored then. Without a visitor (an officer
    enters what somebody said) nothing is counted.
    """
    text = text.strip()
    if form_key and (before := VisitorReport.objects.filter(form_key=form_key).first()):
        return before
    kept_phone = checked(kind=kind, text=text, plaque=plaque, phone=phone, has_consent=has_consent, photos=photos)
    if visitor is not None and not LIMIT.takes(visitor):
        raise TooManyReports
    stored: list[str] = []
    try:
        with transaction.atomic():
            return _store(
                kind=kind,
                text=text,
                language=language,
                page=page,
                plaque=plaque,
                phone=kept_phone,
                photos=photos,
                form_key=form_key,
                stored=stored,
            )
    except IntegrityError:
        _remove(stored)
        # The same form was sent twice at once: the other one was first.
        if form_key and (before := VisitorReport.objects.filter(form_key=form_key).first()):
            return before
        raise
    except BaseException:
        _remove(stored)
        raise


def received_before(form_key: str) -> VisitorReport | None:
    """Return the report that this form brought already, as when it is sent twice on a slow line."""
    try:
        return VisitorReport.objects.filter(form_key=UUID(form_key)).first()
    except ValueError:
        return None


def checked(
    *, kind: ReportKind, text: str, plaque: Plaque | None, phone: str, has_consent: bool, photos: Sequence[ContentFile]
) -> str:
    """Return the number as it is kept. Raises ValidationError by field, for all that is amiss at once."""
    errors: dict[str, ValidationError] = {}
    if kind not in ReportKind.values:
        errors["kind"] = ValidationError(_("Please choose what it is about."), code="kind")
    # Line breaks count as one character, as a browser counts them.
    if len(text.replace("\r\n", "\n")) > LONGEST_TEXT:
        most = _("Please write at most %(most)d characters; these are %(now)d.")
        errors["text"] = ValidationError(most % {"most": LONGEST_TEXT, "now": len(text.replace("\r\n", "\n"))})
    if not text and not photos and not (kind in ABOUT_A_PLAQUE and plaque):
        errors["text"] = ValidationError(_("Please say in a few words what you saw, or add a photo."), code="empty")
    if len(photos) > MOST_PHOTOS:
        most = ngettext("Please choose at most %d photo.", "Please choose at most %d photos.", MOST_PHOTOS)
        errors["photos"] = ValidationError(most % MOST_PHOTOS, code="too_many")
    kept = ""
    if phone.strip():
        try:
            kept = normalised(phone)
        except ValidationError as error:
            errors["phone"] = error
        if not has_consent:
            errors["consent"] = ValidationError(
                _("Please tick this so that we may keep your number, or leave the number out."), code="consent"
            )
    if errors:
        raise ValidationError(errors)
    return kept


def _store(
    *,
    kind: ReportKind,
    text: str,
    language: str,
    page: Page | None,
    plaque: Plaque | None,
    phone: str,
    photos: Sequence[ContentFile],
    form_key: UUID | None,
    stored: list[str],
) -> VisitorReport:
    now = timezone.now()
    report = VisitorReport.objects.issue(
        kind=kind,
        text=text.replace("\r\n", "\n"),
        language=language,
        page_key=page.translation_key if page else plaque and plaque.page_key,
        page_title=page.title if page else plaque.remembered_name() if plaque else "",
        plaque=plaque,
        form_key=form_key,
        received_at=now,
        intake_due_at=intake_due(kind, now),
    )
    if phone:
        report.keep_phone(phone, consented_at=now)
        report.save(update_fields=["phone_sealed", "phone_print", "consented_at"])
    for photo in photos:
        width, height = size_of(photo)
        kept = ReportPhoto(report=report, width=width, height=height)
        kept.file.save("photo.jpg", photo, save=False)
        stored.append(kept.file.name)
        kept.save()
    ReportEvent.objects.create(report=report, at=now, kind=ReportEventKind.RECEIVED, state=report.state)
    if plaque and kind in ABOUT_A_PLAQUE:
        with override(source_language()):
            raise_alert(plaque=plaque, kind=ABOUT_A_PLAQUE[kind], note=_("Said in a visitor’s report."))
    return report


def _remove(names: list[str]) -> None:
    for name in names:
        private_storage().delete(name)
