"""Spreadsheets that people open: no cell of ours may be run as a formula."""

from typing import Any

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
