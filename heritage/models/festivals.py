"""The festivals of a historical site, by the lunar or the solar calendar."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from heritage.yearly_days import Calendar, Occurrence, YearlyDay, is_possible
from wardmark.base.structured_data import Data, thing

# A festival nearer than so many days is announced with the days still to wait.
SOON = 30

_LUNAR_MONTHS = [
    pgettext_lazy("lunar month", "first"),
    pgettext_lazy("lunar month", "second"),
    pgettext_lazy("lunar month", "third"),
    pgettext_lazy("lunar month", "fourth"),
    pgettext_lazy("lunar month", "fifth"),
    pgettext_lazy("lunar month", "sixth"),
    pgettext_lazy("lunar month", "seventh"),
    pgettext_lazy("lunar month", "eighth"),
    pgettext_lazy("lunar month", "ninth"),
    pgettext_lazy("lunar month", "tenth"),
    pgettext_lazy("lunar month", "eleventh"),
    pgettext_lazy("lunar month", "twelfth"),
]


class FestivalCalendar(models.TextChoices):
    LUNAR = "lunar", _("Lunar calendar")
    SOLAR = "solar", _("Solar calendar")
    UNKNOWN = "unknown", _("Date not known")


class Festival(TranslatableMixin, Orderable):
    """What is held at a site every year. A date that is not known stays unknown; it is never guessed."""

    page = ParentalKey("heritage.HeritageSitePage", on_delete=models.CASCADE, related_name="festivals")
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Left empty, the page says “Festival day”.")
    )
    calendar = models.CharField(
        _("calendar"), max_length=10, choices=FestivalCalendar.choices, default=FestivalCalendar.LUNAR
    )
    day = models.PositiveSmallIntegerField(
        _("first day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_(
            "Empty while only the month is known. A day 30 that a lunar month does not have is held on the 29th."
        ),
    )
    month = models.PositiveSmallIntegerField(
        _("month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("In a leap year the regular month counts, not the one that repeats it."),
    )
    days = models.PositiveSmallIntegerField(
        _("how many days"), default=1, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    description = models.TextField(_("what happens"), max_length=600, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True, help_text=_("Author, title, year, page."))

    panels = [
        FieldPanel("name"),
        FieldPanel("calendar"),
        FieldRowPanel([FieldPanel("day"), FieldPanel("month"), FieldPanel("days")]),
        FieldPanel("description"),
        FieldPanel("source"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        SynchronizedField("calendar", overridable=False),
        SynchronizedField("day", overridable=False),
        SynchronizedField("month", overridable=False),
        SynchronizedField("days", overridable=False),
        TranslatableField("description"),
        TranslatableField("source"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.calendar == FestivalCalendar.UNKNOWN:
            if self.day or self.month:
                raise ValidationError({"calendar": _("A day and month are given: please say of which calendar.")})
            return
        if self.month is None:
            raise ValidationError({"month": _("Needed, unless the date is not known.")})
        if self.yearly_day is None:
            if self.days != 1:
                raise ValidationError({"days": _("Without the first day, leave this at 1.")})
        elif not is_possible(self.yearly_day):
            raise ValidationError({"day": _("No year has this day in this month.")})

    @property
    def title(self) -> str:
        return self.name or gettext("Festival day")

    @property
    def yearly_day(self) -> YearlyDay | None:
        """Its day of the year; None while it is not known, or only the month is."""
        if self.calendar == FestivalCalendar.UNKNOWN or self.day is None or self.month is None:
            return None
        return YearlyDay(Calendar(self.calendar), self.day, self.month, self.days)

    @property
    def when(self) -> str:
        """Its day as the calendar names it: “ngày 12 tháng Hai âm lịch”, or its month: “trong tháng Giêng âm lịch”."""
        day = self.yearly_day
        if day is None:
            return self._month_only()
        if day.calendar == Calendar.SOLAR:
            return gettext("day %(day)d of month %(month)d, solar calendar") % {"day": day.day, "month": day.month}
        words = {"day": day.day, "month": _LUNAR_MONTHS[day.month - 1]}
        # Vietnamese calls the first ten days of a lunar month by a word of their own.
        if day.day <= 10:
            return pgettext("one of the first ten days", "day %(day)d of the %(month)s lunar month") % words
        return gettext("day %(day)d of the %(month)s lunar month") % words

    def _month_only(self) -> str:
        if self.calendar == FestivalCalendar.UNKNOWN or self.month is None:
            return gettext("Date not yet known")
        if self.calendar == FestivalCalendar.SOLAR:
            return gettext("in month %(month)d, solar calendar; the day is not yet known") % {"month": self.month}
        words = {"month": _LUNAR_MONTHS[self.month - 1]}
        return gettext("in the %(month)s lunar month; the day is not yet known") % words

    @cached_property
    def today(self) -> date:
        """The day it is in the ward, the same for all that is said of this festival at once."""
        return timezone.localdate()

    @cached_property
    def next(self) -> Occurrence | None:
        """The holding that goes on today, else the next; None where the date is not known."""
        day = self.yearly_day
        return day.next_from(self.today) if day else None

    def structured_data(self, where: Data, address: str) -> Data | None:
        """Return its next holding in the words of schema.org; None where no day is known."""
        if self.next is None:
            return None
        return thing(
            "Festival",
            name=self.title,
            description=self.description,
            startDate=self.next.first,
            endDate=self.next.last,
            location=where,
            url=f"{address}#festivals",
        )

    @property
    def days_left(self) -> int | None:
        return self.next.days_until(self.today) if self.next else None

    @property
    def is_soon(self) -> bool:
        """Whether it goes on or begins within `SOON` days."""
        return self.days_left is not None and self.days_left <= SOON


def soonest_first(festivals: Iterable[Festival]) -> list[Festival]:
    """Return the festivals by their next day, those without a known date last, else in their order."""
    return sorted(festivals, key=lambda festival: festival.next.first if festival.next else date.max)
