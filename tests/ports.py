"""Ports for the servers that tests start."""

import socket
from contextlib import closing


def free_port() -> int:
    """Return a port of this machine on which nobody listens at present."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
