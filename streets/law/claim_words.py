"""The claims in words to begin with, from `claim_words.json`; editors go on from there."""

import json
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_suffix(".json")


@cache
def first_claim_words() -> dict[str, tuple[str, ...]]:
    """Return the words of the first list by the kind of their claim."""
    return {kind: tuple(words) for kind, words in json.loads(LIST.read_text()).items()}


def enter_claim_words(claim_word: Any) -> None:
    """Enter what is not there yet. `claim_word`: the model, as a migration knows it or as it is now."""
    for kind, words in first_claim_words().items():
        for text in words:
            claim_word.objects.get_or_create(words=text, defaults={"kind": kind})
