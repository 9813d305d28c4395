"""The artwork of a plaque, for its editors: to look at and to download."""

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from wardmark.base.models import BasePage
from wardmark.base.slugs import ascii_slug
from wardmark.plaques.admin.of_page import plaques_of_page
from wardmark.plaques.artwork import FORMATS, ArtworkRefused, lay_out
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import Plaque
from wardmark.plaques.offer import Kind, offer
from wardmark.plaques.preview import Preview, format_named, preview_of
from wardmark.plaques.printing import mark_printed
from wardmark.plaques.rights import may, may_edit_page
from wardmark.plaques.whereabouts import pages_by_key

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
    inscription = replace(inscription_for(plaque), made_on=timezone.localdate())
    try:
        artwork = offer(plaque, inscription, kind, FORMATS[format]).artwork
    except ArtworkRefused as refusal:
        return render(
            request,
            "plaques/admin/refused.html",
            {"page": page, "reason": str(refusal), "title": _("This plate cannot be printed")},
            status=422,
        )
    response = HttpResponse(artwork, content_type=kind.content_type)
    name = f"{plaque.printed_code}-{format}"
    if inscription.name:
        name = f"{ascii_slug(inscription.name)}-{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


@require_POST
def printed(request: HttpRequest, plaque_id: int, format: str) -> HttpResponse:
    """Note that a downloaded file was printed: only people know of it, as they do not of a print job's."""
    plaque = get_object_or_404(Plaque, pk=plaque_id)
    if not may(request.user, plaque):
        raise PermissionDenied
    if format not in FORMATS:
        raise Http404
    wanted, inscription = FORMATS[format], inscription_for(plaque)
    try:
        lay_out(wanted, inscription)
        if inscription.proof_reason:
            raise NotPossible(inscription.proof_reason)
        mark_printed(
            plaque=plaque,
            format=wanted,
            version=plaque.artwork_version + 1,
            base_url=settings.PLAQUE_BASE_URL,
            by=request.user,
        )
    except (ArtworkRefused, NotPossible) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Noted: plaque %(code)s was printed as “%(format)s”, artwork version %(version)s.")
            % {"code": plaque.printed_code, "format": wanted.label, "version": plaque.artwork_version},
        )
    return redirect(f"{reverse('plaques_admin:artwork', args=[plaque.pk])}?format={wanted.key}")


def _screen(request: HttpRequest, plaque: Plaque, page: Page | None) -> HttpResponse:
    preview = preview_of(plaque, format_named(request.GET.get("format")))
    context = {
        "page": page,
        "preview": preview,
        "may_be_printed": _may_be_printed(preview) and may(request.user, plaque),
        "plaques_of_page": page and plaques_of_page(page, request.user),
    }
    return render(request, "plaques/admin/show.html", context)


def _may_be_printed(preview: Preview) -> bool:
    return not (preview.refusal or preview.proof_reason or preview.plaque.is_retired)
