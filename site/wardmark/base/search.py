"""Search that forgives missing accents, the same on SQLite and PostgreSQL.

Neither database folds Vietnamese: SQLite's tokenizer leaves đ and letters with two marks alone, PostgreSQL's
`simple` configuration folds nothing. So pages index a folded text of their own and queries are folded likewise.
"""

import re
import unicodedata

from django.db.models import QuerySet
from wagtail.models import Page

LONGEST_QUERY = 200
# So many pages at least are put into order, however few are wanted: what was found first need not fit best.
MOST_WEIGHED = 60
_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the text in lower case without any mark: `Đình Vòng` becomes `dinh vong`."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.replace("đ", "d")


def asked_for(query: str) -> str:
    """Return the words of a query in lower case.

    Letters and digits only: SQLite's full-text search reads the other signs as a language of its own.
    """
    return " ".join(_WORDS.findall(unicodedata.normalize("NFC", query[:LONGEST_QUERY]).lower()))


def find_pages(pages: QuerySet[Page], query: str, *, limit: int) -> list[Page]:
    """Return at most `limit` of these pages that hold every word of the query, with or without its accents.

    Titles spelt exactly as asked come first, for `chua` means both `chùa` and `chúa`; then titles with other accents,
    then what is found by its summary or address. Of titles alike the shorter fits better: less of it was not asked for.
    """
    asked = asked_for(query)
    if not asked:
        return []
    folded = fold(asked)

    def distance(page: Page) -> tuple[bool, bool, int]:
        title = unicodedata.normalize("NFC", page.title).lower()
        by_title = folded in fold(title)
        return asked not in title, not by_title, len(title) if by_title else 0

    found = list(pages.autocomplete(folded, operator="and")[: max(limit * 2, MOST_WEIGHED)])
    return sorted(found, key=distance)[:limit]
