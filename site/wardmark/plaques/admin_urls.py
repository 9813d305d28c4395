from django.urls import include, path, re_path

from wardmark.plaques import admin_views
from wardmark.plaques.scan_report import ScansView

app_name = "plaques_admin"
urlpatterns = [
    path("scans/", ScansView.as_view(), name="scans"),
    path("print/", include("wardmark.plaques.print_sheets.admin_urls")),
    path("<int:page_id>/", admin_views.show, name="show"),
    path("artwork/<int:plaque_id>/", admin_views.artwork, name="artwork"),
    path("artwork/<int:plaque_id>/<slug:format>/printed/", admin_views.printed, name="artwork_printed"),
    re_path(
        r"^artwork/(?P<plaque_id>\d+)/(?P<format>[a-z-]+)\.(?P<extension>svg|png|pdf)$",
        admin_views.download,
        name="download",
    ),
]
