"""What an editor sees of a plaque: the plate, its code and link, its measures, its scans."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.models import Plaque
from wardmark.plaques.offer import offer
from wardmark.plaques.proof import Proof
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
    reading_distance_m: float = 0
    proof: Proof | None = None


def preview_of(page: Page, plaque: Plaque) -> Preview:
    scans = scans_by_plaque([plaque]).get(plaque.pk, 0)
    try:
        offered = offer(plaque, page, "svg")
    except ArtworkRefused as refusal:
        return Preview(plaque, mark_safe(""), str(refusal), scans)
    drawing, placed = offered.drawing, offered.drawing.symbol
    return Preview(
        plaque,
        # Made by our own writer, which escapes the one text in it; nothing of it is markup from outside.
        mark_safe(offered.artwork.decode()),  # noqa: S308
        "",
        scans,
        drawing.width,
        drawing.height,
        placed.size,
        placed.module_mm,
        placed.reading_distance / 1000,
        offered.proof,
    )
