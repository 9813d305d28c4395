"""Which photo a vendor uploaded for which shop: nobody may use another shop's."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.models import Picture
from streets.models.shops import Shop


class VendorPictureQuerySet(models.QuerySet):
    def unused(self) -> Self:
        """Those that were never part of a change."""
        return self.filter(used_at=None)


class VendorPicture(models.Model):
    """A photo that came from a vendor's phone, from its upload on.

    `upload_key` is made on the phone before the first attempt: an upload that is tried again finds its picture there.
    """

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="vendor_pictures")
    picture = models.OneToOneField(
        Picture, verbose_name=_("photo"), on_delete=models.CASCADE, related_name="from_vendor"
    )
    upload_key = models.UUIDField(editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded on"), default=timezone.now, editable=False)
    # When it was last part of a change that was taken, at once or to be looked at.
    used_at = models.DateTimeField(_("last used on"), null=True, editable=False)

    objects = VendorPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("vendor’s photo")
        verbose_name_plural = _("vendors’ photos")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["shop", "upload_key"], name="streets_one_picture_per_upload")]

    def __str__(self):
        return f"{self.shop}: {self.picture}"
