"""Another sign-in number: asked for by its person, taken back by whoever holds the old one."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages as notes
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wardmark.accounts import messages, phone_changes, phone_proof, phones
from wardmark.accounts.forms import CodeForm, PhoneForm
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.own_views import own_phone
from wardmark.accounts.reauthentication import fresh_sign_in_required


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in_required
def change_phone(request: HttpRequest) -> HttpResponse:
    """Ask for another number: written first, then proved by a code where a gateway brings one."""
    if request.method == "POST" and "code" in request.POST:
        return _take_code(request)
    form = PhoneForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    phone = form.cleaned_data["phone"]
    if phone == own_phone(request):
        form.add_error("phone", _("This is your number already."))
        return _ask(request, form)
    if not messages.is_configured():
        return _request(request, phone, proved_at=None)
    try:
        phone_proof.begin(phone=phone, purpose=_purpose(request), request=request)
    except phone_proof.CannotBegin as reason:
        form.add_error(None, reason.message)
        return _ask(request, form)
    return _ask_for_code(request, CodeForm(initial={"phone": phone.shown}))


@require_POST
@never_cache
@login_required
def cancel_change(request: HttpRequest) -> HttpResponse:
    """Take back one's own request. No fresh sign-in: it only leaves things as they are."""
    change = PhoneChange.objects.waiting().filter(person=request.user).first()
    if change is None:
        notes.error(request, _("No change is waiting."))
        return redirect("accounts:home")
    _cancel(request, change)
    return redirect("accounts:home")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_change(request: HttpRequest, token: str) -> HttpResponse:
    """Take a request back with what the old number was sent: no sign-in, for it may be in a thief's hands.

    A link alone does nothing, so that no preview of a message can.
    """
    change = phone_changes.change_of(token)
    if change is None:
        return render(request, "accounts/stop_change.html", {"change": None}, status=404)
    stopped = request.method == "POST" and _cancel(request, change)
    return render(request, "accounts/stop_change.html", {"change": change, "stopped": stopped})


def _take_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_for_code(request, form)
    phone = form.cleaned_data["phone"]
    if not phone_proof.check(phone=phone, purpose=_purpose(request), code=form.cleaned_data["code"]):
        form.add_error("code", _("This code is wrong or over. Please check it, or have a new one sent."))
        return _ask_for_code(request, form)
    return _request(request, phone, proved_at=timezone.now())


def _request(request: HttpRequest, phone: phones.Phone, *, proved_at: datetime | None) -> HttpResponse:
    try:
        phone_changes.request(person=request.user, phone=phone, proved_at=proved_at, cancel_address=_cancel_address())
    except phones.PhoneTaken as reason:
        form = PhoneForm(initial={"phone": phone.shown}, data={"phone": phone.shown})
        form.add_error("phone", reason.message)
        return _ask(request, form)
    except phone_changes.NotPossible as reason:
        notes.error(request, reason.message)
        return redirect("accounts:home")
    notes.success(request, _("Asked for. Until it counts, you go on signing in with the old number."))
    return redirect("accounts:home")


def _ask(request: HttpRequest, form: PhoneForm) -> HttpResponse:
    context = {
        "form": form,
        "phone": own_phone(request),
        "sends_messages": messages.is_configured(),
        "needs_officer": phone_changes.needs_officer(request.user, proved=messages.is_configured()),
        "waiting": PhoneChange.objects.waiting().filter(person=request.user).first(),
    }
    return render(request, "accounts/phone.html", context)


def _ask_for_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "purpose": "change-phone", "next": "", "digits": phone_proof.DIGITS}
    return render(request, "accounts/code_enter.html", context)


def _cancel(request: HttpRequest, change: PhoneChange) -> bool:
    try:
        phone_changes.cancel(change=change, by=request.user if request.user.is_authenticated else None)
    except phone_changes.NotPossible as reason:
        notes.error(request, reason.message)
        return False
    notes.success(request, _("Cancelled: the number stays as it was."))
    return True


def _cancel_address() -> str:
    # Never by the host that a request names: it stands in a message.
    address = reverse("accounts:stop_change", args=["TOKEN"])
    return f"{settings.PLAQUE_BASE_URL}{address.replace('TOKEN', '{token}')}"


def _purpose(request: HttpRequest) -> str:
    return f"change phone of {request.user.pk}"
