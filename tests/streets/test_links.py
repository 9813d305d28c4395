import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from streets.links import is_known_host, label_of, read_links, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("facebook.com/quan", "https://facebook.com/quan"),
        ("https://www.facebook.com/quan?fbclid=1&id=7#x", "https://www.facebook.com/quan?id=7"),
        ("https://quan.example.vn/?utm_source=a", "https://quan.example.vn/"),
    ],
)
def test_a_link_is_kept_without_what_follows_visitors(typed, kept):
    assert tidy(typed) == kept
    assert tidy(kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["http://facebook.com/quan", "javascript:alert(1)", "https://a@b.vn/", "https://b.vn:8443/", "quán", "https://[::"],
)
def test_what_is_no_safe_address_is_refused(typed):
    with pytest.raises(ValidationError):
        tidy(typed)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("https://m.facebook.com/quan", True),
        ("https://www.google.com/maps/place/x", True),
        ("https://www.google.com/search?q=x", False),
        ("https://facebook.com.evil.example/", False),
        ("https://notfacebook.com/", False),
    ],
)
def test_only_the_hosts_themselves_are_known(address, known):
    assert is_known_host(address) is known


def test_a_link_is_called_by_its_hosts_name():
    assert label_of("https://zalo.me/1") == "Zalo"
    assert label_of("https://www.quan.example.vn/") == "quan.example.vn"


def test_every_wrong_line_is_told_at_once():
    with pytest.raises(ValidationError) as refused:
        read_links("http://a.vn\n\nzalo.me/1\nxyz")
    assert len(refused.value.messages) == 2


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text):
    try:
        kept = tidy(text)
    except ValidationError:
        return
    assert kept.startswith("https://")
