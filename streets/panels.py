"""What the editors of a page and of the shop behind it show of each other."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from streets.shown_opening import shown_opening


class DailyFactsPanel(Panel):
    """In the editor of a page: what the shop says today, and the way to where it is changed."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": _("Daily facts"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "streets/admin/daily_facts.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            shop = self.instance.shop if self.instance.shop_id else None
            if shop is not None:
                context["opening"] = shown_opening(shop, moment=timezone.now())
                if self.request.user.has_perm("streets.change_shop"):
                    context["edit_url"] = reverse(shop.snippet_viewset.get_url_name("edit"), args=[shop.pk])
            return context


class ConfirmationsPanel(Panel):
    """In the editor of a shop: when its facts were last confirmed, and one click to confirm them today."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "streets/admin/confirmations.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["shop"] = self.instance
            context["confirm_urls"] = {
                who: reverse("confirm_shop", args=[self.instance.pk, who]) for who in ("officer", "owner")
            }
            return context


class ShopPagesPanel(Panel):
    """In the editor of a shop: its pages in all languages, whose texts are changed there."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "streets/admin/pages.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["pages"] = list(self.instance.pages.select_related("locale").order_by("pk"))
            return context
