from django.urls import path

from wardmark.plaques.screens import views

app_name = "screens"
urlpatterns = [
    path("", views.screens, name="index"),
    path("<slug:slug>/", views.show, name="show"),
]
