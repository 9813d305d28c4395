"""Addresses that keep Vietnamese readable: `Đình Bối Hà` becomes `dinh-boi-ha`."""

import re

from django.utils.text import slugify
from wagtail.admin.widgets import SlugInput
from wagtail.coreutils import string_to_ascii

# What Unicode composes into one letter, by the plain letter it comes from. đ is a letter of its own for Unicode.
VIETNAMESE_LETTERS = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đ",
}


def ascii_slug(text: str) -> str:
    """Return the slug of a title in plain ASCII letters; a title without any letter gives `page`."""
    return slugify(string_to_ascii(text)) or "page"


def slug_input() -> SlugInput:
    """Return Wagtail's slug field taught the Vietnamese letters, which its own script drops (đ) or misspells."""
    composed = [(re.compile(f"[{letters}{letters.upper()}]"), plain) for plain, letters in VIETNAMESE_LETTERS.items()]
    combining_marks = (re.compile("[\u0300-\u036f]"), "")
    return SlugInput(formatters=[*composed, combining_marks])
