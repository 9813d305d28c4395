"""The law of food safety as records that the ward enters: decrees, clauses that exempt, what vendors check.

No number, title or letter of a law stands in the program: laws change faster than programs.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from wardmark.base.languages import in_language
from wardmark.base.wordings import Worded, Wording


class DecreeState(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    NOT_YET = "not_yet", _("Not yet in force")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("No longer in force")
    UNKNOWN = "unknown", _("To be entered by the ward")


class FoodDecree(Worded):
    """A decree that says who needs which paper. Whether it holds on a day is computed, never stored."""

    number = models.CharField(_("number"), max_length=60, unique=True, help_text=_("As it is cited."))
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("Its last day, if it has one.")
    )
    suspended_until = models.DateField(
        _("suspended until"), null=True, blank=True, help_text=_("The last day of the suspension, if there was one.")
    )
    unknown_after = models.DateField(
        _("looked up until"),
        null=True,
        blank=True,
        help_text=_("After this day somebody must look up whether it holds; the site then claims nothing."),
    )
    source_url = models.URLField(_("where it can be read"), blank=True)
    note = models.TextField(_("note"), max_length=600, blank=True)

    panels = [
        FieldPanel("number"),
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Title"), min_num=1),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")]),
                FieldRowPanel([FieldPanel("suspended_until"), FieldPanel("unknown_after")]),
            ],
            _("When it holds"),
        ),
        FieldPanel("source_url"),
        FieldPanel("note"),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("food-safety decree")
        verbose_name_plural = _("food-safety decrees")
        ordering = ["-in_force_from", "number"]

    def __str__(self):
        return self.number

    def clean(self):
        super().clean()
        if self.in_force_from and self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValidationError({"in_force_until": _("The end must not come before the beginning.")})

    def state_on(self, day: date) -> DecreeState:
        """Return what is known of it for a day in the ward's time zone. On its last day it still holds."""
        if self.in_force_until and day > self.in_force_until:
            return DecreeState.ENDED
        if self.suspended_until and day <= self.suspended_until:
            return DecreeState.SUSPENDED
        if self.unknown_after and day > self.unknown_after:
            return DecreeState.UNKNOWN
        if self.in_force_from is None:
            return DecreeState.UNKNOWN
        return DecreeState.IN_FORCE if self.in_force_from <= day else DecreeState.NOT_YET

    @property
    def state(self) -> DecreeState:
        return self.state_on(timezone.localdate())

    @property
    def state_label(self) -> str:
        return str(self.state.label)


class FoodDecreeWording(Wording):
    record = ParentalKey(FoodDecree, on_delete=models.CASCADE, related_name="wordings")
    name = models.CharField(_("title"), max_length=250)

    class Meta:
        verbose_name = _("words of a food-safety decree")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_decree_one_wording_per_language")
        ]


class Situation(models.TextChoices):
    """What about a shop exempts it from the certificate, as the officers' questions find it out."""

    PRIMARY_PRODUCTION = "primary_production", _("small primary production")
    NO_FIXED_PLACE = "no_fixed_place", _("sells without a fixed place")
    PRELIMINARY_PROCESSING = "preliminary_processing", _("small preliminary processing")
    SMALL_TRADING = "small_trading", _("small trade in food")
    PREPACKAGED = "prepackaged", _("sells prepackaged food only")
    PACKAGING = "packaging", _("packaging and utensils for food")
    HOTEL_RESTAURANT = "hotel_restaurant", _("restaurant in a hotel")
    CANTEEN = "canteen", _("canteen that is not registered as a food business")
    STREET_FOOD = "street_food", _("street food")
    QUALITY_SYSTEM = "quality_system", _("holds a certificate of a quality system")


class ExemptionClause(ClusterableModel):
    """A clause of a decree under which no certificate is needed."""

    decree = models.ForeignKey(FoodDecree, verbose_name=_("decree"), on_delete=models.PROTECT, related_name="clauses")
    article = models.CharField(_("article and paragraph"), max_length=30, help_text=_("For example 12.1."))
    letter = models.CharField(_("letter"), max_length=3)
    situation = models.CharField(_("whom it exempts"), max_length=30, choices=Situation.choices)

    panels = [
        FieldPanel("decree"),
        FieldRowPanel([FieldPanel("article"), FieldPanel("letter")]),
        FieldPanel("situation"),
        InlinePanel("wordings", label=_("Words in one language"), heading=_("What it says"), min_num=1),
    ]

    class Meta:
        verbose_name = _("exemption clause")
        verbose_name_plural = _("exemption clauses")
        ordering = ["decree", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decree", "article", "letter"], name="streets_clause_once_per_decree"),
            models.UniqueConstraint(fields=["decree", "situation"], name="streets_situation_once_per_decree"),
        ]

    def __str__(self):
        return f"{self.decree.number}, {self.place}: {self.wording or self.get_situation_display()}"

    @property
    def place(self) -> str:
        """Where in the decree it stands, as it is cited: article, paragraph, letter."""
        return f"{self.article}.{self.letter}"

    @property
    def wording(self) -> "ExemptionClauseWording | None":
        return in_language(self.wordings.all())


class ExemptionClauseWording(Wording):
    record = ParentalKey(ExemptionClause, on_delete=models.CASCADE, related_name="wordings")
    name = models.CharField(_("words"), max_length=300)

    class Meta:
        verbose_name = _("words of an exemption clause")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_clause_one_wording_per_language")
        ]


class SelfCheckPoint(Worded):
    """One thing a vendor looks at itself, after the law's duties of who serves food."""

    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    basis = models.CharField(_("where the law says so"), max_length=80, blank=True)

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("What is checked"), min_num=1),
        FieldPanel("basis"),
        FieldPanel("sort_order"),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("point of the self-check")
        verbose_name_plural = _("points of the self-check")
        ordering = ["sort_order", "key"]


class SelfCheckPointWording(Wording):
    record = ParentalKey(SelfCheckPoint, on_delete=models.CASCADE, related_name="wordings")
    name = models.CharField(_("words"), max_length=200)

    class Meta:
        verbose_name = _("words of a point of the self-check")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_check_point_one_wording_per_language")
        ]
