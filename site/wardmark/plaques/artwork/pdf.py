"""Artwork as PDF: vectors in CMYK, fonts embedded, black as pure K."""

from io import BytesIO

from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from wardmark.plaques.artwork.drawing import BLACK, Box, Drawing, Ink, PlacedSymbol, Text
from wardmark.plaques.artwork.typesetting import SERIF, Font


def as_pdf(drawing: Drawing) -> bytes:
    """Return a one-page PDF in the drawing's true size; the same drawing gives the same bytes."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(drawing.width * mm, drawing.height * mm),
        # Else every page names Helvetica, not embedded, which a print shop's check refuses.
        initialFontName=_font_name(SERIF),
        invariant=True,
    )
    canvas.setTitle(drawing.title)
    canvas.setCreator("Wardmark")
    for shape in drawing.shapes:
        _WRITERS[type(shape)](canvas, shape, drawing.height)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _colour(ink: Ink) -> CMYKColor:
    return CMYKColor(*ink.cmyk)


def _font_name(font: Font) -> str:
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
    canvas.setFillColor(_colour(BLACK))
    path = canvas.beginPath()
    module = placed.module_mm
    for x, y, length in placed.symbol.runs():
        path.rect(
            (placed.x + x * module) * mm,
            (height - placed.y - (y + 1) * module) * mm,
            length * module * mm,
            module * mm,
        )
    canvas.drawPath(path, stroke=0, fill=1)


_WRITERS = {Box: _box, Text: _text, PlacedSymbol: _symbol}
