"""Artwork as SVG: text as outlines, so that no print shop needs our fonts."""

from xml.sax.saxutils import escape

from wardmark.plaques.artwork.drawing import Box, Drawing, PlacedSymbol, Text
from wardmark.plaques.artwork.symbol import Symbol


def as_svg(drawing: Drawing, *, bleed: bool = False) -> str:
    """Return a standalone SVG document in millimetres, without style attributes or scripts.

    It shows the trimmed plate; with `bleed`, for the print shop, also the paper that is cut off.
    """
    edge = drawing.bleed if bleed else 0.0
    width, height = _number(drawing.width + 2 * edge), _number(drawing.height + 2 * edge)
    title, origin = escape(drawing.title), _number(-edge)
    body = "".join(_WRITERS[type(shape)](shape) for shape in drawing.everything)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="{origin} {origin} {width} {height}" role="img"><title>{title}</title>{body}</svg>'
    )


def symbol_path(symbol: Symbol) -> str:
    """Return SVG path data of a symbol's dark modules, in a square of one unit for each module."""
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in symbol.runs())


def _number(value: float) -> str:
    return f"{value + 0:.3f}".rstrip("0").rstrip(".")


def _box(box: Box) -> str:
    radius = f' rx="{_number(box.radius)}"' if box.radius else ""
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}"{radius} fill="{box.ink.rgb}"/>'
    )


def _text(text: Text) -> str:
    scale = text.size / text.font.units_per_em
    place = f"matrix({scale:.7f} 0 0 {-scale:.7f} {_number(text.left)} {_number(text.y)})"
    return f'<path transform="{place}" fill="{text.ink.rgb}" d="{text.font.outline(text.words, text.tracking)}"/>'


def _symbol(placed: PlacedSymbol) -> str:
    place = f"translate({_number(placed.x)} {_number(placed.y)}) scale({placed.module_mm:.6f})"
    path = symbol_path(placed.symbol)
    return f'<path transform="{place}" shape-rendering="crispEdges" fill="{placed.ink.rgb}" d="{path}"/>'


_WRITERS = {Box: _box, Text: _text, PlacedSymbol: _symbol}
