"""The calendar feeds of the festivals and the leaflets of the trails."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Site
from wagtail.query import PageQuerySet

from heritage.calendar_feed import calendar_of
from heritage.coming import festivals_at
from heritage.leaflet import leaflet_pdf
from heritage.leaflet_sheet import has_letters_for
from heritage.models import Festival, HeritageSitePage, TrailPage
from wardmark.base.languages import ladder
from wardmark.base.listing import closed_paths, outside
from wardmark.base.models import BasePage, WardSettings
from wardmark.plaques.artwork import ArtworkRefused

# A feed may be late by an hour; services ask once a day.
FEED_SECONDS = 3600
LEAFLET_SECONDS = 300


@require_safe
@conditional_page
@cache_control(public=True, max_age=FEED_SECONDS)
def ward_feed(request: HttpRequest) -> HttpResponse:
    """All festivals of the ward's sites that are open to everybody, in the language of the address."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    sites = _open_sites().descendant_of(site.root_page.localized)
    name = gettext("Festivals · %(place)s") % {"place": site.root_page.localized.title}
    return _feed(request, festivals_at(sites), name=name, language=get_language())


@require_safe
@conditional_page
@cache_control(public=True, max_age=FEED_SECONDS)
def site_feed(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The festivals of one site, in the language of the address or the nearest there is.

    The key is that of the site and all its translations, so a subscription outlives a new name or place.
    """
    page = _nearest_language_first(_open_sites(), key)[0]
    festivals = festivals_at(HeritageSitePage.objects.filter(pk=page.pk))
    return _feed(request, festivals, name=page.title, language=page.locale.language_code)


@require_safe
@conditional_page
@cache_control(public=True, max_age=LEAFLET_SECONDS)
def leaflet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The leaflet of one trail as PDF, in the language of the address or the nearest that our type has letters for."""
    trails = _nearest_language_first(_open(TrailPage), key)
    trail = next((trail for trail in trails if has_letters_for(trail.title)), trails[0])
    try:
        pdf = leaflet_pdf(trail, ward=WardSettings.shown(request), today=timezone.localdate())
    except ArtworkRefused as refused:
        return render(request, "heritage/leaflet_refused.html", {"trail": trail, "reason": str(refused)}, status=409)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{trail.slug}.pdf"'
    response["Content-Language"] = trail.locale.language_code
    return response


def _open(model: type[BasePage]) -> PageQuerySet:
    return outside(model.objects.live(), closed_paths()).select_related("locale")


def _open_sites() -> PageQuerySet:
    return _open(HeritageSitePage)


def _nearest_language_first(pages: PageQuerySet, key: uuid.UUID) -> list[Any]:
    """Return the pages of this translation key: that in the language of the address, then the nearest to it.

    Raises Http404 where there is none.
    """
    found = {page.locale.language_code: page for page in pages.filter(translation_key=key)}
    ordered = [found[language] for language in ladder(get_language()) if language in found]
    if not ordered:
        raise Http404
    return ordered


def _feed(request: HttpRequest, festivals: list[Festival], *, name: str, language: str) -> HttpResponse:
    feed = calendar_of(festivals, name=name, language=language, today=timezone.localdate(), request=request)
    response = HttpResponse(feed, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="festivals.ics"'
    response["Content-Language"] = language
    return response
