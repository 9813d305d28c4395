"""Which scans to look at: a period and a scope, as a form."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page

from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.models import Plaque, PlaqueQuerySet
from wardmark.plaques.periods import Period, today_in_ward
from wardmark.plaques.scan_access import ALL_COUNTS, pages_with_visible_scans, plaques_with_visible_scans
from wardmark.plaques.statistics import plaques_under

OWN = "own"
USUAL_DAYS = 30
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: a period, and the plaques to count; None stands for the whole ward."""

    period: Period
    plaques: PlaqueQuerySet | None
    page: Page | None = None
    plaque: Plaque | None = None


class ScanFilter(forms.Form):
    """A period and a scope. Only pages and plaques whose scans this person may see can be chosen."""

    period = forms.ChoiceField(
        label=_("Period"),
        required=False,
        initial=str(USUAL_DAYS),
        choices=[
            ("7", _("Last 7 days")),
            ("30", _("Last 30 days")),
            ("90", _("Last 90 days")),
            ("365", _("Last 365 days")),
            (OWN, _("From – to")),
        ],
    )
    first = forms.DateField(label=_("First day"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=_("Last day"), required=False, widget=AdminDateInput)
    page = forms.ModelChoiceField(
        label=_("Page with all under it"), required=False, queryset=Page.objects.none(), widget=AdminPageChooser
    )
    code = forms.CharField(label=_("Code of one plaque"), required=False, max_length=60)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["page"].queryset = pages_with_visible_scans(user)
        self.fields["page"].error_messages["invalid_choice"] = _("You may not see the scans of this page.")
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "size": 10}

    def clean_period(self) -> str:
        return self.cleaned_data["period"] or str(USUAL_DAYS)

    def clean_code(self) -> Plaque | None:
        """Turn what was typed, a code or the whole short link, into a plaque this person may look at."""
        typed = "".join(self.cleaned_data["code"].split()).rstrip("/").rpartition("/")[2]
        if not typed:
            return None
        try:
            plaque = plaques_with_visible_scans(self.user).with_code(typed)
        except InvalidCode:
            raise forms.ValidationError(_("This is not one of our codes. Please compare it with the plaque.")) from None
        if plaque is None:
            raise forms.ValidationError(_("There is no plaque with this code whose scans you may see."))
        return plaque

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("page") and data.get("code"):
            self.add_error("code", _("Please choose a page or a code, not both."))
        if data.get("period") == OWN:
            self._clean_days(data)
        return data

    def _clean_days(self, data: dict[str, Any]) -> None:
        for name, missing in (("first", _("Which day does it begin?")), ("last", _("Which day does it end?"))):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, missing)
        first, last = data.get("first"), data.get("last")
        if not (first and last):
            return
        if last < first:
            self.add_error("last", _("It ends before it begins."))
        elif last - first > LONGEST:
            self.add_error("last", _("Please choose three years at the most."))
        elif first > today_in_ward():
            self.add_error("first", _("This day is still to come."))

    @cached_property
    def choice(self) -> Choice:
        """What was chosen in a valid form."""
        data = self.cleaned_data
        page, plaque = data["page"], data["code"]
        period = Period(data["first"], data["last"]) if data["period"] == OWN else Period.of_last(int(data["period"]))
        visible = plaques_with_visible_scans(self.user)
        if plaque is not None:
            return Choice(period, visible.filter(pk=plaque.pk), plaque=plaque)
        if page is not None:
            return Choice(period, visible.filter(pk__in=plaques_under(page=page).values("pk")), page=page)
        return Choice(period, None if self.user.has_perm(ALL_COUNTS) else visible)
