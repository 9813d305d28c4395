"""Laying out the next plaques of a print job, and saying why some of them are not printed."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from wagtail.models import Page

from wardmark.plaques.artwork import ArtworkRefused, Drawing, Format, Inscription, lay_out
from wardmark.plaques.inscriptions import inscriptions_for
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import Output, Plaque, PrintJob, PrintPiece
from wardmark.plaques.print_sheets import archive
from wardmark.plaques.print_sheets.printed import Place
from wardmark.plaques.printing import refuse_to_print


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A plaque that can be printed; its `place` does not say yet where on a sheet."""

    piece: PrintPiece
    drawing: Drawing
    place: Place


@dataclass(slots=True)
class Batch:
    """Plaques to draw and plaques refused, these with the reason in them. `is_last`: none is waiting after them."""

    drawn: list[LaidOut] = field(default_factory=list)
    refused: list[PrintPiece] = field(default_factory=list)
    is_last: bool = True

    def in_full(self, number: int) -> list[LaidOut]:
        """Return what fills its sheets of that many; only the last batch may leave one half empty."""
        return self.drawn if self.is_last else self.drawn[: len(self.drawn) // number * number]


def lay_out_next(job: PrintJob, format: Format, *, most: int, between: Callable[[], None]) -> Batch:
    """Lay out waiting plaques in their order, until `most` are drawn or as many refused.

    `between` is called after each; what it raises ends the work.
    """
    batch = Batch()
    for piece, inscription, refusal in _inscribed(job, most + 1):
        if max(len(batch.drawn), len(batch.refused)) >= most:
            batch.is_last = False
            break
        try:
            if refusal:
                raise ArtworkRefused(refusal)
            batch.drawn.append(_laid_out(job, format, piece, inscription))
        except ArtworkRefused as reason:
            piece.refusal = str(reason)
            batch.refused.append(piece)
        between()
    return batch


def _inscribed(job: PrintJob, at_once: int) -> Iterator[tuple[PrintPiece, Inscription, str]]:
    """Yield the waiting pieces with their words and why they are not printed, if so.

    They are fetched in slices: an open cursor would hold SQLite at a snapshot, in which nothing can be written once
    somebody else has.
    """
    waiting = job.pieces.filter(part=None, refusal="").select_related("plaque").order_by("position")
    last = -1
    while pieces := list(waiting.filter(position__gt=last)[:at_once]):
        plaques = [piece.plaque for piece in pieces]
        words, existing = inscriptions_for(plaques), _existing({plaque.page_key for plaque in plaques})
        for piece in pieces:
            yield piece, words[piece.plaque_id], _why_not(piece.plaque, existing)
        last = pieces[-1].position


def _existing(keys: set[uuid.UUID | None]) -> set[uuid.UUID | None]:
    return {None, *Page.objects.filter(translation_key__in=keys - {None}).values_list("translation_key", flat=True)}


def _why_not(plaque: Plaque, existing: set[uuid.UUID | None]) -> str:
    """Say why a plaque that was chosen once is not printed now, "" where it is."""
    try:
        refuse_to_print(plaque)
    except NotPossible as reason:
        return str(reason)
    if plaque.page_key not in existing and plaque.forward_key is None:
        return _("The page of plaque %(code)s was deleted, and the plaque leads nowhere else.") % {
            "code": plaque.printed_code
        }
    return ""


def _laid_out(job: PrintJob, format: Format, piece: PrintPiece, inscription: Inscription) -> LaidOut:
    plaque = piece.plaque
    version = plaque.artwork_version + 1
    drawing = lay_out(format, replace(inscription, version=version))
    place = Place(
        plaque.pk,
        plaque.printed_code,
        plaque.short_link,
        module=drawing.symbol.module_mm,
        name=inscription.name,
        version=version,
    )
    if job.output == Output.FILES:
        name = archive.file_name(place, kind=job.file_kind, format_key=job.format_key)
        place = replace(place, file=name)
    return LaidOut(piece, drawing, place)
