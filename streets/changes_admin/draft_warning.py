"""Telling an editor that the draft before him would take a shop's own words off its page."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from streets.changes.applying import now_is
from streets.changes.classes import asked
from streets.changes.page_values import read
from streets.models import ChangeRequest, ChangeState, ShopPage


def warn_of_words_a_draft_hides(request: HttpRequest, page: Page) -> None:
    """Warn, when a page is opened, of what the shop made public since, where the draft says something else."""
    if request.method != "GET" or not isinstance(page, ShopPage) or not page.has_unpublished_changes:
        return
    names = _hidden(page)
    if names:
        messages.warning(
            request,
            _("The shop has changed this publicly, and the draft before you says something else: %(fields)s.")
            % {"fields": ", ".join(names)},
        )


def _hidden(draft: ShopPage) -> list[str]:
    public = ChangeRequest.objects.filter(page=draft.pk, state=ChangeState.LIVE).select_related("shop")
    hidden = {}
    for change in public.order_by("-live_since", "-pk"):
        one = asked(change.field, change.language or None)
        # Only the newest of each field is what is public.
        if one is None or one.field.name in hidden:
            continue
        says_other = read(draft, one) != change.after and now_is(change.shop, one) == change.after
        hidden[one.field.name] = str(one.field.label) if says_other else ""
    return list(filter(None, hidden.values()))
