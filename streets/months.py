"""Months by the calendar of the ward, each named by its first day."""

from datetime import date


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_before(month: date, number: int) -> date:
    """Return the first day of the month so many months earlier."""
    months = month.year * 12 + month.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)


def last_months(month: date, number: int) -> list[date]:
    """Return so many months in a row, oldest first, the given one last."""
    return [months_before(month, back) for back in range(number - 1, -1, -1)]
