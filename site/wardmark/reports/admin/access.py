"""Who gets into the inbox. Wagtail's admin turns PermissionDenied into a word on the dashboard."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from wardmark.reports.models import VisitorReport
from wardmark.reports.rights import CHANGE, may_see_inbox, open_to


def report_for(request: HttpRequest, pk: int) -> VisitorReport:
    """Return a report that this person may see. Raises PermissionDenied, Http404 for one that is not there."""
    if not may_see_inbox(request.user):
        raise PermissionDenied
    found = VisitorReport.objects.select_related("plaque", "assigned_to", "merged_into", "outcome")
    report = get_object_or_404(found, pk=pk)
    if not open_to(request.user, VisitorReport.objects.filter(pk=pk)).exists():
        raise PermissionDenied
    return report


class MaySeeInbox:
    """For views: only people who may look at reports get in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_inbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_change(self) -> bool:
        """Whether this person may handle what they may see."""
        return self.request.user.has_perm(CHANGE)


@method_decorator([never_cache, sensitive_post_parameters(), sensitive_variables()], name="dispatch")
class OfReport(MaySeeInbox):
    """For views of one report: refused where it is about a page this person may not edit."""

    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.report = report_for(request, kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return f"#{self.report.pk}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("report_inbox:index"), "label": _("Reports of visitors")},
            {"url": "", "label": f"#{self.report.pk}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"report": self.report}
