"""All that ever happened to who keeps a shop: letters, claims, members, ownership, disputes. It only ever grows."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop


class KeepingHistoryIsForever(Exception):
    """Somebody tried to change or delete a line of a shop's history."""


class KeepingEventKind(models.TextChoices):
    LETTER_MADE = "letter_made", _("Claim letter made")
    LETTER_CANCELLED = "letter_cancelled", _("Claim letter cancelled")
    CODE_WRONG = "code_wrong", _("A code was mistyped")
    CODE_SPENT = "code_spent", _("A code was mistyped too often")
    CLAIMED = "claimed", _("Claim handed in")
    CONFIRMED = "confirmed", _("Claim confirmed")
    REFUSED = "refused", _("Claim refused")
    INVITED = "invited", _("Invitation made")
    INVITATION_CANCELLED = "invitation_cancelled", _("Invitation cancelled")
    JOINED = "joined", _("Joined")
    ROLE_CHANGED = "role_changed", _("Role changed")
    ENDED = "ended", _("Membership ended")
    LEFT = "left", _("Left the shop")
    OWNERSHIP_ASKED = "ownership_asked", _("Ownership change asked for")
    OWNERSHIP_APPROVED = "ownership_approved", _("Ownership change approved")
    OWNERSHIP_DONE = "ownership_done", _("Another owner")
    OWNERSHIP_REFUSED = "ownership_refused", _("Ownership change refused")
    OWNERSHIP_WITHDRAWN = "ownership_withdrawn", _("Ownership change withdrawn")
    DISPUTE_OPENED = "dispute_opened", _("Dispute opened")
    DISPUTE_CLOSED = "dispute_closed", _("Dispute closed")
    ASSISTED = "assisted", _("An officer helped with the page")
    ASSISTED_CONFIRMED = "assisted_confirmed", _("The vendor confirmed what the officer entered")
    ASSISTED_DROPPED = "assisted_dropped", _("What the officer entered was dropped")


class KeepingEventQuerySet(models.QuerySet):
    def update(self, **values):
        raise KeepingHistoryIsForever("A shop's history is never rewritten.")

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None):
        raise KeepingHistoryIsForever("A shop's history is never rewritten.")

    def delete(self):
        raise KeepingHistoryIsForever("A shop's history is never deleted.")


class KeepingEvent(models.Model):
    """One line: what happened, when, by whom, and to whom or why. No telephone number ever stands in it."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="keeping_events")
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    kind = models.CharField(_("what"), max_length=24, choices=KeepingEventKind.choices, editable=False)
    # Which letter or invitation, where it is about one.
    serial = models.CharField(_("number"), max_length=7, blank=True, editable=False)
    # None: the site itself, or somebody who has no account yet.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    who = models.CharField(_("name at the time"), max_length=150, blank=True, editable=False)
    about = models.CharField(_("about whom"), max_length=150, blank=True, editable=False)
    why = models.CharField(_("why"), max_length=300, blank=True, editable=False)

    objects = KeepingEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a shop’s history")
        verbose_name_plural = _("history of who keeps the shops")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["shop", "-at"], name="streets_keeping_of_one_shop")]

    def __str__(self):
        return f"{self.shop_id} {self.at:%Y-%m-%d %H:%M} {self.kind}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise KeepingHistoryIsForever("A shop's history is never rewritten.")
        if self.by_id and not self.who:
            self.who = name_of(self.by)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise KeepingHistoryIsForever("A shop's history is never deleted.")


def name_of(person: Any) -> str:
    """Return how a history names a person."""
    return (person.get_full_name() or person.get_username())[:150]
