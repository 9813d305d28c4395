from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from wardmark.accounts.phone_admin import urls as phone_urls
from wardmark.accounts.phone_admin.views import PhoneChangesMenuItem


@hooks.register("register_admin_urls")
def register_phone_urls():
    return [path("sign-in-phones/", include(phone_urls))]


@hooks.register("register_admin_menu_item")
def phone_changes_menu_item():
    return PhoneChangesMenuItem(
        _("Sign-in phones"), reverse("phone_admin:index"), name="sign-in-phones", icon_name="mobile-alt", order=270
    )


@hooks.register("register_log_actions")
def register_phone_actions(actions):
    actions.register_action(
        "accounts.phone_change.show", _("Show the numbers of a change"), _("Numbers of a change looked at")
    )


@hooks.register("register_permissions")
def phone_change_permissions():
    return Permission.objects.filter(content_type__app_label="accounts", codename="approve_phonechange")
