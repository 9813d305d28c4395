from django.urls import path

from wardmark.plaques import views

app_name = "plaques"
urlpatterns = [
    path("", views.enter_code, name="enter_code"),
    path("<path:text>", views.resolve, name="resolve"),
]
