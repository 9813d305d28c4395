"""The admin's upload forms, with the checks that Wagtail leaves to the site."""

from tempfile import TemporaryFile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.models import MediaType

from media import films
from media.captions import decoded, read_captions
from media.chapters import read_chapters
from media.recordings import examine, without_private_notes
from media.spans import patched
from media.uploads import UNREADABLE, check_recording, damaged_picture, without_private_metadata


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


class RecordingForm(BaseMediaForm):
    """A recording of sound or a film: what it is, is read from the file."""

    captions_file = forms.FileField(
        label=_("File of captions"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=_("A WebVTT file (.vtt), as programs for cutting films export it. It replaces what stands below."),
    )

    field_order = ("title", "file", "language", "is_synthetic", "captions_file", "captions", "transcript")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_film = self.instance.type == MediaType.VIDEO
        for name in ("is_synthetic", "chapters") if self.is_film else ("captions_file", "captions"):
            self.fields.pop(name, None)
        if self.is_film and (file := self.fields.get("file")):
            file.help_text = _(
                "MP4 (H.264) or WebM, at most %(megabytes)s MB and %(minutes)s minutes; 720p is enough for phones."
            ) % {"megabytes": films.BYTES_AT_MOST // 2**20, "minutes": films.SECONDS_AT_MOST // 60}

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if not upload or "file" not in self.changed_data:
            return upload
        extension = upload.name.rpartition(".")[2].lower()
        check_recording(upload, extension)
        if (extension in films.MEDIA_TYPES) != self.is_film:
            raise ValidationError(
                _("This is a video: add it as one.") if not self.is_film else _("This is no video: add it as audio."),
                code="other_kind",
            )
        return self._film(upload, extension) if self.is_film else self._recording(upload, extension)

    def _recording(self, upload: File, extension: str) -> File:
        recording = examine(upload, extension)
        clean = ContentFile(without_private_notes(upload, recording), name=upload.name)
        self.instance.duration, self.instance.size = recording.seconds, clean.size
        return clean

    def _film(self, upload: File, extension: str) -> File:
        film = films.examine_film(upload, extension)
        clean = File(TemporaryFile(), name=upload.name)  # noqa: SIM115 - storing it reads and closes it
        for piece in patched(upload, film.changes):
            clean.write(piece)
        clean.seek(0)
        instance = self.instance
        instance.duration, instance.width, instance.height = film.seconds, film.width, film.height
        instance.size = clean.size
        return clean

    def clean_captions_file(self):
        upload = self.cleaned_data.get("captions_file")
        return decoded(upload.read()) if upload else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("captions_file"):
            cleaned["captions"] = cleaned["captions_file"]
        for name, read in (("chapters", read_chapters), ("captions", read_captions)):
            if cleaned.get(name) and not self.has_error("file"):
                try:
                    read(cleaned[name], self.instance.duration)
                except ValidationError as error:
                    self.add_error("captions_file" if cleaned.get("captions_file") else name, error)
        self._keep_the_words(cleaned)
        return cleaned

    def _keep_the_words(self, cleaned: dict) -> None:
        cleaned["transcript"] = cleaned.get("transcript", "").strip()
        if cleaned["transcript"] or cleaned.get("captions") or not self.instance.pk:
            return
        if self.instance.get_usage().count():
            self.add_error(
                "transcript",
                ValidationError(
                    _("This recording is heard on a page: its words must stay for visitors who cannot hear."),
                    code="transcript_in_use",
                ),
            )

    class Meta(BaseMediaForm.Meta):
        # As tall as their words: empty, each would fill the screen.
        written = ("captions", "transcript", "chapters")
        widgets = BaseMediaForm.Meta.widgets | dict.fromkeys(written, AdminAutoHeightTextInput)
        help_texts = {
            "transcript": _(
                "The words spoken, for visitors who cannot hear or have no sound. Needed before a page with this "
                "recording is published."
            )
        }
