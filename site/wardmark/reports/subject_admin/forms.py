"""What officers enter of a request about personal data, and how they close it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from wardmark.base.national_phones import normalised
from wardmark.reports.models import Channel, SubjectRight, VisitorReport
from wardmark.reports.models.subject_requests import LONGEST_ANSWER


class NewRequestForm(forms.Form):
    right = forms.ChoiceField(label=_("What is asked"), choices=SubjectRight.choices, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices)
    received_at = forms.DateTimeField(
        label=_("Received"),
        widget=AdminDateTimeInput,
        initial=timezone.localtime,
        help_text=_("The clock runs from here."),
    )
    asker = forms.CharField(
        label=_("Who asks"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_(
            "Name, how to reach them, and how it was made sure that it is them. Kept encrypted, and forgotten 30 days "
            "after the answer."
        ),
    )


class PhoneForm(forms.Form):
    """A number to look for; it is not kept."""

    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
        help_text=_("Made sure of before: call it, or see the phone. The number is not kept here."),
    )

    def clean_phone(self) -> str:
        return normalised(self.cleaned_data["phone"])


class ForgetForm(PhoneForm):
    """What is forgotten cannot be brought back: somebody says so."""

    sure = forms.BooleanField(label=_("This cannot be undone. I have made sure that the number is the asker’s."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = ""


class ForgetReportForm(forms.Form):
    """One report, by what its reporter wrote down or by its number in the inbox; sent once unsure, it is named."""

    code = forms.CharField(
        label=_("Tracking code or number of the report"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    sure = forms.BooleanField(
        label=_("This cannot be undone. I have made sure that the report is the asker’s."), required=False
    )

    def clean_code(self) -> VisitorReport:
        written = self.cleaned_data["code"].strip()
        found = VisitorReport.objects.with_code(written)
        number = written.removeprefix("#")
        # Ten digits and more are a code at best.
        if found is None and number.isdecimal() and len(number) < 10:
            found = VisitorReport.objects.filter(pk=int(number)).first()
        if found is None:
            raise forms.ValidationError(_("There is no such report. Please compare it once more."))
        return found

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if (report := values.get("code")) and not values.get("sure"):
            said = {
                "report": f"#{report.pk} {report.get_kind_display()}",
                "when": date_format(timezone.localtime(report.received_at), "SHORT_DATETIME_FORMAT"),
            }
            self.add_error("sure", gettext("This is report %(report)s, received %(when)s. Is it the asker’s?") % said)
        return values


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("What was done"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Without names and telephone numbers: it stays when who asked is forgotten."),
    )


class RefusalForm(AnswerForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Reason")
