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

PRINT_DPI = 300
# PDFium keeps state of its own: two threads of one process must not be in it at once.
PDFIUM = Lock()
POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
PIXELS_PER_MODULE = 10


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


def prove(artwork: bytes, kind: str, short_link: str, *, dpi: int = PRINT_DPI) -> Proof:
    """Read the artwork (`svg`, `png` or `pdf`) as printed at that resolution and return the proof.

    Raises NotProved, naming the link, unless exactly one symbol is found and its bytes are the short link's.
    """
    found = zxingcpp.read_barcodes(_RASTERS[kind](artwork, dpi))
    if len(found) != 1:
        raise NotProved(f"{short_link}: {len(found)} symbols were found in its {kind.upper()}, not one")
    [symbol] = found
    if symbol.bytes != short_link.encode():
        raise NotProved(f"{short_link}: its {kind.upper()} reads as {symbol.text!r}")
    return Proof(version=int(cast("dict[str, str]", symbol.extra)["Version"]), level=symbol.ec_level)


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
