"""A user model of our own: one day it will sign in by phone or passkey, and swapping it later is not possible."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Staff of the ward or a vendor. An e-mail address is optional: many vendors have none."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
