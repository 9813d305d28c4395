"""The days on which the ward's office does otherwise than the law and its week say."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from wardmark.base.opening_hours import read_opening_hours

# Monday to Friday, morning and afternoon, as most offices of the state.
USUAL_OFFICE_HOURS = "Thứ Hai – Thứ Sáu: 08:00–12:00, 13:00–17:00"


def validate_office_hours(text: str) -> None:
    """Refuse hours that no deadline can be counted by: unreadable, past midnight, or two at the same time."""
    spans = read_opening_hours(text)
    if spans is None:
        raise ValidationError(
            _("Please write one line like “Thứ Hai – Thứ Sáu: 08:00–12:00, 13:00–17:00” for each group of days."),
            code="unreadable",
        )
    ends = {}
    for span in sorted(spans, key=lambda span: span.opens):
        if span.closes <= span.opens:
            raise ValidationError(_("Office hours end later than they begin, on the same day."), code="order")
        for day in span.days:
            if day in ends and span.opens < ends[day]:
                raise ValidationError(_("Two of these office hours overlap."), code="overlap")
            ends[day] = span.closes


class OfficeDay(models.Model):
    """One day that was declared otherwise: a further day off, or a day off that is worked."""

    ward = ParentalKey("base.WardSettings", on_delete=models.CASCADE, related_name="office_days")
    day = models.DateField(_("day"))
    is_worked = models.BooleanField(
        _("the office works"),
        default=False,
        help_text=_(
            "Ticked: worked although it is a day off, as for a swapped Saturday. Not ticked: a further day off."
        ),
    )
    why = models.CharField(
        _("declared by"), max_length=200, blank=True, help_text=_("Number and date of the decision.")
    )

    panels = [FieldPanel("day"), FieldPanel("is_worked"), FieldPanel("why")]

    class Meta:
        verbose_name = _("day the office keeps otherwise")
        verbose_name_plural = _("days the office keeps otherwise")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["ward", "day"], name="base_office_day_once")]

    def __str__(self):
        return str(self.day)
