"""A count survives a killed worker: what the visitor saw redirected is in the database."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests import workers
from tests.factories import StandardPageFactory
from tests.ports import free_port
from wardmark.plaques.models import Plaque, ScanCount

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def server(transactional_db, tmp_path):
    """The site as `gunicorn` starts it, on the test database, in a process group of its own."""
    port, log = free_port(), tmp_path / "server.log"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {
        "DATABASE_URL": workers.environment()["DATABASE_URL"],
        "VAR_DIR": str(tmp_path / "var"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DEBUG": "0",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    (tmp_path / "var").mkdir()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    wait_until_it_listens(port, process, log)
    yield process, port, log
    if process.poll() is None:
        kill_at_once(process)


def wait_until_it_listens(port: int, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with closing(socket.socket()) as visitor:
            if visitor.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The site did not start:\n{log.read_text()}")


def kill_at_once(process: subprocess.Popen) -> None:
    """Kill the master and every worker with a signal that none of them can catch."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def scan(port: int, code: str) -> http.client.HTTPResponse:
    visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    visitor.request("GET", f"/q/{code}", headers={"User-Agent": "Zqxagent", "X-Forwarded-For": "203.0.113.77"})
    return visitor.getresponse()


def test_what_the_visitor_saw_redirected_is_counted_though_every_process_is_killed(ward, server):
    process, port, log = server
    plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
    answers = [scan(port, plaque.code).status for _ in range(3)]
    kill_at_once(process)
    assert answers == [302] * 3, log.read_text()
    assert process.returncode == -signal.SIGKILL
    assert sum(ScanCount.objects.filter(plaque=plaque).values_list("scans", flat=True)) == 3
    assert "Zqxagent" not in log.read_text()
    assert "203.0.113.77" not in log.read_text()
