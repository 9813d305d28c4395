from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from streets.changes.publishing import lock_shops_of_bulk
from streets.changes_admin import urls as changes_urls
from streets.changes_admin.draft_warning import warn_of_what_another_language_says, warn_of_words_a_draft_hides
from streets.changes_admin.home_panel import ChangesMenuItem, add_changes_panel
from streets.claim_admin import urls as claim_urls
from streets.claim_admin.bulk_action import ClaimLettersBulkAction
from streets.claim_admin.home_panel import ClaimsMenuItem, add_claims_panel
from streets.confirming import confirm_shop
from streets.food_admin import urls as food_urls
from streets.food_admin.access import FoodMenuItem
from streets.food_admin.home_panel import add_food_safety_panel
from streets.food_admin.law_in_use import LawPolicy
from streets.food_admin.viewsets import FURTHER_RIGHTS, FoodSafetyGroup, InspectionPolicy
from streets.models import ExemptionClause, FoodDecree, Inspection, LegalDocument, SelfCheckPoint, Shop
from streets.owners_phones import follow_accounts, lock_shops_of_accounts
from streets.payment_admin import urls as payment_urls
from streets.payment_admin.home_panel import PaymentsMenuItem, add_payments_panel
from streets.programme_report import PERMISSION, ProgrammeReportView
from streets.shop_page_form import keep_newer_revision
from streets.shop_rights import ShopRecordPolicy
from streets.stale_report import StaleMenuItem, StaleReport
from streets.viewsets import ShopPermissionPolicy, StreetsGroup

register_permission_policy(Shop, ShopPermissionPolicy(Shop))
register_snippet(StreetsGroup)


class ProgrammesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def register_programme_report_urls():
    return [
        path("reports/programmes/", ProgrammeReportView.as_view(), name="programme_report"),
    ]


@hooks.register("register_reports_menu_item")
def register_programme_report():
    return ProgrammesMenuItem(
        _("Programmes"), reverse("programme_report"), name="programmes", icon_name="tasks", order=20
    )


@hooks.register("register_admin_urls")
def register_payment_urls():
    return [path("payments/", include(payment_urls))]


@hooks.register("register_admin_menu_item")
def payments_menu_item():
    return PaymentsMenuItem(
        _("Payment accounts"), reverse("payment_admin:index"), name="payment-accounts", icon_name="key", order=260
    )


@hooks.register("register_permissions")
def figure_permissions():
    return Permission.objects.filter(content_type__app_label="streets", codename="view_measuresnapshot")


register_permission_policy(Inspection, InspectionPolicy(Inspection))
register_permission_policy(LegalDocument, ShopRecordPolicy(LegalDocument))
for law in (FoodDecree, ExemptionClause, SelfCheckPoint):
    register_permission_policy(law, LawPolicy(law))
register_snippet(FoodSafetyGroup)


@hooks.register("register_admin_urls")
def register_food_safety_urls():
    return [path("food-safety/", include(food_urls))]


@hooks.register("register_permissions")
def food_safety_permissions():
    return Permission.objects.filter(content_type__app_label="streets", codename__in=FURTHER_RIGHTS)


@hooks.register("register_reports_menu_item")
def expiring_papers_menu_item():
    return FoodMenuItem(
        _("Papers that expire"), reverse("food_safety:expiring"), name="papers-that-expire", icon_name="date", order=20
    )


@hooks.register("register_log_actions")
def register_food_safety_actions(actions):
    actions.register_action("streets.route.decide", _("Decide on the legal route"), _("Legal route decided"))
    actions.register_action("streets.document.verify", _("Verify a paper"), _("Paper verified"))
    actions.register_action("streets.document.revoke", _("Revoke a paper"), _("Paper revoked"))
    actions.register_action("streets.inspection.finalise", _("Finalise the record"), _("Record finalised"))
    actions.register_action("streets.inspection.withhold", _("Withhold the record"), _("Record withheld"))
    actions.register_action("streets.inspection.release", _("Release the record"), _("Record released"))
    actions.register_action("streets.inspection.correct", _("Correct the record"), _("Correction begun"))
    actions.register_action("streets.inspection.remedied", _("Note that it is done"), _("Finding noted as done"))
    actions.register_action("streets.inspection.reply", _("Enter the vendor’s reply"), _("Reply entered"))
    actions.register_action("streets.inspection.vet", _("Vet a reply"), _("Reply vetted"))
    actions.register_action("streets.self_check.record", _("Keep a self-check"), _("Self-check kept"))


hooks.register("construct_homepage_panels", add_food_safety_panel)


@hooks.register("register_admin_urls")
def confirming():
    return [path("shops/<int:pk>/confirm/<str:who>/", confirm_shop, name="confirm_shop")]


@hooks.register("insert_global_admin_css")
def shop_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("streets/admin.css"))


@hooks.register("register_permissions")
def payment_permissions():
    offered = ["view_paymentaccount", "request_paymentaccount", "approve_paymentaccount"]
    return Permission.objects.filter(content_type__app_label="streets", codename__in=offered)


hooks.register("construct_homepage_panels", add_payments_panel)


hooks.register("before_bulk_action", lock_shops_of_bulk)
hooks.register("before_bulk_action", lock_shops_of_accounts)
hooks.register("after_bulk_action", follow_accounts)
hooks.register("before_edit_page", keep_newer_revision)
hooks.register("before_edit_page", warn_of_words_a_draft_hides)
hooks.register("before_edit_page", warn_of_what_another_language_says)


@hooks.register("register_admin_urls")
def register_changes_urls():
    return [path("shop-changes/", include(changes_urls))]


@hooks.register("register_admin_menu_item")
def changes_menu_item():
    return ChangesMenuItem(
        _("Changes by shops"), reverse("changes_admin:index"), name="shop-changes", icon_name="edit", order=255
    )


@hooks.register("register_admin_urls")
def register_claim_urls():
    return [path("claims/", include(claim_urls))]


@hooks.register("register_admin_menu_item")
def claims_menu_item():
    return ClaimsMenuItem(
        _("Who keeps the shops"), reverse("claim_admin:index"), name="claims", icon_name="group", order=256
    )


@hooks.register("register_permissions")
def changes_permissions():
    offered = ["decide_changerequest", "view_changerequest"]
    return Permission.objects.filter(content_type__app_label="streets", codename__in=offered)


hooks.register("construct_homepage_panels", add_changes_panel)


@hooks.register("register_permissions")
def claim_permissions():
    offered = ["add_claimletter", "confirm_claim", "decide_dispute", "approve_ownershipchange", "add_assistedsession"]
    return Permission.objects.filter(content_type__app_label="streets", codename__in=offered)


hooks.register("construct_homepage_panels", add_claims_panel)
hooks.register("register_bulk_action", ClaimLettersBulkAction)


@hooks.register("register_admin_urls")
def stale_shops_urls():
    return [
        path("reports/stale-shops/", StaleReport.as_view(), name="stale_shops"),
        path("reports/stale-shops/results/", StaleReport.as_view(results_only=True), name="stale_shops_results"),
    ]


@hooks.register("register_reports_menu_item")
def stale_shops_menu_item():
    return StaleMenuItem(
        _("Shops long not confirmed"), reverse("stale_shops"), name="stale-shops", icon_name="history", order=30
    )
