"""What staff tell on a phone in front of a plaque."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from media.forms import PhotoField
from wardmark.base.places import Position
from wardmark.base.search import LONGEST_QUERY
from wardmark.plaques.checking import LONGEST_NOTE
from wardmark.plaques.models import Finding, LinkRequest, Plaque, PlaqueAlert

_WORDS = {"rows": 1, "class": "input"}


class OnSite(forms.Form):
    """The phone's position, which a script fills in after a tap; empty where its owner does not allow that."""

    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    @property
    def position(self) -> Position | None:
        latitude, longitude = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        return None if latitude is None or longitude is None else Position(latitude, longitude)


class Looked(OnSite):
    """What everybody may add who stands there: a note and a photo."""

    # A field of several lines: in one of a single line, the return key would press the first button.
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs=_WORDS)
    )
    photo = PhotoField(
        label=_("Photo of the plaque as it hangs"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment", "class": "input"}),
    )


class CheckForm(Looked):
    finding = forms.ChoiceField(
        choices=Finding.choices, error_messages={"required": _("Please tap how you found the plaque.")}
    )


class InstallForm(Looked):
    pass


class ChoosePageForm(OnSite):
    """A page, found by its name or by where the phone is. `choices` are checked by the view: pages they may edit."""

    name = forms.CharField(
        label=_("Name of the place"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"class": "input", "type": "search", "autocomplete": "off"}),
    )
    page = forms.UUIDField(required=False)

    def chosen(self) -> UUID | None:
        return self.cleaned_data.get("page")


class LinkForm(ChoosePageForm):
    label = forms.CharField(
        label=_("Where it hangs"),
        required=False,
        max_length=Plaque._meta.get_field("label").max_length,
        widget=forms.TextInput(attrs={"class": "input"}),
        help_text=_("For example “main gate” or “stele no. 2”."),
    )
    hangs = forms.BooleanField(label=_("It hangs there now"), required=False, initial=True)


class AnotherPageForm(ChoosePageForm):
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LinkRequest._meta.get_field("why").max_length,
        widget=forms.Textarea(attrs=_WORDS),
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What you found"),
        max_length=PlaqueAlert._meta.get_field("outcome").max_length,
        error_messages={"required": _("Please say what you found.")},
        widget=forms.TextInput(attrs={"class": "input", "list": "outcomes", "autocomplete": "off"}),
    )
