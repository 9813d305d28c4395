"""A drawing is a list of shapes in millimetres, y downwards, that every writer draws alike."""

from dataclasses import dataclass, field

from wardmark.plaques.artwork.symbol import Symbol
from wardmark.plaques.artwork.typesetting import Font


class ArtworkRefused(ValueError):
    """The artwork cannot be made as it must be; the message says why, for the editor."""


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour for the screen (#rrggbb) and for the press (C, M, Y, K from 0 to 1)."""

    rgb: str
    cmyk: tuple[float, float, float, float]


BLACK = Ink("#000000", (0, 0, 0, 1))
INK = Ink("#1f1b16", (0, 0, 0, 1))
MUTED = Ink("#5c5347", (0, 0, 0, 0.7))
HAIRLINE = Ink("#cfc5b4", (0, 0, 0, 0.2))
SEAL = Ink("#b3261e", (0.2, 0.97, 1, 0.1))
PAPER = Ink("#fbf7ef", (0, 0.01, 0.05, 0.01))
WHITE = Ink("#ffffff", (0, 0, 0, 0))


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

    @property
    def module_mm(self) -> float:
        return self.size / self.symbol.modules

    @property
    def reading_distance(self) -> float:
        """How far away a phone reads it, in mm: ten times the symbol's width, the rule of thumb for QR codes."""
        return self.size * 10


@dataclass(slots=True)
class Drawing:
    """A whole artwork, `width` × `height` mm."""

    width: float
    height: float
    title: str
    shapes: list[Box | Text | PlacedSymbol] = field(default_factory=list)

    @property
    def symbol(self) -> PlacedSymbol:
        return next(shape for shape in self.shapes if isinstance(shape, PlacedSymbol))
