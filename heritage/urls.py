"""The calendar feeds and the trails' leaflets. No page's address ends in .ics or .pdf, so these hide none."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from heritage import views

app_name = "heritage"
urlpatterns = [
    path(pgettext_lazy("address", "festivals.ics"), views.ward_feed, name="ward_feed"),
    path(pgettext_lazy("address", "festivals/<uuid:key>.ics"), views.site_feed, name="site_feed"),
    path(pgettext_lazy("address", "trails/<uuid:key>.pdf"), views.leaflet, name="leaflet"),
]
