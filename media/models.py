"""Our own picture, audio and document models, so that a later field never needs a data move."""

from zlib import crc32

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index
from wagtailmedia.models import AbstractMedia, MediaType

from media import placeholders
from media.chapters import Chapter, clock, read_chapters
from media.films import MEDIA_TYPES as FILM_TYPES
from media.recordings import MEDIA_TYPES

# What decides how a picture looks once it is cut.
LOOKS = ("file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Picture(AbstractImage):
    """A photograph or drawing; who made it is part of it, so that every page can say so."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who took or drew it, as it shall be named beside the picture."),
    )

    # None until it is drawn; empty where there is none.
    placeholder = models.CharField(max_length=placeholders.LENGTH, null=True, blank=True, editable=False)  # noqa: DJ001

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None and self._looks_new():
            self.placeholder = placeholders.colours_of(self)
        super().save(*args, **kwargs)

    def _looks_new(self) -> bool:
        """Say whether the file or what it is cut around is not what the placeholder was drawn from."""
        if self.pk is None or self.placeholder is None or not self.file._committed:
            return True
        kept = type(self).objects.filter(pk=self.pk).values(*LOOKS).first()
        return kept is None or any(kept[name] != getattr(self, name) for name in LOOKS)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition_per_filter"
            )
        ]


def document_storage() -> Storage:
    """Return where documents lie: nowhere a browser can read them but through Wagtail, which asks who may."""
    return storages["documents"]


class WardDocument(AbstractDocument):
    """A file for download: a decision, a leaflet, a form."""

    file = models.FileField(_("file"), upload_to="documents", storage=document_storage)

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


def languages() -> list[tuple[str, str]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def source_language() -> str:
    return settings.LANGUAGE_CODE


class Audio(AbstractMedia):
    """A recording: something spoken in one language or a film, with its words in writing for who cannot hear it.

    How long and how large it is, is read from the file when it is uploaded, never typed. wagtailmedia knows one model
    for both; why it is called as it is: decision 21.
    """

    language = models.CharField(
        _("language spoken"), max_length=10, choices=languages, default=source_language, db_index=False
    )
    transcript = models.TextField(_("transcript"), blank=True)
    chapters = models.TextField(
        _("chapters"),
        blank=True,
        help_text=_("One per line: minute and second, then what it is about, for example “1:05 The steles”."),
    )
    is_synthetic = models.BooleanField(
        _("synthetic voice"), default=False, help_text=_("Read by a machine; the page says so.")
    )
    captions = models.TextField(_("captions"), blank=True, help_text=_("The contents of a WebVTT file (.vtt)."))
    credit = models.CharField(
        _("recorded by"),
        max_length=200,
        blank=True,
        help_text=_("Who recorded it or speaks, as it shall be named beside the recording."),
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "language",
        "is_synthetic",
        "captions",
        "transcript",
        "chapters",
        "credit",
        "collection",
        "tags",
    )

    class Meta:
        verbose_name = _("recording or video")
        verbose_name_plural = _("recordings and videos")

    def clean(self, *args, **kwargs):
        # Without a file, as when the form refused it, wagtailmedia would say that its extension "" is not allowed.
        if self.file:
            super().clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.type = MediaType.VIDEO if self.is_film else MediaType.AUDIO
        super().save(*args, **kwargs)

    @property
    def is_film(self) -> bool:
        return self.file_extension.lower() in FILM_TYPES

    @property
    def media_type(self) -> str:
        """The type a browser is told: it asks for no byte of a file it knows it cannot play."""
        return (MEDIA_TYPES | FILM_TYPES).get(self.file_extension.lower(), "audio/mpeg")

    @property
    def has_its_words(self) -> bool:
        """Whether who cannot hear it can read it: a transcript, or the captions of a film."""
        return bool(self.transcript.strip() or (self.is_film and self.captions.strip()))

    @property
    def length(self) -> str:
        return clock(self.duration)

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.transcript.split("\n\n") if part.strip()]

    @property
    def language_name(self) -> str:
        """The language by its own name, as somebody who speaks it finds it."""
        return str(dict(languages()).get(self.language, self.language))

    @property
    def captions_version(self) -> str:
        """Changes with the captions, so that a browser may keep those it has."""
        return format(crc32(self.captions.encode()), "08x")

    @cached_property
    def chapter_list(self) -> list[Chapter]:
        return read_chapters(self.chapters, self.duration)
