"""Drawing print sheets, and joining their parts into one PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO

from pypdf import PdfWriter
from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from wardmark.plaques.artwork import Drawing
from wardmark.plaques.artwork.drawing import Text
from wardmark.plaques.artwork.inks import BLACK, SEAL, Ink
from wardmark.plaques.artwork.pdf import draw, new_canvas
from wardmark.plaques.artwork.typesetting import SANS
from wardmark.plaques.print_sheets.imposition import EDGE, GRIPPER, Imposition
from wardmark.plaques.print_sheets.printed import Place

HAIRLINE_POINTS = 0.25
LABEL_MM = 2.4


def draw_sheets(
    pieces: Sequence[tuple[Drawing, Place]],
    imposition: Imposition,
    *,
    first_sheet: int,
    label: str,
    warning: str = "",
) -> tuple[bytes, list[Place]]:
    """Return a PDF with these pieces on as few sheets as they need, and where each one's symbol stands.

    `label` is printed with the sheet's number in the strip where the press holds the paper, `warning` behind it.
    The same pieces give the same bytes.
    """
    buffer = BytesIO()
    canvas = new_canvas(buffer, width=imposition.width, height=imposition.height)
    places: list[Place] = []
    per_sheet = imposition.per_sheet
    sheets = [pieces[start : start + per_sheet] for start in range(0, len(pieces), per_sheet)]
    for number, on_sheet in enumerate(sheets, start=first_sheet):
        for (drawing, place), (x, y) in zip(on_sheet, imposition.places, strict=False):
            draw(canvas, drawing, x_mm=x, y_mm=y)
            places.append(_placed(place, drawing, number, x, imposition.height - y - drawing.height))
        _crop_marks(canvas, imposition)
        _label(canvas, imposition, f"{label} · {number + 1}", warning)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), places


def _placed(place: Place, drawing: Drawing, sheet: int, left: float, top: float) -> Place:
    symbol = drawing.symbol
    return replace(place, sheet=sheet, x=round(left + symbol.x, 3), y=round(top + symbol.y, 3), size=symbol.size)


def _crop_marks(canvas: Canvas, imposition: Imposition) -> None:
    canvas.saveState()
    canvas.setStrokeColor(CMYKColor(*BLACK.cmyk))
    canvas.setLineWidth(HAIRLINE_POINTS)
    canvas.lines([(line.x1 * mm, line.y1 * mm, line.x2 * mm, line.y2 * mm) for line in imposition.marks])
    canvas.restoreState()


def _label(canvas: Canvas, imposition: Imposition, label: str, warning: str) -> None:
    """Write along the edge by which the press holds the sheet, where no artwork can be."""
    length = min(imposition.width, imposition.height)
    strip = Drawing(length, GRIPPER, title="")
    baseline = GRIPPER / 2 + 0.35 * LABEL_MM
    after = 2 * EDGE
    for words, ink in ((label, BLACK), (warning, SEAL)):
        if words:
            text = _line(words, after, baseline, length - EDGE - after, ink)
            strip.shapes.append(text)
            after = text.left + text.width + 2 * EDGE
    canvas.saveState()
    if not imposition.is_upright:
        # The same edge of the paper: now the left one, read from below upwards.
        canvas.translate(GRIPPER * mm, 0)
        canvas.rotate(90)
    draw(canvas, strip, x_mm=0, y_mm=0)
    canvas.restoreState()


def _line(words: str, x: float, baseline: float, room: float, ink: Ink) -> Text:
    return Text(x, baseline, words, SANS, min(LABEL_MM, room / max(SANS.width(words, 1), 0.1)), ink)


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
