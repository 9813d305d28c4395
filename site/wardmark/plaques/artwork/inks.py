"""The colours of the plates, on the screen and on the press, and how well they stand out from each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour for the screen (#rrggbb) and for the press (C, M, Y, K from 0 to 1)."""

    rgb: str
    cmyk: tuple[float, float, float, float]

    @property
    def luminance(self) -> float:
        """Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
        red, green, blue = (_linear(int(self.rgb[at : at + 2], 16) / 255) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


BLACK = Ink("#000000", (0, 0, 0, 1))
INK = Ink("#1f1b16", (0, 0, 0, 1))
MUTED = Ink("#554c40", (0, 0, 0, 0.75))
HAIRLINE = Ink("#cfc5b4", (0, 0, 0, 0.2))
SEAL = Ink("#b3261e", (0.2, 0.97, 1, 0.1))
PAPER = Ink("#fbf7ef", (0, 0.01, 0.05, 0.01))
WHITE = Ink("#ffffff", (0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a format. `dark` and `light` are the symbol's; the others are paper and print around it."""

    paper: Ink = PAPER
    ink: Ink = INK
    muted: Ink = MUTED
    hairline: Ink = HAIRLINE
    seal: Ink = SEAL
    dark: Ink = BLACK
    light: Ink = WHITE


def contrast(dark: Ink, light: Ink) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21; below 1 where `dark` is the lighter of the two."""
    return (light.luminance + 0.05) / (dark.luminance + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
