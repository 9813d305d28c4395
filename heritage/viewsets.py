"""The small lists editors keep of heritage."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from heritage.models import HeritageKind
from wardmark.base.viewsets import WordedViewSet


class HeritageKindViewSet(WordedViewSet):
    model = HeritageKind
    icon = "tag"
    list_display = [*WordedViewSet.list_display, Column("get_schema_type_display", label=_("for search engines"))]
    ordering = ["sort_order", "key"]
    sort_order_field = "sort_order"


class HeritageGroup(SnippetViewSetGroup):
    menu_label = _("Heritage")
    menu_icon = "openquote"
    menu_order = 240
    items = (HeritageKindViewSet,)
