"""Our own picture, audio and document models, so that a later field never needs a data move."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index
from wagtailmedia.models import AbstractMedia, MediaType


class Picture(AbstractImage):
    """A photograph or drawing; who made it is part of it, so that every page can say so."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who took or drew it, as it shall be named beside the picture."),
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


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


class Audio(AbstractMedia):
    """A spoken guide in one language, with its words in writing for who cannot hear it."""

    transcript = models.TextField(_("transcript"), blank=True)

    admin_form_fields = ("title", "file", "collection", "duration", "transcript", "tags")

    class Meta:
        verbose_name = _("audio file")
        verbose_name_plural = _("audio files")

    def save(self, *args, **kwargs):
        self.type = MediaType.AUDIO
        super().save(*args, **kwargs)
