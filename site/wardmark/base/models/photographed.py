"""What is shown by a photo."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Photographed(models.Model):
    """A record with one photo, which is said in words too wherever there is one."""

    photo = models.ForeignKey(
        "media.Picture",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_alt = models.CharField(
        _("photo in words"),
        max_length=200,
        blank=True,
        help_text=_("What the photo shows, for visitors who cannot see it."),
    )

    photo_panel = MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], _("Photo"))

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.photo_id and not self.photo_alt.strip():
            raise ValidationError({"photo_alt": _("Please say in words what the photo shows.")})
