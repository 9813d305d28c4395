from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button, ListingButton

from wardmark.base.models import BasePage
from wardmark.plaques import admin_urls
from wardmark.plaques.genuine import genuine_part
from wardmark.plaques.panels import plaque_tab
from wardmark.plaques.print_sheets.bulk_action import PrintPlaquesBulkAction
from wardmark.plaques.print_sheets.views import may_print
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
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() or permissions.can_publish()


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
    return Permission.objects.filter(content_type__app_label="plaques", codename__in=["add_printjob", "view_scancount"])


hooks.register("register_bulk_action", PrintPlaquesBulkAction)


class PrintJobsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_print(request.user)


@hooks.register("register_admin_menu_item")
def register_print_jobs():
    return PrintJobsMenuItem(
        _("Print jobs"), reverse("plaques_admin:print_jobs"), name="print-jobs", icon_name="print", order=320
    )
