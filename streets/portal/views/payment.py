"""The account that guests pay to: what is in use, another one asked for, and the alarm where one is not theirs."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from streets.models import AccountState, PaymentAccount
from streets.payments import NotPossible, disown, draft, due_at, refuse, settle
from streets.payments import request as ask_for
from streets.portal.forms.account import AccountForm
from streets.portal.guard import Kept
from streets.portal.screens import back_to, show
from wardmark.accounts.reauthentication import fresh_sign_in_required

SHOWN = 10


def payment(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show the account in use, the one that waits, and those of before; of a number never more than its last four."""
    settle(kept.shop)
    accounts = list(kept.shop.payment_accounts.select_related("bank")[:SHOWN])
    waiting = next((one for one in accounts if one.state in (AccountState.DRAFT, AccountState.PENDING)), None)
    context = {
        "in_use": next((one for one in accounts if one.is_active or one.is_suspended), None),
        "is_hidden": kept.shop.active_account_id is None,
        "waiting": waiting,
        "waiting_is_own": waiting is not None and request.user.pk in waiting.people_before_approval(),
        "due_at": waiting and due_at(waiting),
        "former": [one for one in accounts if one.state in (AccountState.REVOKED, AccountState.SUPERSEDED)],
    }
    return show(request, kept, "portal/payment.html", context)


@sensitive_post_parameters("account")
@sensitive_variables("form")
@fresh_sign_in_required
def new_account(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Ask for another account. The code of before is not shown from now on, until a second person has looked."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _asked_for(request, kept, form):
            messages.success(request, _("The ward has it. The account is active after 24 hours at the earliest."))
            return back_to(_address(kept))
        status = 422
    return show(request, kept, "portal/new_account.html", {"form": form}, status=status)


@require_POST
@fresh_sign_in_required
def withdraw_account(request: HttpRequest, kept: Kept, serial: str) -> HttpResponse:
    """Take back one's own request; the code of before is shown again."""
    account = get_object_or_404(PaymentAccount, shop=kept.shop, serial=serial)
    try:
        if request.user.pk not in account.people_before_approval():
            raise NotPossible(_("Somebody else asked for this account. If it is not yours, please say so below."))
        refuse(account=account, by=request.user, why="")
    except NotPossible as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back."))
    return back_to(_address(kept))


@require_POST
def not_mine(request: HttpRequest, kept: Kept, serial: str) -> HttpResponse:
    """Raise the alarm: this account is not the owner's."""
    account = get_object_or_404(PaymentAccount, shop=kept.shop, serial=serial)
    try:
        disown(account=account, by=request.user)
    except NotPossible as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Nobody is shown this account any more. The ward’s officers look into it."))
    return back_to(_address(kept))


@transaction.atomic
def _asked_for(request: HttpRequest, kept: Kept, form: AccountForm) -> bool:
    data = form.cleaned_data
    try:
        account = draft(
            shop=kept.shop,
            number=data["number"],
            payee_name=data["payee_name"],
            holder_kind=data["holder_kind"],
            by=request.user,
        )
        ask_for(account=account, by=request.user)
    except NotPossible as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _address(kept: Kept) -> str:
    return reverse("portal:payment", args=[kept.shop.page_key])
