"""Programmes that streets join, what each sets out to reach, and the streets that take part."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from streets.measures import MEASURES, Measure, Tally, measure_choices
from wardmark.base.wordings import Worded, Wording


class Programme(Worded):
    """A programme of the ward or the city that streets join, such as cashless commerce."""

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Name"), min_num=1),
        FieldPanel("key"),
        InlinePanel(
            "criteria",
            label=_("Criterion"),
            heading=_("Criteria"),
            help_text=_("What the programme sets out to reach on each street. The figures are counted by the site."),
        ),
    ]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["key"]


class ProgrammeWording(Wording):
    record = ParentalKey(Programme, on_delete=models.CASCADE, related_name="wordings")
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What the programme means for somebody walking in the street."),
    )

    panels = [*Wording.panels, FieldPanel("description")]

    class Meta:
        verbose_name = _("words of a programme")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_programme_one_wording_per_language")
        ]


class TargetUnit(models.TextChoices):
    PERCENT = "percent", _("per cent of the shops that count")
    SHOPS = "shops", _("shops")


class Criterion(Orderable, ClusterableModel):
    """What a programme sets out to reach on a street: a measure and, where one was set, a target.

    The value is always counted (`streets.measures`), never typed.
    """

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="criteria")
    measure = models.SlugField(_("what is counted"), max_length=40, choices=measure_choices)
    target = models.PositiveIntegerField(
        _("target"), null=True, blank=True, help_text=_("Leave empty while no target has been set.")
    )
    target_unit = models.CharField(
        _("unit of the target"), max_length=10, choices=TargetUnit.choices, default=TargetUnit.PERCENT
    )
    source_url = models.URLField(
        _("address of the source"), blank=True, help_text=_("Where the target was published, if it is on the web.")
    )

    panels = [
        FieldPanel("measure"),
        FieldRowPanel([FieldPanel("target"), FieldPanel("target_unit")]),
        FieldPanel("source_url"),
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Words of the criterion")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(target_unit=TargetUnit.PERCENT) | models.Q(target=None) | models.Q(target__lte=100),
                name="streets_criterion_at_most_all_shops",
            ),
        ]

    def __str__(self):
        measure = self.measured
        return str(measure.label) if measure else self.measure

    def clean(self):
        super().clean()
        if self.target_unit == TargetUnit.PERCENT and self.target is not None and self.target > 100:
            raise ValidationError({"target": _("More than 100 per cent cannot be reached.")})

    @property
    def measured(self) -> Measure | None:
        """What is counted; None for a measure that this version of the site no longer has."""
        return MEASURES.get(self.measure)

    def is_reached(self, tally: Tally) -> bool | None:
        """Say whether that many are enough; None where there is no target or nothing to count."""
        if self.target is None or not tally.is_known:
            return None
        if self.target_unit == TargetUnit.PERCENT:
            return 100 * tally.met >= self.target * tally.counted
        return tally.met >= self.target


class CriterionWording(Wording):
    """A criterion in the programme's own words, in place of those of its measure."""

    record = ParentalKey(Criterion, on_delete=models.CASCADE, related_name="wordings")
    source = models.CharField(
        _("source of the target"),
        max_length=200,
        blank=True,
        help_text=_("The decision or plan that sets the target, as it should be read."),
    )

    panels = [*Wording.panels, FieldPanel("source")]

    class Meta:
        verbose_name = _("words of a criterion")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_criterion_one_wording_per_language")
        ]


class StreetProgramme(Orderable):
    """A street takes part in a programme: since when, by which decision and, if it is over, until when."""

    street = ParentalKey("streets.StreetPage", on_delete=models.CASCADE, related_name="programme_links")
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="street_links"
    )
    launched_on = models.DateField(
        _("launched on"), null=True, blank=True, help_text=_("Leave empty what is not known: nothing is guessed.")
    )
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, help_text=_("The last day; the page then shows the programme as ended.")
    )
    decision_number = models.CharField(_("number of the decision"), max_length=80, blank=True)

    panels = [
        FieldPanel("programme"),
        FieldRowPanel([FieldPanel("launched_on"), FieldPanel("ended_on")]),
        FieldPanel("decision_number"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("programme of a street")
        constraints = [
            models.UniqueConstraint(fields=["street", "programme"], name="streets_programme_once_per_street"),
            models.CheckConstraint(
                condition=models.Q(launched_on=None)
                | models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("launched_on")),
                name="streets_programme_ends_after_launch",
            ),
        ]

    def __str__(self):
        return str(self.programme)

    def clean(self):
        super().clean()
        if self.launched_on and self.ended_on and self.ended_on < self.launched_on:
            raise ValidationError({"ended_on": _("The end must not come before the launch.")})

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over, by the calendar of the ward."""
        return self.ended_on is not None and self.ended_on < timezone.localdate()

    @property
    def is_to_come(self) -> bool:
        return self.launched_on is not None and self.launched_on > timezone.localdate()
