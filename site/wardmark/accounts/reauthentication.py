"""Is it still the same person? Asked before what does harm in a stranger's hands.

    @fresh_sign_in_required
    def change_account(request): ...

Who signed in within 10 minutes goes straight on. Everybody else is asked first, by password, passkey or code, on a page
in the same place that keeps what was already typed: once shown, the request goes on as if nothing had been asked.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from wardmark.accounts import messages, phone_proof, phones, sign_in_attempts
from wardmark.accounts.forms import LOCKED
from wardmark.accounts.models import User
from wardmark.accounts.networks import network_of
from wardmark.accounts.passkeys import has_passkey
from wardmark.base.sealing import CannotBeOpened, fingerprint

_KEY = "accounts-fresh-at"
# From where the session began, as a keyed hash.
_HOME = "accounts-began-at"
FRESH_FOR = timedelta(minutes=10)
# The page's own fields, which the view behind it never sees.
_BY, _PASSWORD, _CODE, _HELD = "confirm-by", "confirm-password", "confirm-code", "confirm-held"
_OWN = {_BY, _PASSWORD, _CODE, _HELD, "csrfmiddlewaretoken"}

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Say whether this person has shown within 10 minutes who it is: by password, passkey or code."""
    if not request.user.is_authenticated:
        return False
    shown_at = request.session.get(_KEY, 0)
    return 0 <= timezone.now().timestamp() - shown_at < FRESH_FOR.total_seconds()


def mark_fresh(request: HttpRequest) -> None:
    """Note that the person of this session has just shown who it is."""
    request.session[_KEY] = timezone.now().timestamp()


def fresh_sign_in_required(view: View) -> View:
    """Let nobody into a view who has not shown within 10 minutes who it is; nothing that was typed is lost by it.

    For class-based views: `@method_decorator(fresh_sign_in_required, name="dispatch")`. Files of a form must be chosen
    again, and the page says so.
    """

    @wraps(view)
    # Of whatever is held here, for whatever view: the last of these decorators is the one that counts.
    @sensitive_post_parameters()
    @never_cache
    @login_required
    def asking_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answering = request.method == "POST" and _BY in request.POST
        if not is_fresh(request):
            fault = _fault_of(request) if answering else ""
            if fault or not answering:
                return _ask(request, fault)
            mark_fresh(request)
        if answering:
            if request.POST.get(_HELD) != "POST":
                return redirect(request.get_full_path())
            request.POST = _held(request)
        return view(request, *args, **kwargs)

    return asking_first


def on_signed_in(sender: type, request: HttpRequest | None, **kwargs: object) -> None:
    if request is not None and hasattr(request, "session"):
        mark_fresh(request)
        request.session[_HOME] = _home(request)


def _home(request: HttpRequest) -> str:
    return fingerprint(network_of(request), purpose="where a session began")


def password_is_right(request: HttpRequest, password: str) -> bool | None:
    """Say whether this is the password of who is signed in; None where too many wrong ones were tried."""
    tried = sign_in_attempts.whose(request.user, request.user.get_username())
    places = sign_in_attempts.begin(request, tried, is_at_home=request.session.get(_HOME) == _home(request))
    if places is None:
        return None
    if not request.user.check_password(password):
        return False
    sign_in_attempts.succeeded(request, tried, places)
    return True


def _fault_of(request: HttpRequest) -> str:
    """Return what was wrong with the answer, for the person; empty where it shows who it is."""
    match request.POST[_BY]:
        case "password":
            right = password_is_right(request, request.POST.get(_PASSWORD, ""))
            if right is None:
                return str(LOCKED)
            return "" if right else _("This is not your password. Please try again.")
        case "send":
            return _send_code(request)
        case "code":
            phone = _phone_of(request.user)
            code = request.POST.get(_CODE, "")
            if phone and phone_proof.check(phone=phone, purpose=_purpose(request.user), code=code):
                return ""
            return _("This code is wrong or over. Please check it, or have a new one sent.")
        case _:
            # A passkey has made the session fresh before this form came; it did not, so it was too long ago.
            return _("Please show once more that it is you.")


def _send_code(request: HttpRequest) -> str:
    phone = _phone_of(request.user)
    if phone is None:
        return str(phone_proof.CannotBegin.message)
    try:
        phone_proof.begin(phone=phone, purpose=_purpose(request.user), request=request)
    except phone_proof.CannotBegin as reason:
        return str(reason.message)
    return _("A code is on its way to your phone.")


def _ask(request: HttpRequest, said: str) -> HttpResponse:
    by = request.POST.get(_BY, "")
    held = request.POST.get(_HELD, request.method) if by else request.method
    context = {
        "said": said,
        "held": held,
        "kept": [(name, value) for name, values in _held(request).lists() for value in values],
        "files_are_lost": bool(request.FILES),
        "has_password": request.user.has_usable_password(),
        "has_passkey": has_passkey(request.user),
        "can_send": messages.is_configured() and _phone_of(request.user) is not None,
        "asks_for_code": by in {"send", "code"},
    }
    status = 429 if said == str(LOCKED) else 200
    return render(request, "accounts/confirm.html", context, status=status)


def _held(request: HttpRequest) -> QueryDict:
    held = request.POST.copy()
    for name in _OWN & set(held):
        del held[name]
    return held


def _purpose(person: User) -> str:
    return f"confirm {person.pk}"


def _phone_of(person: User) -> phones.Phone | None:
    try:
        return phones.phone_of(person)
    except CannotBeOpened:
        return None
