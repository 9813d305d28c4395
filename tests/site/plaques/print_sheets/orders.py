"""Plaques to print, orders for them, and what a finished file holds."""

import io
import zipfile

import pypdfium2
import zxingcpp
from django.contrib.auth import get_user_model
from django.core.files.storage import storages

from heritage.models import HeritageIndexPage
from tests.factories import HeritageSitePageFactory
from wardmark.plaques.models import FileKind, Plaque, PrintJob, SheetSize
from wardmark.plaques.print_sheets.ordering import order_prints
from wardmark.plaques.print_sheets.running import make_prints


def plaques(number: int, parent: HeritageIndexPage) -> list[Plaque]:
    """Return that many plaques of as many pages."""
    pages = [HeritageSitePageFactory(parent=parent) for _ in range(number)]
    return [Plaque.objects.for_page(page) for page in pages]


def further_plaques(number: int, parent: HeritageIndexPage) -> list[Plaque]:
    """Return that many plaques of one page: quick to make where the pages do not matter."""
    page = HeritageSitePageFactory(parent=parent)
    return [Plaque.objects.issue(page_key=page.translation_key) for _ in range(number)]


def order(chosen: list[Plaque], *, format_key: str = "counter-card", made_as: str = SheetSize.SRA3) -> PrintJob:
    by, _made = get_user_model().objects.get_or_create(username="in-an")
    on_sheets = made_as in SheetSize.values
    return order_prints(
        by=by,
        plaques=chosen,
        format_key=format_key,
        sheet_size=SheetSize(made_as) if on_sheets else None,
        file_kind=None if on_sheets else FileKind(made_as),
    )


def made(job: PrintJob) -> PrintJob:
    """Let the task run here and now, and return the job as it is then."""
    make_prints.call(job.pk)
    return PrintJob.objects.get(pk=job.pk)


def content(job: PrintJob) -> bytes:
    with job.result.open("rb") as file:
        return file.read()


def files_of(job: PrintJob) -> list[str]:
    try:
        return storages["documents"].listdir(job.folder)[1]
    except FileNotFoundError:
        return []


def links_on_sheets(pdf: bytes, *, dpi: int = 150) -> list[list[str]]:
    """Return what is read on every page, from the upper left as one reads."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_links(page.render(scale=dpi / 72, grayscale=True).to_pil(), dpi) for page in document]


def _links(picture, dpi: int) -> list[str]:
    def reading_order(symbol) -> tuple[int, int]:
        corner = symbol.position.top_left
        # Symbols of one row stand level; rows are far apart.
        return round(corner.y / dpi * 25.4 / 20), corner.x

    return [symbol.text for symbol in sorted(zxingcpp.read_barcodes(picture), key=reading_order)]


def archive(job: PrintJob) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content(job)))
