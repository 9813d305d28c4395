"""What editors keep of streets: the shops, and small lists of programmes, shop categories, who keeps which shop."""

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from streets.changes.in_turn import locked
from streets.models import Bank, ClaimWord, PayeeNameRule, Programme, Shop, ShopCategory, ShopMember
from streets.shop_listing import ShopFilterSet, ShopListing, are_hours_known, shops_with_streets, state_today
from streets.shop_record_views import RecordEditView, ShopRecordViewSet
from streets.shop_rights import ShopRecordPolicy
from streets.shop_tabs import shop_editor
from wardmark.base.viewsets import WordedViewSet


class ShopPermissionPolicy(ShopRecordPolicy):
    """A shop comes with its first page and stays when its pages go: nobody adds or deletes one by hand."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class ShopEditView(RecordEditView):
    """Locks the shop before its form is checked: what it was checked against is what it is saved on."""

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        locked(self.object.pk)
        return super().post(request, *args, **kwargs)


class ShopViewSet(ShopRecordViewSet):
    model = Shop
    edit_view_class = ShopEditView
    icon = "home"
    menu_label = _("Shops")
    list_display = [
        "name",
        Column("street", label=_("Street")),
        Column("state", label=_("Now"), accessor=state_today),
        Column("hours_known", label=_("Hours known"), accessor=are_hours_known),
    ]
    ordering = ["name", "pk"]
    search_fields = ["folded"]
    list_per_page = 50
    index_view_class = ShopListing
    filterset_class = ShopFilterSet
    # A shop is chosen and shown by its name alone.
    add_to_reference_index = False

    def get_queryset(self, request):
        return shops_with_streets()

    def get_edit_handler(self):
        return shop_editor().bind_to_model(self.model)


class ProgrammeViewSet(WordedViewSet):
    model = Programme
    icon = "tasks"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(criteria_count=Count("criteria"))

    list_display = [*WordedViewSet.list_display, NumberColumn("criteria_count", label=_("Criteria"))]


class ShopCategoryViewSet(WordedViewSet):
    model = ShopCategory
    icon = "tag"


class ShopMemberViewSet(SnippetViewSet):
    model = ShopMember
    icon = "user"
    list_display = [Column("shop", label=_("Shop")), Column("user", label=_("Person")), "since"]
    ordering = ["shop__name"]

    def get_queryset(self, request):
        return ShopMember.objects.select_related("shop", "user")


class BankViewSet(SnippetViewSet):
    model = Bank
    icon = "list-ul"
    list_display = ["short_name", "bin", "name", "valid_from", "valid_until"]
    list_filter = ["bin"]
    ordering = ["short_name", "bin"]


class PayeeNameRuleViewSet(SnippetViewSet):
    model = PayeeNameRule
    icon = "clipboard-list"
    list_display = ["holder_kind", "beginnings", "source", "valid_from", "valid_until"]


class ClaimWordViewSet(SnippetViewSet):
    model = ClaimWord
    icon = "warning"
    list_display = ["words", "kind"]
    list_filter = ["kind"]
    search_fields = ["words"]
    ordering = ["kind", "words"]


class StreetsGroup(SnippetViewSetGroup):
    menu_label = _("Streets and shops")
    menu_icon = "site"
    menu_order = 250
    items = (
        ShopViewSet,
        ProgrammeViewSet,
        ShopCategoryViewSet,
        ShopMemberViewSet,
        BankViewSet,
        PayeeNameRuleViewSet,
        ClaimWordViewSet,
    )
