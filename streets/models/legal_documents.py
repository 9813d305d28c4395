"""Papers of food establishments: certificates, commitments and what else the law or a programme gives."""

from datetime import date
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.models import document_storage
from streets.models.legal_routes import RouteKind
from streets.models.shops import Shop
from streets.paper_status import EXPIRING_WITHIN, YEARS_OF_A_CERTIFICATE, PaperDays, PaperStatus, years_later


class DocumentKind(models.TextChoices):
    CERTIFICATE = "certificate", _("Certificate of food-safety eligibility")
    COMMITMENT = "commitment", _("Commitment to food safety")
    QUALITY = "quality", _("Certificate of a quality system")
    SIGN = "sign", _("Recognition sign")
    OTHER = "other", _("Other paper")


class QualitySystem(models.TextChoices):
    """The international systems that exempt, by the names they bear in every language."""

    GMP = "gmp", "GMP"
    HACCP = "haccp", "HACCP"
    ISO_22000 = "iso_22000", "ISO 22000"
    IFS = "ifs", "IFS"
    BRC = "brc", "BRC"
    FSSC_22000 = "fssc_22000", "FSSC 22000"
    EQUIVALENT = "equivalent", _("an equivalent one")


class VerifiedBy(models.TextChoices):
    ORIGINAL = "original", _("the original was seen")
    REGISTER = "register", _("looked up in the authority’s register")
    AUTHORITY = "authority", _("the authority confirmed it")


# Which kind of paper each route asks for; an undetermined one asks for nothing yet.
ASKED_FOR = {
    RouteKind.CERTIFICATE: DocumentKind.CERTIFICATE,
    RouteKind.COMMITMENT: DocumentKind.COMMITMENT,
    RouteKind.QUALITY_SYSTEM: DocumentKind.QUALITY,
}
# What was verified: once one of these is changed, the paper waits to be verified again.
FACTS = ("shop_id", "kind", "quality_system", "number", "authority", "issued_on", "expires_on", "scope", "holder")


def private_name(instance: models.Model, filename: str) -> str:
    """Name a private file so that its address tells nothing and cannot be guessed."""
    return f"food-safety/{uuid4().hex}.{filename.rpartition('.')[2].lower()}"


class LegalDocumentQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> Self:
        """The papers that count on a day: verified and issued by then, not revoked, not past their end."""
        return self.filter(
            Q(expires_on=None) | Q(expires_on__gte=day),
            Q(revoked_on=None) | Q(revoked_on__gt=day),
            issued_on__lte=day,
            verified_on__lte=day,
        )

    def with_status_on(self, day: date) -> Self:
        """Tell the status of each on a day as `told_status`: the rule of `PaperDays.status_on`, for the database."""
        return self.annotate(
            told_status=Case(
                When(revoked_on__lte=day, then=Value(PaperStatus.REVOKED.value)),
                When(expires_on__lt=day, then=Value(PaperStatus.EXPIRED.value)),
                When(
                    Q(verified_on=None) | Q(verified_on__gt=day) | Q(issued_on__gt=day),
                    then=Value(PaperStatus.PENDING.value),
                ),
                When(expires_on__lte=day + EXPIRING_WITHIN, then=Value(PaperStatus.EXPIRING.value)),
                default=Value(PaperStatus.VALID.value),
            )
        )

    def not_replaced(self) -> Self:
        """Leave out what a later verified paper of the same kind and shop has replaced."""
        newer = LegalDocument.objects.filter(
            Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")),
            shop=OuterRef("shop"),
            kind=OuterRef("kind"),
            verified_on__isnull=False,
            revoked_on=None,
        ).exclude(pk=OuterRef("pk"))
        return self.exclude(Exists(newer))


class LegalDocument(models.Model):
    """One paper. Its status is computed on the day it is read; its file is seen by officers alone."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind of paper"), max_length=20, choices=DocumentKind.choices)
    quality_system = models.CharField(
        _("quality system"),
        max_length=20,
        choices=QualitySystem.choices,
        blank=True,
        help_text=_("For the certificate of a quality system only."),
    )
    number = models.CharField(_("number"), max_length=80, blank=True)
    authority = models.CharField(_("issued by"), max_length=200, blank=True, help_text=_("The authority on the paper."))
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("Its last day. Left empty, a certificate gets three years; another paper has no end."),
    )
    scope = models.CharField(_("what it covers"), max_length=250, blank=True)
    holder = models.CharField(_("made out to"), max_length=200, help_text=_("The name on the paper, letter by letter."))
    other_holder_why = models.CharField(
        _("why it bears another name"),
        max_length=300,
        blank=True,
        help_text=_("Needed where the name is neither the shop’s trading name nor its legal name."),
    )
    file = models.FileField(
        _("scan or photo"),
        upload_to=private_name,
        storage=document_storage,
        blank=True,
        help_text=_("PDF, JPEG or PNG. Only officers see it."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verified_how = models.CharField(
        _("how it was verified"), max_length=20, choices=VerifiedBy.choices, blank=True, editable=False
    )
    verified_on = models.DateField(_("verified on"), null=True, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, editable=False)
    revoked_why = models.CharField(_("why it was revoked"), max_length=300, blank=True, editable=False)

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["-issued_on", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    def save(self, *args, **kwargs):
        """Save; a verified paper whose facts are changed waits to be verified again."""
        if self.pk and self.verified_on and kwargs.get("update_fields") is None and self._tells_otherwise():
            self.verified_by, self.verified_how, self.verified_on = None, "", None
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errors = {}
        if self.kind == DocumentKind.CERTIFICATE and self.issued_on and self.expires_on is None:
            self.expires_on = years_later(self.issued_on, YEARS_OF_A_CERTIFICATE)
        if self.issued_on and self.issued_on > timezone.localdate():
            errors["issued_on"] = _("This day is still to come.")
        if self.issued_on and self.expires_on and self.expires_on <= self.issued_on:
            errors["expires_on"] = _("The end must come after the day of issue.")
        if self.kind == DocumentKind.QUALITY and not self.quality_system:
            errors["quality_system"] = _("Please say which system it certifies.")
        if self.kind != DocumentKind.QUALITY and self.quality_system:
            errors["quality_system"] = _("Only the certificate of a quality system names one.")
        if self.kind == DocumentKind.CERTIFICATE and not self.number.strip():
            errors["number"] = _("A certificate has a number: please enter it.")
        if errors:
            raise ValidationError(errors)

    def _tells_otherwise(self) -> bool:
        kept = type(self).objects.filter(pk=self.pk).values(*FACTS, "file").first()
        return kept is not None and (
            any(kept[name] != getattr(self, name) for name in FACTS) or kept["file"] != (self.file.name or "")
        )

    @property
    def days(self) -> PaperDays:
        return PaperDays(self.issued_on, self.expires_on, self.verified_on, self.revoked_on)

    def status_on(self, day: date) -> PaperStatus:
        return self.days.status_on(day)

    @property
    def status(self) -> PaperStatus:
        """Its status today in the ward."""
        return self.status_on(timezone.localdate())

    @property
    def status_label(self) -> str:
        return str(self.status.label)


class PaperReminder(models.Model):
    """Somebody was told that a paper will expire: once per paper and threshold, whatever days the worker missed."""

    document = models.ForeignKey(
        LegalDocument, verbose_name=_("paper"), on_delete=models.CASCADE, related_name="reminders"
    )
    days_before = models.PositiveSmallIntegerField(_("days before"))
    # The end that was told of: a paper whose end is mended is told of anew.
    expires_on = models.DateField(_("valid until"))
    made_on = models.DateField(_("made on"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dealt with by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_at = models.DateTimeField(_("dealt with"), null=True)

    class Meta:
        verbose_name = _("reminder of a paper")
        verbose_name_plural = _("reminders of papers")
        ordering = ["expires_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "expires_on", "days_before"], name="streets_reminder_once_per_threshold"
            )
        ]

    def __str__(self):
        return f"{self.document}: {self.days_before}"
