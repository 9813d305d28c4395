"""Who may answer requests about personal data: a right of its own, over all of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

ANSWER = "reports.answer_subjectrequest"


@method_decorator([never_cache, sensitive_post_parameters(), sensitive_variables()], name="dispatch")
class MayAnswerRequests:
    """For views: only people with the right get in, and nothing they send is in a report of a fault."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(ANSWER):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("subject_requests:index"), "label": _("Personal data")},
            {"url": "", "label": str(self.get_page_subtitle() or self.get_page_title())},
        ]
