"""Where else a shop is found: addresses on hosts that people know, in one form and without what follows visitors.

Nothing is loaded from them: a page only links. The hosts are those that such businesses use; a shop's own site is any
other host, which `is_known_host` tells apart for whoever must approve it.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_LINKS = 8
LONGEST = 300
# Host → the name people call it by. A name stands for the hosts below it too.
KNOWN_HOSTS = {
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "m.me": "Messenger",
    "zalo.me": "Zalo",
    "maps.app.goo.gl": "Google Maps",
    "google.com": "Google Maps",
    "tiktok.com": "TikTok",
    "instagram.com": "Instagram",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "shopeefood.vn": "ShopeeFood",
    "food.grab.com": "GrabFood",
    "shopee.vn": "Shopee",
}
# Only these pages of a host that holds much else.
_ONLY_BELOW = {"google.com": "/maps"}
_TRACKING = {"fbclid", "gclid", "igsh", "igshid", "mibextid", "si", "ref", "ref_src", "_r", "_t", "is_from_webapp"}


@dataclass(frozen=True, slots=True)
class ShopLink:
    address: str
    label: str


def tidy(address: str) -> str:
    """Return an https address without tracking, user name or fragment. Raises ValidationError."""
    text = address.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as reason:
        raise _refused(address) from reason
    if parts.scheme not in ("http", "https") or "." not in host or any(sign.isspace() for sign in text):
        raise _refused(address)
    if parts.scheme == "http":
        raise ValidationError(
            _("“%(address)s” is not encrypted: please give an address that begins with https://."),
            code="https",
            params={"address": address[:80]},
        )
    if port not in (None, 443) or parts.username or len(text) > LONGEST:
        raise _refused(address)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    ]
    return urlunsplit(("https", host, parts.path, urlencode(kept), ""))


def read_links(text: str) -> list[str]:
    """Return the addresses of a field with one per line, each once. Raises ValidationError with all complaints."""
    found, complaints = [], []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        try:
            found.append(tidy(line))
        except ValidationError as refused:
            complaints.append(refused)
    found = list(dict.fromkeys(found))
    if len(found) > MOST_LINKS:
        complaints.append(ValidationError(_("At most %(most)d links, please."), params={"most": MOST_LINKS}))
    if complaints:
        raise ValidationError(complaints)
    return found


def is_known_host(address: str) -> bool:
    return _known(address) is not None


def label_of(address: str) -> str:
    """Return what to call a link: the host's own name, else the host as written."""
    host = urlsplit(address).hostname or address
    return _known(address) or host.removeprefix("www.")


def _known(address: str) -> str | None:
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    for known, label in KNOWN_HOSTS.items():
        if (host == known or host.endswith(f".{known}")) and parts.path.startswith(_ONLY_BELOW.get(known, "")):
            return label
    return None


def _refused(address: str) -> ValidationError:
    return ValidationError(
        _("“%(address)s” is no web address: please copy it from the browser."),
        code="address",
        params={"address": address[:80]},
    )
