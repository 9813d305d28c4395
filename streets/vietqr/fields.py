"""What a VietQR code says, and the rules that reading and writing it share."""

import binascii
import re
from dataclasses import dataclass
from enum import StrEnum

# NAPAS: the application identifier of its transfers, in 38.00. The other is how VNPAYQR names itself, in 26.00.
NAPAS = "A000000727"
VNPAY = "A000000775"
# EMV 00 and ISO 4217 / ISO 3166-1 as NAPAS fixes them in 53 and 58.
VERSION, CURRENCY, COUNTRY = "01", "704", "VN"
# NAPAS: a transfer is less than 500 million đồng. VND has no smaller unit in use, hence whole numbers only.
AMOUNT_LIMIT = 500_000_000
# EMV, in characters: 62.08, 62.01, 59, and 60.
LONGEST_PURPOSE = LONGEST_BILL = LONGEST_NAME = 25
LONGEST_CITY = 15

# [0-9] on purpose, never \d or int(): those take the digits of every script.
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")


class Initiation(StrEnum):
    """Field 01: whether the same code is meant to be paid again and again, or once."""

    STATIC = "11"
    DYNAMIC = "12"


class Service(StrEnum):
    """Field 38.02: what the number in 38.01.01 is."""

    TO_ACCOUNT = "QRIBFTTA"
    TO_CARD = "QRIBFTTC"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer to a bank account, as someone asks for it. `build` checks it; until then it is only said.

    bin: the bank's number, 6 digits. account: 1 to 19 of 0-9, A-Z, a-z. amount: whole VND, above 0 and below
    500,000,000, or None for the payer to fill in. purpose: at most 25 characters once its accents are gone.
    """

    bin: str
    account: str
    amount: int | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that whoever relies on the code should know, though it can be read. tag: the path of the field.

    code: `lower_case` (63), `too_long` or `not_ascii` (59, 60, 62.01, 62.08) are against the rules, yet change neither
    where the money goes nor how much. `other_account` (02 to 51) and `surcharge` (55 to 57: tip or fee) are within the
    rules of EMV, yet an app that knows that network may pay there, or more than the amount.
    """

    tag: str
    code: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a code said.

    account: a card's number where `service` is TO_CARD. amount: VND or None. purpose, bill (62.01), name (59) and
    city (60): as written there, empty where absent. initiation: None where absent. crc: upper case, however it was
    written. others: the path and value of every further field that EMV allows, in the order of the code.
    """

    bin: str
    account: str
    service: Service
    amount: int | None
    purpose: str
    bill: str
    name: str
    city: str
    initiation: Initiation | None
    crc: str
    others: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]


def crc16(text: str) -> str:
    """Return the checksum of field 63 (EMV: CRC-16/CCITT-FALSE) as four upper-case hexadecimal digits.

    It is taken over UTF-8. Any change of one ASCII character into another changes it: the difference is a burst of at
    most 7 bits, and a CRC of 16 bits finds every burst of up to 16.
    """
    return f"{binascii.crc_hqx(text.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"


def is_bin(text: str) -> bool:
    return _BIN.fullmatch(text) is not None


def is_account(text: str) -> bool:
    return _ACCOUNT.fullmatch(text) is not None


def is_amount(amount: int) -> bool:
    return 0 < amount < AMOUNT_LIMIT
