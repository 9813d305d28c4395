"""How a claim letter looks: A5, ink on white paper, for an envelope handed over at the counter.

Drawn with the parts of the plates, so that it looks like the ward's plaques: text wraps, then shrinks to its floor,
then is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from django.utils.translation import gettext_lazy
from reportlab.pdfgen.canvas import Canvas

from wardmark.design.typesetting import SANS, SERIF, Font, composed, drawable
from wardmark.plaques.artwork import Drawing, Format, Inscription
from wardmark.plaques.artwork.drawing import Text
from wardmark.plaques.artwork.formats import Colours, Layout
from wardmark.plaques.artwork.inks import HAIRLINE, INK, MUTED, PAPER, SEAL, WHITE, Ink
from wardmark.plaques.artwork.limits import readable_symbol
from wardmark.plaques.artwork.pdf import draw, new_canvas
from wardmark.plaques.artwork.plate import CAPITAL, Plate

A5 = (148, 210)
LETTER = Format(
    "claim-letter", gettext_lazy("Claim letter A5"), *A5, symbol_mm=42, distance_m=0.3, outdoors=False, level="Q",
    layout=Layout.BESIDE, text_mm=3.4, margin=11, colours=Colours(paper=WHITE),
)  # fmt: skip
MARGIN = LETTER.margin
WIDTH = A5[0] - 2 * MARGIN
SMALL, BODY, STEP, TITLE, NAME = 2.8, 3.3, 3.6, 8.6, 5.0
# Read out on the telephone, and typed with the letter at arm's length.
CODE = 9.6
BOX = 26


@dataclass(frozen=True, slots=True)
class Letter:
    """All words of one letter, in the ward's language; `code` opens the claim and stands on this paper alone."""

    serial: str
    link: str
    typed_address: str
    ward: str
    seal_letters: str
    title: str
    shop: str
    greeting: str
    steps: Sequence[str]
    code_label: str
    code: str
    valid: str
    help: str
    warning: Sequence[str]
    foot: str
    proof_reason: str = ""


def as_pdf(letters: Iterable[Letter]) -> bytes:
    """Return the letters as one PDF, a page each. Raises ArtworkRefused for too long a name or too fine a symbol."""
    buffer = BytesIO()
    canvas = new_canvas(buffer, width=A5[0], height=A5[1])
    for number, letter in enumerate(letters):
        if number == 0:
            canvas.setTitle(composed(letter.title))
        _write(canvas, _drawn(letter))
    canvas.save()
    return buffer.getvalue()


def _drawn(letter: Letter) -> Drawing:
    inscription = Inscription(
        code=letter.serial,
        short_link=letter.link,
        name=letter.title,
        other_name="",
        ward=drawable(letter.ward, SERIF),
        seal_letters=letter.seal_letters,
        promise=(),
        proof_reason=letter.proof_reason,
    )
    plate = Plate(LETTER, inscription, readable_symbol(LETTER, letter.link))
    y = plate.head(MARGIN, MARGIN, WIDTH)
    y = _words(plate, letter.title, SERIF, TITLE, y + 4, most_lines=1, ink=SEAL)
    y = _words(plate, letter.shop, SERIF, NAME, y + 0.5, most_lines=2, ink=INK)
    y = _words(plate, letter.greeting, SANS, BODY, y + 1.5, most_lines=6, ink=INK) + 4
    top = y
    _symbol(plate, letter, top)
    y = _steps(plate, letter.steps, top)
    y = max(y, top + LETTER.symbol_mm + 10) + 4
    y = _code_box(plate, letter, y)
    y = _words(plate, letter.help, SANS, BODY, y + 4, most_lines=3, ink=INK) + 4
    _warning(plate, letter.warning, y)
    _foot(plate, letter.foot, letter.serial)
    if letter.proof_reason:
        plate.mark_as_proof()
    return replace(plate.drawing, bleed=0)


def _symbol(plate: Plate, letter: Letter, top: float) -> None:
    """The symbol on the right, and under it what to type where no camera reads it."""
    left = A5[0] - MARGIN - LETTER.symbol_mm
    plate.symbol(left, top)
    y = top + LETTER.symbol_mm + 1
    for line in (letter.typed_address, letter.serial):
        y = _words(plate, line, SANS, SMALL, y, x=left, width=LETTER.symbol_mm, most_lines=2, ink=MUTED)


def _steps(plate: Plate, steps: Sequence[str], top: float) -> float:
    """Three steps beside the symbol, each with its number in a dot."""
    y, width = top, WIDTH - LETTER.symbol_mm - 6
    for number, step in enumerate(steps, start=1):
        radius = 3.1
        middle = y + radius
        plate.box(MARGIN, middle - radius, 2 * radius, 2 * radius, INK, radius)
        size = 1.2 * radius
        baseline = middle + CAPITAL * size / 2
        digit = Text(MARGIN + radius, baseline, str(number), SANS, size, WHITE, anchor="middle")
        plate.drawing.shapes.append(digit)
        end = _words(plate, step, SANS, STEP, y + 0.6, x=MARGIN + 9, width=width - 9, most_lines=5, ink=INK)
        y = max(end, middle + radius) + 3
    return y


def _code_box(plate: Plate, letter: Letter, top: float) -> float:
    plate.box(MARGIN, top, WIDTH, BOX, INK, 2.5)
    plate.box(MARGIN + 0.5, top + 0.5, WIDTH - 1, BOX - 1, PAPER, 2.1)
    room = WIDTH - 10
    _words(plate, letter.code_label, SANS, SMALL, top + 2, x=MARGIN + 5, width=room, most_lines=1, ink=MUTED)
    code = Text(A5[0] / 2, top + BOX / 2 + CAPITAL * CODE / 2 + 0.6, letter.code, SANS, CODE, INK, "middle", 0.12)
    plate.drawing.shapes.append(code)
    size = min(3.0, room / max(SANS.width(drawable(letter.valid, SANS), 1), 1))
    valid = Text(A5[0] / 2, top + BOX - 3.2, drawable(letter.valid, SANS), SANS, size, INK, anchor="middle")
    plate.drawing.shapes.append(valid)
    return top + BOX


def _warning(plate: Plate, lines: Sequence[str], top: float) -> None:
    """What the ward never asks for, behind a bar in the seal's red."""
    first, *others = lines
    y = _words(plate, first, SERIF, 4.0, top, x=MARGIN + 4, width=WIDTH - 4, most_lines=2, ink=INK)
    for line in others:
        y = _words(plate, line, SANS, BODY, y + 0.4, x=MARGIN + 4, width=WIDTH - 4, most_lines=4, ink=INK)
    plate.box(MARGIN, top, 1.1, y - top, SEAL)


def _foot(plate: Plate, words: str, number: str) -> None:
    y = A5[1] - MARGIN + 2
    plate.rule(MARGIN, y - 4.4, WIDTH, HAIRLINE)
    serial = Text(A5[0] - MARGIN, y, number, SANS, SMALL, MUTED, anchor="end")
    room = serial.left - MARGIN - 3
    said = drawable(words, SANS)
    size = max(min(SMALL, room / max(SANS.width(said, 1), 1)), plate.floor)
    plate.drawing.shapes += [Text(MARGIN, y, said, SANS, size, MUTED), serial]


def _words(
    plate: Plate,
    words: str,
    font: Font,
    size: float,
    y: float,
    *,
    most_lines: int,
    x: float = MARGIN,
    width: float = WIDTH,
    ink: Ink = MUTED,
    height: float = 60,
) -> float:
    """Set words under the edge `y`, smaller where they must be, and return their lower edge."""
    return plate.words(words, font, size, x, y, width=width, height=height, most_lines=most_lines, ink=ink)


def _write(canvas: Canvas, drawing: Drawing) -> None:
    draw(canvas, drawing, x_mm=0, y_mm=0)
    canvas.showPage()
