"""To which host passkeys belong: the one on the plaques, or this machine under the only name that browsers take."""

from ipaddress import ip_address
from urllib.parse import urlsplit

LOCAL = "localhost"


def passkey_host(base_url: str) -> str:
    """Return the relying party of passkeys: a host's name, never a number."""
    host = urlsplit(base_url).hostname or LOCAL
    try:
        ip_address(host)
    except ValueError:
        return host
    return LOCAL


def passkey_origins(base_url: str) -> list[str]:
    """Return the origins from which a passkey is taken: that of the plaques, or this machine's own."""
    parts = urlsplit(base_url)
    host = passkey_host(base_url)
    if parts.scheme == "https":
        return [f"https://{parts.netloc}" if host == parts.hostname else f"https://{host}"]
    port = f":{parts.port}" if parts.port else ""
    return [f"http://{LOCAL}{port}"]
