from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from wardmark.reports.admin import urls as inbox_urls
from wardmark.reports.admin.home_panel import InboxMenuItem, add_reports_panel
from wardmark.reports.on_pages import report_part
from wardmark.reports.subject_admin import urls as subject_urls
from wardmark.reports.subject_admin.home_panel import SubjectRequestsMenuItem, add_subject_requests_panel


@hooks.register("register_place_page_part", order=10)
def register_report_part(page, request):
    return report_part(page, request)


@hooks.register("register_admin_urls")
def register_inbox_urls():
    return [path("visitor-reports/", include(inbox_urls))]


@hooks.register("register_admin_menu_item")
def inbox_menu_item():
    return InboxMenuItem(
        pgettext_lazy("menu", "From visitors"),
        reverse("report_inbox:index"),
        name="visitor-reports",
        icon_name="mail",
        order=270,
    )


@hooks.register("insert_global_admin_css")
def inbox_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("reports/admin.css"))


hooks.register("construct_homepage_panels", add_reports_panel)


# ---- what people ask about their own data ---------------------------------------------------------


@hooks.register("register_admin_urls")
def register_subject_urls():
    return [path("personal-data/", include(subject_urls))]


@hooks.register("register_reports_menu_item")
def subject_requests_menu_item():
    return SubjectRequestsMenuItem(
        _("Personal data"), reverse("subject_requests:index"), name="personal-data", icon_name="user", order=40
    )


hooks.register("construct_homepage_panels", add_subject_requests_panel)


@hooks.register("register_permissions")
def report_permissions():
    offered = [
        "answer_subjectrequest",
        "view_visitorreport",
        "change_visitorreport",
        "add_reportoutcome",
        "delete_reportoutcome",
    ]
    return Permission.objects.filter(content_type__app_label="reports", codename__in=offered)


@hooks.register("register_log_actions")
def register_subject_actions(actions):
    actions.register_action("reports.subject.enter", _("Enter a request"), _("Request entered"))
    actions.register_action("reports.subject.show", _("Show who asks"), _("Looked at who asks"))
    actions.register_action("reports.subject.look_up", _("Look for a telephone number"), _("Number looked for"))
    actions.register_action("reports.subject.read", _("Read what is held"), _("What is held was read"))
    actions.register_action("reports.subject.withdraw", _("Withdraw consent"), _("Number forgotten"))
    actions.register_action("reports.subject.erase", _("Erase everything"), _("Number and all with it erased"))
    actions.register_action("reports.subject.erase_report", _("Erase one report"), _("One report erased"))
    actions.register_action("reports.subject.answer", _("Close as answered"), _("Request answered"))
    actions.register_action("reports.subject.refuse", _("Refuse the request"), _("Request refused"))
