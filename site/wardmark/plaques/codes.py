"""The code on a plaque: six random characters and a check character.

The alphabet is Crockford's base32: no I, L, O or U, so that nothing on a weathered plate reads as something else.
The check is a linear code over the field of 32 elements. With the value of the character at position i
written c(i), a code is right when

    a^0·c(0) + a^1·c(1) + … + a^6·c(6) = 0        in GF(2^5), a a root of x^5 + x^2 + 1

All weights differ from zero and from each other, so that every single wrong character changes the sum, and
so does every swap of two different characters, neighbours or not. (A check modulo 32 could not promise both.)
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAYLOAD_LENGTH = 6
LENGTH = PAYLOAD_LENGTH + 1
# How people read and write what is printed: Crockford's decoding rule.
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Character runs nobody wants on the wall of a temple or a shop, Vietnamese text-message spelling included.
UNWANTED = (
    "CAC",
    "CC",
    "CMM",
    "DCM",
    "DKM",
    "DM",
    "FCK",
    "FKN",
    "KKK",
    "SEX",
    "VCC",
    "VCK",
    "WTF",
    "XXX",
    "666",
)

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_POLYNOMIAL = 0b100101


class InvalidCode(ValueError):
    """The text is not a code: wrong length, a foreign character, or a check character that does not fit."""


def _times(a: int, b: int) -> int:
    """Multiply in GF(2^5)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0b100000:
            a ^= _POLYNOMIAL
        b >>= 1
    return product


def _powers_of_a() -> tuple[int, ...]:
    weights = [1]
    while len(weights) < LENGTH:
        weights.append(_times(weights[-1], 2))
    return tuple(weights)


_WEIGHTS = _powers_of_a()
_LAST_INVERSE = next(value for value in range(1, 32) if _times(value, _WEIGHTS[-1]) == 1)


def _weighted_sum(characters: str) -> int:
    total = 0
    for weight, character in zip(_WEIGHTS, characters, strict=False):
        total ^= _times(weight, _VALUES[character])
    return total


def check_character(payload: str) -> str:
    """Return the seventh character for six characters of the alphabet."""
    return ALPHABET[_times(_weighted_sum(payload), _LAST_INVERSE)]


def is_valid(code: str) -> bool:
    """Say whether a text, already normalised, is a code with the right check character."""
    return len(code) == LENGTH and set(code) <= _VALUES.keys() and _weighted_sum(code) == 0


def normalise(text: str) -> str:
    """Return the code that somebody typed or scanned: any case, with or without spaces and hyphens.

    Reads o as 0, i and l as 1. Raises InvalidCode for anything that is not a code.
    """
    code = re.sub(r"[\s\-‐‑–]", "", text).upper().translate(READ_AS)
    if not is_valid(code):
        raise InvalidCode(text[:40])
    return code


def grouped(code: str) -> str:
    """Return the code as it is printed for reading: `7K3-M9XP`."""
    return f"{code[:3]}-{code[3:]}"


def new_code() -> str:
    """Return a random code; one in about a billion (32^6), so the caller still has to check that it is free."""
    while True:
        payload = "".join(secrets.choice(ALPHABET) for _ in range(PAYLOAD_LENGTH))
        code = payload + check_character(payload)
        if not any(unwanted in code for unwanted in UNWANTED):
            return code
