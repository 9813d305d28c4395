"""The artwork of a plaque, for its editors: to look at and to download."""

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
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.models import Plaque
from wardmark.plaques.offer import Kind, offer
from wardmark.plaques.preview import format_named, preview_of
from wardmark.plaques.rights import may, may_edit_page
from wardmark.plaques.whereabouts import pages_by_key

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
# By the file's extension and the resolution asked for.
KINDS = {
    ("svg", ""): Kind.SVG,
    ("pdf", ""): Kind.PDF,
    ("png", ""): Kind.PNG,
    ("png", "300"): Kind.PNG,
    ("png", "600"): Kind.PNG_600,
}


def plaque_and_page(request: HttpRequest, plaque_id: int) -> tuple[Plaque, Page | None]:
    """Return a plaque whose artwork this person may see, and its page if it has one; else raise PermissionDenied.

    Whoever may edit the page may see all its plates; one without a page is for those who may change plaques.
    """
    plaque = get_object_or_404(Plaque, pk=plaque_id)
    page = pages_by_key([plaque.page_key]).get(plaque.page_key)
    edits_page = page is not None and any(may_edit_page(request.user, one) for one in plaque.pages.values())
    if not (edits_page or may(request.user, plaque)):
        raise PermissionDenied
    return plaque, page


@require_safe
def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the primary plaque of a page; 404 for a page that has none, 403 for somebody else's."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage):
        raise Http404
    if not may_edit_page(request.user, page):
        raise PermissionDenied
    return _screen(request, Plaque.objects.issue_primary(page), page)


@require_safe
def artwork(request: HttpRequest, plaque_id: int) -> HttpResponse:
    """Show the artwork of any plaque: a further one of its page, or one that has no page yet."""
    return _screen(request, *plaque_and_page(request, plaque_id))


@require_safe
def download(request: HttpRequest, plaque_id: int, format: str, extension: str) -> HttpResponse:
    """Send the artwork as a file named after page, code and format; `?dpi=600` asks for a finer PNG."""
    plaque, page = plaque_and_page(request, plaque_id)
    kind = KINDS.get((extension, request.GET.get("dpi", "")))
    if format not in FORMATS or kind is None:
        raise Http404
    inscription = inscription_for(plaque)
    try:
        artwork = offer(plaque, inscription, kind, FORMATS[format]).artwork
    except ArtworkRefused as refusal:
        return render(
            request,
            "plaques/admin/refused.html",
            {"page": page, "reason": str(refusal), "title": _("This plate cannot be printed")},
            status=422,
        )
    response = HttpResponse(artwork, content_type=CONTENT_TYPES[extension])
    name = f"{plaque.printed_code}-{format}"
    if inscription.name:
        name = f"{ascii_slug(inscription.name)}-{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


def _screen(request: HttpRequest, plaque: Plaque, page: Page | None) -> HttpResponse:
    context = {
        "page": page,
        "preview": preview_of(plaque, format_named(request.GET.get("format"))),
        "plaques_of_page": page and plaques_of_page(page, request.user),
    }
    return render(request, "plaques/admin/show.html", context)
