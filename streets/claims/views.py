"""A vendor's way from the letter in the hand to a claim that waits: one question a screen, on a phone, without scripts.

A claim and an invitation take the same way. No address and no symbol has a code or a telephone number in it.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages as said
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from streets.claims.arriving import TooManyNumbers, account_of, arrive, arrive_anew
from streets.claims.errors import KeepingRefused, NoSuchCode, StaffCannotClaim, UnknownNumber
from streets.claims.forms import KnownPersonForm, NewPersonForm, NumberForm, PasswordForm, ProveForm
from streets.claims.handed_codes import refusal_of, try_code
from streets.claims.membership import ForAnotherNumber, is_for
from streets.claims.passages import KINDS, Passage, begin, forget, note_proved, passage_of
from streets.claims.staff import is_staff
from streets.models import Claim, HandedCode, MemberInvitation
from wardmark.accounts import messages, phone_proof, throttling
from wardmark.accounts.networks import network_of
from wardmark.accounts.people import sign_in
from wardmark.accounts.phones import Phone, has_proved, phone_of
from wardmark.accounts.throttling import Limit
from wardmark.base.robots import noindex
from wardmark.base.sealing import CannotBeOpened
from wardmark.plaques.codes import InvalidCode, normalise

# Tries of any letter's code from one network: a street market may share one address.
PER_NETWORK = Limit(30, timedelta(hours=1))
PURPOSE = "claim"
View = Callable[..., HttpResponse]


def for_vendors(view: View) -> View:
    """Turn an officer who is signed in away before anything is asked; to everybody else the way is open."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @noindex
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and is_staff(request.user):
            return render(request, "claims/for_vendors.html", {"reason": str(StaffCannotClaim())}, status=403)
        return view(request, **kwargs)

    return guarded


@for_vendors
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the letter's number, where no camera read it."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("claims:letter", form.cleaned_data["number"])
    return render(request, "claims/start.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("code", "phone")
@for_vendors
def letter(request: HttpRequest, serial: str) -> HttpResponse:
    return _at_the_door(request, "letter", serial)


@sensitive_post_parameters("code", "phone")
@for_vendors
def invitation(request: HttpRequest, serial: str) -> HttpResponse:
    return _at_the_door(request, "invitation", serial)


def _at_the_door(request: HttpRequest, kind: str, serial: str) -> HttpResponse:
    """Ask for the code, and whoever is not signed in for name and number; then lead on."""
    now = timezone.now()
    row = _row(kind, serial)
    if refusal := refusal_of(row, now=now):
        return _closed(request, refusal)
    form_class = KnownPersonForm if request.user.is_authenticated else NewPersonForm
    form = form_class(request.POST or None)
    context = {"row": row, "kind": kind, "form": form}
    if request.method != "POST":
        return render(request, "claims/door.html", context)
    status = 422
    if form.is_valid():
        if throttling.take("codes on paper from a network", network_of(request), PER_NETWORK) is None:
            form.add_error(None, _("Many codes were typed from here just now. Please try again in an hour."))
            status = 429
        else:
            try:
                row = try_code(KINDS[kind], serial=row.serial, typed=form.cleaned_data["code"], now=now)
                return _onward(request, row, form)
            except NoSuchCode as reason:
                form.add_error("code", str(reason))
            except phone_proof.CannotBegin as reason:
                form.add_error("phone", str(reason.message))
            except ForAnotherNumber as reason:
                form.add_error("phone" if "phone" in form.fields else "code", str(reason))
            except KeepingRefused as reason:
                if refusal_of(_row(kind, serial), now=now):
                    return _closed(request, reason)
                form.add_error("code", str(reason))
    return render(request, "claims/door.html", context, status=status)


def _onward(request: HttpRequest, row: HandedCode, form: Form) -> HttpResponse:
    """Lead on from a code that was right. Raises KeepingRefused, CannotBegin."""
    now = timezone.now()
    if request.user.is_authenticated:
        arrive(row=row, person=request.user, phone=_own_phone(request), is_proved=has_proved(request.user), now=now)
        return _arrived(request, row)
    phone = form.cleaned_data["phone"]
    if isinstance(row, MemberInvitation) and not is_for(row, phone):
        raise ForAnotherNumber
    if messages.is_configured():
        phone_proof.begin(phone=phone, purpose=PURPOSE, request=request)
    begin(request, row=row, name=form.cleaned_data["name"], phone=phone, now=now)
    return redirect("claims:prove" if messages.is_configured() else "claims:secure", row.serial)


def _own_phone(request: HttpRequest) -> Phone | None:
    try:
        return phone_of(request.user)
    except CannotBeOpened:
        return None


@sensitive_post_parameters("code")
@for_vendors
def prove(request: HttpRequest, serial: str) -> HttpResponse:
    """Ask for the code that was sent to the number; `again` sends another one."""
    passage = passage_of(request, serial, now=timezone.now())
    if passage is None:
        return _begin_anew(request, serial)
    form = ProveForm()
    if request.method == "POST" and "again" in request.POST:
        try:
            phone_proof.begin(phone=passage.phone, purpose=PURPOSE, request=request)
            said.success(request, _("Another code is on its way to your phone."))
            return redirect("claims:prove", serial)
        except phone_proof.CannotBegin as reason:
            return _prove_screen(request, passage, form, fault=str(reason.message))
    if request.method == "POST":
        form = ProveForm(request.POST)
        if form.is_valid():
            if phone_proof.check(phone=passage.phone, purpose=PURPOSE, code=form.cleaned_data["code"]):
                return _proved(request, note_proved(request, passage))
            form.add_error("code", _("This code is wrong or too old. Please look at the newest message."))
    return _prove_screen(request, passage, form)


def _prove_screen(request: HttpRequest, passage: Passage, form: Form, fault: str = "") -> HttpResponse:
    context = {"passage": passage, "form": form, "fault": fault}
    return render(request, "claims/prove.html", context, status=422 if form.errors or fault else 200)


def _proved(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Let somebody whose number has an account arrive at once: the message was the sign-in."""
    try:
        person = account_of(passage)
        if person is None:
            return redirect("claims:secure", passage.serial)
        row = passage.row()
        if is_staff(person):
            raise StaffCannotClaim
        arrive(row=row, person=person, phone=passage.phone, is_proved=True, now=timezone.now())
    except KeepingRefused as reason:
        forget(request)
        return _closed(request, reason)
    sign_in(request, person)
    return _arrived(request, row)


@sensitive_post_parameters("password")
@for_vendors
def secure(request: HttpRequest, serial: str) -> HttpResponse:
    """Ask how this person will sign in; with the answer the account is made and the paper is used up."""
    passage = passage_of(request, serial, now=timezone.now())
    if passage is None:
        return _begin_anew(request, serial)
    if messages.is_configured() and not passage.is_proved:
        return redirect("claims:prove", serial)
    # Without a password and without messages somebody whose passkey fails could never come back.
    may_take_passkey = messages.is_configured()
    wants_passkey = may_take_passkey and "passkey" in request.POST
    form = PasswordForm(request.POST if request.method == "POST" and not wants_passkey else None)
    context = {"passage": passage, "form": form, "row": passage.row(), "may_take_passkey": may_take_passkey}
    if wants_passkey or form.is_valid():
        password = "" if wants_passkey else form.cleaned_data["password"]
        try:
            person = arrive_anew(passage=passage, password=password, now=timezone.now())
        except ValidationError as reason:
            form.add_error("password", reason)
        except KeepingRefused as reason:
            forget(request)
            return _closed(request, reason)
        else:
            sign_in(request, person)
            return _arrived(request, context["row"], to_passkeys=wants_passkey)
    return render(request, "claims/secure.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
@noindex
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """Tell somebody what has become of the own claims, a refusal with its reason."""
    claims = Claim.objects.filter(user=request.user).select_related("shop", "letter").order_by("-handed_in_at", "-pk")
    return render(request, "claims/waiting.html", {"claims": claims[:20]})


def _arrived(request: HttpRequest, row: HandedCode, *, to_passkeys: bool = False) -> HttpResponse:
    forget(request)
    is_member = isinstance(row, MemberInvitation)
    if is_member:
        said.success(request, _("You help to keep %(shop)s now.") % {"shop": row.shop})
    if to_passkeys:
        return redirect("accounts:passkeys")
    return redirect("portal:home" if is_member else "claims:waiting")


def _begin_anew(request: HttpRequest, serial: str) -> HttpResponse:
    """Lead back to the door of this paper: the session has forgotten, or never knew."""
    kind = "letter" if _row("letter", serial) else "invitation"
    return redirect(f"claims:{kind}", serial)


def _row(kind: str, serial: str) -> HandedCode | None:
    try:
        number = normalise(serial)
    except InvalidCode:
        return None
    return KINDS[kind].objects.select_related("shop").filter(serial=number).first()


def _closed(request: HttpRequest, reason: Exception) -> HttpResponse:
    """Say plainly why this paper opens nothing, and whom to ask."""
    status = {UnknownNumber: 404, TooManyNumbers: 429}.get(type(reason), 410)
    return render(request, "claims/closed.html", {"reason": str(reason)}, status=status)
