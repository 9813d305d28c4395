"""An officer fills in a shop's page for the vendor, on his own tablet; the vendor confirms it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from streets.models.handed_codes import CodeState, HandedCode
from streets.models.shops import Shop


class ConfirmedHow(models.TextChoices):
    CODE = "code", _("With a code on the officer’s tablet")
    SIGNED_IN = "signed_in", _("Signed in on the own phone")


class AssistedSession(HandedCode):
    """What an officer entered in a vendor's name. Nothing of it counts until the vendor has confirmed it.

    `wishes` are what `streets.changes.proposing.propose` takes: `values` and what was `seen`, by the fields' names.
    """

    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="assisted_sessions", editable=False
    )
    vendor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in whose name"),
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
    )
    wishes = models.JSONField(_("what was entered"), default=dict, encoder=DjangoJSONEncoder, editable=False)
    confirmed_how = models.CharField(
        _("confirmed"), max_length=10, choices=ConfirmedHow.choices, blank=True, editable=False
    )
    ended_at = models.DateTimeField(_("ended on"), null=True, editable=False)

    class Meta(HandedCode.Meta):
        verbose_name = _("assisted editing")
        verbose_name_plural = _("assisted editing")
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state=CodeState.OPEN), name="streets_one_assisted_session_per_shop"
            )
        ]
