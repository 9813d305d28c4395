from django.urls import path

from wardmark.accounts.phone_admin import views

app_name = "phone_admin"
urlpatterns = [
    path("", views.PhoneChangesView.as_view(), name="index"),
    path("<int:pk>/", views.DecideView.as_view(), name="decide"),
]
