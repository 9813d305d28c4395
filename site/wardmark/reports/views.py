"""Public pages: choose what it is about, report it, be thanked, follow it. None of them is kept by anybody."""

import logging
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from wardmark.base.languages import source_language
from wardmark.base.passers_by import Limit, Visitor
from wardmark.base.private_files import served
from wardmark.base.robots import noindex
from wardmark.base.unseen_field import was_filled_in
from wardmark.reports import following, thanking
from wardmark.reports.about import Subject
from wardmark.reports.asking import asking
from wardmark.reports.forms import FollowForm, ReportForm
from wardmark.reports.models import MOST_PHOTOS, URGENT, ReportKind, VisitorReport
from wardmark.reports.own_origin import from_own_pages, keeps_cookies
from wardmark.reports.photographs import HELD_FOR, hold, let_go
from wardmark.reports.receiving import TooManyReports, receive, received_before

logger = logging.getLogger("wardmark.reports")

# Whoever sends faulty forms all day fills no disk.
HOLDING = Limit("report-photos", per=HELD_FOR, by_visitor=10, from_network=60)
# A photo of 50 megapixels keeps a processor busy for a second: so many forms with photos are looked into, no more.
OPENING = Limit("report-photos-opened", per=timedelta(hours=1), by_visitor=30, from_network=300)


@from_own_pages
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@noindex
@sensitive_variables()
def new(request: HttpRequest) -> HttpResponse:
    """Ask what it is about; once that is known, take the report."""
    said = request.POST if request.method == "POST" else request.GET
    subject = Subject.named(page=said.get("page", ""), code=said.get("code", ""))
    kind = said.get("kind", "")
    if kind not in ReportKind.values:
        context = {"subject": subject, "kinds": ReportKind, "urgent": URGENT, "is_missing": request.method == "POST"}
        return render(request, "reports/choose.html", context, status=422 if request.method == "POST" else 200)
    if request.method != "POST":
        return _form(request, ReportForm(kind=ReportKind(kind), subject=subject))
    if before := received_before(request.POST.get("form_key", "")):
        return _thanked(request, before)
    if request.FILES and not OPENING.takes(Visitor.of(request)):
        return _unopened(request, ReportForm(request.POST, kind=ReportKind(kind), subject=subject))
    return _taken(request, ReportForm(request.POST, request.FILES, kind=ReportKind(kind), subject=subject))


def _unopened(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """Show the form again without its new photos: not even opened, they cost nothing."""
    form.add_error(
        None,
        _("Many photos came from here within the hour. Please send the report without them, or a little later."),
    )
    return _form(request, form, status=429, held=list(form.held), is_lost=True)


def _taken(request: HttpRequest, form: ReportForm) -> HttpResponse:
    if was_filled_in(request):
        # A program that fills in every field does so each time; whose browser did it, sends the form once more.
        form.add_error(None, _("Your report is not sent yet. Please press the button once more."))
    if not form.is_valid():
        return _again(request, form, status=422)
    try:
        report = _received(request, form)
    except ValidationError as refused:
        form.add_errors(refused)
        return _again(request, form, status=422)
    except TooManyReports:
        form.add_error(None, _("Many reports came from here within the hour. Please send this one a little later."))
        return _again(request, form, status=429)
    except DatabaseError as reason:
        # Its kind alone: a database repeats the row that it refuses, with words and code.
        logger.error("A visitor's report could not be stored: %s", type(reason).__name__)
        form.add_error(None, _("Your report could not be stored just now. Please send it once more."))
        return _again(request, form, status=503)
    for token in form.held:
        let_go(token)
    return _thanked(request, report)


def _thanked(request: HttpRequest, report: VisitorReport) -> HttpResponse:
    if not keeps_cookies(request):
        # The next page could not know which report it was. Sent again by a reload, it is the same report.
        return _thanks(request, report)
    response = HttpResponseRedirect(reverse("reports:thanks"))
    thanking.remember(response, report)
    return response


def _received(request: HttpRequest, form: ReportForm) -> VisitorReport:
    data, subject = form.cleaned_data, form.wanted_subject()
    return receive(
        kind=form.kind,
        text=data["text"],
        language=get_language() or source_language(),
        visitor=Visitor.of(request),
        page=subject.page,
        plaque=subject.plaque,
        phone=data["phone"],
        has_consent=data["consent"],
        photos=[*form.held.values(), *form.new_photos()],
        form_key=data["form_key"],
    )


def _again(request: HttpRequest, form: ReportForm, *, status: int) -> HttpResponse:
    """Show the form with all that was typed, and hold its photos meanwhile: nothing is chosen or written twice."""
    tokens, photos = list(form.held), form.new_photos()[: MOST_PHOTOS - len(form.held)]
    is_lost = bool(photos) and not HOLDING.takes(Visitor.of(request))
    if photos and not is_lost:
        tokens += [hold(photo) for photo in photos]
    return _form(request, form, status=status, held=tokens, is_lost=is_lost)


def _form(
    request: HttpRequest, form: ReportForm, *, status: int = 200, held: list[str] | None = None, is_lost: bool = False
) -> HttpResponse:
    held = held or []
    context: dict[str, Any] = {
        "form": form,
        "kind": form.kind,
        "asking": asking(form.kind),
        "is_illness": form.kind == ReportKind.ILLNESS,
        "subject": form.subject,
        "held": held,
        "photo_fields": form.photo_fields(beside=len(held)),
        "faulty_photos": [field for field in form.photo_fields(beside=0) if field.errors],
        "photos_are_lost": is_lost,
    }
    return render(request, "reports/report.html", context, status=status)


@require_safe
@never_cache
@noindex
def thanks(request: HttpRequest) -> HttpResponse:
    """Show the code of the report that this browser has just sent."""
    report = thanking.report_of(request)
    if report is None:
        return redirect("reports:follow")
    return _thanks(request, report)


def _thanks(request: HttpRequest, report: VisitorReport) -> HttpResponse:
    context = {
        "report": report,
        "hours": following.hours_for(report),
        "is_illness": report.kind == ReportKind.ILLNESS,
        "subject": Subject.named(page=str(report.page_key), code=""),
    }
    return render(request, "reports/thanks.html", context)


@from_own_pages
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@noindex
@sensitive_variables()
def follow(request: HttpRequest) -> HttpResponse:
    """Tell how far a report is. The code is sent, never part of an address: addresses stand in logs and histories."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "reports/follow.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        found = following.follow(code=form.cleaned_data["code"], visitor=Visitor.of(request))
    except following.TooManyTries:
        form.add_error("code", _("Too many codes were tried from here. Please try again in an hour."))
        return render(request, "reports/follow.html", {"form": form}, status=429)
    if found is None:
        form.add_error("code", _("We know no report with this code. Please compare it with what you wrote down."))
        return render(request, "reports/follow.html", {"form": form}, status=422)
    return render(request, "reports/followed.html", {"followed": found})


@require_safe
@never_cache
@noindex
def answer_photo(request: HttpRequest, token: str) -> FileResponse:
    photo = following.answer_photo(token)
    if photo is None:
        raise Http404
    return served(photo, name="answer", shown=True)
