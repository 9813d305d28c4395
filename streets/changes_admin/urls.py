from django.urls import path

from streets.changes_admin import views

app_name = "changes_admin"
urlpatterns = [
    path("", views.WaitingView.as_view(), name="index"),
    path("look-over/", views.LookOverView.as_view(), name="look_over"),
    path("of/<int:pk>/", views.HistoryView.as_view(), name="history"),
    path("<int:pk>/", views.DecideView.as_view(), name="decide"),
]
