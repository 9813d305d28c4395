"""Production refuses to start half-configured, and then starts without a warning."""

import pytest

from tests.site.settings.environments import manage, say

GIVEN = {
    "SECRET_KEY": "Zt5-kq8_7uXw1bLr0PnHs4yVc9EaMfJ2dGoQi6TjRzWxUvNmKpYlBhCeSg3AD",
    "ALLOWED_HOSTS": "ward.example",
    "PLAQUE_BASE_URL": "https://ward.example",
    "SEALING_KEYS": "c2FtcGxlLWtleS1vZi0zMi1ieXRlcy1mb3ItdGVzdHM=",
}


@pytest.mark.parametrize(
    "lacking",
    [
        ["SECRET_KEY"],
        ["ALLOWED_HOSTS"],
        ["PLAQUE_BASE_URL"],
        ["SECRET_KEY", "PLAQUE_BASE_URL"],
        ["SECRET_KEY", "ALLOWED_HOSTS", "PLAQUE_BASE_URL"],
    ],
)
def test_it_names_exactly_what_lacks(tmp_path, lacking):
    given = {name: value for name, value in GIVEN.items() if name not in lacking}
    refused = manage("check", DJANGO_ENV="production", VAR_DIR=tmp_path, **given)
    assert refused.returncode != 0
    assert f"DJANGO_ENV=production needs {', '.join(lacking)}." in refused.stderr
    assert list(tmp_path.iterdir()) == [], "a refused start leaves nothing behind, least of all a key of its own"


@pytest.mark.parametrize(("lacking", "empty"), [("SECRET_KEY", ""), ("ALLOWED_HOSTS", "  "), ("PLAQUE_BASE_URL", "")])
def test_an_empty_value_counts_as_lacking(tmp_path, lacking, empty):
    refused = manage("check", DJANGO_ENV="production", VAR_DIR=tmp_path, **GIVEN | {lacking: empty})
    assert f"DJANGO_ENV=production needs {lacking}." in refused.stderr


@pytest.mark.parametrize("address", ["http://ward.example", "https://127.0.0.1:8000", "https://WARD.example/vi"])
def test_an_address_that_must_not_be_printed_on_walls_is_refused(tmp_path, address):
    refused = manage("check", DJANGO_ENV="production", VAR_DIR=tmp_path, **GIVEN | {"PLAQUE_BASE_URL": address})
    assert refused.returncode != 0
    assert f"PLAQUE_BASE_URL {address!r} must be" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_djangos_deployment_check_finds_nothing(tmp_path):
    checked = manage("check", "--deploy", "--fail-level", "WARNING", DJANGO_ENV="production", VAR_DIR=tmp_path, **GIVEN)
    assert checked.returncode == 0, checked.stderr
    assert checked.stderr == ""
    assert "no issues" in checked.stdout


def test_debug_cannot_be_switched_on(tmp_path):
    assert say("settings.DEBUG", DJANGO_ENV="production", DEBUG="1", VAR_DIR=tmp_path, **GIVEN) == "False"


@pytest.mark.parametrize(("behind", "trusted"), [("1", "('HTTP_X_FORWARDED_PROTO', 'https')"), ("0", "None")])
def test_a_proxys_word_on_https_is_trusted_only_when_told_so(tmp_path, behind, trusted):
    spoken = say(
        "settings.SECURE_PROXY_SSL_HEADER", DJANGO_ENV="production", VAR_DIR=tmp_path, BEHIND_PROXY=behind, **GIVEN
    )
    assert spoken == trusted
