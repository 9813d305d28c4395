"""Runs this site's commands as an operator does: in a process of its own, with no variable but those given."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def manage(*arguments: str, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | {
        name: str(value) for name, value in variables.items()
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def say(expression: str, **variables: str | Path) -> str:
    """Print an expression with the settings, and a fresh database connection, at hand."""
    code = f"from django.conf import settings; from django.db import connection; print({expression})"
    done = manage("shell", "--no-imports", "-c", code, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
