"""The people who keep a shop."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from streets.models.shops import Shop


class ShopMember(models.Model):
    """A person keeps a shop, and sees it in the vendors' corner of the site."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="shop_memberships",
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    panels = [FieldPanel("shop"), FieldPanel("user")]

    class Meta:
        verbose_name = _("shop member")
        verbose_name_plural = _("shop members")
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="streets_member_once_per_shop")]

    def __str__(self):
        return f"{self.user} – {self.shop}"
