"""The admin's upload forms, with the checks that Wagtail leaves to the site."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media.uploads import UNREADABLE, check_audio, damaged_picture, without_private_metadata


class PictureField(WagtailImageField):
    """Wagtail's own reads the picture to the end when it counts the pixels, and lets a damaged one become a 500."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except UNREADABLE as error:
            raise damaged_picture() from error


class PhotoField(PictureField):
    """A photograph taken with a phone, on a form of our own: judged and cleaned as one uploaded in the admin."""

    def __init__(self, *args, help_text: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail's own lists file formats, which a camera knows and its owner does not.
        self.help_text = help_text

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return without_private_metadata(upload) if upload else None


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = PictureField(label=plain.label, required=plain.required, widget=plain.widget)

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if not upload or "file" not in self.changed_data:
            return upload
        clean = without_private_metadata(upload)
        if clean is not upload:
            # Wagtail reads the format it validated from these two.
            clean.image, clean.content_type = upload.image, upload.content_type
        return clean


class AudioForm(BaseMediaForm):
    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if upload and "file" in self.changed_data:
            check_audio(upload, upload.name.rpartition(".")[2])
        return upload

    class Meta(BaseMediaForm.Meta):
        help_texts = {"transcript": _("The words spoken, for visitors who cannot hear or have no sound.")}
