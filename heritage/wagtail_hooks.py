from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from heritage.models import TrailPage
from heritage.trail_part import trail_part
from heritage.viewsets import HeritageGroup

register_snippet(HeritageGroup)


@hooks.register("register_place_page_part")
def register_trails(page, request):
    return trail_part(page, request)


@hooks.register("register_page_header_buttons")
def leaflet_header_button(page, user, view_name, next_url=None):
    trail = page.specific_deferred
    if page.live and isinstance(trail, TrailPage) and trail.is_open():
        with override(page.locale.language_code):
            address = reverse("heritage:leaflet", args=[page.translation_key])
        yield Button(_("A5 leaflet (PDF)"), address, icon_name="print", priority=16)
