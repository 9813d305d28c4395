from django.urls import path
from django.utils.translation import pgettext_lazy

from wardmark.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.new, name="new"),
    path(pgettext_lazy("address", "thanks/"), views.thanks, name="thanks"),
    path(pgettext_lazy("address", "follow/"), views.follow, name="follow"),
    path(pgettext_lazy("address", "follow/photo/<str:token>.jpg"), views.answer_photo, name="answer_photo"),
]
