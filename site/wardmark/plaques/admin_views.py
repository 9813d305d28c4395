"""The plaque of a page, for its editors: to look at and to download."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from wardmark.base.models import BasePage
from wardmark.base.slugs import ascii_slug
from wardmark.plaques.admin.of_page import plaques_of_page
from wardmark.plaques.artwork import FORMATS, ArtworkRefused
from wardmark.plaques.models import Plaque
from wardmark.plaques.offer import Kind, offer
from wardmark.plaques.preview import format_named, preview_of

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
# By the file's extension and the resolution asked for.
KINDS = {
    ("svg", ""): Kind.SVG,
    ("pdf", ""): Kind.PDF,
    ("png", ""): Kind.PNG,
    ("png", "300"): Kind.PNG,
    ("png", "600"): Kind.PNG_600,
}


def page_and_plaque(request: HttpRequest, page_id: int) -> tuple[BasePage, Plaque]:
    """Return a page this person may edit and its plaque; 404 for a page without one, 403 for anybody else's."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage):
        raise Http404
    permissions = page.permissions_for_user(request.user)
    if not (permissions.can_edit() or permissions.can_publish()):
        raise PermissionDenied
    return page, Plaque.objects.issue_primary(page)


@require_safe
def show(request: HttpRequest, page_id: int) -> HttpResponse:
    page, plaque = page_and_plaque(request, page_id)
    preview = preview_of(page, plaque, format_named(request.GET.get("format")))
    context = {"page": page, "preview": preview, "plaques_of_page": plaques_of_page(page, request.user)}
    return render(request, "plaques/admin/show.html", context)


@require_safe
def download(request: HttpRequest, page_id: int, format: str, extension: str) -> HttpResponse:
    """Send the artwork as a file named after page, code and format; `?dpi=600` asks for a finer PNG."""
    page, plaque = page_and_plaque(request, page_id)
    kind = KINDS.get((extension, request.GET.get("dpi", "")))
    if format not in FORMATS or kind is None:
        raise Http404
    try:
        artwork = offer(plaque, page, kind, FORMATS[format]).artwork
    except ArtworkRefused as refusal:
        return render(
            request,
            "plaques/admin/refused.html",
            {"page": page, "reason": str(refusal), "title": _("This plate cannot be printed")},
            status=422,
        )
    response = HttpResponse(artwork, content_type=CONTENT_TYPES[extension])
    name = f"{ascii_slug(page.title)}-{plaque.printed_code}-{format}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
