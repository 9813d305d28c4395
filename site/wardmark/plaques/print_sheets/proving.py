"""The proof of a finished file: what is delivered, byte for byte, is rasterised as printed and read back.

On a sheet every symbol must be the right one at its place, and there must be none but these.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image

from wardmark.plaques.print_sheets.printed import Place
from wardmark.plaques.proof import MM_PER_INCH, PDFIUM, POINTS_PER_INCH, PRINT_DPI, NotProved, proof_dpi, prove

# A symbol that does not belong there is found at half the resolution: modules of 0.4 mm are more than two pixels wide.
SEARCH_DPI = 150
SYMBOLS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode, zxingcpp.BarcodeFormat.RMQRCode]
)
# zxing-cpp works without Python's lock, so two threads use both cores; as many rasters wait for them at most.
READERS, WAITING = 2, 4


class PlaqueNotProved(NotProved):
    """One plaque of a job does not read back. `code` is None where a symbol was found that is nobody's."""

    def __init__(self, code: str | None, message: str):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class _SheetRaster:
    """A sheet as printed: the whole of it at SEARCH_DPI, and each symbol's box at PRINT_DPI."""

    number: int
    whole: Image.Image
    boxes: list[tuple[Place, Image.Image]]


def prove_sheets(pdf: bytes, sheets: Sequence[Sequence[Place]], *, seen: Callable[[], None] = lambda: None) -> None:
    """Read back these sheets of a PDF, each given by what must stand on it; `seen` is called after each.

    Raises PlaqueNotProved at the first symbol that is missing, wrong, elsewhere, or too much.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
    pending: deque[Future[None]] = deque()
    try:
        with ThreadPoolExecutor(READERS, thread_name_prefix="prove") as readers:
            for places in sheets:
                pending.append(readers.submit(_read, _rasterised(document, places)))
                while len(pending) > WAITING:
                    pending.popleft().result()
                    seen()
            while pending:
                pending.popleft().result()
                seen()
    finally:
        with PDFIUM:
            document.close()


def prove_file(content: bytes, kind: str, place: Place) -> None:
    """Read back one plaque's single file. Raises PlaqueNotProved."""
    try:
        prove(content, kind, place.link, dpi=proof_dpi(place.module))
    except NotProved as failure:
        raise PlaqueNotProved(place.code, str(failure)) from failure


def _rasterised(document: pypdfium2.PdfDocument, places: Sequence[Place]) -> _SheetRaster:
    number = places[0].sheet
    with PDFIUM:
        page = document[number]
        whole = page.render(scale=SEARCH_DPI / POINTS_PER_INCH, grayscale=True).to_pil()
        boxes = [(place, _box(page, place)) for place in places]
        page.close()
    return _SheetRaster(number, whole, boxes)


def _box(page: pypdfium2.PdfPage, place: Place) -> Image.Image:
    """Rasterise no more of a sheet than one symbol with its quiet zone."""
    width, height = page.get_size()
    left, top, size = (value / MM_PER_INCH * POINTS_PER_INCH for value in (place.x, place.y, place.size))
    away = (left, height - top - size, width - left - size, top)
    return page.render(scale=PRINT_DPI / POINTS_PER_INCH, grayscale=True, crop=away).to_pil()


def _read(raster: _SheetRaster) -> None:
    for place, box in raster.boxes:
        found = [symbol.bytes for symbol in zxingcpp.read_barcodes(box, formats=SYMBOLS)]
        if found != [place.link.encode()]:
            raise PlaqueNotProved(place.code, f"{place.link}: read on sheet {raster.number + 1}: {found!r}")
    places = [place for place, _box in raster.boxes]
    for symbol in zxingcpp.read_barcodes(raster.whole, formats=SYMBOLS):
        _refuse_stranger(symbol, places, raster.number)


def _refuse_stranger(symbol: zxingcpp.Barcode, places: Sequence[Place], sheet: int) -> None:
    """Refuse a symbol whose middle lies in no plaque's box, or that is not that plaque's."""
    corners = symbol.position.top_left, symbol.position.bottom_right
    x, y = (sum(axis) / 2 * MM_PER_INCH / SEARCH_DPI for axis in zip(*((c.x, c.y) for c in corners), strict=True))
    here = [p for p in places if p.x <= x <= p.x + p.size and p.y <= y <= p.y + p.size]
    if not any(symbol.bytes == place.link.encode() for place in here):
        code = here[0].code if here else None
        raise PlaqueNotProved(code, f"sheet {sheet + 1}: {symbol.text!r} at {x:.0f}, {y:.0f} mm does not belong there")
