"""Chores over many rows: one row that fails keeps no other waiting."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger("wardmark.chores")
Row = TypeVar("Row")


class SomeFailed(Exception):
    """Some rows of a chore failed; it says which, and nothing else of them."""


def one_by_one(
    rows: Iterable[Row], do: Callable[[Row], object], *, what: str, name_of: Callable[[Row], object]
) -> None:
    """Do it with every row; `do` keeps to a transaction of its own. Raises SomeFailed once all had their turn.

    `name_of` is what a row is known by without personal data; of an error its kind alone is told, for its text may
    have some.
    """
    failed = []
    for row in rows:
        try:
            do(row)
        except Exception as error:
            failed.append(f"{name_of(row)} ({type(error).__name__})")
            logger.error("%s: %s failed: %s", what, name_of(row), type(error).__name__)
    if failed:
        raise SomeFailed(f"{what}: {', '.join(failed)}")
