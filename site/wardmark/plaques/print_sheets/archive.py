"""Single files of many plaques in one ZIP, with a list that spreadsheets open."""

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import IO

from django.utils.translation import gettext_lazy as _

from wardmark.base.slugs import ascii_slug
from wardmark.base.spreadsheets import BYTE_ORDER_MARK, guarded
from wardmark.plaques.artwork import Drawing
from wardmark.plaques.offer import Kind
from wardmark.plaques.print_sheets.printed import Place

MANIFEST = "manifest.csv"
COLUMNS = (_("Code"), _("Short link"), _("Name"), _("Format"), _("Version"), _("File"))


def file_name(place: Place, *, kind: str, format_key: str) -> str:
    """Return the name of one plaque's file: its code, which no other has, then words for people."""
    slug = ascii_slug(place.name)[:60].strip("-")
    return "-".join(filter(None, (place.code, slug, format_key))) + f".{Kind(kind).extension}"


def write_part(file: IO[bytes], pieces: Sequence[tuple[Drawing, Place]], kind: str, seen: Callable[[], None]) -> None:
    """Write the files of some plaques as a ZIP, each as it is offered singly; `seen` is called after each."""
    with zipfile.ZipFile(file, "w") as archive:
        for drawing, place in pieces:
            _add(archive, place.file, Kind(kind).write(drawing))
            seen()


def join(file: IO[bytes], parts: Iterable[IO[bytes]], manifest: bytes) -> None:
    """Write one ZIP of all the parts' files, byte for byte as they are, and the list."""
    with zipfile.ZipFile(file, "w") as archive:
        _add(archive, MANIFEST, manifest)
        for part in parts:
            with zipfile.ZipFile(part) as drawn:
                for name in drawn.namelist():
                    _add(archive, name, drawn.read(name))


def contents(file: IO[bytes], places: Iterable[Place]) -> Iterator[tuple[Place, bytes]]:
    """Yield the files of these plaques as they lie in a finished archive."""
    with zipfile.ZipFile(file) as archive:
        for place in places:
            yield place, archive.read(place.file)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # No time of making: the same files give the same bytes.
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o644 << 16
    # PDF and PNG are packed already.
    entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith((".svg", ".csv")) else zipfile.ZIP_STORED
    archive.writestr(entry, content)


def manifest(places: Iterable[Place], *, format_label: str) -> bytes:
    """Return the list of what is in the archive, headed in the active language.

    It is CSV in UTF-8 with a mark, without which Excel spoils Vietnamese.
    """
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow([str(heading) for heading in COLUMNS])
    for place in places:
        cells = (place.code, place.link, place.name, format_label, place.version, place.file)
        rows.writerow([guarded(str(cell)) for cell in cells])
    return BYTE_ORDER_MARK + text.getvalue().encode()


def download_name(*, number: int, format_key: str, extension: str, made_at: datetime) -> str:
    return f"wardmark-{number}-{format_key}-{made_at:%Y-%m-%d}.{extension}"
