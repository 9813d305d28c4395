"""Letters: their widths, their outlines, and how text wraps and shrinks. Fonts hold all Vietnamese letters."""

import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import ImageFont

FOLDER = Path(__file__).resolve().parents[1] / "fonts"


class TextDoesNotFit(ValueError):
    """The text is too long for its place even at the smallest size allowed."""


class Font:
    """One font file, measured and drawn without kerning, so that all formats break lines alike."""

    def __init__(self, name: str, file: str):
        self.name = name
        self.path = FOLDER / file
        # The parsed font is read by all threads of a process, and reading it changes it.
        self._lock = RLock()

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
        name = self._glyph_names.get(ord(letter), ".notdef")
        with self._lock:
            return self._glyphs[name].width / self.units_per_em

    def width(self, words: str, size: float, tracking: float = 0) -> float:
        """Return the width in the unit of `size`; `tracking` is added after each letter but the last, in ems."""
        if not words:
            return 0
        return (sum(self._advance(letter) for letter in words) + tracking * (len(words) - 1)) * size

    def offsets(self, words: str, size: float, tracking: float = 0) -> list[float]:
        """Return where each letter begins, in the unit of `size`."""
        offsets, at = [], 0.0
        for letter in words:
            offsets.append(at)
            at += (self._advance(letter) + tracking) * size
        return offsets

    def outline(self, words: str, x: float, y: float, size: float, tracking: float = 0) -> str:
        """Return SVG path data of the words, left end and baseline at (x, y)."""
        with self._lock:
            scale = size / self.units_per_em
            pen = SVGPathPen(self._glyphs, ntos=lambda value: f"{value:.3f}".rstrip("0").rstrip("."))
            for letter, offset in zip(words, self.offsets(words, size, tracking), strict=True):
                name = self._glyph_names.get(ord(letter), ".notdef")
                self._glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x + offset, y)))
            return pen.getCommands()

    @lru_cache(maxsize=32)  # noqa: B019 - fonts are two and live as long as the process
    def pixels(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.path), size, layout_engine=ImageFont.Layout.BASIC)


SERIF = Font("Lora-SemiBold", "lora-600.ttf")
SANS = Font("BeVietnamPro-Medium", "be-vietnam-pro-500.ttf")


def composed(words: str) -> str:
    """Return the text in NFC with single spaces: fonts draw composed letters, keyboards may send the parts."""
    return " ".join(unicodedata.normalize("NFC", words).split())


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
    """Break wrapped text again into as many lines of about one width, so that no word is left alone on the last."""
    best = lines
    while True:
        widest = max((font.width(line, size) for line in best), default=0)
        narrower = wrap(" ".join(lines), font, size, widest - size / 100)
        if len(narrower) > len(lines) or max((font.width(line, size) for line in narrower), default=0) >= widest:
            return best
        best = narrower


def fit(
    words: str, font: Font, *, width: float, most_lines: int, largest: float, smallest: float
) -> tuple[float, list[str]]:
    """Return the largest size, and the lines, at which a text fits `width` in `most_lines`.

    Tries whole text at ever smaller sizes, in steps of 4 %. Raises TextDoesNotFit below `smallest`.
    """
    words = composed(words)
    size = largest
    while size >= smallest:
        lines = wrap(words, font, size, width)
        if len(lines) <= most_lines and all(font.width(line, size) <= width for line in lines):
            return size, balanced(lines, font, size)
        size *= 0.96
    raise TextDoesNotFit(words)
