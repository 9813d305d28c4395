"""The languages of the site, from the variable that names them."""

from collections.abc import Iterable
from unicodedata import normalize

from django.conf.locale import LANG_INFO


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return (code, own name) of each language once; a code that nobody knows names itself, and a check says so."""
    known = dict.fromkeys(code.strip().lower() for code in codes if code.strip())
    return [(code, own_name(code)) for code in known]


def own_name(code: str) -> str:
    """Return how a language calls itself, as it begins a line: `Français`, where English speakers say French."""
    # Django spells Tiếng Việt with marks of their own.
    name = normalize("NFC", LANG_INFO.get(code, {}).get("name_local", code))
    return name[:1].upper() + name[1:]
