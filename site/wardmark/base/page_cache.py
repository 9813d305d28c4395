"""Whole pages, kept for visitors who are not signed in until anything that a page may show changes.

What is kept carries a mark that every change of content renews, so nothing old is ever looked up again. The mark
stands in the cache `shared`, which all processes of the site see; the pages stand in `default`. A page of yesterday is
never looked up, so that what is derived from the day turns at midnight; what is derived from the hour may be seen
`PAGE_CACHE_SECONDS` longer, no more.
"""

import logging
import secrets
from collections.abc import Callable, Collection
from datetime import datetime

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_cache_key, learn_cache_key
from django.utils.translation import get_language_from_path

from wardmark.base.cache import UNREADABLE
from wardmark.base.standing import standing_at

logger = logging.getLogger("wardmark.cache")

MARK = "pages-mark"
# Where a request carries until when its page tells the truth.
TRUE_UNTIL = "page_is_true_until"
# What saving a draft and locking a page write into the page itself.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
# Wagtail says `private` of a page behind a sign-in or a password.
NEVER_KEPT = ("private", "no-cache", "no-store")


class PageCacheMiddleware:
    """Answer a page from the cache; stands below the choice of language, above everything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = pages_mark() if _may_be_kept(request) else None
        if mark is None:
            return self.get_response(request)
        mark = f"{mark}-{timezone.localdate():%Y%m%d}"
        key = get_cache_key(request, mark, "GET", cache)
        kept = cache.get(key) if key else None
        if kept is not None:
            return kept
        response = self.get_response(request)
        seconds = _seconds_to_keep(request)
        if seconds > 0 and _is_a_public_page(request, response):
            cache.set(learn_cache_key(request, response, seconds, mark, cache), response, seconds)
        return response


def keep_no_longer_than(request: HttpRequest, moment: datetime) -> None:
    """Say until when the page that answers this request tells the truth; the earliest of all such moments counts.

    For what changes by the clock alone, such as “open now”: no saved record renews the mark then.
    """
    said = getattr(request, TRUE_UNTIL, None)
    setattr(request, TRUE_UNTIL, moment if said is None else min(said, moment))


def _seconds_to_keep(request: HttpRequest) -> int:
    """Return whole seconds, rounded down: one too few costs a page, one too many tells a lie."""
    until = getattr(request, TRUE_UNTIL, None)
    if until is None:
        return settings.PAGE_CACHE_SECONDS
    return min(settings.PAGE_CACHE_SECONDS, int((until - timezone.now()).total_seconds()))


def pages_mark() -> str | None:
    """Return the mark of what is kept now; None where it cannot be read or kept, so that nothing is."""
    try:
        shared = caches["shared"]
        mark = shared.get(MARK)
        if mark is None:
            # Two processes may begin at once: both go on with the mark that stayed.
            shared.add(MARK, secrets.token_hex(8), timeout=None)
            mark = shared.get(MARK)
    except OSError as error:
        logger.warning("The shared cache cannot be used (%s); pages are made anew each time", error)
        return None
    except UNREADABLE as error:
        logger.warning("The mark of the kept pages was damaged (%s), as by a power cut; it is made anew", error)
        shared.delete(MARK)
        return None
    return mark


def forget_pages() -> None:
    """Let every page be made anew, from the moment this transaction is committed."""
    transaction.on_commit(_renew_mark, robust=True)


def _renew_mark() -> None:
    caches["shared"].set(MARK, secrets.token_hex(8), timeout=None)


def on_migrated(**kwargs) -> None:
    """Forget the pages that an earlier version of the site made."""
    forget_pages()


def on_change(sender: type[Model], signal: Signal, update_fields: Collection[str] | None = None, **kwargs) -> None:
    """Forget the pages when anything is saved, deleted or moved, but for what no page shows.

    An editor's open window saves a draft or a sign of life every few seconds: visitors see none of it.
    """
    name = sender._meta
    if {name.app_label, name.label} & settings.NEVER_ON_A_PAGE:
        return
    if name.label in settings.ON_A_PAGE_ONCE_DELETED and signal is not post_delete:
        return
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    forget_pages()


def _may_be_kept(request: HttpRequest) -> bool:
    """Say whether a page may be shared: nobody signed in, no preview, nothing asked but from which plaque."""
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method == "GET"
        # A page's address names its language; a scan, an upload and the admin need not ask for the mark.
        and get_language_from_path(request.path_info) is not None
        and _asks_nothing_more(request.META.get("QUERY_STRING", ""))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        # What Wagtail calls the request of a preview.
        and not getattr(request, "is_dummy", False)
    )


def _asks_nothing_more(query: str) -> bool:
    return not query or standing_at(query) is not None


def _is_a_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and match.url_name == "wagtail_serve"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(word in response.get("Cache-Control", "") for word in NEVER_KEPT)
    )
