"""Plain drawings that stand for photographs in the demonstration, and are unmistakable as drawings."""

import math
import random
from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFilter

from media.models import Picture

WIDTH, HEIGHT = 1200, 800
CREDIT = "Minh hoạ · Illustration"
# Evening skies, from the zenith to the horizon.
SKIES = (
    ((58, 66, 92), (222, 160, 108)),
    ((86, 72, 84), (236, 184, 120)),
    ((44, 74, 88), (226, 190, 142)),
    ((104, 84, 72), (240, 206, 150)),
)
Painter = Callable[[ImageDraw.ImageDraw, random.Random], None]


def sample_picture(subject: str, *, seed: int, title: str) -> Picture:
    """Draw and store a `pagoda`, a `communal` house, a `street`, a `shop` or a `plaque`; a seed, a variation."""
    chance = random.Random(f"{subject}-{seed}")  # noqa: S311 - a drawing, not a secret
    canvas = _sky(SKIES[seed % len(SKIES)], chance)
    PAINTERS[subject](ImageDraw.Draw(canvas), chance)
    buffer = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=88)
    picture = Picture(title=f"{title} ({CREDIT.lower()})", credit=CREDIT)
    picture.file = ImageFile(buffer, name=f"sample-{subject}-{seed}.jpg")
    picture.save()
    return picture


# Painted at twice the size and shrunk, so that edges are smooth.
W, H = WIDTH * 2, HEIGHT * 2


def _sky(colours, chance: random.Random) -> Image.Image:
    top, bottom = colours
    column = Image.new("RGB", (1, H))
    for y in range(H):
        share = (y / H) ** 0.8
        column.putpixel((0, y), tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)))
    sky = column.resize((W, H))
    glow = Image.new("L", (W // 8, H // 8), 0)
    x, y = chance.uniform(0.2, 0.8) * W / 8, 0.5 * H / 8
    ImageDraw.Draw(glow).ellipse((x - 45, y - 45, x + 45, y + 45), fill=190)
    glow = glow.filter(ImageFilter.GaussianBlur(22)).resize((W, H))
    return Image.composite(Image.new("RGB", (W, H), (255, 226, 170)), sky, glow)


def _roof(draw: ImageDraw.ImageDraw, middle: float, eaves_y: float, width: float, height: float, colour) -> None:
    """A tiled roof whose four corners curve upwards, as on every đình and chùa of the delta."""
    half, ridge = width / 2, width * 0.27
    left = [(middle - half + half * 0.73 * t, eaves_y - height * t**1.9 - 26 * (1 - t) ** 6) for t in _steps()]
    right = [(2 * middle - x, y) for x, y in reversed(left)]
    sag = [(middle + half - width * t, eaves_y - 26 * (abs(2 * t - 1)) ** 10 + 10) for t in _steps()]
    draw.polygon([*left, *right, *sag], fill=colour)
    for side in (-1, 1):
        tip = middle + side * half
        curl = [
            (tip - side * 60, eaves_y + 4),
            (tip + side * 22, eaves_y - 70),
            (tip - side * 4, eaves_y - 8),
        ]
        draw.polygon(curl, fill=colour)
        end = middle + side * ridge
        draw.polygon(
            [
                (end, eaves_y - height),
                (end + side * 26, eaves_y - height - 46),
                (end - side * 34, eaves_y - height),
            ],
            fill=colour,
        )


def _steps(count: int = 40) -> list[float]:
    return [n / count for n in range(count + 1)]


def _columns(draw: ImageDraw.ImageDraw, left: float, right: float, top: float, count: int, colour) -> None:
    for n in range(count):
        x = left + (right - left) * n / (count - 1)
        draw.rectangle((x - 16, top, x + 16, H), fill=colour)


def _trees(draw: ImageDraw.ImageDraw, chance: random.Random, horizon: float, colour) -> None:
    for _ in range(26):
        x, size = chance.uniform(-100, W + 100), chance.uniform(60, 190)
        draw.ellipse((x - size, horizon - size * 0.8, x + size, horizon + size), fill=colour)
    draw.rectangle((0, horizon, W, H), fill=colour)


def _communal(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _trees(draw, chance, H * 0.72, (84, 66, 56))
    middle, width = W * chance.uniform(0.44, 0.56), W * chance.uniform(0.66, 0.76)
    dark = (42, 32, 28)
    _roof(draw, middle, H * 0.66, width, H * 0.30, dark)
    draw.rectangle((middle - width * 0.40, H * 0.66, middle + width * 0.40, H * 0.86), fill=(70, 50, 38))
    _columns(draw, middle - width * 0.40, middle + width * 0.40, H * 0.64, 8, dark)
    draw.rectangle((middle - width * 0.46, H * 0.85, middle + width * 0.46, H), fill=(54, 42, 36))
    draw.rectangle((0, H * 0.91, W, H), fill=(34, 27, 24))


def _pagoda(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _trees(draw, chance, H * 0.74, (92, 72, 58))
    middle, dark = W * chance.uniform(0.40, 0.60), (44, 32, 28)
    side = middle + W * chance.choice((-0.29, 0.29))
    _roof(draw, side, H * 0.76, W * 0.36, H * 0.13, (58, 43, 37))
    draw.rectangle((side - W * 0.14, H * 0.76, side + W * 0.14, H), fill=(58, 43, 37))
    for level, (eaves, width, height) in enumerate(((0.74, 0.56, 0.17), (0.54, 0.40, 0.15))):
        _roof(draw, middle, H * eaves, W * width, H * height, dark)
        body = W * width * 0.36
        draw.rectangle((middle - body, H * eaves, middle + body, H * (1.0 if level == 0 else 0.62)), fill=dark)
    for n in range(-2, 3):
        x = middle + n * W * 0.072
        draw.rounded_rectangle((x - 44, H * 0.79, x + 44, H * 0.92), 44, fill=(196, 128, 62))
    draw.rectangle((0, H * 0.92, W, H), fill=(34, 27, 24))


def _street(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    x = -40.0
    while x < W:
        width, height = chance.uniform(170, 300), chance.uniform(0.34, 0.62) * H
        shade = chance.randint(46, 92)
        colour = (shade + 14, shade, shade - 8)
        top = H * 0.86 - height
        draw.rectangle((x, top, x + width, H), fill=colour)
        for row in range(int(height // 170)):
            for column in range(2):
                if chance.random() < 0.65:
                    left = x + width * (0.18 + column * 0.42)
                    at = top + 60 + row * 165
                    draw.rectangle((left, at, left + width * 0.22, at + 92), fill=(232, 190, 116))
        x += width + 8
    draw.rectangle((0, H * 0.86, W, H), fill=(46, 40, 38))
    for n in range(4):
        trunk = W * (0.1 + 0.27 * n) + chance.uniform(-60, 60)
        draw.rectangle((trunk - 14, H * 0.52, trunk + 14, H * 0.88), fill=(40, 33, 28))
        for _ in range(9):
            a, r = chance.uniform(0, 2 * math.pi), chance.uniform(70, 120)
            cx, cy = trunk + math.cos(a) * 110, H * 0.46 + math.sin(a) * 80
            draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=(52, 62, 46))


def _shop(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.rectangle((0, H * 0.12, W, H), fill=(112, 94, 78))
    left, right = W * 0.14, W * 0.86
    draw.rectangle((left, H * 0.30, right, H * 0.88), fill=(60, 46, 38))
    draw.rectangle((left + 50, H * 0.44, right - 50, H * 0.88), fill=(236, 196, 128))
    cloth = chance.choice(((164, 50, 42), (54, 104, 80), (48, 78, 116), (160, 110, 40)))
    stripes = 12
    for n in range(stripes):
        x0, x1 = (
            left - 60 + (right - left + 120) * n / stripes,
            left - 60 + (right - left + 120) * (n + 1) / stripes,
        )
        colour = cloth if n % 2 == 0 else (244, 234, 214)
        draw.polygon([(x0 + 30, H * 0.28), (x1 + 30, H * 0.28), (x1, H * 0.44), (x0, H * 0.44)], fill=colour)
        draw.pieslice((x0, H * 0.44 - 44, x1, H * 0.44 + 44), 0, 180, fill=colour)
    counter = H * 0.70
    draw.rectangle((left + 110, counter, right - 110, H * 0.88), fill=(92, 66, 48))
    draw.rectangle((left + 80, counter - 22, right - 80, counter + 10), fill=(58, 42, 34))
    for n in range(5):
        x, tall = left + 230 + n * 320 + chance.uniform(-40, 40), chance.uniform(60, 150)
        draw.rounded_rectangle((x - 62, counter - 22 - tall, x + 62, counter - 22), 18, fill=(126, 90, 62))
    draw.rectangle((0, H * 0.88, W, H), fill=(52, 44, 40))


def _plaque(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """A plate on a brick wall. What stands for its symbol is no code: nobody shall scan a drawing."""
    for row in range(24):
        shade = chance.randint(0, 14)
        for brick in range(-1, 14):
            left = brick * 190 + (row % 2) * 95
            colour = (142 - shade, 84 - shade, 66 - shade)
            draw.rectangle((left + 4, row * 68 + 4, left + 182, row * 68 + 60), fill=colour)
    left, top, right, bottom = W * 0.34, H * 0.14, W * 0.66, H * 0.86
    draw.rounded_rectangle((left + 14, top + 18, right + 14, bottom + 18), 24, fill=(70, 44, 36))
    draw.rounded_rectangle((left, top, right, bottom), 24, fill=(251, 247, 239))
    draw.rectangle((left + 60, top + 60, left + 150, top + 150), fill=(179, 38, 30))
    for n, share in enumerate((0.50, 0.36)):
        y = top + 80 + n * 44
        draw.rectangle((left + 190, y, left + 190 + (right - left) * share, y + 18), fill=(31, 27, 22))
    side, cells = (right - left) * 0.74, 21
    cell, x, y = side / cells, left + (right - left) * 0.13, top + 230
    for column in range(cells):
        for row in range(cells):
            if chance.random() < 0.5:
                corner = (x + column * cell, y + row * cell)
                draw.rectangle((*corner, corner[0] + cell, corner[1] + cell), fill=(31, 27, 22))
    draw.rectangle((left + 190, bottom - 90, right - 190, bottom - 60), fill=(31, 27, 22))


PAINTERS: dict[str, Painter] = {
    "pagoda": _pagoda,
    "communal": _communal,
    "street": _street,
    "shop": _shop,
    "plaque": _plaque,
}
