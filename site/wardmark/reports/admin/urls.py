from django.urls import path

from wardmark.reports.admin import photos
from wardmark.reports.admin.deeds import DeedView
from wardmark.reports.admin.finding import FindView
from wardmark.reports.admin.inbox import InboxView
from wardmark.reports.admin.screen import ReportScreen

app_name = "report_inbox"
urlpatterns = [
    path("", InboxView.as_view(), name="index"),
    path("results/", InboxView.as_view(results_only=True), name="results"),
    path("find/", FindView.as_view(), name="find"),
    path("<int:pk>/", ReportScreen.as_view(), name="show"),
    path("<int:pk>/photos/<int:photo_pk>/", photos.photo, name="photo"),
    path("<int:pk>/answer-photo/", photos.answer_photo, name="answer_photo"),
    path("<int:pk>/<slug:deed>/", DeedView.as_view(), name="deed"),
]
