"""The text of a code read strictly: either all of it is understood as VietQR, or it is said which field is not."""

import re
from collections.abc import Iterator, Mapping

from streets.vietqr.errors import NotEMV, OtherScheme, VietQRError, VNPayQR
from streets.vietqr.fields import (
    COUNTRY,
    CURRENCY,
    LONGEST_BILL,
    LONGEST_CITY,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    NAPAS,
    VERSION,
    VNPAY,
    Initiation,
    Reading,
    Remark,
    Service,
    crc16,
    is_account,
    is_amount,
    is_bin,
)

# EMV: fields that hold fields, by the path of what they stand in.
_TEMPLATES = {"": {*range(26, 52), 62, 64, *range(80, 100)}, "62": {*range(50, 100)}}
# EMV: “reserved for future use”.
_RESERVED = {"": {*range(65, 80)}, "62": {*range(12, 50)}, "64": {*range(3, 100)}}
# NAPAS: the whole of its templates. House: one more field there might change where the money goes, so none is let pass.
_CLOSED = {"38": {0, 1, 2}, "38.01": {0, 1}}

# EMV: each an account at one network, which 00 in it names from 26 on; and what may be paid beside the amount.
_ACCOUNTS, _SURCHARGES = range(2, 52), range(55, 58)
# What a Reading names itself.
_KNOWN = {"00", "01", "38.00", "38.01.00", "38.01.01", "38.02", "53", "54", "58", "59", "60", "62.01", "62.08", "63"}

_TWO_DIGITS = re.compile(r"[0-9]{2}")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CHECKSUM = re.compile(r"[0-9A-Fa-f]{4}")
# As many digits as the limit has: int() is never asked about more.
_AMOUNT = re.compile(r"[1-9][0-9]{0,8}")


def parse(text: str) -> Reading:
    """Return what the text of a code says.

    Raise NotVietQR where it is a code of another kind, VietQRError where it is broken, and nothing else. Order is free,
    but 00 comes first and 63 last (EMV). House: what can be read without doubt is only remarked: a checksum in lower
    case, a text that is too long or not ASCII, an account of a further network. A code that is used again and again may
    have an amount, and one that is used once may have none: EMV ties field 01 to neither.
    """
    # Every EMV code begins so: field 00, two characters long.
    if not text.startswith("0002"):
        raise NotEMV("not_emv")
    root = dict(_split(text, ""))
    _require(root["00"] == VERSION, "version", "00")
    fields = dict(_leaves(root, ""))
    # Before the checksum: this much is plain of even a damaged code, and nobody shall take it for a forgery.
    if fields.get("38.00") != NAPAS and fields.get("26.00") == VNPAY:
        raise VNPayQR("vnpayqr", "26.00")
    crc = _read_checksum(text, fields)
    _check_scheme(root, fields)
    return _reading(fields, crc)


def _split(text: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield number and value of each field of one level; lengths count characters (EMV).

    However long the text, it ends within 100 fields: a number with two digits cannot come back.
    """
    seen: set[str] = set()
    before, at = path, 0
    while at < len(text):
        number, length = text[at : at + 2], text[at + 2 : at + 4]
        if path == "" and before == "63":
            raise VietQRError("not_last", "63")
        _require(_TWO_DIGITS.fullmatch(number), "identifier", before)
        tag = f"{path}.{number}" if path else number
        _require(number not in seen, "duplicate", tag)
        _require(_TWO_DIGITS.fullmatch(length) and length != "00", "length", tag)
        _require(int(number) not in _RESERVED.get(path, ()), "reserved", tag)
        end = at + 4 + int(length)
        _require(end <= len(text), "overrun", tag)
        yield number, text[at + 4 : end]
        seen.add(number)
        before, at = tag, end


def _leaves(level: Mapping[str, str], path: str) -> Iterator[tuple[str, str]]:
    """Yield path and value of every field that holds no other, from outside in, in the order of the text."""
    for number, value in level.items():
        tag = f"{path}.{number}" if path else number
        if int(number) in _TEMPLATES.get(path, ()) or (tag == "38.01" and level.get("00") == NAPAS):
            yield from _leaves(dict(_split(value, tag)), tag)
            continue
        _require(not _UNWRITABLE.search(value), "character", tag)
        yield tag, value


def _read_checksum(text: str, fields: Mapping[str, str]) -> str:
    written = _present(fields, "63")
    _require(_CHECKSUM.fullmatch(written), "checksum", "63")
    # Everything before it counts, its own number and length too (EMV).
    _require(written.upper() == crc16(text[:-4]), "checksum", "63")
    return written.upper()


def _check_scheme(root: Mapping[str, str], fields: Mapping[str, str]) -> None:
    if fields.get("38.00") != NAPAS:
        accounts = [number for number in root if int(number) in _ACCOUNTS]
        if not accounts:
            raise VietQRError("missing", "38")
        if "38" in accounts:
            _present(fields, "38.00")
            raise OtherScheme("other_scheme", "38.00")
        first = accounts[0]
        raise OtherScheme("other_scheme", f"{first}.00" if f"{first}.00" in fields else first)
    for path, allowed in _CLOSED.items():
        depth = len(path) + 1
        for tag in fields:
            if tag.startswith(f"{path}."):
                _require(int(tag[depth : depth + 2]) in allowed, "unknown", tag)


def _reading(fields: Mapping[str, str], crc: str) -> Reading:
    """Check each field that VietQR knows, and hand on the others as they are."""
    bank, account, service = (_present(fields, tag) for tag in ("38.01.00", "38.01.01", "38.02"))
    _require(is_bin(bank), "bin", "38.01.00")
    _require(is_account(account), "account", "38.01.01")
    _require(service in list(Service), "service", "38.02")
    _require(_present(fields, "53") == CURRENCY, "currency", "53")
    _require(_present(fields, "58") == COUNTRY, "country", "58")
    initiation = fields.get("01")
    _require(initiation is None or initiation in list(Initiation), "initiation", "01")
    return Reading(
        bin=bank,
        account=account,
        service=Service(service),
        amount=_amount(fields.get("54")),
        purpose=fields.get("62.08", ""),
        bill=fields.get("62.01", ""),
        name=fields.get("59", ""),
        city=fields.get("60", ""),
        initiation=None if initiation is None else Initiation(initiation),
        crc=crc,
        others=tuple((tag, value) for tag, value in fields.items() if tag not in _KNOWN),
        remarks=tuple(_remarks(fields)),
    )


def _amount(written: str | None) -> int | None:
    if written is None:
        return None
    _require(_AMOUNT.fullmatch(written) and is_amount(int(written)), "amount", "54")
    return int(written)


def _remarks(fields: Mapping[str, str]) -> Iterator[Remark]:
    limits = {"59": LONGEST_NAME, "60": LONGEST_CITY, "62.01": LONGEST_BILL, "62.08": LONGEST_PURPOSE}
    for tag, longest in limits.items():
        value = fields.get(tag, "")
        if len(value) > longest:
            yield Remark(tag, "too_long")
        if not value.isascii():
            yield Remark(tag, "not_ascii")
    for number in dict.fromkeys(tag[:2] for tag in fields):
        if number != "38" and int(number) in _ACCOUNTS:
            yield Remark(number, "other_account")
        if int(number) in _SURCHARGES:
            yield Remark(number, "surcharge")
    if fields["63"] != fields["63"].upper():
        yield Remark("63", "lower_case")


def _present(fields: Mapping[str, str], tag: str) -> str:
    if tag not in fields:
        raise VietQRError("missing", tag)
    return fields[tag]


def _require(holds: object, code: str, tag: str) -> None:
    if not holds:
        raise VietQRError(code, tag)
