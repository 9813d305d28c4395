"""Serving private files to officers, each time after asking who it is."""

from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from streets.food_admin.access import INSPECT, SEE
from streets.models import Finding, LegalDocument, Shop
from streets.private_files import MEDIA_TYPES
from streets.shop_rights import may


@require_safe
@never_cache
def document_file(request: HttpRequest, pk: int) -> FileResponse:
    _admit(request, SEE)
    paper = get_object_or_404(LegalDocument.objects.select_related("shop"), pk=pk)
    _admit(request, SEE, paper.shop)
    return _served(paper.file)


@require_safe
@never_cache
def finding_photo(request: HttpRequest, pk: int) -> FileResponse:
    _admit(request, INSPECT)
    finding = get_object_or_404(Finding.objects.select_related("inspection__shop"), pk=pk)
    _admit(request, INSPECT, finding.inspection.shop)
    return _served(finding.photo)


def _admit(request: HttpRequest, right: str, shop: Shop | None = None) -> None:
    if not (request.user.has_perm(right) if shop is None else may(request.user, shop, right)):
        raise PermissionDenied


def _served(file: FieldFile) -> FileResponse:
    if not file:
        raise Http404
    try:
        opened = file.open("rb")
    except FileNotFoundError as gone:
        # Lost with a disk, say: the record stands without it.
        raise Http404 from gone
    extension = file.name.rpartition(".")[2]
    kind = MEDIA_TYPES.get(extension, "application/octet-stream")
    # Downloaded, never opened within the site: a scan is a stranger's file.
    return FileResponse(opened, as_attachment=True, filename=f"scan.{extension}", content_type=kind)
