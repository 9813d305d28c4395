from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from wardmark.base.boundary import warn_of_position
from wardmark.base.chore_report import PERMISSION, chore_report
from wardmark.base.page_links import PlainPageLinkHandler


@hooks.register("register_admin_urls")
def register_chore_report_url():
    return [path("reports/chores/", chore_report, name="chore_report")]


@hooks.register("insert_global_admin_css")
def lists_on_phones():
    return format_html('<link rel="stylesheet" href="{}">', static("base/admin-lists.css"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_outside_the_ward(request, page):
    warn_of_position(request, page)


@hooks.register("register_permissions")
def chore_permissions():
    return Permission.objects.filter(content_type__app_label="base", codename="view_chorerun")


@hooks.register("register_rich_text_features", order=10)
def register_links_to_pages(features):
    features.register_link_type(PlainPageLinkHandler)


class ChoresMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_reports_menu_item")
def register_chore_report():
    return ChoresMenuItem(_("Chores"), reverse("chore_report"), name="chores", icon_name="rotate", order=1300)
