"""A real worker process on the test's own database and private storage."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.core.files.storage import storages
from django.db import connection

from wardmark.plaques.models import PrintJob

ROOT = Path(__file__).resolve().parents[1]


def start(folder: Path) -> subprocess.Popen:
    """Start `manage.py work`; `folder` becomes its VAR_DIR, its log is `worker.log` there. The caller ends it."""
    documents = folder / "documents"
    if not documents.exists():
        documents.symlink_to(storages["documents"].location)
    surroundings = environment() | {"VAR_DIR": str(folder), "PLAQUE_BASE_URL": "https://cg.example"}
    log = (folder / "worker.log").open("a")
    return subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=surroundings, stdout=log, stderr=log)


def environment() -> dict[str, str]:
    """Return the surroundings in which another process works on the test's own database."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    surroundings = os.environ | {"DATABASE_URL": _database_url(), "PYTHONPATH": path}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    return surroundings


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    return f"postgres://{database['USER']}{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def wait_until(
    job: PrintJob, reached: Callable[[PrintJob], bool], worker: subprocess.Popen, *, seconds: int = 120
) -> PrintJob:
    """Look at the job until it is so far; fail where the worker ends before, or time does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = PrintJob.objects.get(pk=job.pk)
        if reached(now):
            return now
        assert worker.poll() is None, "the worker ended by itself"
        time.sleep(0.02)
    raise AssertionError(f"print job not so far after {seconds} s: {now.state}, {now.drawn} drawn, {now.failure}")
