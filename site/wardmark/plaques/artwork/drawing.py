"""A drawing is a list of shapes that every writer draws alike: in mm, y downwards from the trim's upper left corner."""

from dataclasses import dataclass, field

from wardmark.design.typesetting import Font
from wardmark.plaques.artwork.inks import Ink
from wardmark.plaques.artwork.symbol import QUIET_ZONE, Symbol

# Of all formats, in mm. The background reaches so far beyond the trim that a cut a little off shows no white edge.
BLEED = 3.0
# Nothing that matters comes nearer to the trim.
SAFE = 5.0
# A phone reads a code from ten times its width, the rule of thumb for QR codes.
WIDTHS_PER_DISTANCE = 10


class ArtworkRefused(ValueError):
    """The artwork cannot be made as it must be; the message says why, for the editor."""


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    ink: Ink
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `x` is its left end, middle or right end by `anchor`; `y` its baseline; `size` its em in mm."""

    x: float
    y: float
    words: str
    font: Font
    size: float
    ink: Ink
    anchor: str = "start"
    tracking: float = 0

    @property
    def width(self) -> float:
        return self.font.width(self.words, self.size, self.tracking)

    @property
    def left(self) -> float:
        return self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """A QR symbol in a square of `size` mm, its quiet zone included."""

    x: float
    y: float
    size: float
    symbol: Symbol
    ink: Ink

    @property
    def module_mm(self) -> float:
        return self.size / self.symbol.modules

    @property
    def width(self) -> float:
        """The symbol itself from edge to edge, without its quiet zone, in mm."""
        return self.size - 2 * QUIET_ZONE * self.module_mm

    @property
    def reading_distance(self) -> float:
        """How far away a phone reads it, in mm."""
        return self.width * WIDTHS_PER_DISTANCE


@dataclass(slots=True)
class Drawing:
    """A whole artwork: `width` × `height` mm after trimming, and `bleed` mm more on every side.

    `marks` stand in the margin between trim and safe area and are drawn like all shapes; `slug` is printed outside
    the trim where a writer has room there.
    """

    width: float
    height: float
    title: str
    slug: str = ""
    shapes: list[Box | Text | PlacedSymbol] = field(default_factory=list)
    marks: list[Text] = field(default_factory=list)
    bleed: float = BLEED

    @property
    def symbol(self) -> PlacedSymbol:
        return next(shape for shape in self.shapes if isinstance(shape, PlacedSymbol))

    @property
    def everything(self) -> list[Box | Text | PlacedSymbol]:
        return [*self.shapes, *self.marks]
