"""Letters: their widths, their outlines, and how text wraps and shrinks. Fonts hold all Vietnamese letters."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from threading import RLock

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import ImageFont

# Up to these all ways to break a text are compared; they are few.
MOST_LINES_WEIGHED, MOST_WORDS_WEIGHED = 3, 16
FOLDER = Path(__file__).resolve().parent / "fonts"


class TextDoesNotFit(ValueError):
    """The text is too long for its place even at the smallest size allowed."""


# Where a closed curve of a letter begins, and SVG path data of the rest relative to that.
Contour = tuple[int, int, str]


class Font:
    """One font file, measured and drawn without kerning, so that all formats break lines alike."""

    def __init__(self, name: str, file: str):
        self.name = name
        self.path = FOLDER / file
        # The parsed font is read by all threads of a process, and reading it changes it.
        self._lock = RLock()
        self._advances: dict[str, float] = {}
        self._outlines: dict[str, list[Contour]] = {}

    @cached_property
    def _font(self) -> TTFont:
        return TTFont(self.path, lazy=False)

    @cached_property
    def _glyph_names(self) -> dict[int, str]:
        return self._font.getBestCmap()

    @cached_property
    def _glyphs(self):
        return self._font.getGlyphSet()

    @cached_property
    def units_per_em(self) -> int:
        return self._font["head"].unitsPerEm

    def missing(self, words: str) -> set[str]:
        """Return the letters this font does not have."""
        return {letter for letter in words if ord(letter) not in self._glyph_names}

    def _advance(self, letter: str) -> float:
        advance = self._advances.get(letter)
        if advance is None:
            name = self._glyph_names.get(ord(letter), ".notdef")
            with self._lock:
                advance = self._advances[letter] = self._glyphs[name].width / self.units_per_em
        return advance

    def width(self, words: str, size: float, tracking: float = 0) -> float:
        """Return the width in the unit of `size`; `tracking` is added after each letter but the last, in ems."""
        return (self._width_in_ems(words) + tracking * max(0, len(words) - 1)) * size

    @lru_cache(maxsize=4096)  # noqa: B019 - fonts are two and live as long as the process
    def _width_in_ems(self, words: str) -> float:
        return sum(self._advance(letter) for letter in words)

    def offsets(self, words: str, size: float, tracking: float = 0) -> list[float]:
        """Return where each letter begins, in the unit of `size`."""
        offsets, at = [], 0.0
        for letter in words:
            offsets.append(at)
            at += (self._advance(letter) + tracking) * size
        return offsets

    def outline(self, words: str, tracking: float = 0) -> str:
        """Return SVG path data of the words in the font's own units, y upwards, from the left end of the baseline."""
        at, contours = 0.0, []
        for letter in words:
            contours += [f"M{start_x + round(at)} {start_y}{rest}" for start_x, start_y, rest in self._contours(letter)]
            at += (self._advance(letter) + tracking) * self.units_per_em
        return "".join(contours)

    def _contours(self, letter: str) -> list["Contour"]:
        contours = self._outlines.get(letter)
        if contours is None:
            name = self._glyph_names.get(ord(letter), ".notdef")
            with self._lock:
                pen = _ContourPen(self._glyphs)
                self._glyphs[name].draw(pen)
            contours = self._outlines[letter] = pen.contours
        return contours

    @lru_cache(maxsize=32)  # noqa: B019 - fonts are two and live as long as the process
    def pixels(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.path), size, layout_engine=ImageFont.Layout.BASIC)


class _ContourPen(BasePen):
    """Collects a letter's contours, each with its start apart, so that it can be put anywhere without redrawing."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.contours: list[Contour] = []

    def _moveTo(self, point):  # noqa: N802 - fontTools' names
        self._at = self._start = point
        self._steps: list[str] = []

    def _lineTo(self, point):  # noqa: N802
        self._step("l", point)

    def _qCurveToOne(self, control, point):  # noqa: N802
        self._step("q", control, point)

    def _curveToOne(self, first, second, point):  # noqa: N802
        self._step("c", first, second, point)

    def _closePath(self):  # noqa: N802
        x, y = map(round, self._start)
        self.contours.append((x, y, "".join(self._steps) + "z"))

    def _step(self, command: str, *points) -> None:
        # Rounded as differences of whole places, so that no error grows along the contour.
        x, y = map(round, self._at)
        numbers = [f"{round(px) - x} {round(py) - y}" for px, py in points]
        self._steps.append(command + " ".join(numbers))
        self._at = points[-1]


SERIF = Font("Lora-SemiBold", "lora-600.ttf")
SANS = Font("BeVietnamPro-Medium", "be-vietnam-pro-500.ttf")


def composed(words: str) -> str:
    """Return the text in NFC with single spaces: fonts draw composed letters, keyboards may send the parts.

    Without what no font draws and no XML holds: control and format characters (copied with text from elsewhere, seen
    by nobody), surrogates and noncharacters.
    """
    drawn = "".join(letter for letter in words if letter.isspace() or not _is_never_drawn(letter))
    return " ".join(unicodedata.normalize("NFC", drawn).split())


def drawable(words: str, font: Font) -> str:
    """Return the text without letters the font lacks: for one strange sign in a name no sheet is refused."""
    strange = font.missing(composed(words))
    return composed("".join(letter for letter in composed(words) if letter not in strange))


def _is_never_drawn(letter: str) -> bool:
    place = ord(letter)
    is_noncharacter = place & 0xFFFE == 0xFFFE or 0xFDD0 <= place <= 0xFDEF
    return is_noncharacter or unicodedata.category(letter) in {"Cc", "Cf", "Cs"}


def shown(letter: str) -> str:
    """Return a letter for a message to people: by its number in Unicode where it would not be seen alone."""
    is_seen = letter.isprintable() and not letter.isspace() and not unicodedata.category(letter).startswith("M")
    return letter if is_seen else f"U+{ord(letter):04X}"


def wrap(words: str, font: Font, size: float, width: float) -> list[str]:
    """Break a text into lines no wider than `width`; a single word that is wider stays a line of its own."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(lines: list[str], font: Font, size: float) -> list[str]:
    """Break wrapped text again into as many lines of about one width, so that no word is left alone on the last.

    Of breaks about as even as the evenest, the one with the longest last line: “Chùa / Thánh Chúa”.
    """
    words = " ".join(lines).split()
    if not 2 <= len(lines) <= MOST_LINES_WEIGHED or len(words) > MOST_WORDS_WEIGHED:
        return _evened(lines, font, size)
    ends: list[float] = [0.0]
    for word in words:
        ends.append(ends[-1] + font.width(f"{word} ", size))
    space = font.width(" ", size)
    ways = []
    for cuts in combinations(range(1, len(words)), len(lines) - 1):
        edges = (0, *cuts, len(words))
        ways.append((edges, [ends[after] - ends[before] - space for before, after in pairwise(edges)]))
    evenest = min(max(widths) for _edges, widths in ways) * 1.06
    widest = max(font.width(line, size) for line in lines)
    good = [way for way in ways if max(way[1]) <= min(evenest, widest) + 1e-9]
    edges, _widths = max(good, key=lambda way: way[1][-1])
    return [" ".join(words[before:after]) for before, after in pairwise(edges)]


def _evened(lines: list[str], font: Font, size: float) -> list[str]:
    best = lines
    while True:
        widest = max((font.width(line, size) for line in best), default=0)
        narrower = wrap(" ".join(lines), font, size, widest - size / 100)
        if len(narrower) > len(lines) or max((font.width(line, size) for line in narrower), default=0) >= widest:
            return best
        best = narrower


@dataclass(frozen=True, slots=True)
class Setting:
    """A text broken into lines at one size; `leading` is from one baseline to the next, in ems."""

    font: Font
    size: float
    leading: float
    lines: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.leading


@dataclass(frozen=True, slots=True)
class Wish:
    """How a text should be set: at best in the size `largest`, in no more lines than `most_lines`."""

    words: str
    font: Font
    leading: float
    most_lines: int
    largest: float
    smallest: float


def set_together(wishes: Sequence[Wish], *, width: float, height: float, gap: float = 0) -> list[Setting]:
    """Set texts one under another, `gap` apart, within `width` and `height`; an empty one takes no room.

    Each wraps; then all shrink together in steps of 4 %, each down to its own smallest size. Raises TextDoesNotFit,
    naming the longest text, where even that is not enough.
    """
    scale = 1.0
    while True:
        settings = [_at_scale(wish, scale, width) for wish in wishes]
        heights = [setting.height for setting in settings if setting and setting.lines]
        if all(settings) and sum(heights) + gap * (len(heights) - 1) <= height + 1e-6:
            return [
                replace(setting, lines=tuple(balanced(list(setting.lines), setting.font, setting.size)))
                for setting in settings
                if setting
            ]
        scale *= 0.96
        if all(wish.largest * scale < wish.smallest * 0.96 for wish in wishes):
            raise TextDoesNotFit(max((composed(wish.words) for wish in wishes), key=len))


def _at_scale(wish: Wish, scale: float, width: float) -> Setting | None:
    """Return the text at that share of its largest size, None where its lines are too wide or too many."""
    size = max(wish.largest * scale, wish.smallest)
    lines = wrap(composed(wish.words), wish.font, size, width)
    if len(lines) > wish.most_lines or any(wish.font.width(line, size) > width for line in lines):
        return None
    return Setting(wish.font, size, wish.leading, tuple(lines))
