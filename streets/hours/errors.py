"""What is wrong with opening hours."""

from collections.abc import Mapping


class HoursError(ValueError):
    """These hours cannot be: `code` says what is wrong (the keys of `words.COMPLAINTS`), `where` names the day.

    `where` is the English name of a day of the week, or a special day's number in its list, from 1.
    """

    def __init__(self, code: str, *, where: str = "", **more: str):
        self.code = code
        self.where = where
        self.more: Mapping[str, str] = more
        super().__init__(" ".join(filter(None, (where, code, *more.values()))))
