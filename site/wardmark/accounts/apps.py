from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "wardmark.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in
        from django.core.checks import register

        from wardmark.accounts import reauthentication
        from wardmark.accounts.messages.checks import message_gateway

        register(message_gateway)
        user_logged_in.connect(reauthentication.on_signed_in, dispatch_uid="accounts-fresh-sign-in")
