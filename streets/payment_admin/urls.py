from django.urls import path, re_path

from streets.payment_admin import views

app_name = "payment_admin"
urlpatterns = [
    path("", views.AccountsView.as_view(), name="index"),
    path("new/", views.NewAccountView.as_view(), name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/<slug:action>/", views.ActView.as_view(), name="act"),
    re_path(r"^(?P<pk>\d+)/card\.(?P<kind>svg|pdf)$", views.counter_card, name="card"),
]
