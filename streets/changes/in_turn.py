"""Everybody who changes a shop or its page comes in turn.

One order of locks holds everywhere: **the shop's row first**, then its changes, then what Wagtail keeps of its pages
(pages, revisions, workflow and task states). Whoever holds the shop need fear nobody for the rest; whoever took one of
the others first could wait for somebody who waits in turn, which PostgreSQL ends by breaking off one of the two. A rule
that changes a shop begins with `locked`; the receivers of Wagtail's signals do, `ShopPage.publish` does, for programs
such as the one that publishes on a day, and `PagesInTurn` does it for the pages of the admin, whose own writes would
else come before.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from streets.models import Shop, ShopPage
from wardmark.base.publishing import NotReady, NotReadyMiddleware

_ADMIN_OF_PAGES = ["wagtailadmin_pages"]
# What is sent there all the time, and saved nowhere.
_SAVES_NOTHING = {"preview_on_edit", "workflow_preview", "collect_workflow_action_data"}


def locked(shop_id: int) -> Shop:
    """Return a shop as it is now, its row locked until the end of the transaction; one call more costs a query."""
    return Shop.objects.select_for_update().get(pk=shop_id)


def locked_all(shops: QuerySet[Shop]) -> list[Shop]:
    """Return these shops as they are now, locked one after the other as everybody does who needs several."""
    keys = sorted(shops.values_list("pk", flat=True))
    return list(Shop.objects.filter(pk__in=keys).order_by("pk").select_for_update()) if keys else []


class PagesInTurn:
    """Lets what an editor does to a shop's page in the admin be all of it or nothing, with the shop locked throughout.

    Between the check of a form and its saving nobody else writes what it was checked against. To stand last in the
    list: it calls the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.not_ready = NotReadyMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        shop_id = _shop_of(request, kwargs) if request.method == "POST" else None
        if shop_id is None:
            return None
        try:
            with transaction.atomic():
                locked(shop_id)
                return view(request, *args, **kwargs)
        except NotReady as refused:
            # Django asks for an answer to what a view raises, not to what is raised here.
            return self.not_ready.process_exception(request, refused)


def _shop_of(request: HttpRequest, kwargs: dict[str, Any]) -> int | None:
    match = request.resolver_match
    if (
        match is None
        or match.app_names != _ADMIN_OF_PAGES
        or match.url_name in _SAVES_NOTHING
        or "page_id" not in kwargs
        # Nobody else changes anything there, and whoever is turned away keeps nobody waiting.
        or not request.user.has_perm("wagtailadmin.access_admin")
    ):
        return None
    # By the page's own key: of a number that no key can be, Django then asks no database.
    return ShopPage.objects.filter(page_ptr__id=kwargs["page_id"]).values_list("shop_id", flat=True).first()
