"""Scans of papers and photos of findings: judged by their content, kept where only officers can read them."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from media.uploads import without_private_metadata

LARGEST = 10 * 1024 * 1024
_PICTURES = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


def cleaned_private_file(upload: File) -> File:
    """Return a PDF as it is, a picture without its camera's notes. Raises ValidationError for anything else."""
    if upload.size > LARGEST:
        raise ValidationError(
            _("This file is too large: at most %(megabytes)s MB."), params={"megabytes": LARGEST // 2**20}
        )
    extension = upload.name.rpartition(".")[2].lower()
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    if extension == "pdf" and head.startswith(b"%PDF-"):
        _check_pdf(upload)
        return upload
    if extension in _PICTURES and head.startswith(_PICTURES[extension]):
        return without_private_metadata(upload)
    raise ValidationError(_("Please give a PDF, JPEG or PNG file."), code="other_kind")


def _check_pdf(upload: File) -> None:
    try:
        pages = len(PdfReader(BytesIO(upload.read())).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ValidationError(_("This PDF is damaged: please export or scan it again."), code="damaged") from error
    finally:
        upload.seek(0)
    if not pages:
        raise ValidationError(_("This PDF has no page."), code="damaged")
