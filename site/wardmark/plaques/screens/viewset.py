"""The screens in Wagtail's admin."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from wardmark.plaques.models import Screen
from wardmark.plaques.screens.lineup import lineup


class ShownNowPanel(Panel):
    """Says what of the list the screen shows now, what it leaves out and why, and how large the code is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "plaques/screens/shown_now.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            # As stored: what the form holds may lack a figure.
            screen = Screen.objects.get(pk=self.instance.pk)
            return context | {"screen": screen, "lineup": lineup(screen, get_language() or "")}


class ScreenListing(IndexView):
    def get_base_queryset(self) -> QuerySet[Screen]:
        return super().get_base_queryset().annotate(number=Count("entries"))


class ScreenViewSet(ModelViewSet):
    model = Screen
    name = "screen"
    url_prefix = "screens"
    icon = "desktop"
    menu_label = _("Screens")
    menu_name = "screens"
    index_view_class = ScreenListing
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ("name", "distance_m", Column("number", label=_("Pages")))
    panels = [
        ShownNowPanel(),
        FieldPanel("name"),
        FieldPanel("slug"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("width_cm"), FieldPanel("height_cm")]),
                FieldRowPanel([FieldPanel("distance_m"), FieldPanel("seconds")]),
            ],
            _("How it hangs"),
        ),
        InlinePanel("entries", [PageChooserPanel("page")], heading=_("Pages, in their order"), label=_("Page")),
    ]
