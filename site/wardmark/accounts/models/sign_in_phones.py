"""The telephone number a person signs in with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInPhone(models.Model):
    """A number, encrypted for its person; `phones` reads and writes it. Only its last digits can be read here."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="sign_in_phone"
    )
    sealed = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    last_three = models.CharField(max_length=3, editable=False)
    proved_at = models.DateTimeField(_("proved on"), null=True, blank=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("sign-in phone")
        verbose_name_plural = _("sign-in phones")
        default_permissions = ()

    def __str__(self):
        return f"…{self.last_three}"
