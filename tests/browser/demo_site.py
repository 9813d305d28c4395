"""The demonstration as `make demo` serves it: its own process, database, files and address.

Nothing of it is shared with the test process, so these tests see what a visitor of a fresh machine would see.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class DemoSite:
    """Where the demonstration is served, and where it keeps its files."""

    url: str
    var: Path
    environment: dict[str, str] = field(repr=False, hash=False, default_factory=dict)

    @cache  # noqa: B019 - there is one demonstration, and a look at it starts a process
    def codes(self, condition: str) -> list[str]:
        """Return the codes of the plaques of which a condition holds, oldest first: `page_key=None`, `state="retired"`.

        What stands on a plaque but on no page, a test must read somewhere.
        """
        question = (
            "from wardmark.plaques.models import Plaque; "
            f"print(*Plaque.objects.filter({condition}).order_by('pk').values_list('code', flat=True))"
        )
        return self.ask(question).split()

    def ask(self, lines: str) -> str:
        """Run lines of Python in the demonstration, beside its server, and return what they print."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", lines]
        asked = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, timeout=120, capture_output=True, text=True
        )
        return asked.stdout

    def password(self, user: str) -> str:
        rows = json.loads((self.var / "demo-sign-ins.json").read_text())
        return next(row["password"] for row in rows if row["user"] == user)


def start(var: Path, log: Path, **settings: str) -> tuple[DemoSite, list[subprocess.Popen]]:
    """Load the demonstration, serve it on a free port and do its background work; the caller ends the processes.

    `settings` are variables of its environment besides.
    """
    port = free_port()
    environment = _environment(var, port) | settings
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, timeout=300)
    output = log.open("w")
    server, worker = (
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=output, stderr=output)
        for command in (["-m", "gunicorn"], ["manage.py", "work"])
    )
    site = DemoSite(f"http://127.0.0.1:{port}", var, environment)
    _wait_until_it_answers(site, server, log)
    return site, [server, worker]


def end(processes: list[subprocess.Popen]) -> None:
    """End a demonstration. The server itself waits half a minute for answers that nobody takes any more."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(timeout=90)


def _environment(var: Path, port: int) -> dict[str, str]:
    ours = (
        "DJANGO_",
        "MEDIA_S3_",
        "PLAQUE_",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "REDIS_URL",
        "DATABASE_URL",
        "PAGE_CACHE_",
        "CONTENT_LANGUAGES",
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    if "DATABASE_URL" in os.environ:
        environment["DATABASE_URL"] = _database_beside(os.environ["DATABASE_URL"], var)
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    return environment | {
        "VAR_DIR": str(var), "HOST": "127.0.0.1", "PORT": str(port), "DEBUG": "0", "PYTHONPATH": path
    }  # fmt: skip


def _database_beside(url: str, var: Path) -> str:
    """Return the address of an empty database on the same server; on SQLite, of a file of its own."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        return f"sqlite:///{var / 'wardmark.sqlite3'}"
    # Each process that shares the suite has a demonstration of its own.
    name = f"{parts.path.lstrip('/')}_browser{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def _wait_until_it_answers(site: DemoSite, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        with suppress(OSError), urlopen(f"{site.url}/q/", timeout=10):  # noqa: S310 - our own http address
            return
        time.sleep(0.2)
    raise RuntimeError(f"The demonstration did not start:\n{log.read_text()}")
