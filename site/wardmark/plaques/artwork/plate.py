"""The plain plate, 100 × 150 mm: whose it is, the name, the symbol, and the code to type."""

from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wardmark.plaques.artwork.drawing import (
    HAIRLINE,
    INK,
    MUTED,
    PAPER,
    SEAL,
    WHITE,
    ArtworkRefused,
    Box,
    Drawing,
    PlacedSymbol,
    Text,
)
from wardmark.plaques.artwork.symbol import encode
from wardmark.plaques.artwork.typesetting import SANS, SERIF, Font, TextDoesNotFit, composed, fit
from wardmark.plaques.codes import grouped

WIDTH, HEIGHT, MARGIN = 100.0, 150.0, 8.0
INNER = WIDTH - 2 * MARGIN
SYMBOL_MM = 74.0
# From one baseline to the next, in ems: an accent on a capital (Ổ) stays clear of a tail (ỹ) in the line above.
SERIF_LEADING, SANS_LEADING = 1.35, 1.41
DESCENT = 0.275
# How far an accent rises above a capital, in ems.
ACCENT = 0.3


@dataclass(frozen=True, slots=True)
class Inscription:
    """The words of a plate. `name` in the source language, `other_name` in another, `promise` one line each."""

    code: str
    short_link: str
    name: str
    other_name: str
    ward: str
    seal_letters: str
    promise: tuple[str, ...]


def plate(inscription: Inscription) -> Drawing:
    """Lay out the plain plate. Raises ArtworkRefused when a name cannot be set legibly."""
    drawing = Drawing(WIDTH, HEIGHT, f"{inscription.name} – {grouped(inscription.code)}")
    drawing.shapes.append(Box(0, 0, WIDTH, HEIGHT, PAPER))
    _head(drawing, inscription)
    _names(drawing, inscription)
    _symbol(drawing, inscription)
    _foot(drawing, inscription)
    return drawing


def _head(drawing: Drawing, inscription: Inscription) -> None:
    x = MARGIN
    letters = composed(inscription.seal_letters)
    if letters:
        drawing.shapes += [
            Box(MARGIN, 8, 9, 9, SEAL, radius=1.2),
            Text(MARGIN + 4.5, 13.9, letters, SERIF, 4.0, WHITE, anchor="middle"),
        ]
        x += 12
    size, lines = _set(inscription.ward, SERIF, WIDTH - MARGIN - x, (1, 4.6, 2.6))
    drawing.shapes.append(Text(x, 14.1, lines[0] if lines else "", SERIF, size, INK))
    drawing.shapes.append(Box(MARGIN, 19.5, INNER, 0.25, INK))


def _names(drawing: Drawing, inscription: Inscription) -> None:
    """Set name and translation as one block in the middle between the rule and the symbol's frame."""
    top, bottom = 20.6, 44.2
    other_size, other_lines = _set(inscription.other_name, SANS, INNER, (1, 4.2, 2.9), (2, 3.0, 2.5))
    other_leading = other_size * SANS_LEADING
    gap = 0.9 if other_lines else 0.0
    room = bottom - top - gap - len(other_lines) * other_leading
    # One line while it is large; a long name looks better, and reads from further away, in two or three.
    allowed = ((1, 6.8), (2, 4.6), (3, 4.6))
    tries = [(lines, min(9.6, room / (lines * SERIF_LEADING)), smallest) for lines, smallest in allowed]
    size, lines = _set(inscription.name, SERIF, INNER, *tries)
    block = len(lines) * size * SERIF_LEADING + gap + len(other_lines) * other_leading
    # In the middle for the eye, which measures from the capitals.
    y = top + max(0.0, bottom - top - block - ACCENT * size) / 2
    for line in lines:
        y += size * SERIF_LEADING
        drawing.shapes.append(Text(MARGIN, y - size * DESCENT, line, SERIF, size, INK))
    y += gap
    for line in other_lines:
        y += other_leading
        drawing.shapes.append(Text(MARGIN, y - other_size * DESCENT, line, SANS, other_size, MUTED))


def _symbol(drawing: Drawing, inscription: Inscription) -> None:
    x, y = (WIDTH - SYMBOL_MM) / 2, 46.0
    drawing.shapes += [
        Box(x - 0.25, y - 0.25, SYMBOL_MM + 0.5, SYMBOL_MM + 0.5, INK),
        Box(x, y, SYMBOL_MM, SYMBOL_MM, WHITE),
        PlacedSymbol(x, y, SYMBOL_MM, encode(inscription.short_link)),
    ]


def _foot(drawing: Drawing, inscription: Inscription) -> None:
    y = 125.6
    for ink, line in zip((INK, MUTED), inscription.promise, strict=False):
        size, lines = _set(line, SANS, INNER, (1, 3.1, 2.1))
        drawing.shapes.append(Text(WIDTH / 2, y, lines[0], SANS, size, ink, anchor="middle"))
        y += 4.6
    drawing.shapes.append(Box(MARGIN, 133.4, INNER, 0.2, HAIRLINE))
    # Without the scheme and the code: the part that is the same on every plate, then the code, large.
    address = inscription.short_link.partition("://")[2].removesuffix(inscription.code)
    code = Text(WIDTH - MARGIN, 141.6, grouped(inscription.code), SANS, 6.2, INK, anchor="end", tracking=0.06)
    size, lines = _set(address, SANS, code.left - MARGIN - 3, (1, 3.4, 1.9))
    drawing.shapes += [Text(MARGIN, 141.4, lines[0], SANS, size, INK), code]


def _set(words: str, font: Font, width: float, *tries: tuple[int, float, float]) -> tuple[float, list[str]]:
    """Return size and lines by the first try that fits, each (most lines, largest size, smallest size)."""
    words = composed(words)
    if strange := font.missing(words):
        raise ArtworkRefused(
            _("The plate's type has no letter %(letters)s, which “%(words)s” needs.")
            % {"letters": ", ".join(sorted(strange)), "words": words}
        )
    for most_lines, largest, smallest in tries:
        with suppress(TextDoesNotFit):
            return fit(words, font, width=width, most_lines=most_lines, largest=largest, smallest=smallest)
    raise ArtworkRefused(
        _("“%(words)s” is too long for this plate: it would be too small to read. Please shorten it.")
        % {"words": words}
    )
