"""My account: how I come in, and how I change it."""

from typing import Any

from django.contrib import messages as notes
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wardmark.accounts import passkeys, phones
from wardmark.accounts.models import PhoneChange, PhoneChangeState
from wardmark.accounts.onward import wished
from wardmark.accounts.people import end_sessions
from wardmark.accounts.reauthentication import fresh_sign_in_required
from wardmark.base.sealing import CannotBeOpened


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    last = PhoneChange.objects.filter(person=request.user).order_by("-requested_at").first()
    context = {
        "phone": own_phone(request),
        "has_password": request.user.has_usable_password(),
        "passkey_count": passkeys.of(request.user).count(),
        "waiting": last if last and last.state == PhoneChangeState.WAITING else None,
        "refused": last if last and last.state == PhoneChangeState.REFUSED else None,
    }
    return render(request, "accounts/home.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Set another password, or a first one; other sessions end, this one stays."""
    form = _with_hints(SetPasswordForm(request.user, request.POST or None))
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        notes.success(request, _("Your password is changed. Other devices are signed out."))
        return go_on_after_new_password(request)
    return render(request, "accounts/password.html", {"form": form, "next": wished(request)})


@require_POST
@never_cache
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of this person, this one too."""
    end_sessions(request.user)
    logout(request)
    notes.success(request, _("You are signed out on all devices."))
    return redirect("accounts:sign_in")


def go_on_after_new_password(request: HttpRequest) -> HttpResponse:
    """Lead to the passkeys and then on as wished: one that somebody else made outlives the old password."""
    wish = wished(request)
    if not passkeys.has_passkey(request.user):
        return redirect(wish or "accounts:home")
    notes.warning(
        request, _("These devices go on signing in without the password. Please remove each one that you do not know.")
    )
    return redirect(reverse("accounts:passkeys", query={"next": wish} if wish else None))


def own_phone(request: HttpRequest) -> Any:
    """Return the number of who is signed in; where its key is gone, nothing."""
    try:
        return phones.phone_of(request.user)
    except CannotBeOpened:
        return None


def _with_hints(form: SetPasswordForm) -> SetPasswordForm:
    form.fields["new_password1"].help_text = _("At least 8 characters, and not only digits.")
    return form
