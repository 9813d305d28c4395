"""Artwork as it is offered: laid out, written and proved. Nothing else may be shown, downloaded or printed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from wardmark.plaques.artwork import ArtworkRefused, Drawing, as_pdf, as_png, as_svg, plate
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.models import Plaque
from wardmark.plaques.proof import NotProved, Proof, prove

WRITERS = {
    "svg": lambda drawing: as_svg(drawing).encode(),
    "png": as_png,
    "pdf": as_pdf,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One file of one plaque's artwork, with the drawing it was written from and the proof that it reads back."""

    drawing: Drawing
    artwork: bytes
    proof: Proof


def offer(plaque: Plaque, page: Page, kind: str) -> Offer:
    """Return the artwork of a page's plaque as `svg`, `png` or `pdf`, proved.

    Raises ArtworkRefused, with the reason in the editor's language, when it cannot be made or does not read back.
    """
    drawing = plate(inscription_for(plaque, page))
    artwork = WRITERS[kind](drawing)
    try:
        return Offer(drawing, artwork, prove(artwork, kind, plaque.short_link))
    except NotProved as failure:
        raise ArtworkRefused(
            _("The artwork of plaque %(code)s was made but did not read back as its short link, so it is not offered.")
            % {"code": plaque.printed_code}
        ) from failure
