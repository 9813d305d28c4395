"""How much a printed symbol can suffer until a phone no longer reads it: figures, not a verdict.

The artwork is seen as a phone's viewfinder sees it from its reading distance, and one kind of wear is laid on it at
growing strength until decoding stops. The camera is a modest one: a frame 1,920 pixels wide over a field of view of 65°
(a phone's main lens has 65–80°, and reads codes from its video frames, not from full photographs).
"""

import math
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from wardmark.plaques.artwork import Drawing, as_png
from wardmark.plaques.artwork.png import MM_PER_INCH

FRAME_PIXELS = 1920
FIELD_OF_VIEW = math.radians(65)
# Several times finer than any such camera sees a plate.
PRINT_DPI = 300
STEPS = 40


@dataclass(frozen=True, slots=True)
class Wear:
    """One kind of wear. `lay_on(picture, strength, seed)` takes a grey picture and a strength from 0 to 1.

    `unit` and `full` say what strength 1 is, so that the report can speak in what happened to the plate. Where
    chance decides which part is hit, `cases` are that many seeds; the others have one case. `everyday` is, in the
    unit, what happens to every plate every day, where there is such a figure.
    """

    name: str
    full: float
    unit: str
    lay_on: Callable[[Image.Image, float, int], Image.Image]
    cases: int = 1
    everyday: float | None = None


@dataclass(frozen=True, slots=True)
class Endurance:
    """Up to which strength, in the wear's unit, a symbol was read without a gap; `full` where it never stopped.

    Of several cases it is the median: half of the plates so worn are still read at it.
    """

    wear: Wear
    strength: float

    @property
    def never_stopped(self) -> bool:
        return self.strength == self.wear.full

    @property
    def bears_everyday(self) -> bool | None:
        """Whether the everyday strength is borne; None where there is none."""
        return None if self.wear.everyday is None else self.strength >= self.wear.everyday


def endurance(drawing: Drawing, *, distance_mm: float) -> list[Endurance]:
    """Return how much of each kind of wear the drawing's symbol bears, seen from that distance.

    Empty where not even the new plate is read from there.
    """
    seen, payload = viewfinder(drawing, distance_mm=distance_mm), drawing.symbol.symbol.payload.encode()
    if not _is_read(seen, payload):
        return []
    return [Endurance(wear, wear.full * _median_strength(seen, wear, payload)) for wear in WEARS]


def viewfinder(drawing: Drawing, *, distance_mm: float) -> Image.Image:
    """Return the symbol and what surrounds it within a tenth of its size, as the camera's pixels show it."""
    placed = drawing.symbol
    pixels_per_mm = FRAME_PIXELS / (2 * distance_mm * math.tan(FIELD_OF_VIEW / 2))
    printed = Image.open(BytesIO(as_png(drawing, PRINT_DPI))).convert("L")
    rim, scale = placed.size / 10, PRINT_DPI / MM_PER_INCH
    left, top, span = (placed.x - rim) * scale, (placed.y - rim) * scale, (placed.size + 2 * rim) * scale
    around = printed.crop((round(left), round(top), round(left + span), round(top + span)))
    side = max(1, round((placed.size + 2 * rim) * pixels_per_mm))
    return around.resize((side, side), Image.Resampling.BOX)


def _is_read(picture: Image.Image, payload: bytes) -> bool:
    """Say whether the very payload is read: a worn symbol can be taken for another, of any kind."""
    return [symbol.bytes for symbol in zxingcpp.read_barcodes(picture)] == [payload]


def _median_strength(seen: Image.Image, wear: Wear, payload: bytes) -> float:
    return statistics.median_low(_last_strength_read(seen, wear, seed, payload) for seed in range(wear.cases))


def _last_strength_read(seen: Image.Image, wear: Wear, seed: int, payload: bytes) -> float:
    """Return the strength before the first at which decoding stops: what is read again beyond a gap does not count."""
    for step in range(1, STEPS + 1):
        if not _is_read(wear.lay_on(seen, step / STEPS, seed), payload):
            return (step - 1) / STEPS
    return 1.0


def _blur(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(strength * picture.width * 0.03))


def _fading(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    """The black bleaches towards the white."""
    white = Image.new("L", picture.size, 255)
    return Image.blend(picture, white, strength * 0.98)


def _glare(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    """A lamp or the sun burns a soft round spot into the middle of the lower right quarter."""
    side = picture.width
    spot = Image.new("L", picture.size, 0)
    diameter = max(1, round(side * strength))
    # Pillow's gradient is black in its middle.
    light = ImageChops.invert(Image.radial_gradient("L")).resize((diameter, diameter))
    spot.paste(light, (round(side * 0.68 - diameter / 2), round(side * 0.68 - diameter / 2)))
    return ImageChops.add(picture, spot.point(lambda value: min(255, value * 3)))


def _shade(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    """Half of the light falls off from one side to the other, as under a roof's edge."""
    dark = Image.linear_gradient("L").resize(picture.size).point(lambda value: round(255 - value * strength * 0.97))
    return ImageChops.multiply(picture, dark)


def _tilt(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    """The plate is seen from the side, up to 75°: it narrows, and its far edge more than its near one."""
    side, angle = picture.width, math.radians(75 * strength)
    # In widths of the symbol, seen from ten of them.
    near, far = 10 - math.sin(angle) / 2, 10 + math.sin(angle) / 2
    width = max(1.0, side * math.cos(angle))
    inset = side * (1 - near / far) / 2
    target = [(0, 0), (width, inset), (width, side - inset), (0, side)]
    source = [(0, 0), (side, 0), (side, side), (0, side)]
    return picture.transform(
        (math.ceil(width), side),
        Image.Transform.PERSPECTIVE,
        _perspective(target, source),
        Image.Resampling.BILINEAR,
        fillcolor=240,
    )


def _rotation(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    return picture.rotate(45 * strength, Image.Resampling.BILINEAR, expand=True, fillcolor=240)


def _dirt(picture: Image.Image, strength: float, seed: int) -> Image.Image:
    """Grey blots of a module to three, more and more of the same ones, until their areas sum to half of all."""
    dirty, chance = picture.copy(), random.Random(seed)  # noqa: S311 - a picture of dirt, no secret
    draw, side = ImageDraw.Draw(dirty), picture.width
    covered, wanted = 0.0, strength * 0.5 * side * side
    while covered < wanted:
        radius = side * chance.uniform(0.012, 0.04)
        x, y = chance.uniform(0, side), chance.uniform(0, side)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=110)
        covered += math.pi * radius * radius
    return dirty


def _torn_corner(picture: Image.Image, strength: float, _seed: int) -> Image.Image:
    """The lower right corner, the one without a finder pattern, is gone up to the middle of the symbol."""
    torn, side = picture.copy(), picture.width
    leg = side * strength
    ImageDraw.Draw(torn).polygon([(side, side - leg), (side, side), (side - leg, side)], fill=150)
    return torn


def _perspective(target: Sequence[tuple[float, float]], source: Sequence[tuple[float, float]]) -> list[float]:
    """Return Pillow's eight coefficients that take each target corner to its source corner (Gauss elimination)."""
    rows = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[row][size] / rows[row][row] for row in range(size)]


WEARS = (
    Wear("blur", 3.0, "% of the width, standard deviation", _blur),
    Wear("fading", 98.0, "% of the contrast lost", _fading),
    Wear("glare", 100.0, "% of the width, the spot across", _glare),
    Wear("shade", 97.0, "% of the light lost at one side", _shade),
    Wear("tilt", 75.0, "° from straight on", _tilt, everyday=35.0),
    Wear("rotation", 45.0, "°", _rotation),
    Wear("dirt", 50.0, "% of the area, blots laid one over another", _dirt, cases=15),
    Wear("torn corner", 100.0, "% of each side at the corner", _torn_corner),
)
