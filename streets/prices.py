"""Sums in đồng, which has no smaller coin in use."""

from django.utils.formats import number_format

# Nobody on a street sells for less or more; a figure outside has been mistyped.
LEAST, MOST = 500, 1_000_000_000


def vnd(amount: int) -> str:
    return f"{number_format(amount, force_grouping=True)} ₫"


def price_range(lowest: int | None, highest: int | None) -> str:
    """Return a range as it is shown; empty where nothing is known."""
    if lowest is not None and highest is not None and lowest != highest:
        return f"{number_format(lowest, force_grouping=True)}–{vnd(highest)}"
    known = lowest if lowest is not None else highest
    return "" if known is None else vnd(known)
