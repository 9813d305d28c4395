"""Passkeys: the page of one's own, and what the script on it and on the sign-in page asks for."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wardmark.accounts import passkeys, throttling
from wardmark.accounts.networks import network_of
from wardmark.accounts.onward import onward, wished
from wardmark.accounts.people import sign_in
from wardmark.accounts.reauthentication import fresh_sign_in_required, is_fresh, mark_fresh
from wardmark.accounts.throttling import Limit

# An answer of a browser has two or three kilobytes.
MOST_BYTES = 20_000
PER_NETWORK = Limit(120, timedelta(minutes=15))


def _asked_by_script(view: Callable[[HttpRequest], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a script in JSON; what was refused, with words for the person."""

    @wraps(view)
    @never_cache
    @require_POST
    def answering(request: HttpRequest) -> HttpResponse:
        try:
            return JsonResponse(view(request))
        except passkeys.Refused as reason:
            return JsonResponse({"message": str(reason.message)}, status=422)

    return answering


@_asked_by_script
def sign_in_options(request: HttpRequest) -> dict[str, Any]:
    _count(request, "passkeys asked for")
    return passkeys.begin_showing(request, purpose="sign-in")


@_asked_by_script
def sign_in_by_passkey(request: HttpRequest) -> dict[str, Any]:
    _count(request, "passkeys shown")
    person = passkeys.show(request, purpose="sign-in", answer=_answer_in(request))
    sign_in(request, person)
    return {"next": onward(request)}


@_asked_by_script
def confirm_options(request: HttpRequest) -> dict[str, Any]:
    _need_sign_in(request)
    return passkeys.begin_showing(request, purpose="confirm")


@_asked_by_script
def confirm_by_passkey(request: HttpRequest) -> dict[str, Any]:
    _need_sign_in(request)
    passkeys.show(request, purpose="confirm", answer=_answer_in(request))
    mark_fresh(request)
    return {}


@_asked_by_script
def add_options(request: HttpRequest) -> dict[str, Any]:
    _need_fresh(request)
    return passkeys.begin_adding(request)


@_asked_by_script
def add_passkey(request: HttpRequest) -> dict[str, Any]:
    _need_fresh(request)
    answer = _answer_in(request)
    name = answer.pop("name", "")
    passkeys.add(request, answer=answer, name=name if isinstance(name, str) else "")
    notes.success(request, _("Done: from now on you can sign in with this device."))
    return {"next": wished(request) or reverse("accounts:passkeys")}


@require_safe
@fresh_sign_in_required
def own_passkeys(request: HttpRequest) -> HttpResponse:
    """Show one's passkeys, and offer to make one here. With `next`, as right after a claim, it leads on to there."""
    context = {
        "passkeys": passkeys.of(request.user),
        "are_possible": passkeys.are_possible(request),
        "onward": wished(request),
        "longest_name": passkeys.LONGEST_NAME,
    }
    return render(request, "accounts/passkeys.html", context)


@require_POST
@fresh_sign_in_required
def rename_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(passkeys.of(request.user), pk=pk)
    if name := passkeys.tidy_name(request.POST.get("name", "")):
        passkey.name = name
        passkey.save(update_fields=["name"])
        notes.success(request, _("The name is changed."))
    else:
        notes.error(request, _("Please write a name, so that you know which device it is."))
    return redirect("accounts:passkeys")


@require_POST
@fresh_sign_in_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(passkeys.of(request.user), pk=pk)
    try:
        passkeys.remove(passkey)
    except passkeys.Refused as reason:
        notes.error(request, reason.message)
    else:
        notes.success(request, _("Removed: this device no longer signs in."))
    return redirect("accounts:passkeys")


def _count(request: HttpRequest, kind: str) -> None:
    if throttling.take(kind, network_of(request), PER_NETWORK) is None:
        raise passkeys.Refused(_("Too many tries. Please wait a while, or use your password."))


def _answer_in(request: HttpRequest) -> dict[str, Any]:
    answer = None
    if len(request.body) <= MOST_BYTES:
        try:
            answer = json.loads(request.body)
        except (ValueError, RecursionError):
            answer = None
    if not isinstance(answer, dict):
        raise passkeys.Refused(_("This passkey was not taken. Please try again, or use your password."))
    return answer


def _need_sign_in(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise passkeys.Refused(_("You are no longer signed in. Please load the page again."))


def _need_fresh(request: HttpRequest) -> None:
    if not is_fresh(request):
        raise passkeys.Refused(_("Please load the page again and show that it is you."))
