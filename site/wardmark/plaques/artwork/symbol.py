"""The QR symbol of a short link."""

from collections.abc import Iterator
from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.util import MODE_8BIT_BYTE, QRData

# ISO/IEC 18004: four light modules on every side.
QUIET_ZONE = 4
LEVELS = {"Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}


class PayloadTooLong(ValueError):
    """No QR symbol holds this much."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol; `rows` hold True for dark modules, the quiet zone included."""

    rows: tuple[tuple[bool, ...], ...]
    version: int
    payload: str

    @property
    def modules(self) -> int:
        """Modules on one side, the quiet zone included."""
        return len(self.rows)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Yield (column, row, length) of each horizontal run of dark modules."""
        for y, row in enumerate(self.rows):
            start = None
            for x, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = x
                elif not dark and start is not None:
                    yield start, y, x - start
                    start = None


def encode(payload: str, level: str, *, mask: int | None = None) -> Symbol:
    """Return the symbol of a text as bytes, in error correction level `Q` or `H`.

    `mask` is one of the standard's eight, 0 to 7; without it all are weighed, which takes most of the time.
    Raises PayloadTooLong for a text that no QR symbol of that level holds.
    """
    code = qrcode.QRCode(error_correction=LEVELS[level], border=QUIET_ZONE, mask_pattern=mask)
    # As one run of bytes: split into modes, a short link's size would depend on its random characters.
    code.add_data(QRData(payload.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as reason:
        raise PayloadTooLong(payload[:80]) from reason
    return Symbol(tuple(tuple(row) for row in code.get_matrix()), code.version, payload)
