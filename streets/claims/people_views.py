"""Who keeps a shop, for those who keep it: invite, change, end, leave, pass on.

What gives or takes the shop's page asks first who it is, for it outlives the open phone of an owner. What only takes
back, and leaving oneself, does not.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages as said
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from streets.claims import membership, ownership
from streets.claims.errors import KeepingRefused
from streets.claims.forms import InviteForm, PassOnForm
from streets.claims.handed_codes import grouped
from streets.claims.membership import Invited, phone_of_invitation
from streets.models import MemberInvitation, MemberRole, ShopMember
from streets.portal.guard import Kept
from streets.portal.screens import show
from wardmark.accounts import messages, throttling
from wardmark.accounts.phone_proof import site_name
from wardmark.accounts.reauthentication import fresh_sign_in_required
from wardmark.accounts.throttling import Limit
from wardmark.base.sealing import CannotBeOpened

# Each message costs the ward money, and its number may be anybody's.
PER_NUMBER = (Limit(3, timedelta(hours=24)),)
PER_SHOP = (Limit(20, timedelta(hours=24)),)


def people(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show who keeps the shop; to an owner also who is invited, and what may be changed."""
    now = timezone.now()
    context: dict[str, Any] = {
        "members": kept.shop.members.active().select_related("user").order_by("since", "pk"),
        "change": kept.shop.ownership_changes.waiting().select_related("new_owner", "old_owner").first(),
    }
    if kept.may_own:
        context["invitations"] = [
            (one, _masked(one)) for one in MemberInvitation.objects.filter(shop=kept.shop).open(now)
        ]
    return show(request, kept, "claims/people.html", context)


def _masked(invitation: MemberInvitation) -> str:
    try:
        phone = phone_of_invitation(invitation)
    except CannotBeOpened:
        return ""
    return phone.masked if phone else ""


@sensitive_post_parameters("phone")
@sensitive_variables()
@fresh_sign_in_required
def invite_somebody(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Make an invitation, and show its code this once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            invited = membership.invite(shop=kept.shop, by=request.user, **form.cleaned_data, now=timezone.now())
        except KeepingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {
                "invitation": invited.invitation,
                "code": grouped(invited.code),
                "phone": form.cleaned_data["phone"],
                "link": _link(invited),
                "is_sent": _send_link(invited, form.cleaned_data["phone"].number, kept),
            }
            return show(request, kept, "claims/invited.html", context)
    return show(request, kept, "claims/invite.html", {"form": form}, status=422 if form.errors else 200)


def _link(invited: Invited) -> str:
    return f"{settings.PLAQUE_BASE_URL}{reverse('claims:invitation', args=[invited.invitation.serial])}"


def _send_link(invited: Invited, number: str, kept: Kept) -> bool:
    """Send where to go; the code goes another way, from the owner's own mouth."""
    if not messages.is_configured():
        return False
    for kind, whose, limits in (
        ("invitations to a number", number, PER_NUMBER),
        ("invitations of a shop", str(kept.shop.pk), PER_SHOP),
    ):
        if throttling.take(kind, whose, *limits) is None:
            return False
    words = _("%(site)s: you are invited to help to keep %(shop)s. Ask for the code, then open %(link)s")
    text = words % {"site": site_name(), "shop": kept.name, "link": _link(invited)}
    messages.send_unseen(phone=number, text=text)
    return True


@require_POST
def cancel(request: HttpRequest, kept: Kept, serial: str) -> HttpResponse:
    invitation = get_object_or_404(MemberInvitation, shop=kept.shop, serial=serial)
    return _do(
        request,
        kept,
        lambda now: membership.cancel_invitation(invitation=invitation, by=request.user, now=now),
        _("The invitation is cancelled."),
    )


@require_POST
@fresh_sign_in_required
def set_role(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    member = _member(kept, pk)
    role = request.POST.get("role", "")
    return _do(
        request,
        kept,
        lambda now: membership.change_role(member=member, role=role, by=request.user, now=now),
        _("The role is changed."),
    )


@fresh_sign_in_required
def end_somebody(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    """Ask once more, then end a membership."""
    member = _member(kept, pk)
    if request.method != "POST":
        return show(request, kept, "claims/end.html", {"member": member})
    return _do(
        request,
        kept,
        lambda now: membership.end_membership(member=member, by=request.user, now=now),
        _("This person no longer keeps the shop’s page."),
    )


def leave_shop(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Ask once more, then let somebody go."""
    if request.method != "POST":
        return show(request, kept, "claims/leave.html", {})
    try:
        membership.leave(member=kept.member, now=timezone.now())
    except KeepingRefused as refusal:
        said.error(request, str(refusal))
        return _back(kept)
    said.success(request, _("You no longer keep %(shop)s.") % {"shop": kept.name})
    return redirect("portal:home")


@fresh_sign_in_required
def pass_on(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Ask that the shop passes to another of its members; only for who has just shown who it is."""
    others = kept.shop.members.active().exclude(role=MemberRole.OWNER).select_related("user")
    form = PassOnForm(request.POST if request.method == "POST" else None, members=others)
    if form.is_valid():
        try:
            ownership.ask(
                old_owner=kept.member, new_owner=form.cleaned_data["member"], by=request.user, now=timezone.now()
            )
        except KeepingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said.success(
                request,
                _("The ward has it. An officer calls you both; the shop passes on after 24 hours at the earliest."),
            )
            return _back(kept)
    context = {"form": form, "has_others": others.exists()}
    return show(request, kept, "claims/pass_on.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, kept: Kept) -> HttpResponse:
    change = get_object_or_404(kept.shop.ownership_changes.waiting())
    return _do(
        request,
        kept,
        lambda now: ownership.withdraw(change=change, by=request.user, now=now),
        _("Taken back. Everything is as it was."),
    )


def _member(kept: Kept, pk: int) -> ShopMember:
    """Return a member of this very shop: a number of another shop's is nobody here."""
    return get_object_or_404(kept.shop.members.active().select_related("user", "shop"), pk=pk)


def _do(request: HttpRequest, kept: Kept, deed: Any, done: str) -> HttpResponse:
    try:
        deed(timezone.now())
    except KeepingRefused as refusal:
        said.error(request, str(refusal))
    else:
        said.success(request, done)
    return _back(kept)


def _back(kept: Kept) -> HttpResponse:
    return redirect("people:people", kept.shop.page_key)
