"""A page's picture for chats and social networks: paper, ink, its photo and the ward's red seal."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from wardmark.design.typesetting import SANS, SERIF, Font, Setting, TextDoesNotFit, Wish, composed, set_together

# What every network shows uncropped, in pixels; and the largest file that all of them fetch quickly.
WIDTH, HEIGHT = 1200, 630
LARGEST_FILE = 150_000
# Part of each picture's mark: raise it when the drawing changes, and all are drawn anew.
DRAWING = 1
# The places of the photo and of the ward's emblem, in pixels.
PHOTO, EMBLEM = (520, HEIGHT), (88, 88)

PAPER, PAPER_SUNK, INK, MUTED, SEAL, LINE, ON_SEAL = (
    "#fbf7ef",
    "#f3ebdb",
    "#1f1b16",
    "#5c5347",
    "#b3261e",
    "#ddd2bf",
    "#ffffff",
)
MARGIN = 60
# Pillow draws boxes without smoothing their edges: drawn so many times as large, then shrunk.
SMOOTH = 4


@dataclass(frozen=True, slots=True)
class LinkPicture:
    """What is drawn: words, and pictures already cut to their places."""

    title: str
    kind: str = ""
    summary: str = ""
    ward: str = ""
    city: str = ""
    seal: str = ""
    photo: Image.Image | None = None
    emblem: Image.Image | None = None


def draw(picture: LinkPicture) -> bytes:
    """Return the picture as JPEG of at most 150 kB. Words that do not fit end with “…”; no title is too long."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    left = _photo(canvas, picture.photo)
    width = WIDTH - left - MARGIN
    _foot(canvas, picture, left, width)
    pen = ImageDraw.Draw(canvas)
    kind, title, summary = (_lettered(words) for words in (picture.kind, picture.title, picture.summary))
    wishes = [
        Wish(kind, SANS, 1.5, 1, 28, 22),
        Wish(title or _lettered(picture.ward), SERIF, 1.22, 5, 76 if picture.photo else 100, 40),
        # Beside a photo the name has the room; on bare paper there is more to be said.
        Wish("" if picture.photo else summary, SANS, 1.42, 3, 34, 28),
    ]
    room = HEIGHT - 2 * MARGIN - EMBLEM[1] - 24
    settings = _set(wishes, width=width, height=room)
    y = MARGIN + (0 if picture.photo else (room - sum(setting.height for setting in settings)) / 2)
    for setting, ink in zip(settings, (SEAL, INK, MUTED), strict=True):
        y = _lines(pen, setting, left, y, ink) + (10 if setting.lines else 0)
    return _jpeg(canvas)


def _photo(canvas: Image.Image, photo: Image.Image | None) -> int:
    """Place the photo, or the edge of a sheet in its stead; return where the words begin."""
    if photo is not None:
        _paste(canvas, photo, (0, 0))
        ImageDraw.Draw(canvas).rectangle((PHOTO[0], 0, PHOTO[0] + 7, HEIGHT), fill=SEAL)
        return PHOTO[0] + 8 + 52
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((0, 0, 23, HEIGHT), fill=SEAL)
    pen.rectangle((24, 0, 31, HEIGHT), fill=PAPER_SUNK)
    return 32 + MARGIN


def _foot(canvas: Image.Image, picture: LinkPicture, left: int, width: int) -> None:
    """Draw the ward's mark and name along the lower edge."""
    top = HEIGHT - MARGIN - EMBLEM[1] + 12
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((left, top - 26, left + width, top - 25), fill=LINE)
    mark = picture.emblem or (_seal(picture.seal) if picture.seal else None)
    if mark is not None:
        _paste(canvas, mark, (left, top))
        left, width = left + EMBLEM[0] + 24, width - EMBLEM[0] - 24
    wishes = [Wish(_lettered(picture.ward), SANS, 1.3, 1, 32, 20), Wish(_lettered(picture.city), SANS, 1.3, 1, 24, 18)]
    settings = _set(wishes, width=width, height=EMBLEM[1] + 8)
    y = top + (EMBLEM[1] - sum(setting.height for setting in settings)) / 2
    for setting, ink in zip(settings, (INK, MUTED), strict=True):
        y = _lines(pen, setting, left, y, ink)


def _paste(canvas: Image.Image, picture: Image.Image, place: tuple[int, int]) -> None:
    canvas.paste(picture, place, picture if picture.mode == "RGBA" else None)


def _seal(letters: str) -> Image.Image:
    side = EMBLEM[0] * SMOOTH
    seal = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(seal)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side // 8, fill=SEAL)
    inset, rim = side * 0.085, round(side * 0.035)
    pen.rounded_rectangle((inset, inset, side - inset, side - inset), radius=side // 16, outline=ON_SEAL, width=rim)
    size = side * 0.44
    words = _lettered(letters)
    while SERIF.width(words, size) > side * 0.7:
        size *= 0.94
    setting = Setting(SERIF, size, 1.0, (words,))
    _lines(pen, setting, (side - SERIF.width(words, size)) / 2, side / 2 - size * 0.38, ON_SEAL)
    return seal.resize(EMBLEM, Image.Resampling.LANCZOS)


def _lettered(words: str) -> str:
    """Return the words without the letters that our fonts do not have."""
    text = composed(words)
    missing = SERIF.missing(text) | SANS.missing(text)
    return " ".join("".join(letter for letter in text if letter not in missing).split())


def _set(wishes: list[Wish], *, width: float, height: float) -> list[Setting]:
    """Set the texts; where they do not fit, cut the longest one by a word, or by a tenth of a single one."""
    while True:
        with suppress(TextDoesNotFit):
            made = iter(set_together([wish for wish in wishes if wish.words], width=width, height=height, gap=10))
            return [next(made) if wish.words else Setting(wish.font, wish.largest, wish.leading) for wish in wishes]
        longest = max(range(len(wishes)), key=lambda at: _overhang(wishes[at], width))
        wishes = [_cut(wish) if at == longest else wish for at, wish in enumerate(wishes)]


def _overhang(wish: Wish, width: float) -> float:
    """How much wider a text is, at its smallest, than the lines it may have."""
    return wish.font.width(wish.words, wish.smallest) / (width * wish.most_lines)


def _cut(wish: Wish) -> Wish:
    words = wish.words.removesuffix("…").rstrip()
    shorter = words.rpartition(" ")[0] or words[: len(words) * 9 // 10]
    return Wish(
        f"{shorter.rstrip(' ,.;:–-')}…" if shorter else "",
        wish.font,
        wish.leading,
        wish.most_lines,
        wish.largest,
        wish.smallest,
    )


def _lines(pen: ImageDraw.ImageDraw, setting: Setting, left: float, top: float, ink: str) -> float:
    """Draw lines under the edge `top` and return their lower edge."""
    font: Font = setting.font
    pixels = font.pixels(round(setting.size))
    for line in setting.lines:
        baseline = top + setting.size * (setting.leading + 0.62) / 2
        for letter, offset in zip(line, font.offsets(line, setting.size), strict=True):
            pen.text((left + offset, baseline), letter, fill=ink, font=pixels, anchor="ls")
        top += setting.size * setting.leading
    return top


def _jpeg(canvas: Image.Image) -> bytes:
    """Write the picture as well as the largest file allows."""
    for quality in (88, 80, 70, 60, 45, 30):
        buffer = BytesIO()
        canvas.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= LARGEST_FILE:
            break
    return buffer.getvalue()
