"""The site's addresses. A printed short link (/q/…) comes before everything and has no language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from wardmark.base import offline, views
from wardmark.base.captions import captions
from wardmark.base.robots import robots
from wardmark.base.sitemap import sitemap_xml
from wardmark.base.uploads import upload

handler404 = "wardmark.base.views.not_found"
handler500 = "wardmark.base.views.server_error"

urlpatterns = [
    path("q/", include("wardmark.plaques.urls")),
    path("language/<str:language>/", views.choose_language, name="choose_language"),
    path("admin/api/main/pages/<int:pk>/action/<str:name>/", views.no_page_action),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("link-pictures/<int:pk>/<slug:mark>.jpg", views.link_picture, name="link_picture"),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    # From here even where films lie in a bucket: a browser reads captions of no other site.
    path("captions/<int:pk>-<str:version>.vtt", captions, name="captions"),
    path("sw.js", offline.worker, name="worker"),
]

if settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
    urlpatterns.append(re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", upload))

urlpatterns += i18n_patterns(
    path(pgettext_lazy("address", "search/"), views.search, name="search"),
    path(pgettext_lazy("address", "search/suggestions/"), views.suggestions, name="suggestions"),
    path(pgettext_lazy("address", "saved/"), offline.kept, name="kept"),
    path(pgettext_lazy("address", "account/"), include("wardmark.accounts.urls")),
    path(pgettext_lazy("address", "my-shops/"), include("streets.portal.urls")),
    path(pgettext_lazy("address", "tell-the-ward/"), include("wardmark.reports.urls")),
    path(pgettext_lazy("address", "screens/"), include("wardmark.plaques.screens.urls")),
    path(pgettext_lazy("address", "my-shops/"), include("streets.claims.people_urls")),
    path(pgettext_lazy("address", "claim/"), include("streets.claims.urls")),
    path("", include("streets.payment_urls")),
    path("", include("heritage.urls")),
    # There is one sign-in, ours.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True),
        name="wagtailcore_login",
    ),
    *(line for line in wagtail_urls.urlpatterns if line.name not in {"wagtail_serve", "wagtailcore_login"}),
    # Instead of Wagtail's own, under the name by which it makes the addresses of pages.
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
)
