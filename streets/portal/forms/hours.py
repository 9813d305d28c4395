"""When the shop is open: its week, and days that are otherwise."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from streets.admin_hours import WeekField, WeekWidget
from streets.hours import HoursError, SpecialDays, read_spans
from streets.hours.special import LONGEST_NOTE, LONGEST_RANGE
from streets.hours.tet import MOST_DAYS_AFTER, MOST_DAYS_BEFORE
from streets.hours.words import complaint
from streets.portal.forms.changing import ChangeForm, line
from wardmark.base.languages import source_language

_CLOCK = {"class": "input"}


class PhoneWeekWidget(WeekWidget):
    """The week as a thumb fills it in: one day below the other, and “all days as Monday” first."""

    template_name = "portal/widgets/week.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for day in context["days"]:
            filled = [bool(row["opens"] or row["closes"]) for row in day["rows"]]
            day |= {"has_break": any(filled[1:]), "has_more": any(filled[2:])}
        return context


class WeekForm(ChangeForm):
    carries = {"hours": "hours"}

    hours = WeekField(label=_("Opening hours"), widget=PhoneWeekWidget, required=False)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=_CLOCK | attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs=_CLOCK, format="%H:%M")


class SpecialDayForm(forms.Form):
    """One day, or several, on which the shop is closed or keeps other hours."""

    first = forms.DateField(label=pgettext_lazy("first day", "From"), widget=DayInput)
    last = forms.DateField(label=_("to (if more than a day)"), widget=DayInput, required=False)
    opens = forms.TimeField(label=_("opens at"), widget=TimeInput, required=False)
    closes = forms.TimeField(label=_("closes at"), widget=TimeInput, required=False)
    note = line(
        _("What for"),
        LONGEST_NOTE,
        help_text=_(
            "Not needed. Visitors read it, for example “Family party”. The ward may look at these words, in the first "
            "30 days before they are public."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first"), data.get("last") or data.get("first")
        if first and last:
            if last < first:
                self.add_error("last", _("The last day must not come before the first."))
            elif last < self.today:
                self.add_error("first", _("This day is over."))
            elif last - first >= LONGEST_RANGE or first > self.today + LONGEST_RANGE:
                self.add_error("last", _("Please enter at most a year at once."))
        if bool(data.get("opens")) != bool(data.get("closes")) and not self.errors:
            self.add_error("closes", _("Please give both times, or none for a day of rest."))
        return data

    def days(self) -> SpecialDays:
        """Return what was filled in. Raises ValidationError for hours that cannot be."""
        data = self.cleaned_data
        times = [[f"{data['opens']:%H:%M}", f"{data['closes']:%H:%M}"]] if data.get("opens") else []
        try:
            spans = read_spans(times, where="")
        except HoursError as refused:
            raise ValidationError(complaint(refused)) from None
        note = {source_language(): data["note"]} if data["note"] else {}
        return SpecialDays(data["first"], data["last"] or data["first"], spans, note)


class TetForm(forms.Form):
    """How long the shop rests around the new year: so many days before it, and up to which mùng."""

    before = forms.TypedChoiceField(
        label=_("Days before the new year"),
        coerce=int,
        choices=[(n, n) for n in range(MOST_DAYS_BEFORE + 1)],
        initial=1,
        widget=forms.Select(attrs=_CLOCK),
    )
    after = forms.TypedChoiceField(
        label=_("Up to and including mùng"),
        coerce=int,
        choices=[(n, n) for n in range(1, MOST_DAYS_AFTER + 1)],
        initial=3,
        widget=forms.Select(attrs=_CLOCK),
    )
