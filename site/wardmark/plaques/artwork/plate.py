"""The parts of a plate, drawn one by one: seal, names, symbol, promise, code. Layouts say where they stand."""

from contextlib import suppress
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wardmark.design.typesetting import (
    SANS,
    SERIF,
    Font,
    Setting,
    TextDoesNotFit,
    Wish,
    composed,
    drawable,
    set_together,
    shown,
)
from wardmark.plaques.artwork.drawing import SAFE, ArtworkRefused, Box, Drawing, PlacedSymbol, Text
from wardmark.plaques.artwork.formats import Format, Layout
from wardmark.plaques.artwork.inks import Ink
from wardmark.plaques.artwork.inscription import Inscription
from wardmark.plaques.artwork.limits import figure, smallest_type
from wardmark.plaques.artwork.symbol import Symbol
from wardmark.plaques.codes import grouped

# From one baseline to the next, in ems: an accent on a capital (Ổ) stays clear of a tail (ỹ) in the line above.
SERIF_LEADING, SANS_LEADING = 1.35, 1.41
# From the baseline down to the end of a tail and up to the top of a capital, in ems.
DESCENT, CAPITAL = 0.28, 0.7
# Speaks to the print shop as much as to the editor, so always in both languages.
PROOF_MARK = "BẢN THỬ — không in  ·  PROOF — not for print"
PROOF_MARK_MM = 2.6

Words = list[tuple[Wish, Ink]]


@dataclass(frozen=True, slots=True)
class Block:
    """Texts that were set one under another."""

    settings: list[tuple[Setting, Ink]]
    gap: float

    @property
    def height(self) -> float:
        heights = [setting.height for setting, _ink in self.settings if setting.lines]
        return sum(heights) + self.gap * max(0, len(heights) - 1)


class Plate:
    """A drawing in the making: parts are placed by their edges in mm, in sizes in proportion to the format's type."""

    def __init__(self, format: Format, inscription: Inscription, symbol: Symbol):
        self.format, self.inscription, self.colours, self.qr = format, inscription, format.colours, symbol
        self.unit = format.text_mm
        self.floor = smallest_type(format)
        name = composed(inscription.name) or composed(inscription.ward)
        self.drawing = Drawing(
            format.width,
            format.height,
            title=f"{name} – {grouped(inscription.code)}",
            slug=" · ".join(filter(None, (grouped(inscription.code), str(format.label), _edition(inscription)))),
        )

    def box(self, x: float, y: float, width: float, height: float, ink: Ink, radius: float = 0) -> None:
        self.drawing.shapes.append(Box(x, y, width, height, ink, radius))

    def paper(self, ink: Ink) -> None:
        bleed = self.drawing.bleed
        self.box(-bleed, -bleed, self.format.width + 2 * bleed, self.format.height + 2 * bleed, ink)

    def lines(self, setting: Setting, x: float, y: float, ink: Ink) -> float:
        """Place lines under the edge `y` and return their lower edge."""
        for line in setting.lines:
            y += setting.size * setting.leading
            self.drawing.shapes.append(Text(x, y - setting.size * DESCENT, line, setting.font, setting.size, ink))
        return y

    def set(self, wishes: list[Wish], *, width: float, height: float, gap: float = 0) -> list[Setting]:
        """Return the texts set one under another within `width` and `height`; refuse what would be too small."""
        for wish in wishes:
            self.refuse_missing_letters(wish.words, wish.font)
        try:
            return set_together(wishes, width=width, height=height, gap=gap)
        except TextDoesNotFit as words:
            raise ArtworkRefused(
                _(
                    "%(format)s: “%(words)s” is too long for this plate: it would be too small to read "
                    "(type below %(floor)s mm). Please shorten it, or choose a larger format."
                )
                % {"words": words, "format": self.format.label, "floor": figure(self.floor)}
            ) from words

    def refuse_missing_letters(self, words: str, font: Font) -> None:
        if strange := font.missing(composed(words)):
            raise ArtworkRefused(
                _("The plate's type has no letter %(letters)s, which “%(words)s” needs.")
                % {"letters": ", ".join(map(shown, sorted(strange))), "words": composed(words)}
            )

    def wish(self, words: str, font: Font, size: float, *, most_lines: int, smallest: float = 0) -> Wish:
        """Ask for `size`, in units of the format's type."""
        leading = SERIF_LEADING if font is SERIF else SANS_LEADING
        largest = max(size * self.unit, self.floor)
        return Wish(words, font, leading, most_lines, largest, min(largest, max(smallest * self.unit, self.floor)))

    def words(
        self,
        words: str,
        font: Font,
        size: float,
        x: float,
        y: float,
        *,
        width: float,
        height: float,
        most_lines: int,
        ink: Ink,
    ) -> float:
        """Set words of `size` mm under the edge `y`, smaller where they must be, and return their lower edge.

        Letters the font lacks are left out.
        """
        drawn = drawable(words, font)
        if not drawn:
            return y
        wish = self.wish(drawn, font, size / self.unit, most_lines=most_lines)
        [setting] = self.set([replace(wish, smallest=self.floor)], width=width, height=height)
        return self.lines(setting, x, y, ink)

    def seal(self, x: float, y: float, side: float) -> None:
        """Stamp the ward's letters, in a square with a fine line inside its edge."""
        letters = composed(self.inscription.seal_letters)
        self.refuse_missing_letters(letters, SERIF)
        size = min(0.48 * side, 0.66 * side / SERIF.width(letters, 1))
        for inset, ink in ((0, self.colours.seal), (0.075, self.colours.paper), (0.1, self.colours.seal)):
            inner = side * (1 - 2 * inset)
            self.box(x + side * inset, y + side * inset, inner, inner, ink, radius=max(0.0, 0.11 - inset * 0.75) * side)
        baseline = y + side / 2 + CAPITAL * size / 2
        self.drawing.shapes.append(
            Text(x + side / 2, baseline, letters, SERIF, size, self.colours.light, anchor="middle")
        )

    def head(self, x: float, y: float, width: float) -> float:
        """Seal, ward and a rule under them; return the rule's lower edge."""
        side, gap = 2.9 * self.unit, 0.9 * self.unit
        words_x = x
        if composed(self.inscription.seal_letters):
            self.seal(x, y, side)
            words_x += side + gap
        [ward] = self.set(
            [self.wish(self.inscription.ward, SERIF, 1.3, most_lines=2)], width=x + width - words_x, height=side
        )
        self.lines(ward, words_x, y + (side - ward.height) / 2 - 0.04 * ward.size, self.colours.ink)
        return self.rule(x, y + side + 0.85 * self.unit, width, self.colours.ink)

    def rule(self, x: float, y: float, width: float, ink: Ink) -> float:
        thickness = 0.06 * self.unit
        self.box(x, y, width, thickness, ink)
        return y + thickness

    def symbol(self, x: float, y: float) -> None:
        side, frame = self.format.symbol_mm, 0.08 * self.unit
        if self.format.layout != Layout.BARE:
            self.box(x - frame, y - frame, side + 2 * frame, side + 2 * frame, self.colours.ink)
        self.box(x, y, side, side, self.colours.light)
        self.drawing.shapes.append(PlacedSymbol(x, y, side, self.qr, self.colours.dark))

    def names(self, x: float, top: float, bottom: float, width: float) -> None:
        """The name, large, and under it the other name, in the middle of their room."""
        top += 0.5 * self.unit
        gap = 0.35 * self.unit
        settings = self.large(*self.title(), width=width, height=bottom - top, gap=gap)
        heights = [setting.height for setting in settings if setting.lines]
        block = sum(heights) + gap * (len(heights) - 1)
        # In the middle for the eye, which measures from the capitals to the baseline.
        y = top + max(0.0, bottom - top - block - 0.3 * settings[0].size) / 2
        y = self.lines(settings[0], x, y, self.colours.ink)
        self.lines(settings[1], x, y + gap, self.colours.muted)

    def title(self) -> tuple[str, str]:
        """The two names; on a blank plaque the promise, which is all that can be said."""
        if self.inscription.is_blank:
            return two_of(self.inscription.promise)
        return self.inscription.name, self.inscription.other_name

    def large(self, name: str, other: str, *, width: float, height: float, gap: float) -> list[Setting]:
        """One line while it is large; a long name looks better, and reads from further away, in two to four."""
        self.refuse_missing_letters(name, SERIF)
        self.refuse_missing_letters(other, SANS)
        for most_lines, largest, smallest in ((1, 4.7, 2.8), (2, 4.0, 2.5), (3, 3.4, 2.0)):
            first = self.wish(name, SERIF, largest, most_lines=most_lines, smallest=smallest)
            second = self.wish(other, SANS, 1.5, most_lines=2, smallest=1.1)
            with suppress(TextDoesNotFit):
                return set_together([first, second], width=width, height=height, gap=gap)
        first = self.wish(name, SERIF, 2.6, most_lines=5, smallest=1.1)
        second = self.wish(other, SANS, 1.1, most_lines=4, smallest=0.7)
        return self.set([first, second], width=width, height=height, gap=gap)

    def foot(self, x: float, bottom: float, width: float) -> float:
        """The address and the code to type, above the edge `bottom`; return their upper edge."""
        size = 1.8 * self.unit
        code = Text(
            x + width, bottom, grouped(self.inscription.code), SANS, size, self.colours.ink, anchor="end", tracking=0.05
        )
        [address] = self.set(
            [self.wish(self.inscription.typed_address, SANS, 1.15, most_lines=1)],
            width=code.left - x - 0.6 * self.unit,
            height=size * SANS_LEADING,
        )
        for line in address.lines:
            self.drawing.shapes.append(Text(x, bottom, line, SANS, address.size, self.colours.ink))
        self.drawing.shapes.append(code)
        return bottom - CAPITAL * size

    def promised(self, size: float, *, most_lines: int, smallest: float = 0) -> Words:
        """The promise; on a blank plaque, where it stands as the title, the note instead."""
        words = self.inscription.note if self.inscription.is_blank else self.inscription.promise
        first, second = two_of(words)
        return [
            (self.wish(first, SERIF, size, most_lines=most_lines, smallest=smallest), self.colours.ink),
            (self.wish(second, SANS, size * 0.8, most_lines=most_lines, smallest=smallest * 0.8), self.colours.muted),
        ]

    def noted(self, size: float, *, most_lines: int, in_one: bool) -> Words:
        """The note, small: each language for itself or all in one line."""
        if self.inscription.is_blank:
            return []
        words = [" · ".join(self.inscription.note)] if in_one else self.inscription.note
        return [(self.wish(line, SANS, size, most_lines=most_lines), self.colours.muted) for line in words]

    def set_words(self, words: Words, *, width: float, height: float, gap: float = 0) -> Block:
        settings = self.set([wish for wish, _ink in words], width=width, height=height, gap=gap)
        return Block([(setting, ink) for setting, (_wish, ink) in zip(settings, words, strict=True)], gap)

    def block(self, block: Block, x: float, y: float) -> None:
        for setting, ink in block.settings:
            if setting.lines:
                y = self.lines(setting, x, y, ink) + block.gap

    def mark_as_proof(self) -> None:
        """Write in the margin, between trim and safe area, above and below, that this must not be printed."""
        room = self.format.width - 2 * SAFE
        size = min(PROOF_MARK_MM, room / SANS.width(PROOF_MARK, 1))
        times = max(1, int(room / (1.2 * SANS.width(PROOF_MARK, size))))
        for middle in (SAFE / 2, self.format.height - SAFE / 2):
            for number in range(times):
                x = SAFE + room * (number + 0.5) / times
                baseline = middle + CAPITAL * size / 2
                self.drawing.marks.append(Text(x, baseline, PROOF_MARK, SANS, size, self.colours.seal, anchor="middle"))


def _edition(inscription: Inscription) -> str:
    """Tell this printing from others of the same plaque."""
    if inscription.made_on:
        return inscription.made_on.isoformat()
    return f"v{inscription.version}" if inscription.version else ""


def two_of(words: tuple[str, ...]) -> tuple[str, str]:
    first, second, *_more = (*words, "", "")
    return first, second
