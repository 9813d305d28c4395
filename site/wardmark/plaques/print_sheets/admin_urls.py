from django.urls import path

from wardmark.plaques.print_sheets import views

urlpatterns = [
    path("", views.order, name="print"),
    path("jobs/", views.jobs, name="print_jobs"),
    path("jobs/<int:job_id>/", views.job, name="print_job"),
    path("jobs/<int:job_id>/progress/", views.progress, name="print_job_progress"),
    path("jobs/<int:job_id>/cancel/", views.cancel_job, name="print_job_cancel"),
    path("jobs/<int:job_id>/download/", views.download, name="print_job_download"),
]
