"""How many plaques stand on a sheet, and where. Pure arithmetic in mm, measured from the sheet's lower left corner.

A digital press holds the sheet by one short edge and cannot print there; the other edges keep a narrow margin. Pieces
stand bleed to bleed, so one pair of cuts parts two of them; crop marks stand only outside the whole block. A strip
along one edge, where the press prints, is kept for what the sheet says of itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wardmark.plaques.artwork import Format
from wardmark.plaques.artwork.drawing import BLEED
from wardmark.plaques.artwork.limits import figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, upright. Sizes after ISO 216 and ISO 217."""

    key: str
    width: float
    height: float


SHEETS = {sheet.key: sheet for sheet in (Sheet("A4", 210, 297), Sheet("A3", 297, 420), Sheet("SRA3", 320, 450))}
# Along the short edge by which the press holds the sheet; and what presses leave white along the others.
GRIPPER, EDGE = 10.0, 3.0
# How wide the strip is in which the sheet is named.
STRIP = 4.0
# A crop mark stands between the block's bleed and the white edge.
MARK = 3.0


class DoesNotFit(ValueError):
    """The piece is larger than what can be printed on the sheet; the message says by how much, for the editor."""


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Where the sheet is named: `length` × STRIP mm, from its lower left corner; `turned` is read upwards."""

    x: float
    y: float
    length: float
    turned: bool


@dataclass(frozen=True, slots=True)
class Imposition:
    """A sheet `width` × `height` mm as it is looked at, and the lower left trim corner of every piece on it.

    Pieces are numbered by rows from the upper left, as one reads. Held by its lower edge when upright, by its left
    edge when it lies on its side: the same edge of the paper. `block` is the box round all pieces with their bleed:
    left, lower, right and upper edge.
    """

    width: float
    height: float
    columns: int
    rows: int
    places: tuple[tuple[float, float], ...]
    marks: tuple[Line, ...]
    block: tuple[float, float, float, float]
    strip: Strip

    @property
    def per_sheet(self) -> int:
        return len(self.places)

    @property
    def is_upright(self) -> bool:
        return self.height >= self.width


def imposition_for(format: Format, sheet_size: str) -> Imposition:
    """Return how a format stands on a sheet of that size. Raises DoesNotFit."""
    return impose(SHEETS[sheet_size], width=format.width, height=format.height, bleed=BLEED, name=format.label)


def impose(sheet: Sheet, *, width: float, height: float, bleed: float, name: str | Promise = "") -> Imposition:
    """Place as many pieces of that trim size as the sheet holds, upright or on its side, whichever holds more.

    Raises DoesNotFit where not even one fits; `name` is the piece's, for the message.
    """
    rooms = _rooms(sheet)
    outer_width, outer_height = width + 2 * bleed, height + 2 * bleed
    best = max(rooms, key=lambda room: room.holds(outer_width, outer_height))
    columns, rows = best.columns(outer_width), best.rows(outer_height)
    if not columns * rows:
        raise DoesNotFit(
            _(
                "%(name)s is %(width)s × %(height)s mm, with bleed and crop marks %(outer_width)s × "
                "%(outer_height)s mm; %(sheet)s has room for %(room_width)s × %(room_height)s mm."
            )
            % {
                "name": name or _("The plate"),
                "width": figure(width),
                "height": figure(height),
                "outer_width": figure(outer_width + 2 * MARK),
                "outer_height": figure(outer_height + 2 * MARK),
                "sheet": sheet.key,
                "room_width": figure(rooms[0].width + 2 * MARK),
                "room_height": figure(rooms[0].height + 2 * MARK),
            }
        )
    left, bottom = best.lower_left(columns * outer_width, rows * outer_height)
    places = tuple(
        (left + column * outer_width + bleed, bottom + row * outer_height + bleed)
        for row in reversed(range(rows))
        for column in range(columns)
    )
    block = (left, bottom, left + columns * outer_width, bottom + rows * outer_height)
    marks = tuple(_marks(block, places, width, height))
    return Imposition(best.sheet_width, best.sheet_height, columns, rows, places, marks, block, best.strip)


@dataclass(frozen=True, slots=True)
class _Room:
    """A sheet in one position with what must stay white along each edge."""

    sheet_width: float
    sheet_height: float
    left: float
    bottom: float
    strip: Strip
    right: float = EDGE
    top: float = EDGE

    @property
    def width(self) -> float:
        """What is left for artwork with its bleed, between the crop marks."""
        return self.sheet_width - self.left - self.right - 2 * MARK

    @property
    def height(self) -> float:
        return self.sheet_height - self.bottom - self.top - 2 * MARK

    def columns(self, outer_width: float) -> int:
        # A hundredth of a millimetre is no reason to refuse, nor is the rounding of a sum.
        return int((self.width + 0.01) // outer_width)

    def rows(self, outer_height: float) -> int:
        return int((self.height + 0.01) // outer_height)

    def holds(self, outer_width: float, outer_height: float) -> int:
        return self.columns(outer_width) * self.rows(outer_height)

    def lower_left(self, block_width: float, block_height: float) -> tuple[float, float]:
        """Where a block stands that is in the middle of what can be printed."""
        return (
            self.left + MARK + (self.width - block_width) / 2,
            self.bottom + MARK + (self.height - block_height) / 2,
        )


def _rooms(sheet: Sheet) -> tuple[_Room, ...]:
    """Return a sheet in both positions, with its strip at the held edge or, where that costs a piece, at the other.

    Of those that hold as many the first is taken.
    """
    short, long = sheet.width, sheet.height
    along_short, along_long = short - 2 * EDGE, long - GRIPPER - EDGE
    return (
        _Room(short, long, left=EDGE, bottom=GRIPPER + STRIP, strip=Strip(EDGE, GRIPPER, along_short, turned=False)),
        _Room(long, short, left=GRIPPER + STRIP, bottom=EDGE, strip=Strip(GRIPPER, EDGE, along_short, turned=True)),
        _Room(short, long, left=EDGE + STRIP, bottom=GRIPPER, strip=Strip(EDGE, GRIPPER, along_long, turned=True)),
        _Room(long, short, left=GRIPPER, bottom=EDGE + STRIP, strip=Strip(GRIPPER, EDGE, along_long, turned=False)),
    )


def _marks(
    block: tuple[float, float, float, float], places: tuple[tuple[float, float], ...], width: float, height: float
) -> Iterator[Line]:
    """Yield a mark at both ends of every cut: upright ones below and above the block, level ones beside it."""
    left, bottom, right, top = block
    for x in sorted({x + side for x, _y in places for side in (0, width)}):
        yield Line(x, bottom, x, bottom - MARK)
        yield Line(x, top, x, top + MARK)
    for y in sorted({y + side for _x, y in places for side in (0, height)}):
        yield Line(left, y, left - MARK, y)
        yield Line(right, y, right + MARK, y)
