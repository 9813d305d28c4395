"""What was changed by whom and what became of it; taking back what is public, withdrawing what waits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from streets.changes.errors import ChangeRefused, NotYours
from streets.changes.proposing import undo, withdraw
from streets.models import ChangeRequest, SentPaper
from streets.portal.guard import Kept
from streets.portal.screens import back_to, show
from streets.portal.told import ShopNames, told

ON_A_SCREEN = 20


def history(request: HttpRequest, kept: Kept) -> HttpResponse:
    """List all that was wished for the shop, the newest first."""
    changes = ChangeRequest.objects.history_of(kept.shop)
    page = Paginator(changes, ON_A_SCREEN).get_page(request.GET.get("page"))
    now, names = timezone.now(), ShopNames(kept.shop)
    context = {"screen": page, "changes": [told(change, kept=kept, now=now, names=names) for change in page]}
    return show(request, kept, "portal/history.html", context)


@require_POST
def undo_change(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    done = _("Taken back: the page is as it was before.")
    return _decide(request, kept, pk, lambda change: undo(change=change, by=request.user, now=timezone.now()), done)


@require_POST
def withdraw_change(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    done = _("Withdrawn: the ward no longer looks at it.")
    return _decide(request, kept, pk, lambda change: withdraw(change=change, by=request.user), done)


@require_POST
def read_rejections(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Note that the shop has read why its wishes were not accepted."""
    now = timezone.now()
    ChangeRequest.objects.rejected_unread_of(kept.shop).marked_read(now=now)
    SentPaper.objects.refused_unread_of(kept.shop).update(read_at=now)
    return back_to(reverse("portal:shop", args=[kept.shop.page_key]))


def _decide(
    request: HttpRequest, kept: Kept, pk: int, decide: Callable[[ChangeRequest], Any], done: str
) -> HttpResponse:
    change = get_object_or_404(ChangeRequest, shop=kept.shop, pk=pk)
    try:
        decide(change)
    except NotYours:
        raise
    except ChangeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return back_to(reverse("portal:history", args=[kept.shop.page_key]))
