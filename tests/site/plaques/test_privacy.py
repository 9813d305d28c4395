"""Nothing about who scanned is kept: read from the whole database and from what was logged."""

import logging

import pytest
from django.db import connection

from tests.factories import HeritageSitePageFactory, StandardPageFactory, translate
from wardmark.plaques.models import Plaque, ScanCount

pytestmark = pytest.mark.django_db
SCANS = 1000
# Strings that occur nowhere else, as odd as visitors' programs send them.
AGENTS = [
    "Mozilla/5.0 (Zqxagent; Linux) Gecko",
    "Zqxagent\ttab <script>",
    "Zqxagent 'quoted\" %s {0}",
    "Zqxagent" * 200,
]
ADDRESSES = ["203.0.113.77", "2001:db8:77::77", "198.51.100.177"]
OF_THE_VISITOR = ["Zqx", "203.0.113.77", "2001:db8:77", "198.51.100.177"]


def every_stored_text() -> str:
    """Return every value of every table, also of those that Django has no model for."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            found += [str(value) for row in cursor.fetchall() for value in row if value is not None]
    return "\n".join(found)


def log_everything(caplog) -> None:
    """Hear more than the site's settings write: of Django they write warnings, of ours what is more than debugging."""
    for name, level in (("django", logging.INFO), ("", logging.DEBUG), ("wardmark", logging.DEBUG)):
        caplog.set_level(level, logger=name)


@pytest.fixture
def plaques(heritage):
    pages = [HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà"), StandardPageFactory(parent=heritage)]
    translate(pages[0], "Bối Hà Communal House")
    closed = HeritageSitePageFactory(parent=heritage)
    closed.unpublish()
    return [Plaque.objects.for_page(page) for page in [*pages, closed]]


def scan(client, code: str, number: int):
    return client.get(
        f"/q/{code}?zqxquery=Zqxquery&utm_source=Zqxsource",
        headers={
            "user-agent": AGENTS[number % len(AGENTS)],
            "x-forwarded-for": f"{ADDRESSES[number % 3]}, 10.0.0.1",
            "x-real-ip": ADDRESSES[(number + 1) % 3],
            "forwarded": f"for={ADDRESSES[0]}",
            "referer": f"https://zqxreferrer.example/Zqx{number}",
            "accept-language": ["vi", "en-GB", "ko-KR,Zqx;q=0.3", "Zqxtag", ""][number % 5],
            "cookie": f"zqxcookie=Zqx{number}; sessionid=Zqxsession{number}",
            "sec-ch-ua-model": "Zqxphone",
        },
        REMOTE_ADDR=ADDRESSES[number % 3],
    )


def test_after_a_thousand_scans_the_database_and_the_logs_hold_counts_and_nothing_else(client, plaques, caplog):
    log_everything(caplog)
    before = set(every_stored_text().splitlines())
    for number in range(SCANS):
        assert scan(client, plaques[number % len(plaques)].code, number).status_code in {200, 302}
    assert scan(client, "0000000", 1).status_code == 404
    stored = every_stored_text()
    for text in OF_THE_VISITOR:
        assert text.lower() not in stored.lower(), text
        assert text.lower() not in caplog.text.lower(), text
    assert sum(ScanCount.objects.values_list("scans", flat=True)) == SCANS
    new = set(stored.splitlines()) - before
    expected = {str(value) for row in ScanCount.objects.values_list() for value in row}
    assert new <= expected | {
        str(hour.replace(tzinfo=None)) for hour in ScanCount.objects.values_list("hour", flat=True)
    }


def test_the_search_would_find_what_somebody_stored(plaques):
    assert "Zqx" not in every_stored_text()
    ScanCount.objects.create(plaque=plaques[0], hour="2026-05-16T12:00Z", language="Zqxagent", scans=1)
    assert "Zqx" in every_stored_text()


def test_the_log_would_show_what_somebody_logged(caplog):
    log_everything(caplog)
    logging.getLogger("wardmark.plaques").debug("Scanned by %s", AGENTS[0])
    assert "Zqx" in caplog.text


def test_a_scan_gives_the_visitor_no_cookie(client, plaques):
    # A stale sign-in is taken back; nothing is ever given.
    assert not any(cookie.value for cookie in scan(client, plaques[0].code, 0).cookies.values())
