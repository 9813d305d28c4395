import pytest

from wardmark.plaques.base_url import fault_of


def fault(url: str, *, public: bool) -> str:
    found = fault_of(url, public=public)
    return found.id if found else ""


@pytest.mark.parametrize(
    "url", ["https://ward.example", "https://qr.caugiay.hanoi.example", "https://ward.example:8443"]
)
def test_a_name_of_the_internet_over_https_may_stand_on_a_wall(url):
    assert fault(url, public=True) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://ward.example",
        "https://localhost",
        "https://127.0.0.1",
        "https://192.168.1.20:8000",
        "https://203.0.113.7",
        "https://[2001:db8::1]",
        "https://ward",
        "https://ward.local",
        "https://ward.home.arpa",
        "https://ward.test",
        "https://.example",
        "https://-a.vn",
        "https://ward_1.vn",
        "https://ward example.vn",
    ],
)
def test_what_only_a_local_network_reaches_may_stand_on_a_demonstration_alone(url):
    assert fault(url, public=False) == ""
    assert fault(url, public=True) == "plaques.E003"


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("ward.example", "plaques.E001"),
        ("", "plaques.E001"),
        ("https://ward.example:99999", "plaques.E001"),
        ("https://ward.example:", "plaques.E001"),
        ("https://[::1", "plaques.E001"),
        ("https://:443", "plaques.E001"),
        ("HTTPS://ward.example", "plaques.E002"),
        ("https://ward.example/vi", "plaques.E002"),
        ("https://ward.example?", "plaques.E002"),
        ("https://ward.example#", "plaques.E002"),
        ("https://someone@ward.example", "plaques.E002"),
    ],
)
def test_what_is_more_or_less_than_scheme_and_host_is_refused_everywhere(url, identifier, public):
    assert fault(url, public=public) == identifier
