"""A visitor's report: what was said of which page or plaque, and how far the ward is with it.

It is tied to its page by the page's translation key, as a plaque is: no rename, move or deletion of the page changes
it. Nothing of who reported is kept but what they chose to leave: words, photos, a telephone number.
"""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from media.models import document_storage
from wardmark.base.languages import ladder
from wardmark.base.sealing import fingerprint, fingerprints, resealed, seal, unseal
from wardmark.base.written_numbers import PERHAPS_A_NUMBER, numbers_written_in
from wardmark.plaques.models import Plaque
from wardmark.plaques.models.plaques import pages_with
from wardmark.reports.models.kinds import URGENT, ReportKind
from wardmark.reports.models.states import CLOSED, OPEN, ReportState
from wardmark.reports.tracking import InvalidTrackingCode, as_tracking_code, grouped, new_tracking_code

LONGEST_TEXT = 1000
# Counted from the day a report is closed.
PHONE_KEPT = timedelta(days=30)
PHOTOS_KEPT = timedelta(days=180)

_PHONE_PURPOSE = "visitor report phone"


def answer_photo_path(report: "VisitorReport", name: str) -> str:
    return f"reports/{report.key}/answer-{uuid.uuid4().hex}.jpg"


class VisitorReportQuerySet(models.QuerySet):
    def open(self) -> "VisitorReportQuerySet":
        return self.filter(state__in=OPEN)

    def closed(self) -> "VisitorReportQuerySet":
        return self.filter(state__in=CLOSED)

    def with_code(self, text: str) -> "VisitorReport | None":
        """Return the report whose tracking code somebody typed, in any spelling; None for a code of nobody."""
        try:
            return self.filter(tracking_code=as_tracking_code(text)).first()
        except InvalidTrackingCode:
            return None

    def with_phone(self, phone: str) -> "VisitorReportQuerySet":
        """Those that carry this number (`national_phones.normalised`); nothing is opened to be compared."""
        return self.filter(phone_print__in=fingerprints(phone, purpose=_PHONE_PURPOSE))

    def with_numbers_in_text(self) -> "VisitorReportQuerySet":
        """Those in whose words a telephone number may stand."""
        return self.filter(text__regex=PERHAPS_A_NUMBER)

    def with_phone_in_text(self, phone: str) -> "VisitorReportQuerySet":
        """Those in whose words this number stands, however it is grouped."""
        perhaps = self.with_numbers_in_text().values_list("pk", "text")
        return self.filter(pk__in=[pk for pk, text in perhaps.iterator() if phone in numbers_written_in(text)])

    def of_page(self, page: Page) -> "VisitorReportQuerySet":
        return self.filter(page_key=page.translation_key)

    def with_old_phone(self, now: datetime) -> "VisitorReportQuerySet":
        """Those closed so long ago that their number is to be forgotten."""
        return self.closed().filter(closed_at__lte=now - PHONE_KEPT).exclude(phone_sealed="", phone_print="")

    def with_old_numbers_in_text(self, now: datetime) -> "VisitorReportQuerySet":
        """Those closed so long ago that the numbers in their words are to be taken out."""
        return self.closed().filter(closed_at__lte=now - PHONE_KEPT).with_numbers_in_text()

    def with_old_photos(self, now: datetime) -> "VisitorReportQuerySet":
        """Those closed so long ago that their photos, and that of the answer, are to be taken away."""
        has_photos = Q(photos__erased_at=None, photos__isnull=False) | ~Q(answer_photo="")
        return self.closed().filter(has_photos, closed_at__lte=now - PHOTOS_KEPT).distinct()

    def issue(self, **fields) -> "VisitorReport":
        """Return a new report with a tracking code that was never given out."""
        while True:
            report = self.model(tracking_code=new_tracking_code(), **fields)
            try:
                with transaction.atomic():
                    report.save(force_insert=True)
            except IntegrityError:
                # Once in 32^9 the code is taken; anything else is a fault.
                if not self.filter(tracking_code=report.tracking_code).exists():
                    raise
            else:
                return report


class VisitorReport(models.Model):
    """One report. Written by `receiving.receive`; moved on by the officers' rules, which write its history."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What the form carried, so that a form that is sent twice is one report.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    tracking_code = models.CharField(_("tracking code"), max_length=10, unique=True, editable=False)

    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind.choices)
    text = models.TextField(_("what was said"), max_length=LONGEST_TEXT, blank=True)
    language = models.CharField(_("language"), max_length=12)
    page_key = models.UUIDField(_("page"), null=True, blank=True, db_index=True)
    page_title = models.CharField(_("name of the page"), max_length=255, blank=True)
    plaque = models.ForeignKey(
        Plaque,
        verbose_name=_("plaque"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visitor_reports",
    )
    phone_sealed = models.TextField(blank=True, editable=False)
    phone_print = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    consented_at = models.DateTimeField(_("consent to keep the number"), null=True, blank=True, editable=False)
    phone_erased_at = models.DateTimeField(_("number erased"), null=True, blank=True, editable=False)

    state = models.CharField(_("state"), max_length=12, choices=ReportState.choices, default=ReportState.RECEIVED)
    received_at = models.DateTimeField(pgettext_lazy("report", "received"), default=timezone.now, editable=False)
    # By when an officer takes it in hand, in the office's working time.
    intake_due_at = models.DateTimeField(_("to be looked at by"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken in hand"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("report", "closed"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the reporter reads by the code, in the language it was written in.
    answer = models.TextField(pgettext_lazy("report", "answer"), max_length=2000, blank=True)
    answer_language = models.CharField(_("language of the answer"), max_length=12, blank=True)
    answer_photo = models.FileField(
        _("photo with the answer"), upload_to=answer_photo_path, storage=document_storage, max_length=200, blank=True
    )
    answer_photo_alt = models.CharField(_("photo in words"), max_length=200, blank=True)
    rejection_reason = models.TextField(_("why it was not taken up"), max_length=1000, blank=True)
    forwarded_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = VisitorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("visitor’s report")
        verbose_name_plural = _("visitors’ reports")
        # Nobody enters one in the admin, and none is deleted: its number and photos are erased, it stays.
        default_permissions = ("change", "view")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "intake_due_at"], name="reports_by_clock"),
            models.Index(fields=["closed_at"], name="reports_by_closing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(phone_sealed="") | Q(consented_at__isnull=False), name="reports_phone_with_consent"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=sorted(OPEN))
                | Q(closed_at__isnull=False) & ~Q(state__in=sorted(OPEN)),
                name="reports_closed_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) & ~Q(state="merged")
                | Q(merged_into__isnull=False, state="merged") & ~Q(merged_into=F("pk")),
                name="reports_merged_into_another",
            ),
        ]

    def __str__(self):
        # Written into logs: neither what was said nor the code by which it is followed.
        return f"{self.pk} · {self.get_kind_display()}"

    @property
    def printed_code(self) -> str:
        return grouped(self.tracking_code)

    @property
    def is_urgent(self) -> bool:
        return self.kind in URGENT

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def waits(self) -> bool:
        """Whether nobody has it in hand: not yet, or no longer; whoever has should be fetched with it."""
        return self.is_open and (self.assigned_to is None or not self.assigned_to.is_active)

    @property
    def has_phone(self) -> bool:
        return bool(self.phone_sealed)

    @property
    def bound_to(self) -> str:
        return f"visitor report {self.key}"

    def keep_phone(self, phone: str, *, consented_at: datetime) -> None:
        """Seal a number (`national_phones.normalised`) for this report; the caller saves it."""
        self.phone_sealed = seal(phone, bound_to=self.bound_to)
        self.phone_print = fingerprint(phone, purpose=_PHONE_PURPOSE)
        self.consented_at = consented_at

    def phone(self) -> str:
        """Return the number as it is kept; "" where none was left or it is forgotten. Raises CannotBeOpened."""
        return unseal(self.phone_sealed, bound_to=self.bound_to)[0] if self.phone_sealed else ""

    def reseal_phone(self) -> bool:
        """Seal the number with the newest key; the caller saves it. Return False where that is nothing new.

        Raises CannotBeOpened.
        """
        if not self.phone_sealed:
            return False
        before = self.phone_sealed, self.phone_print
        self.phone_print = fingerprint(self.phone(), purpose=_PHONE_PURPOSE)
        self.phone_sealed = resealed(self.phone_sealed, bound_to=self.bound_to)
        return (self.phone_sealed, self.phone_print) != before

    def forget_phone(self, *, now: datetime) -> None:
        """Take the number away; the caller saves it. That there was consent stays."""
        self.phone_sealed = self.phone_print = ""
        self.phone_erased_at = now

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages it is about, by language, live or not."""
        return pages_with(self.page_key)

    def page_in(self, language: str = "") -> Page | None:
        """Return the live page it is about in that language (default: the active one), else the next on the ladder."""
        live = {code: page for code, page in self.pages.items() if page.live}
        for wished in (*ladder(language or get_language() or ""), *live):
            if wished in live:
                return live[wished]
        return None

    def leading(self) -> "VisitorReport":
        """Return the report it was joined with in the end, itself when it was not: where its answer stands."""
        report, seen = self, {self.pk}
        while report.merged_into_id and report.merged_into_id not in seen:
            report = report.merged_into
            seen.add(report.pk)
        return report
