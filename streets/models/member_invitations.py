"""An owner's invitation to help keep a shop."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.models.handed_codes import HandedCode, HandedCodeQuerySet
from streets.models.members import MemberRole
from streets.models.shops import Shop
from wardmark.accounts.phones import Phone

# An owner is made by a claim, or by an ownership change, never by an invitation.
INVITED_ROLES = [(role.value, role.label) for role in (MemberRole.MANAGER, MemberRole.STAFF)]


class MemberInvitationQuerySet(HandedCodeQuerySet):
    def with_phone(self, phone: Phone) -> Self:
        """Those that carry this number, open or not; nothing is opened to be compared."""
        return self.filter(phone_mark__in=phone.fingerprints())


class MemberInvitation(HandedCode):
    """A code for one person with one telephone number, which is sealed and goes once the code is no longer open."""

    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="invitations", editable=False
    )
    role = models.CharField(_("role"), max_length=10, choices=INVITED_ROLES, editable=False)
    sealed_phone = models.TextField(_("telephone number, encrypted"), blank=True, editable=False)
    phone_mark = models.CharField(_("fingerprint of the number"), max_length=64, blank=True, editable=False)

    objects = MemberInvitationQuerySet.as_manager()

    class Meta(HandedCode.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ("view",)

    @property
    def role_label(self) -> str:
        return str(MemberRole(self.role).label)
