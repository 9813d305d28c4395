"""The port to telephones: a real server on this machine stands for the gateway."""

import json
import logging
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from wardmark.accounts import messages
from wardmark.accounts.messages.checks import message_gateway
from wardmark.accounts.messages.gateways import ConsoleGateway, FileGateway
from wardmark.accounts.messages.http import HTTPGateway, NumberForm

PHONE, TEXT = "+84900000123", "Mã của bạn là 482915 {token} “nhé”"


class Gateway(ThreadingHTTPServer):
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/send"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((dict(self.headers), body))
        status, said = self.server.answers.pop(0) if self.server.answers else (200, b"{}")
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with Gateway() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_message_is_posted_as_json_with_the_token_in_its_header(server):
    HTTPGateway(url=server.url, token="bí-mật".encode().hex()).send(phone=PHONE, text=TEXT)
    [(headers, body)] = server.asked
    assert json.loads(body) == {"phone": PHONE, "text": TEXT}
    assert headers["Authorization"] == f"Bearer {'bí-mật'.encode().hex()}"


def test_a_providers_own_fields_are_filled_each_once(server):
    gateway = HTTPGateway(
        url=server.url,
        token="k1",
        token_header="",
        as_form=True,
        number_form="84",
        body={"to": "{phone}", "content": "[{text}]", "key": "{token}", "brand": "PHUONG"},
    )
    gateway.send(phone=PHONE, text=TEXT)
    [(headers, body)] = server.asked
    assert parse_qs(body) == {"to": ["84900000123"], "content": [f"[{TEXT}]"], "key": ["k1"], "brand": ["PHUONG"]}
    assert "Authorization" not in headers


@pytest.mark.parametrize(("form", "written"), [("+84", PHONE), ("84", "84900000123"), ("0", "0900000123")])
def test_a_number_is_written_as_the_provider_wants(form, written):
    assert NumberForm(form).of(PHONE) == written


@pytest.mark.parametrize("status", [502, 503])
def test_a_gateway_that_is_not_there_is_asked_once_more(server, status):
    server.answers = [(status, b"")]
    HTTPGateway(url=server.url).send(phone=PHONE, text=TEXT)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("answers", "asked"),
    [([(503, b""), (503, b"")], 2), ([(500, b"")], 1), ([(401, b"")], 1), ([(302, b"")], 1)],
)
def test_a_refusal_is_an_error_and_is_not_repeated_without_end(server, answers, asked):
    server.answers = list(answers)
    with pytest.raises(messages.NotSent):
        HTTPGateway(url=server.url).send(phone=PHONE, text=TEXT)
    assert len(server.asked) == asked


@pytest.mark.parametrize("said", [b'{"CodeResult": "103"}', b"{}", b"[]", b"no json"])
def test_a_refusal_inside_a_200_is_an_error(server, said):
    server.answers = [(200, said)]
    with pytest.raises(messages.NotSent):
        HTTPGateway(url=server.url, success="CodeResult=100").send(phone=PHONE, text=TEXT)


@pytest.mark.parametrize(("field", "said"), [("CodeResult", b'{"CodeResult": 100}'), ("a.0.b", b'{"a":[{"b":"100"}]}')])
def test_a_success_inside_a_200_is_seen(server, field, said):
    server.answers = [(200, said)]
    HTTPGateway(url=server.url, success=f"{field}=100").send(phone=PHONE, text=TEXT)


def test_nobody_listening_is_an_error_that_names_no_number(server, caplog):
    url = server.url
    server.shutdown()
    server.server_close()
    with caplog.at_level(logging.DEBUG), pytest.raises(messages.NotSent) as error:
        HTTPGateway(url=url, token="geheim").send(phone=PHONE, text=TEXT)
    told = f"{error.value} {error.value.message} {caplog.text} {HTTPGateway(url=url, token='geheim')!r}"
    for secret in ("900000123", "482915", "geheim"):
        assert secret not in told


def test_no_log_has_the_number_or_the_text(server, caplog):
    server.answers = [(503, b""), (200, b"")]
    with caplog.at_level(logging.DEBUG):
        HTTPGateway(url=server.url, token="geheim").send(phone=PHONE, text=TEXT)
    for secret in ("900000123", "482915", "geheim"):
        assert secret not in caplog.text


def test_the_file_of_the_demonstration_is_its_owners_alone(tmp_path):
    path = tmp_path / "new" / "messages.jsonl"
    for text in ("một", "hai"):
        FileGateway(path=path).send(phone=PHONE, text=text)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(row["phone"], row["text"]) for row in rows] == [(PHONE, "một"), (PHONE, "hai")]


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(messages.NotSent):
        FileGateway(path=tmp_path / "folder").send(phone=PHONE, text=TEXT)


def test_the_terminal_stands_for_the_telephone(capsys):
    ConsoleGateway().send(phone=PHONE, text=TEXT)
    assert PHONE in (told := capsys.readouterr().out)
    assert TEXT in told


def test_without_a_gateway_nothing_is_promised(no_gateway):
    assert not messages.is_configured()
    with pytest.raises(messages.NotSent):
        messages.send(phone=PHONE, text=TEXT)


class Heard(logging.Handler):
    """What was logged from another thread, waited for."""

    def __init__(self):
        super().__init__()
        self.lines, self.arrived = [], threading.Event()

    def emit(self, record):
        self.lines.append(self.format(record))
        self.arrived.set()


def test_an_unseen_message_through_a_slow_gateway_keeps_nobody_waiting(server, settings):
    settings.MESSAGES = {
        "BACKEND": "wardmark.accounts.messages.http.HTTPGateway",
        "OPTIONS": {"url": server.url},
    }
    server.answers = [(500, b"")]
    heard = Heard()
    messages.logger.addHandler(heard)
    try:
        messages.send_unseen(phone=PHONE, text=TEXT)
        assert heard.arrived.wait(20)
    finally:
        messages.logger.removeHandler(heard)
    assert "HTTP 500" in heard.lines[0]
    assert "900000123" not in heard.lines[0]


HTTP = "wardmark.accounts.messages.http.HTTPGateway"
GATEWAYS = "wardmark.accounts.messages.gateways"


@pytest.mark.parametrize(
    ("backend", "options", "found"),
    [
        (HTTP, {"url": "https://sms.example/send"}, []),
        (HTTP, {"url": "sms.example"}, ["accounts.E002"]),
        (HTTP, {"url": "https://sms.example", "body": {"to": "{phone}"}}, ["accounts.E003"]),
        (HTTP, {"url": "https://sms.example", "body": ["{phone}{text}"]}, ["accounts.E003"]),
        (HTTP, {"url": "https://sms.example", "success": "ok"}, ["accounts.E004"]),
        (HTTP, {"url": "https://sms.example", "number_form": "0084"}, ["accounts.E001"]),
        (HTTP, {}, ["accounts.E001"]),
        ("nowhere.Gateway", {}, ["accounts.E001"]),
        ("pathlib.Path", {}, ["accounts.E001"]),
        (f"{GATEWAYS}.NoGateway", {}, []),
        (f"{GATEWAYS}.ConsoleGateway", {}, []),
    ],
)
def test_bad_settings_are_found_before_anybody_waits_for_a_message(settings, backend, options, found):
    settings.MESSAGES = {"BACKEND": backend, "OPTIONS": options}
    assert [fault.id for fault in message_gateway(None)] == found


@pytest.mark.parametrize(
    ("backend", "options", "found"),
    [
        (HTTP, {"url": "http://sms.example/send"}, ["accounts.E002"]),
        (f"{GATEWAYS}.ConsoleGateway", {}, ["accounts.W001"]),
        (f"{GATEWAYS}.FileGateway", {"path": "messages.jsonl"}, ["accounts.W001"]),
    ],
)
def test_production_is_stricter(settings, backend, options, found):
    settings.SEALING_KEYS_REQUIRED = True
    settings.MESSAGES = {"BACKEND": backend, "OPTIONS": options}
    assert [fault.id for fault in message_gateway(None)] == found
