"""The text inside a VietQR code: a bank transfer that a telephone is asked to prepare.

The promise: `parse(build(transfer))` says what the transfer said, and `parse` raises nothing but `VietQRError`,
whatever text a camera or a person hands it. Nothing here draws, stores, or knows what a shop is.

Sources of the rules, named where they are used:
- EMV: EMVCo, QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1 (November 2020);
- NAPAS: the bank-transfer profile of it by the national payment corporation (VietQR, service NAPAS 247);
- house: what either leaves open, decided here.
"""

from streets.vietqr.building import build, plain_purpose
from streets.vietqr.errors import NotEMV, NotVietQR, OtherScheme, VietQRError, VNPayQR
from streets.vietqr.fields import Initiation, Reading, Remark, Service, Transfer, crc16
from streets.vietqr.parsing import parse

__all__ = [
    "Initiation",
    "NotEMV",
    "NotVietQR",
    "OtherScheme",
    "Reading",
    "Remark",
    "Service",
    "Transfer",
    "VNPayQR",
    "VietQRError",
    "build",
    "crc16",
    "parse",
    "plain_purpose",
]
