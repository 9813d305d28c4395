"""How a plate looks: paper, ink and one red seal, laid out once for all kinds of file.

Everything is measured before it is placed: head, foot and symbol first, then the words take what is left. Text wraps,
then shrinks to the format's floor, then the format refuses.
"""

from collections.abc import Callable

from wardmark.design.typesetting import SERIF, composed
from wardmark.plaques.artwork.drawing import ArtworkRefused, Drawing
from wardmark.plaques.artwork.formats import Format, Layout
from wardmark.plaques.artwork.inscription import Inscription
from wardmark.plaques.artwork.limits import readable_symbol
from wardmark.plaques.artwork.plate import DESCENT, Plate


def lay_out(format: Format, inscription: Inscription) -> Drawing:
    """Return the artwork of an inscription in a format.

    Raises ArtworkRefused, saying why in the active language, where it could not be read by eye or by phone.
    """
    plate = Plate(format, inscription, readable_symbol(format, inscription.short_link))
    _LAYOUTS[format.layout](plate)
    if inscription.proof_reason:
        plate.mark_as_proof()
    return plate.drawing


def _beside(plate: Plate) -> None:
    format, unit = plate.format, plate.unit
    x, width = format.margin, format.width - 2 * format.margin
    plate.paper(plate.colours.paper)
    head = plate.head(x, format.margin, width)
    foot = plate.foot(x, format.height - format.margin, width)
    bottom = plate.rule(x, foot - 1.2 * unit, width, plate.colours.hairline) - 1.5 * unit
    top = bottom - format.symbol_mm
    plate.names(x, head, top - 0.8 * unit, width)
    plate.symbol(x, top)
    # The promise from the symbol's upper edge down, the note from its lower edge up.
    column = x + format.symbol_mm + 1.1 * unit
    room = x + width - column
    note = plate.set_words(plate.noted(0.68, most_lines=4, in_one=False), width=room, height=format.symbol_mm / 3)
    plate.block(note, column, bottom - note.height)
    height = format.symbol_mm - note.height - 0.8 * unit
    plate.block(
        plate.set_words(plate.promised(1.1, most_lines=12), width=room, height=height, gap=0.5 * unit),
        column,
        top - 0.3 * unit,
    )


def _under(plate: Plate) -> None:
    format, unit = plate.format, plate.unit
    x, width = (format.width - format.symbol_mm) / 2, format.symbol_mm
    plate.paper(plate.colours.paper)
    head = plate.head(x, format.margin, width)
    symbol = _promise_under(plate, x, width, size=1.3)
    plate.names(x, head, symbol - 0.9 * unit, width)
    plate.symbol(x, symbol)


def _close(plate: Plate) -> None:
    """As `_under`, but seal and ward stand beside and above the name: room is short."""
    format, unit = plate.format, plate.unit
    x, width, top = (format.width - format.symbol_mm) / 2, format.symbol_mm, format.margin
    plate.paper(plate.colours.paper)
    symbol = _promise_under(plate, x, width, size=1.05)
    plate.symbol(x, symbol)
    words_x = x
    if composed(plate.inscription.seal_letters):
        side = 3.6 * unit
        plate.seal(x, top, side)
        words_x += side + 0.9 * unit
    room = x + width - words_x
    ward = plate.set_words(
        [(plate.wish(plate.inscription.ward, SERIF, 1.0, most_lines=2), plate.colours.muted)],
        width=room,
        height=3 * unit,
    )
    plate.block(ward, words_x, top - 0.3 * unit)
    plate.names(words_x, top + ward.height - 0.7 * unit, symbol - 0.9 * unit, room)


def _promise_under(plate: Plate, x: float, width: float, *, size: float) -> float:
    """Promise and foot below the symbol; return where its upper edge must lie."""
    format, unit = plate.format, plate.unit
    foot = plate.foot(x, format.height - format.margin, width)
    y = plate.rule(x, foot - 0.9 * unit, width, plate.colours.hairline) - 0.75 * unit
    height, gap = format.height * 0.14, 0.12 * unit
    try:
        # Rather smaller in one line than in two: the name needs the room.
        promise = plate.set_words(
            plate.promised(size, most_lines=1, smallest=0.8 * size), width=width, height=height, gap=gap
        )
    except ArtworkRefused:
        promise = plate.set_words(plate.promised(0.8 * size, most_lines=2), width=width, height=height, gap=gap)
    y -= promise.height
    plate.block(promise, x, y)
    return y - 0.45 * unit - format.symbol_mm


def _across(plate: Plate) -> None:
    format, unit = plate.format, plate.unit
    top, bottom = format.margin, format.height - format.margin
    symbol = format.width - format.margin - format.symbol_mm
    plate.paper(plate.colours.paper)
    plate.foot(symbol, bottom, format.symbol_mm)
    plate.symbol(symbol, top)
    x, width = format.margin, symbol - format.margin - 1.8 * unit
    head = plate.head(x, top, width)
    note = plate.set_words(plate.noted(0.72, most_lines=2, in_one=True), width=width, height=format.height * 0.1)
    y = bottom + DESCENT * 0.72 * unit - note.height
    plate.block(note, x, y)
    promise = plate.set_words(
        plate.promised(1.1, most_lines=4), width=width, height=format.height * 0.32, gap=0.25 * unit
    )
    y -= promise.height + (0.7 * unit if note.settings else 0)
    plate.block(promise, x, y)
    plate.names(x, head, y - 1.0 * unit, width)


def _bare(plate: Plate) -> None:
    format = plate.format
    x = (format.width - format.symbol_mm) / 2
    plate.paper(plate.colours.light)
    plate.symbol(x, format.margin)
    plate.foot(x, format.height - format.margin - 2, format.symbol_mm)


_LAYOUTS: dict[Layout, Callable[[Plate], None]] = {
    Layout.BESIDE: _beside,
    Layout.UNDER: _under,
    Layout.CLOSE: _close,
    Layout.ACROSS: _across,
    Layout.BARE: _bare,
}
