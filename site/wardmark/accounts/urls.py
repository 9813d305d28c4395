from django.contrib.auth import views
from django.urls import path
from django.utils.translation import pgettext_lazy

app_name = "accounts"
urlpatterns = [
    path(
        pgettext_lazy("address", "sign-in/"),
        views.LoginView.as_view(template_name="accounts/sign_in.html"),
        name="sign_in",
    ),
    path(pgettext_lazy("address", "sign-out/"), views.LogoutView.as_view(), name="sign_out"),
]
