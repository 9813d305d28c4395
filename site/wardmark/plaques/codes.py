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
    while len(weights) < LONGEST:
        weights.append(_times(weights[-1], 2))
    return tuple(weights)


# a has 31 different powers: a longer code would have two characters of the same weight.
LONGEST = 31
_WEIGHTS = _powers_of_a()


def _weighted_sum(characters: str) -> int:
    total = 0
    for weight, character in zip(_WEIGHTS, characters, strict=False):
        total ^= _times(weight, _VALUES[character])
    return total


def check_character(payload: str) -> str:
    """Return the character that follows these of the alphabet: the seventh of a plaque's six."""
    weight = _WEIGHTS[len(payload)]
    inverse = next(value for value in range(1, 32) if _times(value, weight) == 1)
    return ALPHABET[_times(_weighted_sum(payload), inverse)]


def is_checked(code: str) -> bool:
    """Say whether a text, already normalised, ends in the check character of what comes before it."""
    return 1 < len(code) <= LONGEST and set(code) <= _VALUES.keys() and _weighted_sum(code) == 0


def is_valid(code: str) -> bool:
    """Say whether a text, already normalised, is a code with the right check character."""
    return len(code) == LENGTH and is_checked(code)


def as_written(text: str) -> str:
    """Return what somebody typed as codes are written, whether it is one or not."""
    return re.sub(r"[\s\-‐‑–]", "", text).upper().translate(READ_AS)


def normalise(text: str) -> str:
    """Return the code that somebody typed or scanned: any case, with or without spaces and hyphens.

    Reads o as 0, i and l as 1. Raises InvalidCode for anything that is not a code.
    """
    code = as_written(text)
    if not is_valid(code):
        raise InvalidCode(text[:40])
    return code


def grouped(code: str) -> str:
    """Return the code as it is printed for reading: `7K3-M9XP`."""
    return f"{code[:3]}-{code[3:]}"


def random_code(random_characters: int) -> str:
    """Return so many random characters and their check character, with nothing in it that nobody wants to read."""
    while True:
        payload = "".join(secrets.choice(ALPHABET) for _ in range(random_characters))
        code = payload + check_character(payload)
        if not any(unwanted in code for unwanted in UNWANTED):
            return code


def new_code() -> str:
    """Return a random code; one in about a billion (32^6), so the caller still has to check that it is free."""
    return random_code(PAYLOAD_LENGTH)
