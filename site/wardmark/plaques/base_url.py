"""What may be printed on a wall as the site's address: it cannot be changed afterwards."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

# Endings that are kept for machines, tests and local networks (RFC 2606, 6761, 8375 and habit).
NEVER_PUBLIC = {
    *("arpa", "corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost", "onion", "test"),
}
# RFC 1123, 2.1.
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an address, for the person who sets it; `id` is that of the system check."""

    id: str
    message: str
    hint: str


def fault_of(url: str, *, public: bool) -> Fault | None:
    """Return what is wrong with a `PLAQUE_BASE_URL`, else None.

    Scheme and host in lower case and nothing behind them; where the site is public also https and a host name of
    the Internet's, for an address of a local network opens for nobody in front of a plaque.
    """
    parts = _parts_of(url)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return Fault(
            "plaques.E001",
            f"PLAQUE_BASE_URL {url!r} is no web address.",
            "Write scheme and host only, for example https://ward.example",
        )
    if url != f"{parts.scheme}://{parts.netloc}".lower() or parts.username is not None:
        return Fault(
            "plaques.E002",
            f"PLAQUE_BASE_URL {url!r} must be scheme and host in lower case, without a path.",
            "Several phone cameras take HTTPS:// in capitals for plain text.",
        )
    if public and (parts.scheme != "https" or not _is_public_name(parts.hostname or "")):
        return Fault(
            "plaques.E003",
            f"PLAQUE_BASE_URL {url!r} must be https and a host name that phones reach from anywhere.",
            "It is printed on walls: choose a name the ward will own for decades, for example https://ward.example",
        )
    return None


def _parts_of(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _port_is_a_number = parts.port
    except ValueError:
        return None
    return None if parts.netloc.endswith(":") else parts


def _is_public_name(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    # No top-level domain is a number, so this is no IP address either.
    return not labels[-1].isdigit() and labels[-1] not in NEVER_PUBLIC
