"""Drawing print sheets, and joining their parts into one PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO

from pypdf import PdfWriter
from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from wardmark.design.typesetting import SANS
from wardmark.plaques.artwork import Drawing
from wardmark.plaques.artwork.drawing import Text
from wardmark.plaques.artwork.inks import BLACK, MUTED, SEAL
from wardmark.plaques.artwork.limits import SMALLEST_TYPE
from wardmark.plaques.artwork.pdf import draw, new_canvas
from wardmark.plaques.print_sheets.imposition import STRIP, Imposition
from wardmark.plaques.print_sheets.printed import Place

HAIRLINE_POINTS = 0.25
LABEL_MM = 2.4
# What tells pieces apart on the table: in the outer half of the bleed, cut off with it, where no careless cut comes.
SLUG_MM, SLUG_INSET = 1.5, 0.4


def draw_sheets(
    pieces: Sequence[tuple[Drawing, Place]],
    imposition: Imposition,
    *,
    first_sheet: int,
    label: str,
    warning: str = "",
) -> tuple[bytes, list[Place]]:
    """Return a PDF with these pieces on as few sheets as they need, and where each one's symbol stands.

    `label` is printed with the sheet's number in the imposition's strip, `warning` behind it; each piece's slug below
    it, beyond the trim. The TrimBox holds all pieces, the BleedBox their bleed too.
    The same pieces give the same bytes.
    """
    buffer = BytesIO()
    canvas = new_canvas(buffer, width=imposition.width, height=imposition.height)
    places: list[Place] = []
    per_sheet = imposition.per_sheet
    sheets = [pieces[start : start + per_sheet] for start in range(0, len(pieces), per_sheet)]
    for number, on_sheet in enumerate(sheets, start=first_sheet):
        for (drawing, place), (x, y) in zip(on_sheet, imposition.places, strict=False):
            draw(canvas, _with_slug(drawing), x_mm=x, y_mm=y)
            places.append(_placed(place, drawing, number, x, imposition.height - y - drawing.height))
        _boxes(canvas, imposition, bleed=on_sheet[0][0].bleed)
        _crop_marks(canvas, imposition)
        _label(canvas, imposition, f"{label} · {number + 1}", warning)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), places


def _placed(place: Place, drawing: Drawing, sheet: int, left: float, top: float) -> Place:
    symbol = drawing.symbol
    return replace(place, sheet=sheet, x=round(left + symbol.x, 3), y=round(top + symbol.y, 3), size=symbol.size)


def _with_slug(drawing: Drawing) -> Drawing:
    baseline = drawing.height + drawing.bleed - SLUG_INSET
    size = min(SLUG_MM, drawing.width / max(SANS.width(drawing.slug, 1), 1))
    return replace(drawing, marks=[*drawing.marks, Text(0, baseline, drawing.slug, SANS, size, MUTED)])


def _boxes(canvas: Canvas, imposition: Imposition, *, bleed: float) -> None:
    left, bottom, right, top = imposition.block
    canvas.setBleedBox((left * mm, bottom * mm, right * mm, top * mm))
    canvas.setTrimBox(((left + bleed) * mm, (bottom + bleed) * mm, (right - bleed) * mm, (top - bleed) * mm))


def _crop_marks(canvas: Canvas, imposition: Imposition) -> None:
    canvas.saveState()
    canvas.setStrokeColor(CMYKColor(*BLACK.cmyk))
    canvas.setLineWidth(HAIRLINE_POINTS)
    canvas.lines([(line.x1 * mm, line.y1 * mm, line.x2 * mm, line.y2 * mm) for line in imposition.marks])
    canvas.restoreState()


def _label(canvas: Canvas, imposition: Imposition, label: str, warning: str) -> None:
    """Write into the strip, both as large as they are short, but never too small to read."""
    place = imposition.strip
    gap = 2 * LABEL_MM
    widest = SANS.width(label, 1) + SANS.width(warning, 1)
    size = max(SMALLEST_TYPE, min(LABEL_MM, (place.length - gap) / widest))
    strip = Drawing(place.length, STRIP, title="", bleed=0)
    baseline = STRIP / 2 + 0.35 * size
    strip.shapes.append(Text(0, baseline, label, SANS, size, BLACK))
    strip.shapes.append(Text(SANS.width(label, size) + gap, baseline, warning, SANS, size, SEAL))
    canvas.saveState()
    canvas.translate((place.x + (STRIP if place.turned else 0)) * mm, place.y * mm)
    if place.turned:
        canvas.rotate(90)
    draw(canvas, strip, x_mm=0, y_mm=0)
    canvas.restoreState()


def join(parts: Iterable[bytes], *, title: str) -> bytes:
    """Return one PDF of all the parts' pages; the same parts give the same bytes.

    Each part brings its own subset of the type, about 30 kB for some fifty plaques.
    """
    writer = PdfWriter()
    for part in parts:
        writer.append(BytesIO(part), import_outline=False)
    writer.metadata = {"/Title": title, "/Creator": "Wardmark"}
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
