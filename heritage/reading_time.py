"""How long a text takes a visitor, counted in words."""

import math
import re

# Ideographs and kana: written without spaces, about two of them make a word.
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPOKEN = re.compile(r"[^\W_]")

# Read aloud calmly, 120 words a minute.
WORDS_IN_30_SECONDS = 60


def count_words(text: str) -> int:
    """Return the number of words: what stands between spaces and can be spoken, so a Vietnamese syllable is one.

    A dash on its own is none. Of writings without spaces (Chinese, Japanese), two signs count as a word.
    """
    signs = len(_IDEOGRAPH.findall(text))
    spaced = sum(bool(_SPOKEN.search(word)) for word in _IDEOGRAPH.sub(" ", text).split())
    return spaced + math.ceil(signs / 2)
