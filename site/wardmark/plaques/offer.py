"""Artwork as it is offered: laid out, written and proved. Nothing else may be shown, downloaded or printed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from wardmark.plaques.artwork import ArtworkRefused, Drawing, Format, Inscription, as_pdf, as_png, as_svg, lay_out
from wardmark.plaques.models import Plaque
from wardmark.plaques.proof import NotProved, Proof, proof_dpi, prove

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


class Kind(StrEnum):
    """The kinds of file an artwork is offered as."""

    PREVIEW = "preview"  # SVG of the trimmed plate, to look at
    SVG = "svg"  # with bleed, for the print shop
    PDF = "pdf"
    PNG = "png"
    PNG_600 = "png-600"

    @property
    def extension(self) -> str:
        return {"preview": "svg", "png-600": "png"}.get(self.value, self.value)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.extension]

    def write(self, drawing: Drawing) -> bytes:
        """Return the file of a drawing; the same drawing gives the same bytes."""
        return WRITERS[self](drawing)


WRITERS: dict[Kind, Callable[[Drawing], bytes]] = {
    Kind.PREVIEW: lambda drawing: as_svg(drawing).encode(),
    Kind.SVG: lambda drawing: as_svg(drawing, bleed=True).encode(),
    Kind.PDF: as_pdf,
    Kind.PNG: as_png,
    Kind.PNG_600: lambda drawing: as_png(drawing, dpi=600),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One file of one plaque's artwork, with the drawing it was written from and the proof that it reads back."""

    drawing: Drawing
    artwork: bytes
    proof: Proof


def offer(plaque: Plaque, inscription: Inscription, kind: Kind, format: Format) -> Offer:
    """Return the artwork of a plaque with its inscription, in a format and kind, proved.

    Raises ArtworkRefused, with the reason in the editor's language, when it cannot be made or does not read back.
    """
    drawing = lay_out(format, inscription)
    artwork = kind.write(drawing)
    try:
        dpi = proof_dpi(drawing.symbol.module_mm)
        proof = prove(artwork, kind.extension, plaque.short_link, level=format.level, dpi=dpi)
    except NotProved as failure:
        raise ArtworkRefused(
            _("The artwork of plaque %(code)s was made but did not read back as its short link, so it is not offered.")
            % {"code": plaque.printed_code}
        ) from failure
    return Offer(drawing, artwork, proof)
