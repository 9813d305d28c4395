"""What an editor sees of a plaque: the plate, its code and link, its measures, its scans."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from wardmark.plaques.artwork import ArtworkRefused, Drawing, as_svg, plate
from wardmark.plaques.artwork.drawing import PlacedSymbol
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.models import Plaque
from wardmark.plaques.scans import scans_by_plaque


@dataclass(frozen=True, slots=True)
class Preview:
    """Sizes in mm. `svg` is empty and `refusal` says why when the plate cannot be made."""

    plaque: Plaque
    svg: SafeString
    refusal: str
    scans: int
    width: float = 0
    height: float = 0
    symbol_mm: float = 0
    module_mm: float = 0
    version: int = 0

    @property
    def reading_distance_m(self) -> float:
        """How far away a phone reads it: ten times the symbol's width, the rule of thumb for QR codes."""
        return self.symbol_mm * 10 / 1000


def preview_of(page: Page, plaque: Plaque) -> Preview:
    scans = scans_by_plaque([plaque]).get(plaque.pk, 0)
    try:
        drawing = plate(inscription_for(plaque, page))
    except ArtworkRefused as refusal:
        return Preview(plaque, mark_safe(""), str(refusal), scans)
    placed = _symbol_of(drawing)
    return Preview(
        plaque,
        # Made by our own writer, which escapes the one text in it; nothing of it is markup from outside.
        mark_safe(as_svg(drawing)),  # noqa: S308
        "",
        scans,
        drawing.width,
        drawing.height,
        placed.size,
        placed.module_mm,
        placed.symbol.version,
    )


def _symbol_of(drawing: Drawing) -> PlacedSymbol:
    return next(shape for shape in drawing.shapes if isinstance(shape, PlacedSymbol))
