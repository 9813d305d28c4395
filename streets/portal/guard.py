"""Who gets a screen of the vendors' corner: somebody who keeps this very shop and may do what the screen is for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from streets.members import Task, may_do, required
from streets.models import Shop, ShopMember, ShopPage
from wardmark.base.languages import source_language
from wardmark.base.robots import noindex

MemberView = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Kept:
    """A shop and how somebody keeps it: who is signed in, or, `is_assisted`, in whose name an officer fills it in."""

    shop: Shop
    member: ShopMember
    is_assisted: bool = False

    @property
    def page(self) -> ShopPage | None:
        """Its page in the reader's language, for a name to show; None once all are deleted."""
        return self.shop.page

    @property
    def source_page(self) -> ShopPage | None:
        """Its page in the site's first language, in which a shop is named and described."""
        return next((page for page in self.shop.pages.all() if page.locale.language_code == source_language()), None)

    @property
    def name(self) -> str:
        return self.page.title if self.page else str(self.shop)

    @property
    def is_frozen(self) -> bool:
        return self.shop.disputed_since is not None

    @property
    def may_tell(self) -> bool:
        return may_do(self.member, Task.TELL)

    @property
    def may_own(self) -> bool:
        return may_do(self.member, Task.OWN)


def for_members(task: Task, *, changes: bool = False) -> Callable[[MemberView], MemberView]:
    """Hand the view the shop of its address as a `Kept`, where this person keeps it and may do the task.

    Anybody else is refused with 403, an unknown shop is 404, and who is not signed in is led to sign in. A view that
    `changes` something is closed, with the reason, while the shop is in dispute. What it answers no cache keeps.
    """

    def decorate(view: MemberView) -> MemberView:
        @wraps(view)
        @require_http_methods(["GET", "HEAD", "POST"])
        @never_cache
        @noindex
        @login_required
        def guarded(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
            shop = get_object_or_404(Shop.objects.with_pages(), page_key=key)
            try:
                kept = Kept(shop, required(request.user, shop, task))
                if not (changes and kept.is_frozen):
                    return view(request, kept, **kwargs)
            except PermissionDenied:
                # Also where the view finds that a single field of its form is not this member's.
                return render(request, "portal/refused.html", {"is_member": _keeps(request, shop)}, status=403)
            return render(request, "portal/frozen.html", {"kept": kept}, status=403)

        # What the test over all addresses reads.
        guarded.task, guarded.changes = task, changes  # type: ignore[attr-defined]
        return guarded

    return decorate


def _keeps(request: HttpRequest, shop: Shop) -> bool:
    return ShopMember.objects.active().filter(user=request.user, shop=shop).exists()
