"""Scans per second against a bare Django view that answers a constant 302, in the same server and run.

    python tests/bench/resolver.py [seconds]

Both pass the same middleware; a scan finds its route, chooses the language and is in the database before it is
answered. The rounds alternate, so that a machine that gets slower meanwhile slows both.
"""

import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser import demo_site

ROUNDS, CLIENTS = 5, 4


def ask(address: tuple[str, int], path: str, until: float, answered: list[int]) -> None:
    """Ask for a path again and again over one connection, as a browser keeps it, and note how often it was answered."""
    request = f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nAccept-Language: vi\r\n\r\n".encode()
    with socket.create_connection(address, timeout=30) as connection:
        count = 0
        while time.monotonic() < until:
            connection.sendall(request)
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):
                answer += connection.recv(65536)
            if not answer.startswith(b"HTTP/1.1 302"):
                raise SystemExit(f"{path} answered {answer[:200]!r}")
            count += 1
    answered.append(count)


def per_second(address: tuple[str, int], paths: list[str], seconds: float) -> float:
    answered: list[int] = []
    begin = time.monotonic()
    clients = [
        threading.Thread(target=ask, args=(address, paths[number % len(paths)], begin + seconds, answered))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if len(answered) != CLIENTS:
        raise SystemExit("A client gave up; see above.")
    return sum(answered) / (time.monotonic() - begin)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="wardmark-bench-") as folder:
        site, processes = demo_site.start(
            Path(folder) / "var", Path(folder) / "server.log", DJANGO_SETTINGS_MODULE="tests.bench.resolver_site"
        )
        try:
            parts = urlsplit(site.url)
            address = (parts.hostname or "127.0.0.1", parts.port or 80)
            codes = [f"/q/{code}" for code in site.codes("is_primary=True, retired_on=None")[:CLIENTS]]
            per_second(address, codes, 1)
            rounds = [
                (per_second(address, codes, seconds), per_second(address, ["/bare/"], seconds)) for _ in range(ROUNDS)
            ]
        finally:
            demo_site.end(processes)
    ratios = sorted(scans / bare for scans, bare in rounds)
    say("resolver: scans per second against a bare view's constant 302 in the same server")
    for scans, bare in rounds:
        say(f"  {scans:7.0f} scans/s   {bare:7.0f} bare/s   {scans / bare:5.0%}")
    say(f"  median {statistics.median(ratios):.0%}, from {ratios[0]:.0%} to {ratios[-1]:.0%}; goal 50 %")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
