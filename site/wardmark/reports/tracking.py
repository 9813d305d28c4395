"""Tracking codes: nine random characters and a check character, as on a plaque, but longer.

Who has the code reads the answer: nine characters are 45 random bits, and asking is limited (`following.py`). The check
tells a slip of the pen from a code of nobody.
"""

from wardmark.plaques.codes import as_written, is_checked, random_code

RANDOM_CHARACTERS = 9
LENGTH = RANDOM_CHARACTERS + 1


class InvalidTrackingCode(ValueError):
    """The text is no tracking code. It is not repeated here: nearly right, it would stand in a log."""


def as_tracking_code(text: str) -> str:
    """Return the code that somebody typed: any case, with or without spaces and hyphens, o for 0, i or l for 1.

    Raises InvalidTrackingCode for anything else.
    """
    code = as_written(text)
    if len(code) != LENGTH or not is_checked(code):
        raise InvalidTrackingCode
    return code


def grouped(code: str) -> str:
    """Return the code as it is shown for writing down: `7K3-M9X-P2QA`."""
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def new_tracking_code() -> str:
    """Return a random code; the caller checks that it is free."""
    return random_code(RANDOM_CHARACTERS)
