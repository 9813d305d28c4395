"""The small lists editors keep: programmes, shop categories, who keeps which shop."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from streets.models import Programme, ShopCategory, ShopMember


class ProgrammeViewSet(SnippetViewSet):
    model = Programme
    icon = "tasks"
    list_display = ["__str__", "key"]
    ordering = ["key"]

    def get_queryset(self, request):
        return Programme.objects.prefetch_related("wordings")


class ShopCategoryViewSet(SnippetViewSet):
    model = ShopCategory
    icon = "tag"
    list_display = ["__str__", "key"]
    ordering = ["key"]

    def get_queryset(self, request):
        return ShopCategory.objects.prefetch_related("wordings")


class ShopMemberViewSet(SnippetViewSet):
    model = ShopMember
    icon = "user"
    list_display = [Column("shop", label=_("Shop")), Column("user", label=_("Person")), "since"]
    ordering = ["shop__title"]

    def get_queryset(self, request):
        return ShopMember.objects.select_related("shop", "user")


class StreetsGroup(SnippetViewSetGroup):
    menu_label = _("Streets and shops")
    menu_icon = "site"
    menu_order = 250
    items = (ProgrammeViewSet, ShopCategoryViewSet, ShopMemberViewSet)
