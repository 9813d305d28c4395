"""What an officer writes when a report is moved on."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.forms import PhotoField
from wardmark.base.languages import content_languages
from wardmark.base.people import person_name
from wardmark.reports.handling import LONGEST_ADDRESSEE, LONGEST_ANSWER, LONGEST_NOTE, LONGEST_OUTCOME, LONGEST_REASON
from wardmark.reports.models import VisitorReport
from wardmark.reports.rights import officers, open_to


class DeedForm(forms.Form):
    """A form that knows its report and who fills it in."""

    def __init__(self, *args: Any, report: VisitorReport, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.user = report, user


class Officer(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return person_name(person)


class AssignForm(DeedForm):
    to = Officer(label=gettext_lazy("To whom"), queryset=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = officers()


class NoteForm(DeedForm):
    words = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For colleagues. It stays for ever: please no names and no telephone numbers."),
    )


class AnswerForm(DeedForm):
    words = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What was found and what was done. The reporter reads it by the tracking code."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the answer"))
    photo = PhotoField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("For example of the place as it is now. Please no faces and no number plates."),
    )
    photo_alt = forms.CharField(label=gettext_lazy("The photo in words"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = content_languages()
        self.fields["language"].initial = self.report.language

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("photo") and not data.get("photo_alt", "").strip():
            self.add_error("photo_alt", _("Please say in words what the photo shows."))
        return data


class PublishForm(DeedForm):
    words = forms.CharField(
        label=gettext_lazy("Outcome"),
        max_length=LONGEST_OUTCOME,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For example “The plaque at the gate was replaced.” Nothing of the report or the reporter."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the outcome"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = content_languages()


class RejectForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReopenForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is opened again"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


class ForwardForm(DeedForm):
    to = forms.CharField(
        label=gettext_lazy("Passed on to"),
        max_length=LONGEST_ADDRESSEE,
        help_text=gettext_lazy("For example “the ward’s police”. The reporter reads this."),
    )


class MergeForm(DeedForm):
    number = forms.IntegerField(
        label=gettext_lazy("Number of the other report"),
        min_value=1,
        max_value=2**31,
        help_text=gettext_lazy("As in the list, without the #."),
    )

    def clean_number(self) -> VisitorReport:
        found = open_to(self.user, VisitorReport.objects.filter(pk=self.cleaned_data["number"])).first()
        if found is None:
            raise forms.ValidationError(_("There is no report of this number that you may handle."))
        return found
