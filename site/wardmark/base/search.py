"""Search that forgives missing accents, the same on SQLite and PostgreSQL.

Neither database folds Vietnamese: SQLite's tokenizer leaves đ and letters with two marks alone, PostgreSQL's
`simple` configuration folds nothing. So pages index a folded text of their own and queries are folded likewise.
"""

import re
import unicodedata

from django.db.models import QuerySet
from wagtail.models import Page

LONGEST_QUERY = 200
_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the text in lower case without any mark: `Đình Vòng` becomes `dinh vong`."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.replace("đ", "d")


def find_pages(pages: QuerySet[Page], query: str, *, limit: int) -> list[Page]:
    """Return at most `limit` of these pages that hold every word of the query, with or without its accents.

    Titles spelt exactly as asked come first: `chua` means both `chùa` and `chúa`.
    """
    # Letters and digits only: SQLite's full-text search reads the other signs as a language of its own.
    asked = " ".join(_WORDS.findall(unicodedata.normalize("NFC", query[:LONGEST_QUERY]).lower()))
    if not asked:
        return []
    found = list(pages.autocomplete(fold(asked), operator="and")[: limit * 2])
    found.sort(key=lambda page: asked not in unicodedata.normalize("NFC", page.title).lower())
    return found[:limit]
