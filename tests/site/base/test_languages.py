import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.languages import in_language, wished_languages


class Row:
    def __init__(self, language):
        self.language = language


def wished(header: str) -> list[str]:
    return wished_languages(RequestFactory().get("/", headers={"accept-language": header}))


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("", ["vi"]),
        ("en-GB,en;q=0.9", ["en", "vi"]),
        ("vi;q=0.3, en;q=0.7", ["en", "vi"]),
        ("ko, ja;q=0.9", ["vi"]),
        ("en;q=0", ["vi"]),
        ("*", ["vi"]),
        ("VI-vn", ["vi"]),
    ],
)
def test_languages_come_in_the_order_the_visitor_wishes(header, languages):
    assert wished(header) == languages


# What a server passes on: any byte, read as Latin-1.
garbage = st.text(st.characters(max_codepoint=255), max_size=200)
parts = st.sampled_from(["vi", "en", "en-GB", "zh-Hant-TW", "*", ";q=", ",", "0", "1", ".5", "-", " ", "q"])


@given(garbage | st.lists(parts, max_size=30).map("".join))
def test_any_header_ends_in_known_languages_with_the_source_among_them(header):
    languages = wished(header)
    assert "vi" in languages
    assert set(languages) <= {"vi", "en"}
    assert len(languages) == len(set(languages))


def test_words_fall_back_to_the_source_language_then_to_any():
    vi, en = Row("vi"), Row("en")
    assert in_language([vi, en], "en") is en
    assert in_language([en, vi], "fr") is vi
    assert in_language([en], "fr") is en
    assert in_language([], "vi") is None
