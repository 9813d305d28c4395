"""The photos of reports, sent to officers each time after asking who it is."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wardmark.base.private_files import served
from wardmark.reports.admin.access import report_for


@require_safe
@never_cache
def photo(request: HttpRequest, pk: int, photo_pk: int) -> FileResponse:
    report = report_for(request, pk)
    return served(get_object_or_404(report.photos.all(), pk=photo_pk).file, name="photo", shown=True)


@require_safe
@never_cache
def answer_photo(request: HttpRequest, pk: int) -> FileResponse:
    return served(report_for(request, pk).answer_photo, name="answer", shown=True)
