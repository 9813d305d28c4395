"""How a trail's leaflet looks: A5, ink on white paper, the map and the symbol in front, the stops behind.

Drawn with the parts of the plates, so that both look alike: text wraps, then shrinks to its floor, then is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from wardmark.base.ward_map import WardMap
from wardmark.design.typesetting import SANS, SERIF, Font, composed, drawable
from wardmark.plaques.artwork import Drawing, Format, Inscription
from wardmark.plaques.artwork.drawing import Text
from wardmark.plaques.artwork.formats import Colours, Layout
from wardmark.plaques.artwork.inks import HAIRLINE, INK, MUTED, WHITE, Ink
from wardmark.plaques.artwork.limits import readable_symbol
from wardmark.plaques.artwork.pdf import draw, new_canvas
from wardmark.plaques.artwork.plate import CAPITAL, Plate

A5 = (148, 210)
# Held in the hand, so the symbol is read from near.
LEAFLET = Format(
    "leaflet", gettext_lazy("A5 leaflet"), *A5, symbol_mm=40, distance_m=0.3, outdoors=False, level="Q",
    layout=Layout.BESIDE, text_mm=3.4, margin=9, colours=Colours(paper=WHITE),
)  # fmt: skip
MARGIN = LEAFLET.margin
WIDTH = A5[0] - 2 * MARGIN
# Units of a map's drawing in one millimetre, so that its markers are 7 mm wide.
UNITS_PER_MM = 26 / 7
MAP_MM = (WIDTH, 76)
SMALL, BODY, NAME = 2.5, 2.9, 4.2
THREAD_X, WORDS_X = MARGIN + 3.5, MARGIN + 11
LINE_POINTS = 1.4

# A dashed or plain line from (x, y) to (x, y), in mm from the upper left corner, under everything else.
Stroke = tuple[list[tuple[float, float]], Ink, float, bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One stop in the list. `way` leads to the next; it is empty at the last."""

    number: int
    name: str
    line: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """All words of a leaflet, in the reader's language but for the plaque's inscription, which has two.

    `about` stands beside the symbol, `notes` above the stops, one paragraph each; `foot` under every page.
    """

    inscription: Inscription
    summary: str
    length: str
    rows: Sequence[Row]
    ward_map: WardMap
    about: Sequence[str] = ()
    notes: Sequence[str] = ()
    foot: str = ""


@dataclass(slots=True)
class _Page:
    plate: Plate
    strokes: list[Stroke] = field(default_factory=list)


def map_size() -> tuple[int, int]:
    """Return the width and height of the map in units of its drawing."""
    return round(MAP_MM[0] * UNITS_PER_MM), round(MAP_MM[1] * UNITS_PER_MM)


def has_letters_for(words: str) -> bool:
    """Say whether the leaflet's type has most of these letters: one that lacks all names would say nothing."""
    letters = composed(words).replace(" ", "")
    strange = SERIF.missing(letters)
    return 2 * sum(letter in strange for letter in letters) <= len(letters)


def as_pdf(leaflet: Leaflet) -> bytes:
    """Return the leaflet: the front, and as many pages as its stops need. The same leaflet gives the same bytes.

    Raises ArtworkRefused where the name is too long or the symbol could not be read.
    """
    symbol = readable_symbol(LEAFLET, leaflet.inscription.short_link)
    inscription = _in_our_letters(leaflet.inscription)
    pages = [_front(leaflet, Plate(LEAFLET, inscription, symbol))]
    left = list(leaflet.rows)
    while left or len(pages) == 1:
        page = _Page(Plate(LEAFLET, inscription, symbol))
        left = _list_stops(page, left, notes=leaflet.notes if len(pages) == 1 else ())
        pages.append(page)
    buffer = BytesIO()
    canvas = new_canvas(buffer, width=A5[0], height=A5[1])
    canvas.setTitle(composed(inscription.name))
    for number, page in enumerate(pages, start=1):
        _foot(page.plate, leaflet.foot, f"{number}/{len(pages)}")
        if inscription.proof_reason:
            page.plate.mark_as_proof()
        _write(canvas, page)
    canvas.save()
    return buffer.getvalue()


def _front(leaflet: Leaflet, plate: Plate) -> _Page:
    page = _Page(plate)
    y = plate.head(MARGIN, MARGIN, WIDTH)
    code_top = plate.foot(MARGIN, A5[1] - MARGIN - 5, WIDTH)
    symbol_y = code_top - 3 - LEAFLET.symbol_mm
    map_y = symbol_y - 5 - MAP_MM[1]
    plate.names(MARGIN, y, y + 27, WIDTH)
    y = _words(plate, leaflet.length, SANS, BODY, MARGIN, y + 28, WIDTH, most_lines=2, ink=INK) + 1
    if leaflet.ward_map.markers:
        _words(plate, leaflet.summary, SANS, BODY, MARGIN, y, WIDTH, most_lines=7, height=map_y - 1 - y)
        _draw_map(page, leaflet.ward_map, MARGIN, map_y)
    else:
        _words(plate, leaflet.summary, SANS, BODY, MARGIN, y, WIDTH, most_lines=12, height=symbol_y - 2 - y)
    plate.symbol(MARGIN, symbol_y)
    x = MARGIN + LEAFLET.symbol_mm + 5
    _beside_symbol(plate, leaflet, x, symbol_y, A5[0] - MARGIN - x)
    return page


def _beside_symbol(plate: Plate, leaflet: Leaflet, x: float, y: float, width: float) -> None:
    """What a scan gives, in both languages, and what else is to be said in front; all shrink together."""
    first, *others = leaflet.inscription.promise or ("",)
    words = [(first, SERIF, 3.6, INK), *((line, SANS, BODY, MUTED) for line in others)]
    words += [(line, SANS, SMALL, INK) for line in leaflet.about]
    wishes = [
        replace(
            plate.wish(drawable(line, font), font, size / plate.unit, most_lines=4), smallest=plate.floor, leading=1.35
        )
        for line, font, size, _ink in words
    ]
    settings = plate.set(wishes, width=width, height=LEAFLET.symbol_mm, gap=1.2)
    for setting, (_line, _font, _size, ink) in zip(settings, words, strict=True):
        y = plate.lines(setting, x, y, ink) + 1.2


def _list_stops(page: _Page, rows: list[Row], *, notes: Sequence[str]) -> list[Row]:
    """List as many stops as the page has room for, below the notes, and return the others."""
    plate = page.plate
    y: float = MARGIN
    y = _words(plate, _("The stops"), SERIF, 5, MARGIN, y, WIDTH, most_lines=1, ink=INK) + 1
    for note in notes:
        y = _words(plate, note, SANS, SMALL, MARGIN, y, WIDTH, most_lines=2) + 0.4
    y += 2
    bottom = A5[1] - MARGIN - 7
    for number, row in enumerate(rows):
        draft = _Page(Plate(plate.format, plate.inscription, plate.qr))
        end = _list_stop(draft, row, y, is_last=number == len(rows) - 1)
        if end > bottom:
            return rows[number:]
        plate.drawing.shapes += draft.plate.drawing.shapes
        page.strokes += draft.strokes
        y = end
    return []


def _list_stop(page: _Page, row: Row, y: float, *, is_last: bool) -> float:
    plate, width = page.plate, A5[0] - MARGIN - WORDS_X
    middle = y + NAME * 0.82
    _dot(plate, THREAD_X, middle, 3.1, str(row.number))
    end = _words(plate, row.name, SERIF, NAME, WORDS_X, y, width, most_lines=3, ink=INK)
    if row.line:
        end = _words(plate, _one_line(row.line, SANS, BODY, width), SANS, BODY, WORDS_X, end, width, most_lines=1)
    if row.way:
        end = _words(plate, row.way, SANS, BODY, WORDS_X, end + 0.8, width, most_lines=3, ink=INK)
    end = max(end, middle + 3.1) + 3
    if not is_last:
        page.strokes.append(([(THREAD_X, middle), (THREAD_X, end + NAME * 0.82)], MUTED, 0.8, True))
    return end


def _draw_map(page: _Page, ward_map: WardMap, left: float, top: float) -> None:
    plate = page.plate

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x / UNITS_PER_MM, top + y / UNITS_PER_MM

    width, height = MAP_MM
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height), (left, top)]
    page.strokes.append((corners, HAIRLINE, 0.6, False))
    for drawn in ward_map.lines:
        page.strokes += [([at(x, y) for x, y in run], INK, LINE_POINTS, True) for run in drawn.runs]
    for marker in ward_map.markers:
        _dot(plate, *at(marker.x, marker.y), 3.1, str(marker.number))
    x, y = left + 4, top + height - 3.5
    length = ward_map.scale_length / UNITS_PER_MM
    page.strokes.append(([(x, y - 1), (x, y), (x + length, y), (x + length, y - 1)], MUTED, 0.6, False))
    plate.drawing.shapes.append(Text(x, y - 1.8, f"{ward_map.scale_m} m", SANS, SMALL, MUTED))
    north = left + width - 5
    page.strokes.append(([(north, top + 10), (north, top + 5)], MUTED, 0.6, False))
    page.strokes.append(([(north - 1, top + 6.5), (north, top + 5), (north + 1, top + 6.5)], MUTED, 0.6, False))
    plate.drawing.shapes.append(Text(north, top + 13, pgettext("compass", "N"), SANS, SMALL, MUTED, anchor="middle"))


def _dot(plate: Plate, x: float, y: float, radius: float, words: str) -> None:
    plate.box(x - radius, y - radius, 2 * radius, 2 * radius, INK, radius)
    size = 1.1 * radius
    baseline = y + CAPITAL * size / 2
    plate.drawing.shapes.append(Text(x, baseline, words, SANS, size, WHITE, anchor="middle"))


def _foot(plate: Plate, words: str, number: str) -> None:
    y = A5[1] - MARGIN + 1
    size = min(SMALL, (WIDTH - 12) / max(SANS.width(drawable(words, SANS), 1), 1))
    plate.rule(MARGIN, y - 4.2, WIDTH, HAIRLINE)
    plate.drawing.shapes.append(Text(MARGIN, y, drawable(words, SANS), SANS, max(size, plate.floor), MUTED))
    plate.drawing.shapes.append(Text(A5[0] - MARGIN, y, number, SANS, SMALL, MUTED, anchor="end"))


def _words(
    plate: Plate,
    words: str,
    font: Font,
    size: float,
    x: float,
    y: float,
    width: float,
    *,
    most_lines: int,
    ink: Ink = MUTED,
    height: float = 40,
) -> float:
    """Set words under the edge `y`, smaller where they must be, and return their lower edge."""
    return plate.words(words, font, size, x, y, width=width, height=height, most_lines=most_lines, ink=ink)


def _one_line(words: str, font: Font, size: float, width: float) -> str:
    """Return as many whole words as one line holds, with an ellipsis for the rest."""
    words = drawable(words, font)
    if font.width(words, size) <= width:
        return words
    kept = words.split()
    while kept and font.width(" ".join(kept) + " …", size) > width:
        kept.pop()
    return " ".join(kept).rstrip(",;:.–") + " …"


def _in_our_letters(inscription: Inscription) -> Inscription:
    return replace(
        inscription,
        name=drawable(inscription.name, SERIF),
        other_name=drawable(inscription.other_name, SANS),
        ward=drawable(inscription.ward, SERIF),
    )


def _write(canvas: Canvas, page: _Page) -> None:
    canvas.saveState()
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    for points, ink, thickness, dashed in page.strokes:
        canvas.setStrokeColor(CMYKColor(*ink.cmyk))
        canvas.setLineWidth(thickness)
        canvas.setDash([1, 2.5] if dashed else [])
        path = canvas.beginPath()
        for number, (x, y) in enumerate(points):
            (path.lineTo if number else path.moveTo)(x * mm, (A5[1] - y) * mm)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
    draw(canvas, _untrimmed(page.plate.drawing), x_mm=0, y_mm=0)
    canvas.showPage()


def _untrimmed(drawing: Drawing) -> Drawing:
    """A leaflet comes out of an office printer: nothing is printed beyond its edge."""
    return replace(drawing, bleed=0)
