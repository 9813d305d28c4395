"""What may be done to a report: each a form on a page of its own, which works without scripts and says what follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from wardmark.base.one_form import OneFormView
from wardmark.reports import handling
from wardmark.reports.admin.access import OfReport
from wardmark.reports.admin.forms import (
    AnswerForm,
    AssignForm,
    DeedForm,
    ForwardForm,
    MergeForm,
    NoteForm,
    PublishForm,
    RejectForm,
    ReopenForm,
)
from wardmark.reports.models import ReportState, VisitorReport
from wardmark.reports.photographs import drawn_anew
from wardmark.reports.rights import CHANGE, PUBLISH, UNPUBLISH

Rule = Callable[[VisitorReport, AbstractBaseUser, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing an officer may do: its words, its form, its rule, which reports it fits, and the right it takes."""

    label: str | Promise
    explanation: str | Promise
    form_class: type[DeedForm]
    rule: Rule
    fits: Callable[[VisitorReport], bool]
    right: str = CHANGE

    def is_offered(self, report: VisitorReport, user: AbstractBaseUser) -> bool:
        return user.has_perm(self.right) and self.fits(report)


def _is_open(report: VisitorReport) -> bool:
    return report.is_open


def _is_closed(report: VisitorReport) -> bool:
    return not report.is_open


def _is_free(report: VisitorReport) -> bool:
    return report.waits


def _is_published(report: VisitorReport) -> bool:
    return hasattr(report, "outcome")


def _can_be_published(report: VisitorReport) -> bool:
    return report.state == ReportState.ANSWERED and report.page_key is not None and not _is_published(report)


def _take(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.take(report=report, by=by)


def _assign(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.assign(report=report, by=by, to=values["to"])


def _note(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.note(report=report, by=by, words=values["words"])


def _answer(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.answer(
        report=report,
        by=by,
        words=values["words"],
        language=values["language"],
        photo=drawn_anew(values["photo"]) if values["photo"] else None,
        photo_alt=values["photo_alt"],
    )


def _reject(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.reject(report=report, by=by, reason=values["reason"])


def _forward(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.forward(report=report, by=by, to=values["to"])


def _merge(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.merge(report=report, by=by, into=values["number"])


def _reopen(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.reopen(report=report, by=by, reason=values["reason"])


def _publish(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.publish(report=report, by=by, words=values["words"], language=values["language"])


def _unpublish(report: VisitorReport, by: AbstractBaseUser, values: dict[str, Any]) -> None:
    handling.unpublish(report=report, by=by)


DEEDS: dict[str, Deed] = {
    "take": Deed(
        gettext_lazy("Take it in hand"),
        gettext_lazy("You look after this report from now on; its clock stops."),
        DeedForm, _take, _is_free,
    ),
    "answer": Deed(
        gettext_lazy("Answer and close"),
        gettext_lazy("The reporter reads your answer by the tracking code. Nothing of it is public."),
        AnswerForm, _answer, _is_open,
    ),
    "assign": Deed(
        gettext_lazy("Assign"),
        gettext_lazy("A colleague looks after this report from now on; its clock stops."),
        AssignForm, _assign, _is_open,
    ),
    "forward": Deed(
        gettext_lazy("Pass on and close"),
        gettext_lazy("Somebody else is responsible. Please tell them first; the reporter reads who it is."),
        ForwardForm, _forward, _is_open,
    ),
    "merge": Deed(
        gettext_lazy("Join with another report"),
        gettext_lazy("It is the same matter: whoever follows this report reads the outcome of the other one."),
        MergeForm, _merge, _is_open,
    ),
    "reject": Deed(
        gettext_lazy("Do not take it up"),
        gettext_lazy("It is closed without an answer. The reporter reads the reason."),
        RejectForm, _reject, _is_open,
    ),
    "publish": Deed(
        gettext_lazy("Show the outcome on the page"),
        gettext_lazy("Everybody who opens the page reads it, under what was put right."),
        PublishForm, _publish, _can_be_published, PUBLISH,
    ),
    "unpublish": Deed(
        gettext_lazy("Take the outcome off the page"),
        gettext_lazy("It stays in the history of this report."),
        DeedForm, _unpublish, _is_published, UNPUBLISH,
    ),
    "note": Deed(
        gettext_lazy("Write a note"),
        gettext_lazy("Colleagues read it in the history."),
        NoteForm, _note, lambda report: True,
    ),
    "reopen": Deed(
        gettext_lazy("Open it again"),
        gettext_lazy(
            "What it was closed with is taken back, on the page too, and its photo is removed; the words stay in the "
            "history."
        ),
        ReopenForm, _reopen, _is_closed,
    ),
}  # fmt: skip


class DeedView(OfReport, OneFormView):
    """One of DEEDS for one report; refused with words where a colleague was quicker."""

    template_name = "reports/admin/deed.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["deed"] not in DEEDS:
            raise Http404
        self.deed = DEEDS[kwargs["deed"]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_change or not request.user.has_perm(self.deed.right):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[DeedForm]:
        return self.deed.form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"report": self.report, "user": self.request.user}

    def form_valid(self, form: DeedForm) -> HttpResponse:
        try:
            self.deed.rule(self.report, self.request.user, form.cleaned_data)
        except handling.NotPossible as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except ValidationError as refusal:
            form.add_error("photo", refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("Report #%(number)d is saved.") % {"number": self.report.pk})
        return redirect(self.back_url())

    def back_url(self) -> str:
        return reverse("report_inbox:show", args=[self.report.pk])

    @property
    def explanation(self) -> str | Promise:
        return self.deed.explanation

    @property
    def button(self) -> str | Promise:
        return self.deed.label

    def get_page_title(self) -> str:
        return str(self.deed.label)
