"""What the environment says about messages and passkeys."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from tests.site.settings.environments import say
from tests.site.settings.test_production import GIVEN
from wardmark.settings.message_gateway import message_gateway
from wardmark.settings.passkeys import passkey_host, passkey_origins

NAMES = ("", "_URL", "_TOKEN", "_TOKEN_HEADER", "_BODY", "_AS_FORM", "_NUMBER_FORM", "_SUCCESS")


@pytest.fixture
def set_(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(f"MESSAGE_GATEWAY{name}", raising=False)
    return lambda **given: [monkeypatch.setenv(f"MESSAGE_GATEWAY{name}", value) for name, value in given.items()]


def gateway(default="file"):
    found = message_gateway(Env(), default=default, file="/var/messages.jsonl")
    return found["BACKEND"].rpartition(".")[2], found.get("OPTIONS", {})


def test_without_a_variable_each_kind_of_settings_has_its_own(set_):
    assert gateway("console") == ("ConsoleGateway", {})
    assert gateway("file") == ("FileGateway", {"path": "/var/messages.jsonl"})
    assert gateway("none") == ("NoGateway", {})


def test_a_name_chooses_another(set_, monkeypatch):
    monkeypatch.setenv("MESSAGE_GATEWAY", "none")
    assert gateway("console") == ("NoGateway", {})


def test_an_address_chooses_a_real_one_with_its_providers_wishes(set_):
    set_(
        _URL="https://sms.example/v4",
        _TOKEN="k",
        _TOKEN_HEADER="",
        _BODY='{"to": "{phone}", "content": "{text}", "key": "{token}"}',
        _AS_FORM="1",
        _NUMBER_FORM="84",
        _SUCCESS="CodeResult=100",
    )
    kind, options = gateway()
    assert kind == "HTTPGateway"
    assert options == {
        "url": "https://sms.example/v4",
        "token": "k",
        "token_header": "",
        "body": {"to": "{phone}", "content": "{text}", "key": "{token}"},
        "as_form": True,
        "number_form": "84",
        "success": "CodeResult=100",
    }


@pytest.mark.parametrize("given", [{"": "carrier-pigeon"}, {"_URL": "https://sms.example", "_BODY": "{phone}"}])
def test_what_cannot_be_meant_is_refused_at_the_start(set_, given):
    set_(**given)
    with pytest.raises(ImproperlyConfigured):
        gateway()


def test_production_promises_no_message_without_a_gateway(tmp_path):
    told = say(
        "settings.MESSAGES['BACKEND'], settings.OTP_WEBAUTHN_RP_ID, settings.OTP_WEBAUTHN_ALLOWED_ORIGINS",
        DJANGO_ENV="production",
        VAR_DIR=tmp_path,
        **GIVEN,
    )
    assert "NoGateway" in told
    assert "ward.example" in told
    assert "https://ward.example" in told


@pytest.mark.parametrize(
    ("base_url", "host", "origins"),
    [
        ("https://ward.example", "ward.example", ["https://ward.example"]),
        ("https://ward.example:8443", "ward.example", ["https://ward.example:8443"]),
        ("http://127.0.0.1:8000", "localhost", ["http://localhost:8000"]),
        ("http://192.168.1.20:8000", "localhost", ["http://localhost:8000"]),
        ("http://localhost:8000", "localhost", ["http://localhost:8000"]),
        ("http://[::1]:8000", "localhost", ["http://localhost:8000"]),
    ],
)
def test_passkeys_belong_to_the_host_on_the_plaques_or_to_this_machine_by_name(base_url, host, origins):
    assert passkey_host(base_url) == host
    assert passkey_origins(base_url) == origins
