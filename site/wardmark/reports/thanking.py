"""Showing the tracking code to the browser that has just sent the report and to nobody else.

Which report it was travels in a signed cookie for half an hour, so that the code stands in no address and no log.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from wardmark.reports.models import VisitorReport

COOKIE = "report"
SHOWN_FOR = timedelta(minutes=30)
_SALT = "wardmark.reports.thanks"


def remember(response: HttpResponse, report: VisitorReport) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(report.pk, salt=_SALT),
        max_age=SHOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def report_of(request: HttpRequest) -> VisitorReport | None:
    """Return the report that this browser sent within the half hour."""
    try:
        pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        return None
    return VisitorReport.objects.filter(pk=pk).first()
