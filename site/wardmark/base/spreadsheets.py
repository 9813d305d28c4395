"""Spreadsheets that people open: no cell of ours may be run as a formula."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP, "CSV Injection"), some of them
# after spaces too.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Without it Excel reads UTF-8 as the code page of its machine, and Vietnamese comes out as noise.
BYTE_ORDER_MARK = "\ufeff".encode()


def guarded(value: Any) -> Any:
    """Return a cell's value, a text that would be run marked as text; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_BEGINS_A_FORMULA):
        return f"'{value}"
    return value


class SafeSpreadsheet:
    """For report views, before ReportView: headings by field, and a CSV that Excel reads and no cell of which runs."""

    export_headings: ClassVar[Mapping[str, Any]]

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> bytes:
        return super().write_csv_row(writer, {field: guarded(value) for field, value in row_dict.items()})

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)
