"""Finding words that claim something of safety, health or origin, however somebody typed them.

People leave accents out, put the mark of a tone on another letter of the syllable, or type letters and marks apart. So
words are compared by their plain letters; and where the text has marks, by which marks each word has: `sạch` is found
in “sach” and in “Sạch”, not in “sách”, which is a book, and not within another word. Signs that nobody sees hide no
word, nor do letters of other scripts that look like Latin ones.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from streets.law.claim_words import first_claim_words
from streets.models import ClaimWord
from wardmark.base.search import fold

# Letters and digits, also apart from their marks; whatever else stands between two words, they are neighbours.
_WORDS = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
# Variation selectors and a joiner: marks for Unicode, nothing for the eye.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_SENTENCE_ENDS = re.compile(r"(?<=[.!])\s+|[\r\n]+")
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝӏкмнтвгАЕОРСУХІЈЅҺԀԚԜӀКМНТВГαοειυνκρτχηΑΟΕΙΥΝΚΡΤΧΗΒΜΖı",
    "aeopcyxijshdqwlkmhtbrAEOPCYXIJSHDQWLKMHTBraoeiuvkptxnAOEIYNKPTXHBMZi",
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word by its plain letters and, in no order, its marks; đ counts as a d with one."""

    plain: str
    marks: str

    @classmethod
    def of(cls, text: str) -> "_Word":
        lowered = unicodedata.normalize("NFD", text.lower())
        marks = "".join(sorted(letter for letter in lowered if unicodedata.combining(letter) or letter == "đ"))
        return cls(fold(text), marks)

    def says(self, claim: "_Word") -> bool:
        return self.plain == claim.plain and self.marks in ("", claim.marks)


def words_of(text: str) -> list[_Word]:
    """Return the words of a text in their order. Digits and letters that touch are one word."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", seen)).translate(_LOOK_ALIKE)
    return [_Word.of(word) for word in _WORDS.findall(plain)]


def claims_in(text: str, claims: Iterable[str]) -> list[str]:
    """Return those of the claims that a text makes, in their own order."""
    said = words_of(text)
    return [claim for claim in claims if any(_places(words_of(claim), said))]


def _places(claim: list[_Word], said: list[_Word]) -> Iterator[range]:
    """Go through where a claim stands among the words of a text."""
    length = len(claim)
    for start in range(len(said) - length + 1 if claim else 0):
        if all(word.says(wanted) for word, wanted in zip(said[start : start + length], claim, strict=True)):
            yield range(start, start + length)


def known_claims() -> list[str]:
    """Return the ward's list; while it is empty, the one it began with: nobody switches it off by mistake."""
    kept = list(ClaimWord.objects.values_list("words", flat=True))
    return kept or [words for kind in first_claim_words().values() for words in kind]


def texts_in(value: Any) -> list[str]:
    """Return every text within a value in JSON form."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_in(part)]
    return []


def new_claims(before: Any, after: Any, claims: Iterable[str]) -> list[str]:
    """Return what the later value claims and the earlier one did not, in the order of the claims.

    A claim was there before only where the whole sentence, or line, stood there word for word: `không có đồ halal` does
    not claim what `bán đồ halal` does.
    """
    claims = list(claims)
    stood = {_plain(sentence) for text in texts_in(before) for sentence in _sentences(text)}
    made = {claim for text in texts_in(after) for claim in _claimed_anew(text, stood, claims)}
    return [claim for claim in claims if claim in made]


def _claimed_anew(text: str, stood: Set[str], claims: Iterable[str]) -> Iterator[str]:
    """Go through what is claimed outside of the sentences that stood there, also beyond the end of one."""
    words, sentence_of, is_new = [], [], []
    for number, sentence in enumerate(_sentences(text)):
        own = words_of(sentence)
        words += own
        sentence_of += [number] * len(own)
        is_new.append(_plain(sentence) not in stood)
    for claim in claims:
        for place in _places(words_of(claim), words):
            first, last = sentence_of[place[0]], sentence_of[place[-1]]
            if first != last or is_new[first]:
                yield claim


def _sentences(text: str) -> list[str]:
    # A question goes on in its answer.
    return _SENTENCE_ENDS.split(text)


def _plain(sentence: str) -> str:
    return " ".join(unicodedata.normalize("NFC", sentence).lower().split()).rstrip(".!")
