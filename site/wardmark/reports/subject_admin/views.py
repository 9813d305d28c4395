"""Requests about personal data: the list by clock, one request, and what is done to it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import HeaderButton
from wagtail.models import ModelLogEntry

from wardmark.base.one_form import OneFormView
from wardmark.base.sealing import CannotBeOpened
from wardmark.base.spreadsheets import SafeSpreadsheet, guarded
from wardmark.reports.models import SubjectRequest
from wardmark.reports.subject_admin.access import MayAnswerRequests
from wardmark.reports.subject_admin.forms import (
    AnswerForm,
    ForgetForm,
    ForgetReportForm,
    NewRequestForm,
    PhoneForm,
    RefusalForm,
)
from wardmark.reports.subject_requests import (
    RequestRefused,
    answer,
    enter,
    erase,
    erase_report,
    look_up,
    refuse,
    show_asker,
    withdraw,
)


class ClockColumn(Column):
    cell_template_name = "reports/subject_admin/_clock_cell.html"


class RequestsView(MayAnswerRequests, SafeSpreadsheet, ReportView):
    """All requests, what is due first on top; as a spreadsheet without who asked."""

    page_title = gettext_lazy("Requests about personal data")
    header_icon = "user"
    results_template_name = "reports/admin/list_results.html"
    index_url_name = "subject_requests:index"
    index_results_url_name = "subject_requests:results"
    columns = [
        TitleColumn("get_right_display", label=gettext_lazy("What is asked"), url_name="subject_requests:show"),
        ClockColumn("due_at", label=gettext_lazy("Due")),
        Column("get_state_display", label=gettext_lazy("State")),
        Column("get_channel_display", label=gettext_lazy("How it came")),
        Column("answer", label=gettext_lazy("What was done")),
    ]
    export_headings = {
        "get_right_display": gettext_lazy("What is asked"),
        "get_channel_display": gettext_lazy("How it came"),
        "received_at": gettext_lazy("Received"),
        "due_at": gettext_lazy("Due"),
        "get_state_display": gettext_lazy("State"),
        "closed_at": gettext_lazy("Answered on"),
        "closed_by": gettext_lazy("Answered by"),
        "answer": gettext_lazy("What was done"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> Any:
        return SubjectRequest.objects.by_clock().select_related("closed_by")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Enter a request"), url=reverse("subject_requests:new"), icon_name="plus")]

    def get_filename(self) -> str:
        return "personal-data-requests"

    def to_row_dict(self, item: SubjectRequest) -> dict[str, Any]:
        row = super().to_row_dict(item)
        row["closed_by"] = str(item.closed_by or "")
        return {field: guarded(value) for field, value in row.items()}


class EnterView(MayAnswerRequests, OneFormView):
    """A request that came over the counter, by telephone or by letter."""

    template_name = "reports/subject_admin/one_form.html"
    page_title = gettext_lazy("Enter a request")
    header_icon = "user"
    form_class = NewRequestForm
    explanation = gettext_lazy("The ward answers within two working days, counted from the day after it came.")
    button = gettext_lazy("Write it down")

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            request = enter(by=self.request.user, **form.cleaned_data)
        except RequestRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except ImproperlyConfigured:
            form.add_error(None, _("Nothing can be stored: the site has no key for it. Please tell whoever runs it."))
            return self.form_invalid(form)
        messages.success(self.request, _("The request is written down; its clock runs."))
        return redirect("subject_requests:show", request.pk)

    def back_url(self) -> str:
        return reverse("subject_requests:index")


class OfRequest(MayAnswerRequests, WagtailAdminTemplateMixin):
    """For views of one request."""

    header_icon = "user"

    @cached_property
    def subject_request(self) -> SubjectRequest:
        """Looked for once somebody is let in, and not before: else its absence would tell which ones there are."""
        found = SubjectRequest.objects.select_related("made_by", "closed_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.subject_request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"one": self.subject_request}


class RequestScreen(OfRequest, TemplateView):
    """One request with its history. POST opens who asks, which is written down."""

    template_name = "reports/subject_admin/show.html"
    page_title = gettext_lazy("Request about personal data")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            opened = {"asker": show_asker(request=self.subject_request, by=request.user)}
        except CannotBeOpened:
            opened = {"fault": _("This cannot be read: its key is missing. Please tell whoever runs the site.")}
        return self.render_to_response(self.get_context_data(**opened))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entries = ModelLogEntry.objects.for_instance(self.subject_request).select_related("user").order_by("timestamp")
        return context | {"history": [_line(entry) for entry in entries]}


def _line(entry: ModelLogEntry) -> dict[str, Any]:
    records = (entry.data or {}).get("records")
    counted = "" if records is None else ngettext("%d record", "%d records", records) % records
    return {
        "at": entry.timestamp,
        "who": entry.user_display_name,
        "what": entry.message,
        "counted": counted,
    }


class LookUpView(OfRequest, FormView):
    """What the ward holds under a number: sent by POST, answered on the same screen, kept nowhere."""

    template_name = "reports/subject_admin/look_up.html"
    page_title = gettext_lazy("Look for a telephone number")
    form_class = PhoneForm

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            held = look_up(request=self.subject_request, phone=form.cleaned_data["phone"], by=self.request.user)
        except RequestRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        shown = [{"record": one, "url": one.url_for(self.request.user)} for one in held]
        return self.render_to_response(self.get_context_data(form=form, held=shown, looked=True))


class DeedView(OfRequest, OneFormView):
    """A form that does one thing to a request; the rule's refusal is said at the form."""

    template_name = "reports/subject_admin/one_form.html"

    def do(self, values: dict[str, Any]) -> str:
        """Do it, and return what to tell the officer."""
        raise NotImplementedError

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            done = self.do(form.cleaned_data)
        except RequestRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.back_url())

    def back_url(self) -> str:
        return reverse("subject_requests:show", args=[self.subject_request.pk])


class WithdrawView(DeedView):
    page_title = gettext_lazy("Withdraw consent")
    form_class = ForgetForm
    explanation = gettext_lazy(
        "The number is forgotten wherever its holder consented to its being kept. What they reported stays, without it."
    )
    button = gettext_lazy("Forget the number")

    def do(self, values: dict[str, Any]) -> str:
        records = withdraw(request=self.subject_request, phone=values["phone"], by=self.request.user)
        return ngettext("Forgotten at %d record.", "Forgotten at %d records.", records) % records


class EraseView(DeedView):
    page_title = gettext_lazy("Erase everything")
    form_class = ForgetForm
    explanation = gettext_lazy(
        "The number, the words and the photos that came with it are erased. That something was reported, and what came "
        "of it, stays without them."
    )
    button = gettext_lazy("Erase everything under this number")

    def do(self, values: dict[str, Any]) -> str:
        records = erase(request=self.subject_request, phone=values["phone"], by=self.request.user)
        return ngettext("Erased: %d record.", "Erased: %d records.", records) % records


class EraseReportView(DeedView):
    page_title = gettext_lazy("Erase one report")
    form_class = ForgetReportForm
    explanation = gettext_lazy(
        "For somebody who left no number: the words, the photos and any number of this report are erased. That it was "
        "made, and what came of it, stays without them."
    )
    button = gettext_lazy("Erase what was sent with this report")

    def do(self, values: dict[str, Any]) -> str:
        report = values["code"]
        if erase_report(request=self.subject_request, report=report, by=self.request.user):
            return _("Erased: what was sent with report #%(number)d.") % {"number": report.pk}
        return _("Nothing is left that was sent with report #%(number)d.") % {"number": report.pk}


class AnswerView(DeedView):
    page_title = gettext_lazy("Close as answered")
    form_class = AnswerForm
    explanation = gettext_lazy("Answer the person first; then write here what was done.")
    button = gettext_lazy("Close the request")

    def do(self, values: dict[str, Any]) -> str:
        answer(request=self.subject_request, done=values["words"], by=self.request.user)
        return _("The request is closed.")


class RefuseView(DeedView):
    page_title = gettext_lazy("Refuse the request")
    form_class = RefusalForm
    explanation = gettext_lazy("Tell the person the reason and where they may complain; then write the reason here.")
    button = gettext_lazy("Refuse the request")

    def do(self, values: dict[str, Any]) -> str:
        refuse(request=self.subject_request, reason=values["words"], by=self.request.user)
        return _("The request is closed.")
