"""One-time codes on paper: eight characters that cannot be misread, tried five times, good for fourteen days.

A code is kept as a keyed fingerprint, bound to its number: whoever reads the database can neither tell it nor try it
out, for the key is not there.
"""

import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from streets.claims.errors import (
    CodeCancelled,
    CodeLapsed,
    CodeRefused,
    CodeSpent,
    CodeUsed,
    NoSuchCode,
    UnknownNumber,
    WrongCode,
)
from streets.claims.history import locked, write
from streets.models import CodeState, HandedCode, KeepingEventKind
from streets.models.handed_codes import MOST_TRIES
from wardmark.base.sealing import fingerprint, fingerprints
from wardmark.plaques.codes import UNWANTED, new_code

# Without 0 and O, 1, I and L, 2 and Z, 5 and S, 6 and G, 8 and B, U and V: 22 characters, 5 · 10^10 codes.
ALPHABET = "34679ACDEFHJKMNPQRTWXY"
LENGTH = 8
LASTS = timedelta(days=14)
Row = TypeVar("Row", bound=HandedCode)
_PURPOSE = "handed code"


def random_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not any(unwanted in code for unwanted in UNWANTED):
            return code


def grouped(code: str) -> str:
    """Return a code as it is printed: ACDE-3467."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def normalise(text: str) -> str:
    """Return the code that somebody typed: any case, with or without spaces and hyphens. Raises NoSuchCode."""
    code = re.sub(r"[\s\-‐‑–]", "", text).upper()
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise NoSuchCode
    return code


def give_code(row: HandedCode, *, now: datetime) -> str:
    """Give a row that is not saved yet its number and a code; return the code, which is kept nowhere."""
    while True:
        serial = new_code()
        if not type(row).objects.filter(serial=serial).exists():
            break
    code = random_code()
    row.serial, row.mark = serial, fingerprint(f"{serial} {code}", purpose=_PURPOSE)
    row.made_at, row.valid_until = now, now + LASTS
    return code


def renew_code(row: HandedCode) -> str:
    """Give a row another code under its number; return it. The tries begin anew with it."""
    code = random_code()
    row.mark, row.wrong_tries = fingerprint(f"{row.serial} {code}", purpose=_PURPOSE), 0
    return code


def refusal_of(row: HandedCode | None, *, now: datetime) -> CodeRefused | None:
    """Return why no code opens this row, None where the right one would."""
    if row is None:
        return UnknownNumber()
    if row.state == CodeState.USED:
        return CodeUsed()
    if row.state == CodeState.CANCELLED:
        return CodeCancelled()
    if row.state == CodeState.SPENT:
        return CodeSpent()
    return CodeLapsed(row.valid_until) if row.has_lapsed(now) else None


def try_code(kind: type[Row], *, serial: str, typed: str, now: datetime) -> Row:
    """Return the row that this code opens. A wrong code costs a try, the fifth wrong one ends the code.

    Raises NoSuchCode, which costs nothing, and CodeRefused. Call it outside of a transaction: the try it costs must
    not be taken back with it.
    """
    code = normalise(typed)
    with transaction.atomic():
        row = _locked(kind, serial)
        refusal = refusal_of(row, now=now)
        if refusal is None and not _is_code_of(row, code):
            refusal = _note_wrong_try(row, now)
    if refusal:
        raise refusal
    return row


def _locked(kind: type[Row], serial: str) -> Row | None:
    """Lock a row after its shop, as whoever uses it up does: taken crosswise the two would wait for each other."""
    row = kind.objects.filter(serial=serial).select_related("shop").first()
    if row is None:
        return None
    shop = locked(row.shop)
    row = kind.objects.select_for_update().get(pk=row.pk)
    row.shop = shop
    return row


def _is_code_of(row: HandedCode, code: str) -> bool:
    marks = fingerprints(f"{row.serial} {code}", purpose=_PURPOSE)
    return any(hmac.compare_digest(row.mark, mark) for mark in marks)


def _note_wrong_try(row: HandedCode, now: datetime) -> CodeRefused:
    row.wrong_tries += 1
    if row.wrong_tries >= MOST_TRIES:
        row.state = CodeState.SPENT
    row.save(update_fields=["wrong_tries", "state"])
    is_spent = row.state == CodeState.SPENT
    kind = KeepingEventKind.CODE_SPENT if is_spent else KeepingEventKind.CODE_WRONG
    write(shop=row.shop, kind=kind, serial=row.serial, at=now)
    return CodeSpent() if is_spent else WrongCode(row.tries_left)
