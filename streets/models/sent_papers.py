"""Papers that a shop has photographed and sent: seen by officers alone, told to nobody until one of them takes it."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.models import document_storage
from streets.models.legal_documents import DocumentKind, LegalDocument, private_name
from streets.models.shops import Shop

# So many of one shop may wait at once: an officer looks at each.
MOST_WAITING = 5


class SentPaperState(models.TextChoices):
    WAITING = "waiting", _("Waits for the ward")
    TAKEN = "taken", _("Taken over")
    REFUSED = "refused", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SentPaperQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """What waits for an officer, the oldest first."""
        return self.filter(state=SentPaperState.WAITING).order_by("sent_at", "pk")

    def refused_unread_of(self, shop: Shop) -> Self:
        return self.filter(shop=shop, state=SentPaperState.REFUSED, read_at=None).order_by("-decided_at", "-pk")


class SentPaper(models.Model):
    """One paper as the shop's people say it is. An officer makes a legal document of it, or says why not.

    The file goes with the paper it becomes; of what is refused or withdrawn no file is kept.
    """

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="sent_papers")
    kind = models.CharField(_("kind of paper"), max_length=20, choices=DocumentKind.choices)
    number = models.CharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    file = models.FileField(
        _("scan or photo"), upload_to=private_name, storage=document_storage, blank=True, editable=False
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SentPaperState.choices, default=SentPaperState.WAITING, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    read_at = models.DateTimeField(_("read by the shop on"), null=True, editable=False)
    document = models.OneToOneField(
        LegalDocument,
        verbose_name=_("paper"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="sent",
        editable=False,
    )

    objects = SentPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper sent by a shop")
        verbose_name_plural = _("papers sent by shops")
        # An officer who keeps legal documents decides on these; there is no right of its own.
        default_permissions = ()
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="streets_refused_paper_has_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    def clean(self):
        super().clean()
        errors = {}
        if self.issued_on and self.issued_on > timezone.localdate():
            errors["issued_on"] = _("This day is still to come.")
        if self.issued_on and self.expires_on and self.expires_on <= self.issued_on:
            errors["expires_on"] = _("The end must come after the day of issue.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_waiting(self) -> bool:
        return self.state == SentPaperState.WAITING
