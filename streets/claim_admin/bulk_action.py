"""“Claim letters” in the list of shops."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from streets.claim_admin.letter_views import letters_as_answer
from streets.claim_admin.rights import MAKE_LETTERS
from streets.claims.errors import KeepingRefused
from streets.claims.printing import MOST_AT_ONCE
from streets.models import MemberRole, Shop, ShopMember
from streets.shop_rights import may
from wardmark.plaques.artwork import ArtworkRefused


class ClaimLettersBulkAction(SnippetBulkAction):
    """Sends the letters of the chosen shops as one PDF; those with an owner, or in dispute, are named and left out.

    A letter for a shop with an owner ends in a dispute: that is made on the shop's own screen, knowingly.
    """

    display_name = _("Claim letters")
    action_type = "claim_letters"
    aria_label = _("Print claim letters of the chosen shops")
    template_name = "streets/claim_admin/bulk_letters.html"
    action_priority = 30

    @classproperty
    def models(cls) -> list[type[Shop]]:  # noqa: N805 - a property of the class
        return [Shop]

    @classmethod
    def get_queryset(cls, model: type[Shop], object_ids: Any) -> list[Shop]:
        chosen = [pk for pk in object_ids if str(pk).isdecimal()]
        return list(Shop.objects.with_pages().filter(pk__in=chosen).order_by("name", "pk"))

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet:
        """“All in the listing” are those that the search and the filters of the listing leave."""
        listing = Shop.snippet_viewset.index_view
        view = listing.view_class(**listing.view_initkwargs)
        view.setup(self.request)
        return view.get_queryset().values_list("pk", flat=True)

    def check_perm(self, shop: Shop) -> bool:
        return may(self.request.user, shop, MAKE_LETTERS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shops = [item["item"] for item in context["items"]]
        free = without_owner(shops)
        return context | {
            "to_print": free,
            "left_out": [shop for shop in shops if shop not in free],
            "most": MOST_AT_ONCE,
            "are_too_many": len(free) > MOST_AT_ONCE,
        }

    def prepare_action(self, objects: list[Shop], objects_without_access: Any) -> HttpResponse:
        """Send the letters; the answer given here is the whole action's."""
        shops = without_owner(objects)
        if not shops:
            return redirect(self.next_url)
        try:
            return letters_as_answer(shops, by=self.request.user)
        except (KeepingRefused, ArtworkRefused) as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.next_url)


def without_owner(shops: list[Shop]) -> list[Shop]:
    """Return those that nobody owns or disputes, in one query."""
    owned = set(
        ShopMember.objects.active()
        .filter(role=MemberRole.OWNER, shop__in=[shop.pk for shop in shops])
        .values_list("shop_id", flat=True)
    )
    return [shop for shop in shops if shop.pk not in owned and not shop.disputed_since]
