"""Banks by the number that VietQR knows them by, as a list that editors keep."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from streets.payee_names import HolderKind
from wardmark.base.languages import source_language


class ValidityQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """Those that hold on that day, the last one included."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))


class Bank(models.Model):
    """A bank as of some day. A number may pass to another bank: then the first entry ends, and a new one begins."""

    bin = models.CharField(
        _("bank number (BIN)"),
        max_length=6,
        validators=[RegexValidator(r"\A[0-9]{6}\Z", _("A bank’s number has exactly 6 digits."))],
        help_text=_("The 6 digits by which VietQR codes name the bank."),
    )
    short_name = models.CharField(_("short name"), max_length=40, help_text=_("As bank apps and people call it."))
    short_name_en = models.CharField(
        _("short name in English"), max_length=40, blank=True, help_text=_("Only where it differs.")
    )
    name = models.CharField(_("full name"), max_length=160)
    name_en = models.CharField(_("full name in English"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=200, help_text=_("Where the number was looked up, and when."))
    valid_from = models.DateField(_("valid from"), null=True, blank=True, help_text=_("Left empty: always."))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("bin"), FieldPanel("short_name"), FieldPanel("short_name_en")]),
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    ]

    class Meta:
        verbose_name = _("bank")
        verbose_name_plural = _("banks")
        ordering = ["short_name", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["bin", "valid_from"], name="streets_bank_number_once_per_day"),
            # Empty dates differ for a database: without this the same number could stand there twice for all time.
            models.UniqueConstraint(
                fields=["bin"], condition=Q(valid_from=None), name="streets_bank_number_once_for_all_time"
            ),
            models.CheckConstraint(condition=Exact(Length("bin"), 6), name="streets_bank_number_has_six_digits"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="streets_bank_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.short_name} ({self.bin})"

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The end must not come before the beginning.")})
        if others := self._at_the_same_time():
            raise ValidationError(
                {
                    "bin": _("At the same time this number is that of %(bank)s. Please let one end before the other.")
                    % {"bank": others[0]}
                }
            )

    def _at_the_same_time(self) -> list["Bank"]:
        others = Bank.objects.filter(bin=self.bin).exclude(pk=self.pk)
        if self.valid_from:
            others = others.filter(Q(valid_until=None) | Q(valid_until__gte=self.valid_from))
        if self.valid_until:
            others = others.filter(Q(valid_from=None) | Q(valid_from__lte=self.valid_until))
        return list(others[:1])

    @property
    def label(self) -> str:
        """Its short name in the active language."""
        return (get_language() != source_language() and self.short_name_en) or self.short_name


class PayeeNameRule(models.Model):
    """How the payee's name of some kind of holder must begin, by which document, and from when to when."""

    holder_kind = models.CharField(_("kind of holder"), max_length=20, choices=HolderKind.choices)
    beginnings = models.CharField(
        _("may begin with"),
        max_length=200,
        help_text=_("Without accents, as bank apps show names; several with commas."),
    )
    source = models.CharField(_("document"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    panels = [
        FieldPanel("holder_kind"),
        FieldPanel("beginnings"),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    ]

    class Meta:
        verbose_name = _("rule for payees’ names")
        verbose_name_plural = _("rules for payees’ names")
        ordering = ["holder_kind", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="streets_name_rule_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.beginnings} ({self.source})"

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The end must not come before the beginning.")})
        if not self.prefixes:
            raise ValidationError({"beginnings": _("Please enter at least one beginning.")})

    @property
    def prefixes(self) -> tuple[str, ...]:
        return tuple(" ".join(word.split()).upper() for word in self.beginnings.split(",") if word.strip())
