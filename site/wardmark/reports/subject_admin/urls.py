from django.urls import path

from wardmark.reports.subject_admin import views

app_name = "subject_requests"
urlpatterns = [
    path("", views.RequestsView.as_view(), name="index"),
    path("results/", views.RequestsView.as_view(results_only=True), name="results"),
    path("new/", views.EnterView.as_view(), name="new"),
    path("<int:pk>/", views.RequestScreen.as_view(), name="show"),
    path("<int:pk>/look-up/", views.LookUpView.as_view(), name="look_up"),
    path("<int:pk>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("<int:pk>/erase/", views.EraseView.as_view(), name="erase"),
    path("<int:pk>/erase-report/", views.EraseReportView.as_view(), name="erase_report"),
    path("<int:pk>/answer/", views.AnswerView.as_view(), name="answer"),
    path("<int:pk>/refuse/", views.RefuseView.as_view(), name="refuse"),
]
