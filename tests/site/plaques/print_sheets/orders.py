"""Plaques to print, orders for them, and what a finished file holds."""

import io
import zipfile

import pypdfium2
import zxingcpp
from django.contrib.auth import get_user_model

from heritage.models import HeritageIndexPage
from tests.factories import HeritageSitePageFactory
from wardmark.plaques.codes import new_code
from wardmark.plaques.models import FileKind, Plaque, PrintJob, SheetSize
from wardmark.plaques.print_sheets.ordering import order_prints
from wardmark.plaques.print_sheets.running import make_prints


def plaques(number: int, parent: HeritageIndexPage) -> list[Plaque]:
    """Return that many plaques of as many pages."""
    pages = [HeritageSitePageFactory(parent=parent) for _ in range(number)]
    return [Plaque.objects.for_page(page) for page in pages]


def further_plaques(number: int, page) -> list[Plaque]:
    """Return that many further plaques of one page: quick to make where pages do not matter."""
    return [
        Plaque.objects.create(code=new_code(), page_key=page.translation_key, is_primary=False) for _ in range(number)
    ]


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
    job.refresh_from_db()
    return job


def content(job: PrintJob) -> bytes:
    with job.result.open("rb") as file:
        return file.read()


def links_on_sheets(pdf: bytes, *, dpi: int = 150) -> list[list[str]]:
    """Return what is read on every page, from the upper left as one reads."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_links(page.render(scale=dpi / 72, grayscale=True).to_pil()) for page in document]


def _links(picture) -> list[str]:
    found = zxingcpp.read_barcodes(picture)
    middle = {
        id(one): (one.position.top_left.y + one.position.bottom_right.y, one.position.top_left.x) for one in found
    }
    return [one.text for one in sorted(found, key=lambda one: (round(middle[id(one)][0], -2), middle[id(one)][1]))]


def archive(job: PrintJob) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content(job)))
