"""Letters that ask a vendor to take over a shop's page, and the claims that come of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models.handed_codes import CodeState, HandedCode
from streets.models.shops import Shop
from wardmark.accounts.phones import Phone


class ClaimLetter(HandedCode):
    """A printed letter with a code, handed over at the premises. A shop has one open letter at most."""

    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="claim_letters", editable=False
    )

    class Meta(HandedCode.Meta):
        verbose_name = _("claim letter")
        verbose_name_plural = _("claim letters")
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state=CodeState.OPEN), name="streets_one_open_letter_per_shop"
            )
        ]


class ClaimState(models.TextChoices):
    PENDING = "pending", _("Waiting for an officer")
    DISPUTED = "disputed", _("In dispute")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


UNDECIDED = (ClaimState.PENDING, ClaimState.DISPUTED)


class ClaimQuerySet(models.QuerySet):
    def pending(self) -> Self:
        return self.filter(state=ClaimState.PENDING)

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def with_phone(self, phone: Phone) -> Self:
        """Those that carry this number; nothing is opened to be compared."""
        return self.filter(phone_mark__in=phone.fingerprints())


class Claim(models.Model):
    """Somebody typed a letter's code and says: this shop is mine. It gives nothing until an officer has confirmed it.

    The telephone number is sealed and goes with the decision: from then on the account alone has it.
    """

    letter = models.OneToOneField(
        ClaimLetter, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="claim", editable=False
    )
    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="claims", editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="shop_claims",
        editable=False,
    )
    sealed_phone = models.TextField(_("telephone number, encrypted"), blank=True, editable=False)
    phone_mark = models.CharField(
        _("fingerprint of the number"), max_length=64, blank=True, db_index=True, editable=False
    )
    is_phone_proved = models.BooleanField(_("number proved by a code"), default=False, editable=False)
    # Made for this claim, so that a refusal closes it again.
    made_account = models.BooleanField(_("account made for it"), default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.PENDING, editable=False
    )
    handed_in_at = models.DateTimeField(_("handed in"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        default_permissions = ("view",)
        permissions = [("confirm_claim", _("Can confirm and refuse vendors’ claims"))]
        ordering = ["handed_in_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state=ClaimState.PENDING), name="streets_one_pending_claim_per_shop"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, decided_at=None)
                | Q(decided_at__isnull=False, sealed_phone="", phone_mark=""),
                name="streets_decided_claim_keeps_no_number",
            ),
        ]

    def __str__(self):
        return f"{self.shop} – {self.user or '–'}"

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED
