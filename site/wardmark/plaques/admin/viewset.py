"""The plaques in Wagtail's admin: a listing and a screen for each. There is no view that deletes or copies one."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from wardmark.plaques.admin.alerts import AlertsView, CloseAlertView
from wardmark.plaques.admin.blanks import IssueBlanksView
from wardmark.plaques.admin.changes import CHANGES, ChangeView, IssueFurtherView
from wardmark.plaques.admin.due import DueView, RoundView
from wardmark.plaques.admin.listing import PlaqueListing
from wardmark.plaques.admin.map import PlaqueMapView
from wardmark.plaques.admin.requests import DecideView, RequestsView
from wardmark.plaques.admin.screen import PlaqueScreen
from wardmark.plaques.models import Plaque
from wardmark.plaques.screens.viewset import ScreenViewSet


class PlaqueViewSet(ModelViewSet):
    model = Plaque
    name = "plaque"
    url_prefix = "plaques"
    icon = "qr"
    menu_label = _("All plaques")
    menu_name = "all-plaques"
    list_per_page = 50
    copy_view_enabled = False
    form_fields = ("label",)
    index_view_class = PlaqueListing
    index_template_name = "plaques/admin/listing.html"
    index_results_template_name = "plaques/admin/listing_results.html"
    # A thousand plaques are printed at once: what their photos are used for is not worth a query for each.
    add_to_reference_index = False

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer the rights over plaques, alerts and requests in the editor of groups. None of them deletes."""
        return Permission.objects.filter(
            content_type__app_label="plaques", content_type__model__in=["plaque", "plaquealert", "linkrequest"]
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", PlaqueScreen.as_view(), name="edit"),
            *(
                path(f"edit/<int:pk>/{name}/", ChangeView.as_view(form_class=form), name=name)
                for name, form in CHANGES.items()
            ),
            path("further/<int:page_id>/", IssueFurtherView.as_view(), name="further"),
            path("blanks/", IssueBlanksView.as_view(), name="blanks"),
            path("due/", DueView.as_view(), name="due"),
            path("due/round/", RoundView.as_view(), name="round"),
            path("alerts/", AlertsView.as_view(), name="alerts"),
            path("alerts/<int:pk>/close/", CloseAlertView.as_view(), name="close_alert"),
            path("requests/", RequestsView.as_view(), name="requests"),
            path("requests/<int:pk>/approve/", DecideView.as_view(approves=True), name="approve"),
            path("requests/<int:pk>/refuse/", DecideView.as_view(approves=False), name="refuse"),
            path("map/", PlaqueMapView.as_view(), name="map"),
        ]


class PlaquesGroup(ModelViewSetGroup):
    """The group “Plaques” of the menu. Others add to it with the hook `register_plaques_menu_item`."""

    items = (PlaqueViewSet, ScreenViewSet)
    menu_label = _("Plaques")
    menu_name = "plaques"
    menu_icon = "qr"
    menu_order = 240
    submenu_hook = "register_plaques_menu_item"
