"""Addresses of films on other sites, as people paste them and as this site keeps them."""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from django.conf import settings

YOUTUBE_KEY = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)
# Where YouTube puts the key of a film into the path.
YOUTUBE_PATHS = frozenset({"embed", "live", "shorts", "v"})
VIMEO_PATH = re.compile(r"(?:/video)?/(\d{1,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
VIMEO_HASH = re.compile(r"[0-9a-f]{6,20}", re.ASCII)
# As seconds, or as YouTube writes them: 1m30s.
STARTS_AT = re.compile(r"(?=\d)(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", re.ASCII)
LETTERS_AT_MOST = 500


class UnknownAddress(ValueError):
    """This is no address of a film on a site that the ward's settings name."""


def known_sites() -> list[str]:
    return list(settings.VIDEO_SITES)


def site_of(address: str) -> str:
    """Return what the site of an address is called; raise UnknownAddress for another one."""
    return _site(_split(address))


def plain_address(pasted: str) -> str:
    """Return the one address of a film: https, no short form, nothing that says who passed it on.

    Where it begins stays. Raises UnknownAddress.
    """
    parts = _split(pasted)
    write = _WRITTEN.get(_site(parts), _by_path)
    return write(parts)


def _split(address: str) -> SplitResult:
    address = address.strip()
    if len(address) > LETTERS_AT_MOST or re.search(r"[\s\\\x00-\x1f\x7f]", address):
        raise UnknownAddress
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise UnknownAddress from error
    if parts.scheme not in {"http", "https"} or port not in {None, 80, 443} or parts.username is not None:
        raise UnknownAddress
    return parts


def _site(parts: SplitResult) -> str:
    for name, hosts in settings.VIDEO_SITES.items():
        if parts.hostname in hosts:
            return name
    raise UnknownAddress


def _youtube(parts: SplitResult) -> str:
    said = parse_qs(parts.query)
    steps = [step for step in parts.path.split("/") if step]
    if parts.hostname == "youtu.be":
        key = steps[0] if len(steps) == 1 else ""
    elif len(steps) == 2 and steps[0] in YOUTUBE_PATHS:
        key = steps[1]
    else:
        key = said.get("v", [""])[0] if steps == ["watch"] else ""
    if not YOUTUBE_KEY.fullmatch(key):
        raise UnknownAddress
    start = _seconds(said.get("t", said.get("start", [""]))[0])
    return f"https://www.youtube.com/watch?v={key}" + (f"&t={start}s" if start else "")


def _seconds(written: str) -> int:
    parts = STARTS_AT.fullmatch(written)
    if parts is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(parts: SplitResult) -> str:
    path = VIMEO_PATH.fullmatch(parts.path)
    if path is None:
        raise UnknownAddress
    # Without it, a film that is not listed does not open.
    unlisted = path[2] or parse_qs(parts.query).get("h", [""])[0]
    if not unlisted:
        return f"https://vimeo.com/{path[1]}"
    if not VIMEO_HASH.fullmatch(unlisted):
        raise UnknownAddress
    return f"https://vimeo.com/{path[1]}/{unlisted}"


def _by_path(parts: SplitResult) -> str:
    """What follows the path is dropped: on a site nobody has looked at, it may name who passed the address on."""
    path = quote(unquote(parts.path), safe="/@:+~!$&'()*,;=-._")
    if path in {"", "/"}:
        raise UnknownAddress
    return f"https://{parts.hostname}{path}"


_WRITTEN: dict[str, Callable[[SplitResult], str]] = {"YouTube": _youtube, "Vimeo": _vimeo}
