"""Artwork as PNG, every module a whole number of pixels."""

from io import BytesIO

from PIL import Image, ImageDraw

from wardmark.plaques.artwork.drawing import Box, Drawing, PlacedSymbol, Text

MM_PER_INCH = 25.4


def as_png(drawing: Drawing, dpi: int = 300) -> bytes:
    """Return the trimmed artwork at that resolution, which the file states, so that it prints at its true size."""
    scale = dpi / MM_PER_INCH
    picture = Image.new("RGB", (round(drawing.width * scale), round(drawing.height * scale)), "white")
    draw = ImageDraw.Draw(picture)
    for shape in drawing.everything:
        _WRITERS[type(shape)](draw, shape, scale)
    buffer = BytesIO()
    picture.save(buffer, "PNG", dpi=(dpi, dpi))
    return buffer.getvalue()


def _box(draw: ImageDraw.ImageDraw, box: Box, scale: float) -> None:
    left, top = round(box.x * scale), round(box.y * scale)
    right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    # Pillow includes the last pixel; a hairline must not vanish.
    corners = (left, top, max(right - 1, left), max(bottom - 1, top))
    if box.radius:
        draw.rounded_rectangle(corners, radius=round(box.radius * scale), fill=box.ink.rgb)
    else:
        draw.rectangle(corners, fill=box.ink.rgb)


def _text(draw: ImageDraw.ImageDraw, text: Text, scale: float) -> None:
    font = text.font.pixels(round(text.size * scale))
    offsets = text.font.offsets(text.words, text.size, text.tracking)
    for letter, offset in zip(text.words, offsets, strict=True):
        draw.text(((text.left + offset) * scale, text.y * scale), letter, fill=text.ink.rgb, font=font, anchor="ls")


def _symbol(draw: ImageDraw.ImageDraw, placed: PlacedSymbol, scale: float) -> None:
    """Draw the symbol with whole pixels per module, centred in its square: the quiet zone takes the rest."""
    modules = placed.symbol.modules
    pixels = int(placed.size * scale) // modules
    spare = (placed.size * scale - pixels * modules) / 2
    left, top = round(placed.x * scale + spare), round(placed.y * scale + spare)
    for x, y, length in placed.symbol.runs():
        draw.rectangle(
            (
                left + x * pixels,
                top + y * pixels,
                left + (x + length) * pixels - 1,
                top + (y + 1) * pixels - 1,
            ),
            fill=placed.ink.rgb,
        )


_WRITERS = {Box: _box, Text: _text, PlacedSymbol: _symbol}
