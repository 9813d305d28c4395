"""The plaque of a page, for its editors: to look at and to download."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from wardmark.base.models import BasePage
from wardmark.base.slugs import ascii_slug
from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.models import Plaque
from wardmark.plaques.offer import offer
from wardmark.plaques.preview import preview_of

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


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
    return render(request, "plaques/admin/show.html", {"page": page, "preview": preview_of(page, plaque)})


@require_safe
def download(request: HttpRequest, page_id: int, extension: str) -> HttpResponse:
    """Send the plate as a file named after the page and its code."""
    page, plaque = page_and_plaque(request, page_id)
    try:
        artwork = offer(plaque, page, extension).artwork
    except ArtworkRefused as refusal:
        return render(
            request,
            "plaques/admin/refused.html",
            {"page": page, "reason": str(refusal), "title": _("This plate cannot be printed")},
            status=422,
        )
    response = HttpResponse(artwork, content_type=CONTENT_TYPES[extension])
    name = f"{ascii_slug(page.title)}-{plaque.printed_code}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
