from django.urls import include, path

from wardmark.plaques import report_views, views
from wardmark.plaques.round import urls as round_urls

app_name = "plaques"
urlpatterns = [
    path("", views.enter_code, name="enter_code"),
    path("<str:text>/report/", report_views.report, name="report"),
    path("<str:text>/report/thanks/", report_views.thanks, name="thanks"),
    path("<str:text>/", include(round_urls)),
    # Last, for it takes everything: what is no code of ours is told so in the visitor's language.
    path("<path:text>", views.resolve, name="resolve"),
]
