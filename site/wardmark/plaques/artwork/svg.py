"""Artwork as SVG: text as outlines, so that no print shop needs our fonts."""

from xml.sax.saxutils import escape

from wardmark.plaques.artwork.drawing import BLACK, Box, Drawing, PlacedSymbol, Text


def as_svg(drawing: Drawing) -> str:
    """Return a standalone SVG document in millimetres, without style attributes or scripts."""
    width, height = _number(drawing.width), _number(drawing.height)
    body = "".join(_WRITERS[type(shape)](shape) for shape in drawing.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" role="img"><title>{escape(drawing.title)}</title>{body}</svg>'
    )


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _box(box: Box) -> str:
    radius = f' rx="{_number(box.radius)}"' if box.radius else ""
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}"{radius} fill="{box.ink.rgb}"/>'
    )


def _text(text: Text) -> str:
    outline = text.font.outline(text.words, text.left, text.y, text.size, text.tracking)
    return f'<path fill="{text.ink.rgb}" d="{outline}"/>'


def _symbol(placed: PlacedSymbol) -> str:
    runs = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in placed.symbol.runs())
    place = f"translate({_number(placed.x)} {_number(placed.y)}) scale({placed.module_mm:.6f})"
    return f'<path transform="{place}" shape-rendering="crispEdges" fill="{BLACK.rgb}" d="{runs}"/>'


_WRITERS = {Box: _box, Text: _text, PlacedSymbol: _symbol}
