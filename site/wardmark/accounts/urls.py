from django.contrib.auth.views import LogoutView
from django.urls import path
from django.utils.translation import pgettext_lazy

from wardmark.accounts import code_views, own_views, passkey_views, phone_views, sign_in_views

app_name = "accounts"
urlpatterns = [
    path("", own_views.home, name="home"),
    path(pgettext_lazy("address", "sign-in/"), sign_in_views.SignInView.as_view(), name="sign_in"),
    path(pgettext_lazy("address", "sign-in/code/"), code_views.SignInByCodeView.as_view(), name="sign_in_by_code"),
    path("sign-in/passkey/options/", passkey_views.sign_in_options, name="passkey_sign_in_options"),
    path("sign-in/passkey/", passkey_views.sign_in_by_passkey, name="passkey_sign_in"),
    path(pgettext_lazy("address", "sign-out/"), LogoutView.as_view(), name="sign_out"),
    path(pgettext_lazy("address", "sign-out-everywhere/"), own_views.sign_out_everywhere, name="sign_out_everywhere"),
    path(pgettext_lazy("address", "password/"), own_views.change_password, name="password"),
    path(
        pgettext_lazy("address", "password/forgotten/"),
        code_views.ForgottenPasswordView.as_view(),
        name="forgotten_password",
    ),
    path(pgettext_lazy("address", "passkeys/"), passkey_views.own_passkeys, name="passkeys"),
    path("passkeys/add/options/", passkey_views.add_options, name="passkey_add_options"),
    path("passkeys/add/", passkey_views.add_passkey, name="passkey_add"),
    path("passkeys/confirm/options/", passkey_views.confirm_options, name="passkey_confirm_options"),
    path("passkeys/confirm/", passkey_views.confirm_by_passkey, name="passkey_confirm"),
    path("passkeys/<int:pk>/name/", passkey_views.rename_passkey, name="passkey_rename"),
    path("passkeys/<int:pk>/remove/", passkey_views.remove_passkey, name="passkey_remove"),
    path(pgettext_lazy("address", "phone/"), phone_views.change_phone, name="phone"),
    path(pgettext_lazy("address", "phone/cancel/"), phone_views.cancel_change, name="cancel_phone_change"),
    path(pgettext_lazy("address", "phone/stop/<str:token>/"), phone_views.stop_change, name="stop_change"),
]
