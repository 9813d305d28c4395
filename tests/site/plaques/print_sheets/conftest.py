import pytest

from wardmark.plaques.print_sheets import running


@pytest.fixture(autouse=True)
def _no_heartbeat_from_a_thread(monkeypatch):
    """Another connection sees nothing of a test's transaction, and waits for its lock: a slow test would only wait."""
    monkeypatch.setattr(running, "SEEN_EVERY", running.SEEN_EVERY * 1000)
