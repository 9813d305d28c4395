"""What people ask about their own data, and by when the ward must answer."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wardmark.base.sealing import unseal

LONGEST_ANSWER = 1000


class SubjectRight(models.TextChoices):
    """Which right somebody makes use of (Law 91/2025/QH15, article 4)."""

    LOOK_UP = "look_up", _("to see what is held")
    CORRECTION = "correction", _("to have it corrected")
    ERASURE = "erasure", _("to have it erased")
    WITHDRAWAL = "withdrawal", _("to withdraw consent")


class Channel(models.TextChoices):
    OFFICE = "office", _("at the office")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    EMAIL = "email", _("by e-mail")
    OTHER = "other", pgettext_lazy("channel", "in another way")


class SubjectState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "open")
    ANSWERED = "answered", pgettext_lazy("request", "answered")
    REFUSED = "refused", pgettext_lazy("request", "refused")


class SubjectRequestQuerySet(models.QuerySet):
    def open(self) -> "SubjectRequestQuerySet":
        return self.filter(state=SubjectState.OPEN)

    def overdue(self, now: datetime) -> "SubjectRequestQuerySet":
        return self.open().filter(due_at__lt=now)

    def by_clock(self) -> "SubjectRequestQuerySet":
        """What is due first on top; what is closed after it, the latest first."""
        is_closed = Case(When(Q(state=SubjectState.OPEN), then=Value(0)), default=Value(1))
        return self.order_by(is_closed, models.F("closed_at").desc(nulls_first=True), "due_at", "pk")


class SubjectRequest(models.Model):
    """One request. Who asks is sealed, and forgotten some time after the answer; what was done stays."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    received_at = models.DateTimeField(_("received"))
    right = models.CharField(_("what is asked"), max_length=12, choices=SubjectRight.choices)
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel.choices)
    sealed_asker = models.TextField(blank=True, editable=False)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=SubjectState.choices, default=SubjectState.OPEN)
    answer = models.CharField(_("what was done"), max_length=LONGEST_ANSWER, blank=True)
    closed_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        default_permissions = ()
        permissions = [("answer_subjectrequest", "Can answer requests about personal data")]
        indexes = [models.Index(fields=["state", "due_at"], name="reports_subject_clock")]

    def __str__(self):
        # Written into logs: it names nobody.
        return f"{self.get_right_display()} ({date_format(timezone.localtime(self.received_at), 'SHORT_DATE_FORMAT')})"

    @property
    def is_open(self) -> bool:
        return self.state == SubjectState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_at < timezone.now()

    @property
    def bound_to(self) -> str:
        return f"subject request {self.key}"

    def asker(self) -> str:
        """Return who asks, in words; "" once that is forgotten. Raises CannotBeOpened."""
        return unseal(self.sealed_asker, bound_to=self.bound_to)[0] if self.sealed_asker else ""
