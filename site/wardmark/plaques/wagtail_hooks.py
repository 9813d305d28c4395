from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button, ListingButton

from wardmark.base.models import BasePage
from wardmark.plaques import admin_urls
from wardmark.plaques.admin import leaving
from wardmark.plaques.admin.access import PlaquesMenuItem
from wardmark.plaques.admin.bulk_actions import InstalledTodayBulkAction, PrintBulkAction
from wardmark.plaques.admin.home_panel import add_plaques_panel
from wardmark.plaques.admin.viewset import PlaquesGroup
from wardmark.plaques.genuine import genuine_part
from wardmark.plaques.panels import plaque_tab
from wardmark.plaques.print_sheets.bulk_action import PrintPlaquesBulkAction
from wardmark.plaques.rights import ADD, may_edit_page
from wardmark.plaques.scan_report import ScansMenuItem


@hooks.register("register_admin_urls")
def register_plaque_urls():
    return [path("plaques/", include(admin_urls))]


@hooks.register("register_ward_page_tab")
def register_plaque_tab():
    return plaque_tab()


@hooks.register("register_place_page_part")
def register_genuine_plaques(page, request):
    return genuine_part(page, request)


@hooks.register("register_icons")
def register_icons(icons):
    return [*icons, "plaques/icons/qr.svg", "plaques/icons/print.svg"]


@hooks.register("insert_global_admin_css")
def plaque_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("plaques/admin.css"))


def _may_see_plaque(page, user) -> bool:
    if not isinstance(page.specific_deferred, BasePage):
        return False
    return may_edit_page(user, page)


@hooks.register("register_page_listing_buttons")
def plaque_listing_button(page, user, next_url=None):
    if _may_see_plaque(page, user):
        yield ListingButton(_("Plaque"), reverse("plaques_admin:show", args=[page.pk]), icon_name="qr", priority=15)


@hooks.register("register_page_header_buttons")
def plaque_header_button(page, user, view_name, next_url=None):
    if _may_see_plaque(page, user):
        yield Button(_("Plaque"), reverse("plaques_admin:show", args=[page.pk]), icon_name="qr", priority=15)


@hooks.register("register_reports_menu_item")
def scans_menu_item():
    return ScansMenuItem(_("Scans"), reverse("plaques_admin:scans"), name="scans", icon_name="qr", order=10)


@hooks.register("register_permissions")
def plaque_permissions():
    offered = ["add_printjob", "change_linkrequest", "change_plaquealert", "view_scancount"]
    return Permission.objects.filter(content_type__app_label="plaques", codename__in=offered)


hooks.register("register_bulk_action", PrintPlaquesBulkAction)


# ---- the plaques themselves --------------------------------------------------------------------


@hooks.register("insert_global_admin_css")
def plaque_screen_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("plaques/screens.css"))


@hooks.register("register_admin_viewset")
def plaques_group():
    return PlaquesGroup()


@hooks.register("register_plaques_menu_item")
def due_menu_item():
    return PlaquesMenuItem(_("To check"), reverse("plaque:due"), name="plaques-due", icon_name="tasks", order=10)


@hooks.register("register_plaques_menu_item")
def alerts_menu_item():
    return PlaquesMenuItem(_("Alerts"), reverse("plaque:alerts"), name="plaque-alerts", icon_name="warning", order=20)


@hooks.register("register_plaques_menu_item")
def requests_menu_item():
    return PlaquesMenuItem(
        _("Requests for another page"),
        reverse("plaque:requests"),
        name="plaque-requests",
        icon_name="redirect",
        order=30,
    )


@hooks.register("register_plaques_menu_item")
def map_menu_item():
    return PlaquesMenuItem(_("Map"), reverse("plaque:map"), name="plaque-map", icon_name="site", order=40)


@hooks.register("register_plaques_menu_item")
def print_jobs_menu_item():
    return PlaquesMenuItem(
        _("Print jobs"),
        reverse("plaques_admin:print_jobs"),
        name="print-jobs",
        icon_name="print",
        order=50,
        right="plaques.add_printjob",
    )


@hooks.register("register_plaques_menu_item")
def blanks_menu_item():
    return PlaquesMenuItem(
        _("Blank plaques"), reverse("plaque:blanks"), name="blank-plaques", icon_name="plus", order=60, right=ADD
    )


hooks.register("register_bulk_action", PrintBulkAction)
hooks.register("register_bulk_action", InstalledTodayBulkAction)
hooks.register("construct_homepage_panels", add_plaques_panel)
# After all others: what another hook stops must not have led plaques elsewhere.
hooks.register("before_delete_page", leaving.before_delete_page, order=1000)
hooks.register("before_bulk_action", leaving.before_bulk_action, order=1000)
hooks.register("before_unpublish_page", leaving.before_unpublish_page, order=1000)
