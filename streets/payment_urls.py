from django.urls import path
from django.utils.translation import pgettext_lazy

from streets import payment_views

app_name = "payment"
urlpatterns = [
    path(pgettext_lazy("address", "check-code/"), payment_views.check, name="check"),
    path(pgettext_lazy("address", "payment/<slug:serial>/name/"), payment_views.name, name="name"),
    path(pgettext_lazy("address", "payment/<slug:serial>/thanks/<slug:said>/"), payment_views.thanks, name="thanks"),
    path(pgettext_lazy("address", "payment/<slug:serial>/code.png"), payment_views.code_png, name="code"),
    path(pgettext_lazy("address", "payment/<slug:serial>/number/"), payment_views.number, name="number"),
]
