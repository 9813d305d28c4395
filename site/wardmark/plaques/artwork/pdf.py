"""Artwork as PDF: vectors in CMYK, fonts embedded, black as pure K; trim and bleed as page boxes and crop marks."""

from io import BytesIO
from threading import Lock

from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from wardmark.design.typesetting import SANS, SERIF, Font
from wardmark.plaques.artwork.drawing import Box, Drawing, PlacedSymbol, Text
from wardmark.plaques.artwork.inks import BLACK, Ink

CROP_MARK = 5.0
# Round the bleed: the crop marks, and a little paper beyond them.
SLUG = CROP_MARK + 2.0
HAIRLINE_POINTS = 0.25
SLUG_TYPE = 2.2
_registering = Lock()


def as_pdf(drawing: Drawing) -> bytes:
    """Return a one-page PDF in the drawing's true size, with crop marks; the same drawing gives the same bytes.

    Its TrimBox is the drawing, its BleedBox the drawing with its bleed, its MediaBox holds the crop marks too.
    """
    buffer = BytesIO()
    edge = drawing.bleed + SLUG
    page_width, page_height = drawing.width + 2 * edge, drawing.height + 2 * edge
    canvas = new_canvas(buffer, width=page_width, height=page_height)
    canvas.setTitle(drawing.title)
    trim = (edge * mm, edge * mm, (edge + drawing.width) * mm, (edge + drawing.height) * mm)
    bleed = drawing.bleed * mm
    canvas.setTrimBox(trim)
    canvas.setBleedBox((trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed))
    draw(canvas, drawing, x_mm=edge, y_mm=edge)
    crop_marks(canvas, x_mm=edge, y_mm=edge, width=drawing.width, height=drawing.height, bleed=drawing.bleed)
    _slug(canvas, drawing, x_mm=edge, y_mm=edge)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def new_canvas(file, *, width: float, height: float) -> Canvas:
    """Return an empty page of `width` × `height` mm that embeds all its fonts and says no time of its making."""
    canvas = Canvas(
        file,
        pagesize=(width * mm, height * mm),
        # Else every page names Helvetica, not embedded, which a print shop's check refuses.
        initialFontName=_font_name(SERIF),
        invariant=True,
    )
    canvas.setCreator("Wardmark")
    return canvas


def draw(canvas: Canvas, drawing: Drawing, *, x_mm: float, y_mm: float) -> None:
    """Draw onto any page, the trim's lower left corner at (x_mm, y_mm) from the page's; nothing beyond the bleed."""
    canvas.saveState()
    canvas.translate(x_mm * mm, y_mm * mm)
    bleed = drawing.bleed
    clip = canvas.beginPath()
    clip.rect(-bleed * mm, -bleed * mm, (drawing.width + 2 * bleed) * mm, (drawing.height + 2 * bleed) * mm)
    canvas.clipPath(clip, stroke=0, fill=0)
    for shape in drawing.everything:
        _WRITERS[type(shape)](canvas, shape, drawing.height)
    canvas.restoreState()


def crop_marks(canvas: Canvas, *, x_mm: float, y_mm: float, width: float, height: float, bleed: float) -> None:
    """Mark where to cut: at each corner of the trim two hairlines, from the bleed's edge outwards."""
    canvas.saveState()
    canvas.setStrokeColor(_colour(BLACK))
    canvas.setLineWidth(HAIRLINE_POINTS)
    lines = []
    for x in (x_mm, x_mm + width):
        lines += [(x, y_mm - bleed, x, y_mm - bleed - CROP_MARK)]
        lines += [(x, y_mm + height + bleed, x, y_mm + height + bleed + CROP_MARK)]
    for y in (y_mm, y_mm + height):
        lines += [(x_mm - bleed, y, x_mm - bleed - CROP_MARK, y)]
        lines += [(x_mm + width + bleed, y, x_mm + width + bleed + CROP_MARK, y)]
    canvas.lines([tuple(value * mm for value in line) for line in lines])
    canvas.restoreState()


def _slug(canvas: Canvas, drawing: Drawing, *, x_mm: float, y_mm: float) -> None:
    """Say outside the trim which plaque this is, in which format and version."""
    size = min(SLUG_TYPE, (drawing.width - 4) / max(SANS.width(drawing.slug, 1), 1))
    canvas.saveState()
    canvas.translate(x_mm * mm, y_mm * mm)
    below = drawing.height + drawing.bleed + 1.2 + size
    _text(canvas, Text(2, below, drawing.slug, SANS, size, BLACK), drawing.height)
    canvas.restoreState()


def _colour(ink: Ink) -> CMYKColor:
    return CMYKColor(*ink.cmyk)


def _font_name(font: Font) -> str:
    with _registering:
        if font.name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(font.name, str(font.path)))
    return font.name


def _box(canvas: Canvas, box: Box, height: float) -> None:
    canvas.setFillColor(_colour(box.ink))
    place = (box.x * mm, (height - box.y - box.height) * mm, box.width * mm, box.height * mm)
    if box.radius:
        canvas.roundRect(*place, radius=box.radius * mm, stroke=0, fill=1)
    else:
        canvas.rect(*place, stroke=0, fill=1)


def _text(canvas: Canvas, text: Text, height: float) -> None:
    canvas.setFillColor(_colour(text.ink))
    line = canvas.beginText(text.left * mm, (height - text.y) * mm)
    line.setFont(_font_name(text.font), text.size * mm)
    line.setCharSpace(text.tracking * text.size * mm)
    line.textOut(text.words)
    canvas.drawText(line)


def _symbol(canvas: Canvas, placed: PlacedSymbol, height: float) -> None:
    """Draw in modules: whole numbers, which leave no seam between rows and make a small file."""
    canvas.saveState()
    canvas.translate(placed.x * mm, (height - placed.y - placed.size) * mm)
    canvas.scale(placed.module_mm * mm, placed.module_mm * mm)
    canvas.setFillColor(_colour(placed.ink))
    path = canvas.beginPath()
    for x, y, length in placed.symbol.runs():
        path.rect(x, placed.symbol.modules - 1 - y, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


_WRITERS = {Box: _box, Text: _text, PlacedSymbol: _symbol}
