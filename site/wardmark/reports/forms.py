"""What visitors fill in: a report, and the code by which it is followed."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from media.forms import PhotoField
from wardmark.reports.about import Subject
from wardmark.reports.asking import asking
from wardmark.reports.models import ABOUT_A_PLAQUE, LONGEST_TEXT, MOST_PHOTOS, ReportKind
from wardmark.reports.photographs import drawn_anew, held
from wardmark.reports.receiving import checked

PHOTO_NAMES = tuple(f"photo_{number}" for number in range(1, MOST_PHOTOS + 1))


class ReportForm(forms.Form):
    """A report of one kind. What `receiving.receive` finds amiss is added to its fields by `add_errors`."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # How long it may be says the rule, which counts a line break as the browser does.
    text = forms.CharField(required=False, strip=True)
    phone = forms.CharField(
        label=_("Your phone number, if you want to be asked back"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that the ward keeps my number for this report. It is encrypted, read only by the officers who "
            "deal with it, and erased 30 days after the report is closed."
        ),
        required=False,
    )

    def __init__(self, *args: Any, kind: ReportKind, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.subject = kind, subject
        asked = asking(kind)
        self.fields["text"].label, self.fields["text"].help_text = asked.question, asked.hint
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST_TEXT})
        self.fields["form_key"].initial = uuid.uuid4
        tokens = self._tokens()
        self.held = {token: photo for token in tokens if (photo := held(token)) is not None}
        self.is_too_late = len(self.held) < len(tokens)
        for number, name in enumerate(PHOTO_NAMES[len(self.held) :], start=len(self.held) + 1):
            self.fields[name] = PhotoField(label=_("Photo %(number)d") % {"number": number}, required=False)
            self.fields[name].widget.attrs["accept"] = "image/*"
        if kind in ABOUT_A_PLAQUE and len(subject.plaques) > 1:
            choices = [(one.code, f"{one.printed_code} {one.label}".strip()) for one in subject.plaques]
            self.fields["plaque"] = forms.ChoiceField(
                label=_("Which plaque?"),
                choices=[*choices, ("", _("I do not know"))],
                required=False,
                widget=forms.RadioSelect,
            )

    def _tokens(self) -> list[str]:
        """Return what an earlier try left here, as the boxes that are still ticked say."""
        said = self.data.getlist("held") if self.is_bound else []
        return list(dict.fromkeys(said))[:MOST_PHOTOS]

    def photo_fields(self, *, beside: int) -> list[forms.BoundField]:
        """Return the fields for as many photos as may come with those that are held already."""
        return [self[name] for name in PHOTO_NAMES[beside:] if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_too_late:
            self.add_error(
                None, _("A photo that you chose before was kept for two hours only. Please choose it again.")
            )
        for name in PHOTO_NAMES:
            if upload := cleaned.get(name):
                try:
                    cleaned[name] = drawn_anew(upload)
                except ValidationError as error:
                    self.add_error(name, error)
        # All that is amiss at once, not one thing after the other.
        try:
            checked(
                kind=self.kind,
                text=cleaned.get("text", ""),
                plaque=self.wanted_subject().plaque,
                phone=cleaned.get("phone", ""),
                has_consent=cleaned.get("consent", False),
                photos=[*self.held.values(), *self.new_photos()],
            )
        except ValidationError as refused:
            self.add_errors(refused)
        return cleaned

    def new_photos(self) -> list[ContentFile]:
        """Return the photos that came with this try and can be read, whatever else is amiss."""
        return [photo for name in PHOTO_NAMES if (photo := self.cleaned_data.get(name))]

    def add_errors(self, refused: ValidationError) -> None:
        """Set what the rule found amiss beside what was filled in."""
        for name, errors in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def wanted_subject(self) -> Subject:
        return self.subject.with_plaque(self.cleaned_data.get("plaque", ""))


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("Tracking code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
