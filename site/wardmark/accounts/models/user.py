"""A user model of our own: it signs in by name, by telephone or with a passkey."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Staff of the ward or a vendor. An e-mail address is optional: many vendors have none."""

    # Raised by “sign out everywhere”: what sessions are known by depends on it.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        known_by = super()._get_session_auth_hash(secret=secret)
        if not self.sessions_ended:
            return known_by
        salt = "wardmark.accounts.models.User.sessions_ended"
        return salted_hmac(salt, f"{known_by}:{self.sessions_ended}", secret=secret, algorithm="sha256").hexdigest()
