from django.urls import path

from wardmark.plaques.round import views

urlpatterns = [
    path("check/", views.check, name="check"),
    path("install/", views.hang, name="install"),
    path("link/", views.link, name="link"),
    path("another-page/", views.another_page, name="another_page"),
    path("alerts/<int:alert_id>/", views.close, name="close_alert"),
    path("requests/<int:request_id>/", views.decide, name="decide"),
]
