"""Telling an editor what the page before him does not say: a shop's own words, or what its other pages say."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from streets.changes.applying import now_is
from streets.changes.classes import FIELDS, Holder, asked
from streets.changes.page_values import read
from streets.models import ChangeRequest, ChangeState, ShopPage
from wardmark.base.languages import source_language


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


def warn_of_what_another_language_says(request: HttpRequest, page: Page) -> None:
    """Warn, when a page is opened, of what is the same in all languages and stayed behind here."""
    if request.method != "GET" or not isinstance(page, ShopPage) or page.alias_of_id:
        return
    names = _left_behind(ShopPage.objects.get(pk=page.pk).specific)
    if names:
        messages.warning(
            request,
            _("The page of this shop in the first language says something else: %(fields)s. Please put it right here.")
            % {"fields": ", ".join(names)},
        )


def _left_behind(page: ShopPage) -> list[str]:
    pages = ShopPage.objects.filter(shop=page.shop_id, alias_of=None, locale__language_code=source_language())
    first = pages.exclude(pk=page.pk).first()
    if first is None:
        return []
    shared = [field for field in FIELDS.values() if field.holder == Holder.PAGE and not field.in_languages]
    return [
        str(field.label)
        for field in shared
        if (one := asked(field.name)) and read(first.specific, one) != read(page, one)
    ]


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
