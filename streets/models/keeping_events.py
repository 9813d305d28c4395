"""All that ever happened to who keeps a shop: letters, claims, members, ownership, disputes. It only ever grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop
from wardmark.base.models import HistoryLine


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


class KeepingEvent(HistoryLine):
    """One line: what happened, when, by whom, and to whom or why. No telephone number ever stands in it."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="keeping_events")
    kind = models.CharField(_("what"), max_length=24, choices=KeepingEventKind.choices, editable=False)
    # Which letter or invitation, where it is about one.
    serial = models.CharField(_("number"), max_length=7, blank=True, editable=False)
    about = models.CharField(_("about whom"), max_length=150, blank=True, editable=False)
    why = models.CharField(_("why"), max_length=300, blank=True, editable=False)

    class Meta(HistoryLine.Meta):
        verbose_name = _("line of a shop’s history")
        verbose_name_plural = _("history of who keeps the shops")
        indexes = [models.Index(fields=["shop", "-at"], name="streets_keeping_of_one_shop")]

    def __str__(self):
        return f"{self.shop_id} {self.at:%Y-%m-%d %H:%M} {self.kind}"
