"""The proof of an artwork: rasterised as it will be printed, and read by another program than the one that encoded it.

The very bytes that are offered are proved, each kind by a rasteriser of its own (SVG: resvg, PDF: PDFium), so a
fault of a writer is found as surely as one of the symbol.
"""

import math
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import cast

import pypdfium2
import resvg_py
import zxingcpp
from PIL import Image

from wardmark.plaques.artwork import encode
from wardmark.plaques.artwork.symbol import QUIET_ZONE

PRINT_DPI = 300
# PDFium keeps state of its own: two threads of one process must not be in it at once.
PDFIUM = Lock()
POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
PIXELS_PER_MODULE = 10
# What a phone takes for a QR code, of whatever kind.
SYMBOLS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode, zxingcpp.BarcodeFormat.RMQRCode]
)
# Half way from black to white; what is printed of a symbol lies far on either side of it.
MIDDLE_GREY = 128


class NotProved(Exception):
    """The artwork does not read back as its short link, byte for byte. It must not be offered."""


def proof_dpi(module_mm: float) -> int:
    """Return a resolution that shows a module of that size in ten pixels, at most 300 dpi.

    No press prints as coarsely. What reads back at it reads back at any finer one, which would only take longer.
    """
    return min(PRINT_DPI, math.ceil(PIXELS_PER_MODULE * MM_PER_INCH / module_mm))


@dataclass(frozen=True, slots=True)
class Proof:
    """What the reader found in the artwork: the symbol's version and its error level."""

    version: int
    level: str


def prove(artwork: bytes, kind: str, short_link: str, *, level: str, dpi: int = PRINT_DPI) -> Proof:
    """Read the artwork (`svg`, `png` or `pdf`) as printed at that resolution and return the proof.

    Raises NotProved, naming the link, unless it holds what `read_back` asks for.
    """
    try:
        symbol = read_back(_raster(artwork, kind, dpi), short_link, level=level)
    except NotProved as failure:
        raise NotProved(f"{short_link}: in its {kind.upper()} {failure}") from failure
    return Proof(version=int(_told(symbol)["Version"]), level=symbol.ec_level)


def symbols_in(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """Return all that any reader could take for a QR code, be it turned, mirrored, or light on dark."""
    return zxingcpp.read_barcodes(picture, formats=SYMBOLS)


def read_back(picture: Image.Image, short_link: str, *, level: str) -> zxingcpp.Barcode:
    """Return the one symbol of a grey picture, upright and of that error level.

    Raises NotProved unless exactly one is found, its bytes are the short link's, and it stands module by module as it
    was encoded, its quiet zone empty: the reader forgives what not every phone does.
    """
    found = symbols_in(picture)
    if len(found) != 1:
        raise NotProved(f"{len(found)} symbols were found, not one")
    [symbol] = found
    if symbol.bytes != short_link.encode():
        raise NotProved(f"the symbol reads as {symbol.text!r}")
    if symbol.ec_level != level:
        raise NotProved(f"the symbol has the error level {symbol.ec_level}, not {level}")
    # In the mask that was read: weighing all eight again would take most of the proof's time.
    rows = encode(short_link, level, mask=int(_told(symbol)["DataMask"])).rows
    if _modules(picture, symbol.position, len(rows)) != [dark for row in rows for dark in row]:
        raise NotProved("the symbol is turned, mirrored, light on dark, or has something in its quiet zone")
    return symbol


def _told(symbol: zxingcpp.Barcode) -> dict[str, str]:
    return cast("dict[str, str]", symbol.extra)


def _modules(picture: Image.Image, position: zxingcpp.Position, number: int) -> list[bool]:
    """Return which modules are dark in the middle, row by row as the picture shows them, the quiet zone included."""
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across, down = sorted(corner.x for corner in corners), sorted(corner.y for corner in corners)
    wide, high = ((side[-1] - side[0]) / (number - 2 * QUIET_ZONE) for side in (across, down))
    left, top = across[0] - QUIET_ZONE * wide, down[0] - QUIET_ZONE * high
    box = (left, top, left + number * wide, top + number * high)
    # Beyond the picture's edge there is no paper that could be relied on: it counts as dark.
    seen = picture.transform((number, number), Image.Transform.EXTENT, box, Image.Resampling.NEAREST, fillcolor=0)
    return [grey < MIDDLE_GREY for grey in seen.tobytes()]


def _raster(artwork: bytes, kind: str, dpi: int) -> Image.Image:
    try:
        return _RASTERS[kind](artwork, dpi)
    except (ValueError, OSError, RuntimeError) as fault:
        # What resvg, Pillow and PDFium raise for a file that is broken.
        raise NotProved(f"nothing can be read: {fault}") from fault


def _of_svg(artwork: bytes, dpi: int) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=artwork.decode(), dpi=dpi, skip_system_fonts=True)
    return Image.open(BytesIO(bytes(png))).convert("L")


def _of_png(artwork: bytes, dpi: int) -> Image.Image:
    """Read the file's own pixels, several as one where it is so much finer than asked for."""
    picture = Image.open(BytesIO(artwork)).convert("L")
    finer = int(round(picture.info.get("dpi", (dpi,))[0]) // dpi)
    return picture.reduce(finer) if finer > 1 else picture


def _of_pdf(artwork: bytes, dpi: int) -> Image.Image:
    with PDFIUM, pypdfium2.PdfDocument(artwork) as document:
        [page] = document
        return page.render(scale=dpi / POINTS_PER_INCH, grayscale=True).to_pil()


_RASTERS = {"svg": _of_svg, "png": _of_png, "pdf": _of_pdf}
