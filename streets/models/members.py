"""The people who keep a shop, now and before."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from streets.models.shops import Shop


class MemberRole(models.TextChoices):
    """What a member may do for the shop: `streets.members` says what belongs to each."""

    OWNER = "owner", pgettext_lazy("of a shop", "Owner")
    MANAGER = "manager", _("Manager")
    STAFF = "staff", _("Staff member")


class ShopMemberQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Those who keep a shop now, under an account that is not closed."""
        return self.not_ended().filter(user__is_active=True)

    def not_ended(self) -> Self:
        """Also those whose account is closed: opened again, they keep the shop as before."""
        return self.filter(ended_at=None)


class ShopMember(models.Model):
    """A person keeps a shop, and sees it in the vendors' corner of the site. Who left stays on record."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="shop_memberships",
    )
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.OWNER)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True, editable=False)

    objects = ShopMemberQuerySet.as_manager()

    panels = [FieldPanel("shop"), FieldPanel("user"), FieldPanel("role")]

    class Meta:
        verbose_name = _("shop member")
        verbose_name_plural = _("shop members")
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "user"], condition=Q(ended_at=None), name="streets_member_once_per_shop"
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.shop}"
