"""The maintenance round on a phone: what a signed-in keeper of a plaque gets instead of the visitor's page.

Anybody else who asks for one of these addresses gets the visitor's answer, and a form of theirs changes nothing.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_permissions_policy.decorators import permissions_policy_override

from wardmark.base.languages import content_languages, wished_languages
from wardmark.plaques.alerts import close_alert
from wardmark.plaques.checking import record_check
from wardmark.plaques.lifecycle import NotPossible, install, may_be_hung_up
from wardmark.plaques.linking import approve, link_blank, refuse, relink
from wardmark.plaques.models import Finding, Plaque, PlaqueAlert
from wardmark.plaques.rights import CHANGE, CHANGE_ALERT, may, may_edit_page
from wardmark.plaques.round.forms import (
    AnotherPageForm,
    CheckForm,
    ChoosePageForm,
    InstallForm,
    LinkForm,
    OutcomeForm,
)
from wardmark.plaques.round.guard import carries_a_session, for_keepers, refused
from wardmark.plaques.round.nearby import Choice, pages_named, places_near
from wardmark.plaques.round.photos import with_photo
from wardmark.plaques.round.screen import name_of, open_request, page_with_key, screen_of

# The one place where a phone may be asked where it is.
_may_ask_for_position = permissions_policy_override(settings.PERMISSIONS_POLICY | {"geolocation": ["self"]})


def for_staff(request: HttpRequest, code: str) -> HttpResponse | None:
    """Return what a keeper sees who scans a plaque; None for everybody else, who cost no query unless signed in."""
    if not carries_a_session(request) or not request.user.has_perm(CHANGE):
        return None
    plaque = Plaque.objects.select_related("photo").filter(code=code).first()
    if plaque is None or not may(request.user, plaque):
        return None
    with translation.override(wished_languages(request)[0]):
        return _show(request, plaque)


# ---- the screens --------------------------------------------------------------------------------


def _show(request: HttpRequest, plaque: Plaque, *, status: int = 200, refusal: str = "", **forms: Form) -> HttpResponse:
    """Show what stands before the keeper; `forms` are those that were sent with an error, with what was typed.

    A refusal is said above all else: what was sent may be possible no longer, and its form not shown any more.
    """
    if plaque.is_blank and not plaque.is_retired:
        return _show_choice(request, plaque, LinkForm(), "plaques/round/blank.html", status, refusal)
    screen = screen_of(plaque, request)
    sent = forms.get("outcome_form")
    context = {
        "screen": screen,
        "refusal": refusal,
        "findings": Finding,
        "check_form": forms.get("check_form") or CheckForm(),
        "install_form": forms.get("install_form") or InstallForm(),
        "alerts": [
            (alert, sent if sent and sent.prefix == _prefix(alert) else OutcomeForm(prefix=_prefix(alert)))
            for alert in screen.alerts
        ],
        **_shared(request, plaque),
    }
    return _on_site(request, "plaques/round/plaque.html", context, status=status)


def _show_choice(
    request: HttpRequest, plaque: Plaque, form: ChoosePageForm, template: str, status: int = 200, refusal: str = ""
) -> HttpResponse:
    choices = _choices(request.user, form)
    context = {"form": form, "choices": choices, "refusal": refusal, **_shared(request, plaque)}
    return _on_site(request, template, context, status=status)


def _choices(user: AbstractBaseUser, form: ChoosePageForm) -> list[Choice]:
    """Return the pages to choose from: those with the name typed, those nearby, and the one chosen before."""
    if not form.is_bound:
        return []
    form.is_valid()
    name, position = form.cleaned_data.get("name", ""), form.position
    found = pages_named(name, user) if name else []
    found += places_near(position, user) if position else []
    chosen = form.chosen()
    if chosen and (page := page_with_key(chosen)) and may_edit_page(user, page):
        found.insert(0, Choice(page))
    return list({choice.key: choice for choice in reversed(found)}.values())[::-1]


def _shared(request: HttpRequest, plaque: Plaque) -> dict[str, Any]:
    return {"plaque": plaque, "name": name_of(plaque), "language_asked": _language_asked(request)}


@_may_ask_for_position
def _on_site(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, template, context, status=status)


# ---- what is done there -------------------------------------------------------------------------


@for_keepers
def check(request: HttpRequest, plaque: Plaque) -> HttpResponse:
    """Note what was found, and lead back to the plaque, which names the next ones."""
    form = CheckForm(request.POST, request.FILES)
    if request.method != "POST":
        return _back(request, plaque)
    if not form.is_valid():
        return _show(request, plaque, status=422, check_form=form)
    finding = Finding(form.cleaned_data["finding"])
    try:
        with_photo(
            request,
            plaque,
            form,
            partial(
                record_check,
                plaque=plaque,
                by=request.user,
                finding=finding,
                note=form.cleaned_data["note"],
                position=form.position,
            ),
        )
    except NotPossible as reason:
        return _show(request, plaque, status=422, refusal=str(reason), check_form=form)
    return _back(request, plaque, _("Noted: %(finding)s. Thank you!") % {"finding": finding.label})


@for_keepers
def hang(request: HttpRequest, plaque: Plaque) -> HttpResponse:
    """Note that a plaque hangs here since today."""
    form = InstallForm(request.POST, request.FILES)
    if request.method != "POST":
        return _back(request, plaque)
    if not may_be_hung_up(plaque.state):
        # A form that stood open while a colleague hung it up, or took it out of use.
        return _show(request, plaque, status=422, refusal=_("This plaque was hung up already, or is out of use."))
    if not form.is_valid():
        return _show(request, plaque, status=422, install_form=form)
    try:
        with_photo(
            request,
            plaque,
            form,
            partial(install, plaque=plaque, by=request.user, why=form.cleaned_data["note"], position=form.position),
        )
    except NotPossible as reason:
        return _show(request, plaque, status=422, refusal=str(reason), install_form=form)
    return _back(request, plaque, _("Noted: it hangs here since today."))


@for_keepers
def link(request: HttpRequest, plaque: Plaque) -> HttpResponse:
    """Give a blank plaque the page that was chosen; until one is, look for it by name or nearby."""
    if request.method != "POST" or not plaque.is_blank:
        if request.method == "POST":
            messages.error(request, _("This plaque was given to a page already."))
        return _back(request, plaque)
    form = LinkForm(request.POST)
    page = _page_chosen(request, form)
    if page is None:
        return _show_choice(request, plaque, form, "plaques/round/blank.html", 422 if form.errors else 200)
    try:
        with transaction.atomic():
            link_blank(plaque=plaque, page=page, by=request.user, label=form.cleaned_data["label"])
            if form.cleaned_data["hangs"]:
                install(plaque=plaque, by=request.user, position=form.position)
    except NotPossible as reason:
        # Another person was quicker: what the plaque leads to now says more than the form.
        messages.error(request, str(reason))
        return _back(request, plaque)
    return _back(request, plaque, _("The plaque leads to “%(page)s” now.") % {"page": page.title})


@for_keepers
def another_page(request: HttpRequest, plaque: Plaque) -> HttpResponse:
    """Ask that a plaque lead to another page."""
    template = "plaques/round/another_page.html"
    if plaque.is_blank or plaque.is_retired:
        return _back(request, plaque)
    if request.method != "POST":
        return _show_choice(request, plaque, AnotherPageForm(), template)
    form = AnotherPageForm(request.POST)
    page = _page_chosen(request, form)
    if page is None:
        return _show_choice(request, plaque, form, template, 422 if form.errors else 200)
    try:
        wish = relink(plaque=plaque, page=page, by=request.user, why=form.cleaned_data["why"])
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _show_choice(request, plaque, form, template, 422)
    if wish is None:
        return _back(request, plaque, _("The plaque leads to “%(page)s” now.") % {"page": page.title})
    return _back(request, plaque, _("“%(page)s” is asked for. A second person must approve.") % {"page": page.title})


@for_keepers
def decide(request: HttpRequest, plaque: Plaque, request_id: int) -> HttpResponse:
    """Approve, refuse or withdraw a request for another page."""
    if request.method != "POST":
        return _back(request, plaque)
    wish = open_request(get_object_or_404(plaque.link_requests, pk=request_id), request)
    try:
        if not wish.is_own and not wish.may_decide:
            raise NotPossible(_("You may not edit the page that was asked for."))
        if request.POST.get("decision") == "approve":
            approve(request=wish.request, by=request.user)
            done = _("Approved: the plaque leads to “%(page)s” now.") % {"page": wish.request.page_title}
        elif request.POST.get("decision") == "refuse":
            refuse(request=wish.request, by=request.user)
            done = _("Withdrawn.") if wish.is_own else _("Refused: the plaque stays with its page.")
        else:
            raise Http404
    except NotPossible as reason:
        messages.error(request, str(reason))
        return _back(request, plaque)
    return _back(request, plaque, done)


@for_keepers
def close(request: HttpRequest, plaque: Plaque, alert_id: int) -> HttpResponse:
    """Close an alert with what came out."""
    if request.method != "POST":
        return _back(request, plaque)
    alert = get_object_or_404(plaque.alerts, pk=alert_id)
    if not may(request.user, plaque, CHANGE_ALERT):
        return refused(request, reverse("plaques:resolve", args=[plaque.code]))
    form = OutcomeForm(request.POST, prefix=_prefix(alert))
    if not form.is_valid():
        return _show(request, plaque, status=422, outcome_form=form)
    try:
        close_alert(alert=alert, by=request.user, outcome=form.cleaned_data["outcome"])
    except NotPossible as reason:
        messages.error(request, str(reason))
        return _back(request, plaque)
    return _back(request, plaque, _("Closed: %(kind)s.") % {"kind": alert.get_kind_display()})


# ---- between them -------------------------------------------------------------------------------


def _prefix(alert: PlaqueAlert) -> str:
    """Tell the fields of one alert from those of the next on the same screen."""
    return f"alert-{alert.pk}"


def _page_chosen(request: HttpRequest, form: ChoosePageForm) -> Any:
    """Return the page that was chosen and confirmed; None while people still look for it, or may not edit it."""
    if not form.is_valid() or request.POST.get("step") != "link":
        return None
    page = page_with_key(form.chosen()) if form.chosen() else None
    if page is None:
        form.add_error("page", _("Please choose the page first."))
    elif not may_edit_page(request.user, page):
        form.add_error("page", _("You may not edit this page. Please choose another one."))
        page = None
    return page


def _back(request: HttpRequest, plaque: Plaque, done: str = "") -> HttpResponse:
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("plaques:resolve", args=[plaque.code]) + _language_asked(request))


def _language_asked(request: HttpRequest) -> str:
    """Return the query that keeps the language somebody switched to, else nothing."""
    asked = request.GET.get("language", "")
    return f"?language={asked}" if asked in dict(content_languages()) else ""
