"""One report: what was said, the photos, its history, and what may be done to it. Its number is opened on a click."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wardmark.base.national_phones import shown, to_dial
from wardmark.base.sealing import CannotBeOpened
from wardmark.reports.admin.access import OfReport
from wardmark.reports.admin.deeds import DEEDS
from wardmark.reports.handling import show_phone
from wardmark.reports.rights import open_to


class ReportScreen(OfReport, WagtailAdminTemplateMixin, TemplateView):
    template_name = "reports/admin/show.html"
    page_title = gettext_lazy("Report of a visitor")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the number, to whoever handles reports: that it was looked at is written down."""
        if not self.may_change:
            raise PermissionDenied
        try:
            number = show_phone(report=self.report, by=request.user)
        except CannotBeOpened:
            fault = _("The number cannot be read: its key is missing. Please tell whoever runs the site.")
            return self.render_to_response(self.get_context_data(fault=fault))
        return self.render_to_response(self.get_context_data(phone=shown(number), dialled=to_dial(number)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.report, self.request.user
        deeds = [(name, deed) for name, deed in DEEDS.items() if self.may_change and deed.is_offered(report, user)]
        return super().get_context_data(**kwargs) | {
            "waits": report.waits,
            "is_late": report.waits and report.intake_due_at is not None and report.intake_due_at < timezone.now(),
            "page": report.page_in(),
            "photos": report.photos.all(),
            "history": report.events.all(),
            "deeds": deeds,
            "may_change": self.may_change,
            "merged": open_to(user, report.merged.all()),
            "others": self._others(),
        }

    def _others(self) -> Any:
        """Other open reports of the same page: perhaps the same matter."""
        if self.report.page_key is None:
            return []
        same = open_to(self.request.user).open().filter(page_key=self.report.page_key)
        return same.exclude(pk=self.report.pk).order_by("-received_at")[:10]
