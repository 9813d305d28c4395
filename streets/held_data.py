"""What streets hold under a telephone number, for requests about personal data."""

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from streets.changes.in_turn import locked_all
from streets.claim_admin.rights import may_read
from streets.claims import membership, settling
from streets.models import ChangeRequest, Claim, MemberInvitation, Shop, ShopPage
from streets.owners_phones import owned_by
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.phones import Phone
from wardmark.base.personal_data import Held, Holder
from wardmark.plaques.rights import may_edit_page


class HeldInStreets(Holder):
    """Numbers of claims and invitations, which go; and public numbers of shops, which their people and editors keep."""

    def held(self, phone: str) -> list[Held]:
        return [*_claims(phone), *_invitations(phone), *_pages(phone), *_changes(phone)]

    def withdraw(self, phone: str, *, by: AbstractBaseUser) -> int:
        return self.erase(phone, by=by)

    @transaction.atomic
    def erase(self, phone: str, *, by: AbstractBaseUser) -> int:
        now = timezone.now()
        claims, invitations = Claim.objects.with_phone(Phone(phone)), MemberInvitation.objects.with_phone(Phone(phone))
        _lock_shops(claims, invitations, Phone(phone))
        erased = sum(settling.forget_number(claim) for claim in claims.select_related("shop"))
        return erased + sum(
            membership.end_for_holder(invitation=invitation, by=by, now=now)
            for invitation in invitations.select_related("shop")
        )


def _lock_shops(claims: QuerySet[Claim], invitations: QuerySet[MemberInvitation], phone: Phone) -> None:
    """Lock all shops that forgetting a number is about, before anything of them: also those of whoever wants it."""
    wanting = PhoneChange.objects.filter(fingerprint__in=phone.fingerprints()).values("person")
    about = Q(pk__in=claims.values("shop")) | Q(pk__in=invitations.values("shop")) | Q(pk__in=owned_by(wanting))
    locked_all(Shop.objects.filter(about))


def _claims(phone: str) -> Iterator[Held]:
    for claim in Claim.objects.with_phone(Phone(phone)).select_related("shop"):
        yield Held(
            what=_("A claim that waits: %(shop)s") % {"shop": claim.shop},
            since=claim.handed_in_at,
            url=reverse("claim_admin:shop", args=[claim.shop_id]),
            may_follow=partial(may_read, shop=claim.shop),
        )


def _invitations(phone: str) -> Iterator[Held]:
    for invitation in MemberInvitation.objects.with_phone(Phone(phone)).select_related("shop"):
        yield Held(
            what=_("An invitation to help keep %(shop)s") % {"shop": invitation.shop},
            since=invitation.made_at,
            url=reverse("claim_admin:shop", args=[invitation.shop_id]),
            may_follow=partial(may_read, shop=invitation.shop),
        )


def _pages(phone: str) -> Iterator[Held]:
    # One for all languages of a page: the number is the same in them.
    pages = {page.translation_key: page for page in ShopPage.objects.filter(phone=phone).order_by("-pk")}
    for page in pages.values():
        yield Held(
            what=_("The public number of %(shop)s") % {"shop": page.title},
            since=page.latest_revision_created_at or page.first_published_at or timezone.now(),
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            may_follow=partial(may_edit_page, page=page),
            kept_because=_("Its people or its editors take it off the page; the page’s history keeps it."),
        )


def _changes(phone: str) -> Iterator[Held]:
    wished = ChangeRequest.objects.filter(Q(before=phone) | Q(after=phone), field="phone").select_related("shop")
    for change in wished:
        yield Held(
            what=_("A change of the public number of %(shop)s") % {"shop": change.shop},
            since=change.made_at,
            kept_because=_("The shop’s history of changes keeps it."),
        )
