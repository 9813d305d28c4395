"""What an editor sees of a plaque: the plate in one of the formats, its code and link, its measures, its scans."""

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from wardmark.plaques.artwork import FORMATS, ArtworkRefused, Format, Inscription
from wardmark.plaques.artwork.drawing import BLEED
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.models import Plaque
from wardmark.plaques.offer import Kind, offer
from wardmark.plaques.proof import Proof
from wardmark.plaques.scans import scans_by_plaque


@dataclass(frozen=True, slots=True)
class Preview:
    """One format drawn and proved, the others by name. Sizes in mm; `reading_distance_m` is what the symbol allows.

    `svg` is empty and `refusal` says why when the plate cannot be made in this format. `proof_reason` says why it
    must not be printed yet, "" where it may.
    """

    plaque: Plaque
    inscription: Inscription
    format: Format
    scans: int
    svg: str = ""
    refusal: str = ""
    module_mm: float = 0
    reading_distance_m: float = 0
    proof: Proof | None = None

    @property
    def bleed(self) -> float:
        return BLEED

    @property
    def formats(self) -> list[Format]:
        return list(FORMATS.values())

    @property
    def proof_reason(self) -> str:
        return self.inscription.proof_reason


def format_named(key: str | None) -> Format:
    """Return the format of that key, the first that is offered where there is none such."""
    return FORMATS.get(key or "") or next(iter(FORMATS.values()))


def preview_of(plaque: Plaque, format: Format) -> Preview:
    scans = scans_by_plaque([plaque]).get(plaque.pk, 0)
    inscription = inscription_for(plaque)
    try:
        offered = offer(plaque, inscription, Kind.PREVIEW, format)
    except ArtworkRefused as refusal:
        return Preview(plaque, inscription, format, scans, refusal=str(refusal))
    placed = offered.drawing.symbol
    return Preview(
        plaque,
        inscription,
        format,
        scans,
        # Made by our own writer, which escapes the one text in it; nothing of it is markup from outside.
        svg=mark_safe(offered.artwork.decode()),  # noqa: S308
        module_mm=placed.module_mm,
        reading_distance_m=placed.reading_distance / 1000,
        proof=offered.proof,
    )
