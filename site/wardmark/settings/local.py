"""What a machine without any setting gives itself: a secret key and an address."""

import os
import secrets
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def local_secret_key(path: Path) -> str:
    """Return this machine's own secret key, made once and kept readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written whole under another name first: a process starting beside this one must never read half a key.
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            Path(draft).unlink()
    return path.read_text()


def lan_address() -> str:
    """Return the address under which other machines of this network reach this one.

    Connecting a datagram socket sends nothing: it only asks the system which of its addresses
    it would use. 192.0.2.1 is reserved for documentation (RFC 5737). Without a network: loopback.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def local_base_url(host: str, port: str) -> str:
    """Return the address to print on plaques while no `PLAQUE_BASE_URL` is set."""
    if host in {"0.0.0.0", "::", "*"}:  # noqa: S104 - recognised, not bound
        host = lan_address()
    return f"http://{host}:{port}"
