"""The admin's upload forms, with the checks that Wagtail leaves to the site."""

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media.uploads import check_audio, without_private_metadata


class PictureForm(BaseImageForm):
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
