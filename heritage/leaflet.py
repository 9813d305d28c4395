"""A trail's leaflet as PDF: its words gathered, drawn, and its symbol read back before anybody gets it."""

from datetime import date

import pypdfium2
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from heritage.leaflet_sheet import LEAFLET, Leaflet, Row, as_pdf, map_size
from heritage.models import TrailPage
from heritage.stops_seen import walk_on
from heritage.walking import Leg, Walk
from wardmark.base.models import WardSettings
from wardmark.base.page_cache import pages_mark
from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.models import Plaque
from wardmark.plaques.proof import PDFIUM, POINTS_PER_INCH, NotProved, read_back

PROOF_DPI = 200
KEPT_SECONDS = 24 * 3600


def leaflet_pdf(trail: TrailPage, *, ward: WardSettings, today: date) -> bytes:
    """Return the leaflet of a trail in the trail's language, kept until anything that a page shows changes.

    Raises ArtworkRefused, with the reason in the active language.
    """
    mark = pages_mark()
    key = f"leaflet-{mark}-{trail.pk}-{today:%Y%m%d}"
    kept = cache.get(key) if mark else None
    if kept is not None:
        return kept
    with override(trail.locale.language_code):
        leaflet = leaflet_of(trail, ward=ward, today=today)
        pdf = as_pdf(leaflet)
    try:
        _prove(pdf, leaflet.inscription.short_link)
    except NotProved as failure:
        raise ArtworkRefused(_("The leaflet’s symbol does not read back as its short link.")) from failure
    if mark:
        cache.set(key, pdf, KEPT_SECONDS)
    return pdf


def leaflet_of(trail: TrailPage, *, ward: WardSettings, today: date) -> Leaflet:
    """Gather the words of a trail's leaflet, in the active language, and draw its map."""
    inscription = inscription_for(Plaque.objects.issue_primary(trail))
    walk = walk_on(trail)
    width, height = map_size()
    foot = [inscription.ward, _("Printed on %(day)s") % {"day": date_format(today, "SHORT_DATE_FORMAT")}]
    if ward.hotline:
        foot.insert(1, _("Hotline %(number)s") % {"number": ward.hotline})
    return Leaflet(
        inscription,
        summary=trail.summary,
        length=_length(walk),
        rows=[Row(stop.number, stop.page.title, stop.seen.summary, way_words(stop.leg)) for stop in walk.stops],
        ward_map=walk.drawn(width=width, height=height),
        about=_about(trail),
        notes=_notes(walk),
        foot=" · ".join(foot),
    )


def _about(trail: TrailPage) -> list[str]:
    about = [_("At each stop hangs a plaque with a code: scan it for its story and the way on.")]
    if trail.is_illustrative:
        about.append(f"{_('Sample data.')} {_('The ward’s culture officer has not confirmed these facts yet.')}")
    return about


def _notes(walk: Walk) -> list[str]:
    """Say how sure the distances are."""
    notes = []
    if walk.has_straight_legs:
        notes.append(_("Distances as the crow flies are measured between positions; the walk is longer."))
    if walk.unknown_legs:
        notes.append(_unknown_legs(walk.unknown_legs))
    return notes


def _unknown_legs(legs: int) -> str:
    return ngettext(
        "%(legs)s leg is not counted: its length is not known yet.",
        "%(legs)s legs are not counted: their lengths are not known yet.",
        legs,
    ) % {"legs": legs}


def way_words(leg: Leg | None) -> str:
    """Say the way to the next stop in one line, as on the trail's page; empty at the last stop."""
    if leg is None:
        return ""
    if leg.minutes is None:
        if leg.way_on:
            return _("Go on %(way)s") % {"way": leg.way_on}
        return _("How far it is to the next stop is not known yet.")
    if leg.is_straight and leg.way_on:
        # No street runs as the crow flies.
        said = [_("Go on %(way)s") % {"way": leg.way_on}, leg.distance]
    else:
        said = [" ".join(filter(None, (_("Go on %(distance)s") % {"distance": leg.distance}, leg.way_on)))]
    return " · ".join([*said, _minutes(leg.minutes)])


def _length(walk: Walk) -> str:
    stops = ngettext("%(stops)s stop", "%(stops)s stops", len(walk.stops)) % {"stops": len(walk.stops)}
    return " · ".join(filter(None, (stops, walk.distance, walk.distance and _minutes(walk.minutes))))


def _minutes(minutes: int) -> str:
    return ngettext("%(minutes)s minute on foot", "%(minutes)s minutes on foot", minutes) % {"minutes": minutes}


def _prove(pdf: bytes, short_link: str) -> None:
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=PROOF_DPI / POINTS_PER_INCH, grayscale=True).to_pil()
    read_back(picture, short_link, level=LEAFLET.level)
