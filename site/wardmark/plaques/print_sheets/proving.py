"""The proof of a finished file: what is delivered, byte for byte, is rasterised as printed and read back.

On a sheet every symbol must be the right one at its place, and there must be none but these.
"""

import math
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image

from wardmark.plaques.offer import Kind
from wardmark.plaques.print_sheets.printed import Place
from wardmark.plaques.proof import (
    MM_PER_INCH,
    PDFIUM,
    POINTS_PER_INCH,
    PRINT_DPI,
    NotProved,
    proof_dpi,
    prove,
    read_back,
    symbols_in,
)

# What does not belong on a sheet is looked for more coarsely: four pixels a module are enough to find a symbol of this
# format anywhere, and 72 dpi shows modules of 1 mm in three.
SEARCH_PIXELS_PER_MODULE, COARSEST_SEARCH = 4, 72
# zxing-cpp works without Python's lock, so two threads use both cores; as many rasters wait for them at most.
READERS, WAITING = 2, 4


class PlaqueNotProved(NotProved):
    """One plaque of a job does not read back. `code` is None where a symbol was found that is nobody's."""

    def __init__(self, code: str | None, message: str):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class _SheetRaster:
    """A sheet as printed: the whole of it as coarsely as will do, and each symbol's box at PRINT_DPI."""

    number: int
    dpi: int
    whole: Image.Image
    boxes: list[tuple[Place, Image.Image]]


def prove_sheets(
    pdf: bytes, sheets: Sequence[Sequence[Place]], *, level: str, seen: Callable[[], None] = lambda: None
) -> None:
    """Read back these sheets of a PDF, each given by what must stand on it; `seen` is called after each.

    `level` is the error level of all their symbols.

    Raises PlaqueNotProved at the first symbol that is missing, wrong, elsewhere, or too much.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
    pending: deque[Future[None]] = deque()
    try:
        with ThreadPoolExecutor(READERS, thread_name_prefix="prove") as readers:
            for places in sheets:
                pending.append(readers.submit(_read, _rasterised(document, places), level))
                while len(pending) > WAITING:
                    pending.popleft().result()
                    seen()
            while pending:
                pending.popleft().result()
                seen()
    finally:
        with PDFIUM:
            document.close()


def prove_file(content: bytes, kind: str, place: Place, *, level: str) -> None:
    """Read back one plaque's single file. Raises PlaqueNotProved."""
    try:
        prove(content, Kind(kind).extension, place.link, level=level, dpi=proof_dpi(place.module))
    except NotProved as failure:
        raise PlaqueNotProved(place.code, str(failure)) from failure


def _rasterised(document: pypdfium2.PdfDocument, places: Sequence[Place]) -> _SheetRaster:
    number, dpi = places[0].sheet, search_dpi(places)
    with PDFIUM:
        page = document[number]
        whole = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True).to_pil()
        boxes = [(place, _box(page, place)) for place in places]
        page.close()
    return _SheetRaster(number, dpi, whole, boxes)


def search_dpi(places: Sequence[Place]) -> int:
    """Return a resolution at which any symbol like these is found on the whole sheet, at most that of the print."""
    module = min(place.module for place in places)
    wanted = math.ceil(SEARCH_PIXELS_PER_MODULE * MM_PER_INCH / module)
    return min(PRINT_DPI, max(COARSEST_SEARCH, wanted))


def _box(page: pypdfium2.PdfPage, place: Place) -> Image.Image:
    """Rasterise no more of a sheet than one symbol with its quiet zone."""
    width, height = page.get_size()
    left, top, size = (value / MM_PER_INCH * POINTS_PER_INCH for value in (place.x, place.y, place.size))
    away = (left, height - top - size, width - left - size, top)
    return page.render(scale=PRINT_DPI / POINTS_PER_INCH, grayscale=True, crop=away).to_pil()


def _read(raster: _SheetRaster, level: str) -> None:
    for place, box in raster.boxes:
        try:
            read_back(box, place.link, level=level)
        except NotProved as failure:
            raise PlaqueNotProved(place.code, f"{place.link}: on sheet {raster.number + 1} {failure}") from failure
    places = [place for place, _box in raster.boxes]
    for symbol in symbols_in(raster.whole):
        _refuse_stranger(symbol, places, raster)


def _refuse_stranger(symbol: zxingcpp.Barcode, places: Sequence[Place], raster: _SheetRaster) -> None:
    """Refuse a symbol whose middle lies in no plaque's box, or that is not that plaque's."""
    corners = symbol.position.top_left, symbol.position.bottom_right
    x, y = (sum(axis) / 2 * MM_PER_INCH / raster.dpi for axis in zip(*((c.x, c.y) for c in corners), strict=True))
    here = [p for p in places if p.x <= x <= p.x + p.size and p.y <= y <= p.y + p.size]
    if not any(symbol.bytes == place.link.encode() for place in here):
        code = here[0].code if here else None
        where = f"sheet {raster.number + 1} at {x:.0f}, {y:.0f} mm"
        raise PlaqueNotProved(code, f"{where}: {symbol.text!r} does not belong there")
