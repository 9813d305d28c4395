from django.urls import path
from django.utils.translation import pgettext_lazy

from streets.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.start, name="start"),
    path(pgettext_lazy("address", "waiting/"), views.waiting, name="waiting"),
    path(pgettext_lazy("address", "invitation/<slug:serial>/"), views.invitation, name="invitation"),
    path(pgettext_lazy("address", "<slug:serial>/number/"), views.prove, name="prove"),
    path(pgettext_lazy("address", "<slug:serial>/sign-in/"), views.secure, name="secure"),
    path("<slug:serial>/", views.letter, name="letter"),
]
