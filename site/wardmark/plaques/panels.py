"""The plaque in the page editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel

from wardmark.plaques.admin.of_page import plaques_of_page
from wardmark.plaques.models import Plaque
from wardmark.plaques.preview import format_named, preview_of


class PlaquePanel(Panel):
    """Shows the page's plate with its code and its downloads; before the first save, says when it will be there."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "plaques/admin/panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            if self.instance.pk:
                plaque = Plaque.objects.issue_primary(self.instance)
                context["preview"] = preview_of(plaque, format_named(self.request.GET.get("format")))
                context["plaques_of_page"] = plaques_of_page(self.instance, self.request.user)
            return context


def plaque_tab() -> ObjectList:
    return ObjectList([PlaquePanel()], heading=_("Plaque"))
