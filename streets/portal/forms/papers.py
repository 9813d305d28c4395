"""A paper to be sent: what it is, from when to when, and its photograph."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from media.forms import PhotoField
from streets.models import DocumentKind, SentPaper
from streets.portal.forms.changing import line
from streets.portal.forms.hours import DayInput
from streets.private_files import cleaned_private_file


class PaperFile(forms.FileField):
    """A PDF, or a photograph of the phone, whose place and camera are taken out of it."""

    widget = forms.FileInput(attrs={"class": "input", "accept": "image/*,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> File:
        upload = super().clean(data, initial)
        try:
            return cleaned_private_file(upload)
        except ValidationError as refused:
            if refused.code != "other_kind":
                raise
        return _as_jpeg(PhotoField().clean(upload))


def _as_jpeg(photo: File) -> File:
    """Return a picture of a phone's own kind, such as HEIC, as one that every officer can open."""
    with Image.open(photo) as picture:
        kept = BytesIO()
        ImageOps.exif_transpose(picture).convert("RGB").save(kept, "JPEG", quality=88)
    return ContentFile(kept.getvalue(), name="photo.jpg")


class PaperForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Which paper?"), choices=DocumentKind.choices, widget=forms.Select(attrs={"class": "input"})
    )
    file = PaperFile(label=_("Photo or PDF"), help_text=_("Only the ward’s officers see it."))
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput)
    expires_on = forms.DateField(
        label=_("Valid until"), widget=DayInput, required=False, help_text=_("Leave it empty if there is no end on it.")
    )
    number = line(_("Number on the paper"), SentPaper._meta.get_field("number").max_length)
