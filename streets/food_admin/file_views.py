"""Serving private files to officers, each time after asking who it is."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from streets.food_admin.access import INSPECT, SEE
from streets.models import Finding, LegalDocument, SentPaper, Shop
from streets.shop_rights import may
from wardmark.base.private_files import served


@require_safe
@never_cache
def document_file(request: HttpRequest, pk: int) -> FileResponse:
    _admit(request, SEE)
    paper = get_object_or_404(LegalDocument.objects.select_related("shop"), pk=pk)
    _admit(request, SEE, paper.shop)
    return served(paper.file, name="scan")


@require_safe
@never_cache
def sent_file(request: HttpRequest, pk: int) -> FileResponse:
    _admit(request, SEE)
    paper = get_object_or_404(SentPaper.objects.select_related("shop"), pk=pk)
    _admit(request, SEE, paper.shop)
    return served(paper.file, name="scan")


@require_safe
@never_cache
def finding_photo(request: HttpRequest, pk: int) -> FileResponse:
    _admit(request, INSPECT)
    finding = get_object_or_404(Finding.objects.select_related("inspection__shop"), pk=pk)
    _admit(request, INSPECT, finding.inspection.shop)
    return served(finding.photo, name="scan")


def _admit(request: HttpRequest, right: str, shop: Shop | None = None) -> None:
    if not (request.user.has_perm(right) if shop is None else may(request.user, shop, right)):
        raise PermissionDenied
