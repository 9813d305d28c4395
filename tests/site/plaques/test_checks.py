import pytest
from django.core.checks import run_checks

from wardmark.plaques.artwork import encode
from wardmark.plaques.checks import LONGEST_BASE_URL, plaque_base_url


def found(settings, url: str) -> list[str]:
    settings.PLAQUE_BASE_URL = url
    return [message.id for message in plaque_base_url(None)]


@pytest.mark.parametrize("url", ["https://cg.example", "http://192.168.1.20:8000", "https://" + "a" * 24 + ".vn"])
def test_scheme_and_host_are_enough(settings, url):
    assert found(settings, url) == []


@pytest.mark.parametrize("url", ["", "cg.example", "ftp://cg.example", "https://"])
def test_what_is_no_web_address_is_an_error(settings, url):
    assert found(settings, url) == ["plaques.E001"]


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://cg.example",
        "https://CG.example",
        "https://cg.example/",
        "https://cg.example/a",
        "https://cg.example?a=1",
    ],
)
def test_capitals_or_more_than_a_host_are_an_error(settings, url):
    assert found(settings, url) == ["plaques.E002"]


def test_a_host_that_makes_the_symbol_denser_is_a_warning(settings):
    assert found(settings, "https://" + "a" * 40 + ".vn") == ["plaques.W001"]


def test_the_warning_begins_where_the_symbol_really_grows(settings):
    longest = "https://" + "a" * (LONGEST_BASE_URL - len("https://.vn")) + ".vn"
    longer = longest.replace("a", "aa", 1)
    assert found(settings, longest) == []
    assert encode(f"{longest}/q/0000000", "Q").version == 4
    assert found(settings, longer) == ["plaques.W001"]
    assert encode(f"{longer}/q/0000000", "Q").version == 5


def test_manage_py_check_runs_it(settings):
    settings.PLAQUE_BASE_URL = "HTTPS://CG.EXAMPLE"
    assert "plaques.E002" in {message.id for message in run_checks()}
