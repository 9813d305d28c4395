"""Inspections of food establishments, what was found, and what the vendor says to it."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from media.models import document_storage
from streets.kept_words import faults_in
from streets.models.legal_documents import private_name
from streets.models.shops import Shop

# How long a finalised record waits before the public sees it, so that the vendor can read and answer it first.
STANDSTILL = timedelta(days=21)
LONGEST_REPLY = 500


class InspectionKind(models.TextChoices):
    PLANNED = "planned", _("Planned inspection")
    UNANNOUNCED = "unannounced", _("Unannounced inspection")
    FOLLOW_UP = "follow_up", _("Follow-up inspection")
    COMPLAINT = "complaint", _("Inspection after a complaint")


class Outcome(models.TextChoices):
    PASS = "pass", _("Requirements met")
    CONDITIONAL = "conditional", _("Met on conditions")
    FAIL = "fail", _("Requirements not met")


class InspectionStage(models.TextChoices):
    INTERNAL = "internal", _("Being written")
    STANDSTILL = "standstill", _("In standstill")
    WITHHELD = "withheld", _("Withheld")
    PUBLISHED = "published", _("Public")
    CORRECTED = "corrected", _("Public, corrected by a later record")


class Severity(models.TextChoices):
    MINOR = "minor", _("minor")
    MAJOR = "major", _("major")
    CRITICAL = "critical", _("critical")


class InspectionIsLocked(Exception):
    """A finalised record was about to be changed: it is corrected by a new one, never rewritten."""


class InspectionQuerySet(models.QuerySet):
    def public_on(self, day: date) -> Self:
        """The records that visitors may see on a day, corrected ones among them."""
        return self.filter(finalised_on__lte=day - STANDSTILL, withheld_on=None)

    def not_corrected_on(self, day: date) -> Self:
        """Leave out what a later public record corrects, also where one between the two is withheld."""
        corrects = Q(corrects=OuterRef("pk")) | Q(corrects__corrects=OuterRef("pk"))
        return self.exclude(Exists(Inspection.objects.public_on(day).filter(corrects)))

    def correcting(self, shop_id: int, day: date) -> Self:
        """The corrections of a shop's records whose standstill is over, withheld ones and those of other shops too."""
        of_the_shop = Q(shop=shop_id) | Q(corrects__shop=shop_id)
        return self.filter(of_the_shop, corrects__isnull=False, finalised_on__lte=day - STANDSTILL)


class WrittenFreely:
    """A record with words that officers write freely, and that nobody changes once it is finalised."""

    # The fields they stand in.
    WORDS: tuple[str, ...]

    @property
    def said(self) -> dict[str, str]:
        """What officers wrote freely, by field."""
        return {name: getattr(self, name) for name in self.WORDS}


class Inspection(WrittenFreely, ClusterableModel):
    """One inspection. Finalised it is locked, here and in the database; 21 days later it is public.

    Its stage is computed when it is read. An officer may withhold it, with a reason that is kept; a mistake is mended
    by a new record that names the old one.
    """

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(_("kind of inspection"), max_length=20, choices=InspectionKind.choices)
    decision_number = models.CharField(_("number of the decision"), max_length=80)
    decision_date = models.DateField(_("date of the decision"), help_text=_("Not after the inspection."))
    inspected_on = models.DateField(_("inspected on"))
    team = models.CharField(
        _("who inspected"), max_length=150, help_text=_("The body or team. No names of persons: this becomes public.")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    follow_up_due = models.DateField(_("follow-up due"), null=True, blank=True)
    note = models.TextField(_("internal note"), max_length=1000, blank=True, help_text=_("Never shown to visitors."))
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    corrects_why = models.CharField(_("what was wrong"), max_length=300, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    finalised_on = models.DateField(_("finalised on"), null=True, editable=False)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("finalised by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withheld_on = models.DateField(_("withheld since"), null=True, editable=False)
    withheld_why = models.CharField(_("why it is withheld"), max_length=300, blank=True, editable=False)

    WORDS = ("decision_number", "team", "note")
    # What may still change once it is finalised: whether visitors see it. Accounts may go.
    STAYS_OPEN = frozenset({"withheld_on", "withheld_why", "recorded_by", "finalised_by"})

    objects = InspectionQuerySet.as_manager()

    panels = [
        FieldPanel("shop"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decision_date")]),
                FieldRowPanel([FieldPanel("inspected_on"), FieldPanel("team")]),
                FieldRowPanel([FieldPanel("outcome"), FieldPanel("follow_up_due")]),
            ],
            _("Inspection"),
        ),
        InlinePanel("findings", label=_("Finding"), heading=_("Findings")),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-inspected_on", "-pk"]

    def __str__(self):
        return f"{self.shop}: {self.get_kind_display()} {self.inspected_on:%d/%m/%Y}"

    def clean(self):
        super().clean()
        errors = faults_in(self.said, shop=self.shop) if self.shop_id else {}
        if self.inspected_on and self.decision_date and self.decision_date > self.inspected_on:
            errors["decision_date"] = _("The decision must not come after the inspection.")
        if self.inspected_on and self.inspected_on > timezone.localdate():
            errors["inspected_on"] = _("This day is still to come.")
        if self.inspected_on and self.follow_up_due and self.follow_up_due <= self.inspected_on:
            errors["follow_up_due"] = _("The follow-up comes after the inspection.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        """Raise InspectionIsLocked where anything but STAYS_OPEN of a finalised record would change."""
        kept = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if kept is not None and kept.finalised_on is not None:
            names = {field.attname for field in self._meta.concrete_fields if field.name not in self.STAYS_OPEN}
            if any(getattr(kept, name) != getattr(self, name) for name in names):
                raise InspectionIsLocked(self)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        if self.finalised_on is not None:
            raise InspectionIsLocked(self)
        return super().delete(*args, **kwargs)

    @property
    def public_from(self) -> date | None:
        """The day from which visitors see it, unless it is withheld; None while it is being written."""
        return self.finalised_on and self.finalised_on + STANDSTILL

    def is_public_on(self, day: date) -> bool:
        return self.public_from is not None and self.public_from <= day and self.withheld_on is None

    def stage_on(self, day: date) -> InspectionStage:
        if self.finalised_on is None:
            return InspectionStage.INTERNAL
        if self.withheld_on is not None:
            return InspectionStage.WITHHELD
        if not self.is_public_on(day):
            return InspectionStage.STANDSTILL
        correction = getattr(self, "corrected_by", None)
        if correction is not None and correction.is_public_on(day):
            return InspectionStage.CORRECTED
        return InspectionStage.PUBLISHED

    @property
    def stage(self) -> InspectionStage:
        """Its stage today in the ward."""
        return self.stage_on(timezone.localdate())

    @property
    def stage_label(self) -> str:
        return str(self.stage.label)


class Finding(WrittenFreely, Orderable):
    """One thing that was found, in plain words; no law is needed to understand it."""

    inspection = ParentalKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    words = models.TextField(
        _("what was found"), max_length=400, help_text=_("In plain words, in the site’s first language.")
    )
    words_en = models.TextField(_("the same in English"), max_length=400, blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    remedy = models.TextField(_("what is to be done"), max_length=300, blank=True)
    remedy_en = models.TextField(_("the same in English"), max_length=300, blank=True)
    deadline = models.DateField(_("to be done by"), null=True, blank=True)
    remedied_on = models.DateField(_("done on"), null=True, blank=True)
    photo = models.FileField(
        _("photo"),
        upload_to=private_name,
        storage=document_storage,
        blank=True,
        help_text=_("Only officers see it."),
    )

    WORDS = ("words", "words_en", "remedy", "remedy_en")

    panels = [
        FieldPanel("words"),
        FieldPanel("words_en"),
        FieldPanel("severity"),
        FieldRowPanel([FieldPanel("remedy"), FieldPanel("remedy_en")]),
        FieldRowPanel([FieldPanel("deadline"), FieldPanel("remedied_on")]),
        FieldPanel("photo"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self):
        return self.words

    def clean(self):
        super().clean()
        if self.remedied_on and self.remedied_on > timezone.localdate():
            raise ValidationError({"remedied_on": _("This day is still to come.")})
        inspected_on = self.inspection_id and self.inspection.inspected_on
        for name in ("deadline", "remedied_on"):
            day = getattr(self, name)
            if inspected_on and day and day < inspected_on:
                raise ValidationError({name: _("This day is before the inspection.")})

    def save(self, *args, **kwargs):
        """Raise InspectionIsLocked below a finalised record, but for the day on which it was remedied."""
        only_remedied = self.pk and kwargs.get("update_fields") is not None
        if not (only_remedied and set(kwargs["update_fields"]) <= {"remedied_on"}) and self._is_locked():
            raise InspectionIsLocked(self.inspection)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        if self._is_locked():
            raise InspectionIsLocked(self.inspection)
        return super().delete(*args, **kwargs)

    def _is_locked(self) -> bool:
        return Inspection.objects.filter(pk=self.inspection_id, finalised_on__isnull=False).exists()


class ReplyState(models.TextChoices):
    WAITING = "waiting", _("Waits to be vetted")
    ACCEPTED = "accepted", _("Shown")
    REFUSED = "refused", _("Not shown")


class InspectionReplyQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """What waits to be vetted, the oldest first."""
        return self.filter(state=ReplyState.WAITING).order_by("written_on", "pk")

    def refused_since(self, day: date) -> Self:
        """Those refused on a day or later which the shop has not followed by another one."""
        later = InspectionReply.objects.filter(inspection=OuterRef("inspection"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), state=ReplyState.REFUSED, vetted_on__gte=day)


class InspectionReply(models.Model):
    """What the vendor says to a record of its inspection: its own words, which nobody has verified."""

    inspection = models.ForeignKey(
        Inspection, verbose_name=_("inspection"), on_delete=models.CASCADE, related_name="replies"
    )
    words = models.TextField(_("reply"), max_length=LONGEST_REPLY, validators=[MaxLengthValidator(LONGEST_REPLY)])
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_on = models.DateField(_("written on"))
    state = models.CharField(_("state"), max_length=10, choices=ReplyState.choices, default=ReplyState.WAITING)
    vetted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("vetted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    vetted_on = models.DateField(_("vetted on"), null=True)
    refused_why = models.CharField(_("why it is not shown"), max_length=300, blank=True)

    objects = InspectionReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to an inspection")
        verbose_name_plural = _("replies to inspections")
        ordering = ["-written_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(state=ReplyState.ACCEPTED), name="streets_one_shown_reply"
            )
        ]

    def __str__(self):
        return self.words[:60]
