"""Printing and cancelling letters. The PDF is sent once and kept nowhere."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from streets.claim_admin.rights import MAKE_LETTERS, shop_with_pages
from streets.claims.errors import KeepingRefused
from streets.claims.letters import cancel
from streets.claims.printing import print_letters
from streets.models import ClaimLetter, Shop
from streets.shop_rights import may
from wardmark.base.slugs import ascii_slug
from wardmark.plaques.artwork import ArtworkRefused


def letters_as_answer(shops: Sequence[Shop], *, by: AbstractBaseUser) -> HttpResponse:
    """Send new letters for these shops. Raises KeepingRefused, ArtworkRefused."""
    now = timezone.now()
    pdf = print_letters(shops=shops, by=by, now=now)
    name = ascii_slug(shops[0].name)[:60] if len(shops) == 1 else str(len(shops))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="claim-letters-{name}-{timezone.localtime(now):%Y%m%d-%H%M}.pdf"'
    )
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_POST
@never_cache
def print_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one shop's letter; the one before is cancelled."""
    shop = shop_with_pages(pk)
    if not may(request.user, shop, MAKE_LETTERS):
        raise PermissionDenied
    try:
        return letters_as_answer([shop], by=request.user)
    except (KeepingRefused, ArtworkRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("claim_admin:shop", pk)


@require_POST
def cancel_letter(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(ClaimLetter.objects.select_related("shop"), pk=pk)
    if not may(request.user, letter.shop, MAKE_LETTERS):
        raise PermissionDenied
    try:
        cancel(letter=letter, by=request.user, now=timezone.now())
        messages.success(request, _("Letter %(number)s is cancelled.") % {"number": letter.printed_serial})
    except KeepingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("claim_admin:shop", letter.shop_id)
