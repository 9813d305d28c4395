"""The further photos of a shop's page, in the editors' order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin

from media.models import Picture

# Of one page, the one at its head among them.
MOST_PHOTOS = 12


class ShopPhoto(TranslatableMixin, Orderable):
    page = ParentalKey("streets.ShopPage", on_delete=models.CASCADE, related_name="gallery")
    # Wagtail names the pages before it deletes a picture; then they go on without it.
    picture = models.ForeignKey(Picture, verbose_name=_("photo"), on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(
        _("photo in words"), max_length=200, help_text=_("What the photo shows, for visitors who cannot see it.")
    )

    panels = [FieldPanel("picture"), FieldPanel("alt")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("photo of a shop")
        verbose_name_plural = _("photos of a shop")

    def __str__(self):
        return self.alt
