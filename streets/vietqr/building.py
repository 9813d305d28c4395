"""A transfer written as the text of a VietQR code."""

import re
import unicodedata

from streets.vietqr.errors import VietQRError
from streets.vietqr.fields import (
    COUNTRY,
    CURRENCY,
    LONGEST_PURPOSE,
    NAPAS,
    VERSION,
    Initiation,
    Service,
    Transfer,
    crc16,
    is_account,
    is_amount,
    is_bin,
)

# Only marks on a letter go: without its mark, ≠ would become =.
_ACCENTED = re.compile(r"([A-Za-z])[\u0300-\u036f]+")
_PRINTABLE_ASCII = re.compile(r"[ -~]*")


def build(transfer: Transfer) -> str:
    """Return the text to draw as a QR code: static without an amount, dynamic with one.

    Raise VietQRError where a part breaks its rule; nothing is shortened, and nothing replaced but accents.
    """
    initiation = Initiation.STATIC if transfer.amount is None else Initiation.DYNAMIC
    purpose = plain_purpose(transfer.purpose)
    fields = [
        _field("00", VERSION),
        _field("01", initiation),
        _field("38", _account(transfer)),
        _field("53", CURRENCY),
        "" if transfer.amount is None else _field("54", _amount(transfer.amount)),
        _field("58", COUNTRY),
        _field("62", _field("08", purpose)) if purpose else "",
        "6304",
    ]
    text = "".join(fields)
    return text + crc16(text)


def plain_purpose(purpose: str) -> str:
    """Return the purpose as it goes into the code: “Phở đặc biệt” is “Pho dac biet”, spaces around it go.

    Raise VietQRError where a character has no such form, or where more than 25 are left.
    """
    letters = unicodedata.normalize("NFD", purpose).replace("đ", "d").replace("Đ", "D").strip(" ")
    plain = _ACCENTED.sub(r"\1", letters)
    if not _PRINTABLE_ASCII.fullmatch(plain):
        raise VietQRError("purpose_character", "62.08")
    if len(plain) > LONGEST_PURPOSE:
        raise VietQRError("purpose_length", "62.08")
    return plain


def _account(transfer: Transfer) -> str:
    if not is_bin(transfer.bin):
        raise VietQRError("bin", "38.01.00")
    if not is_account(transfer.account):
        raise VietQRError("account", "38.01.01")
    beneficiary = _field("00", transfer.bin) + _field("01", transfer.account)
    return _field("00", NAPAS) + _field("01", beneficiary) + _field("02", Service.TO_ACCOUNT)


def _amount(amount: int) -> str:
    # A float or True from a careless caller would be written as something else than meant.
    if type(amount) is not int or not is_amount(amount):
        raise VietQRError("amount", "54")
    return str(amount)


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"
