"""Codes given out by two processes at once, where almost every second one is taken already."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests import workers
from wardmark.plaques.models import Plaque

EACH = 22
# Codes of noughts and ones alone: 64 of them, a few unwanted.
ISSUE = f"""
import sys
from wardmark.plaques import codes
from wardmark.plaques.models import Plaque
chance = codes.secrets.SystemRandom()
codes.secrets = type("Narrow", (), {{"choice": staticmethod(lambda letters: chance.choice(letters[:2]))}})
print("ready", flush=True)
sys.stdin.readline()
print(*(Plaque.objects.issue().code for _ in range({EACH})))
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_issue_the_same_code():
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ISSUE]
    processes = [
        subprocess.Popen(
            command,
            cwd=settings.ROOT,
            env=workers.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout.readline().strip() == "ready"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    issued = [code for process in processes for code in process.communicate(timeout=120)[0].split()]
    assert [process.returncode for process in processes] == [0, 0]
    assert len(issued) == len(set(issued)) == 2 * EACH
    assert set(Plaque.objects.values_list("code", flat=True)) == set(issued)
    assert len({code[:6] for code in issued} - {f"{number:06b}" for number in range(64)}) == 0
