import pytest
from django.test import RequestFactory
from django.utils.translation import gettext, ngettext, override
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.languages import OTHER, Wishes, in_language, ladder, let_english_stand_in, wished_languages, wishes

MANY = ["vi", "en", "ko", "zh-hans", "pt-br"]


class Row:
    def __init__(self, language):
        self.language = language


def asking(header: str, path: str = "/", cookie: str = ""):
    request = RequestFactory().get(path, headers={"accept-language": header})
    if cookie:
        request.COOKIES["language"] = cookie
    return request


def wished(header: str) -> list[str]:
    return wished_languages(asking(header))


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("", ["vi", "en"]),
        ("*", ["vi", "en"]),
        ("en-GB,en;q=0.9", ["en", "vi"]),
        ("vi;q=0.3, en;q=0.7", ["en", "vi"]),
        ("zh-TW;q=0.9, en;q=0.8", ["en", "vi"]),
        ("ko, ja;q=0.9", ["en", "vi"]),
        ("ko, *;q=0.1", ["en", "vi"]),
        ("en;q=0.5, *", ["vi", "en"]),
        ("en;q=0", ["vi"]),
        ("vi;q=0", ["en"]),
        ("ja, vi;q=0", ["en"]),
        # Who refuses all there is still has to be told something.
        ("vi;q=0, en;q=0", ["vi", "en"]),
        ("*;q=0", ["vi", "en"]),
        ("VI-vn", ["vi", "en"]),
        ("ko;q=banana", ["vi", "en"]),
    ],
)
def test_languages_come_in_the_order_the_visitor_wishes(header, languages):
    assert wished(header) == languages


@pytest.mark.parametrize(
    ("header", "first", "languages"),
    [
        ("en;q=0.8, ko;q=0.9", "ko", ["ko", "en", "vi"]),
        ("ko-KR,ko;q=0.9,en-US;q=0.8", "ko", ["ko", "en", "vi"]),
        ("zh", "zh-hans", ["zh-hans", "en", "vi"]),
        ("zh-CN", "zh-hans", ["zh-hans", "en", "vi"]),
        ("zh-Hans-SG", "zh-hans", ["zh-hans", "en", "vi"]),
        # Traditional characters: the simplified ones are better than nothing, and worse than what was named.
        ("zh-TW;q=0.9, en;q=0.8", OTHER, ["en", "zh-hans", "vi"]),
        ("zh-Hant", OTHER, ["zh-hans", "en", "vi"]),
        ("zh-HK", OTHER, ["zh-hans", "en", "vi"]),
        ("zh-TW, zh;q=0.5", OTHER, ["zh-hans", "en", "vi"]),
        ("zh;q=0, ja", OTHER, ["en", "vi"]),
        ("ja", OTHER, ["en", "vi"]),
        ("pt", "pt-br", ["pt-br", "en", "vi"]),
        ("pt-PT", "pt-br", ["pt-br", "en", "vi"]),
        ("*, ko;q=0.5", "", ["en", "vi", "zh-hans", "pt-br", "ko"]),
        ("", "", ["vi", "en"]),
    ],
)
def test_further_languages_are_found_by_language_and_script(settings, header, first, languages):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in MANY]
    assert wishes(asking(header)) == Wishes(languages, first)


def test_who_reads_traditional_chinese_gets_it_where_it_is(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        (code, code) for code in ["vi", "en", "zh-hans", "zh-hant"]
    ]
    assert wishes(asking("zh-TW, en;q=0.8")) == Wishes(["zh-hant", "en", "zh-hans", "vi"], "zh-hant")
    assert wished("zh-CN")[0] == "zh-hans"


@pytest.mark.parametrize(
    ("path", "cookie", "first"),
    [("/q/", "en", "en"), ("/q/?language=vi", "en", "vi"), ("/q/?language=xx", "xx", "vi"), ("/q/", "", "vi")],
)
def test_a_choice_comes_before_what_the_browser_says(path, cookie, first):
    assert wishes(asking("vi", path, cookie)).first == first


def test_the_wish_is_named_only_where_it_is_not_met():
    assert Wishes(["en", "vi"], "ko").anchor("en") == "#wished-ko"
    assert Wishes(["en", "vi"], "en").anchor("en") == ""
    assert Wishes(["vi", "en"], "").anchor("en") == ""


# What a server passes on: any byte, read as Latin-1.
garbage = st.text(st.characters(max_codepoint=255), max_size=200)
tags = ["vi", "en", "en-GB", "ko", "zh", "zh-TW", "zh-Hans", "zh-Hant-TW", "pt", "xx", "*"]
parts = st.sampled_from([*tags, ";q=", ",", "0", "1", ".5", "-", " ", "q"])
said = st.tuples(st.sampled_from(tags), st.integers(0, 1000))


def header_of(wishes_said) -> str:
    return ", ".join(f"{tag};q={weight / 1000:.3f}" for tag, weight in wishes_said)


@given(garbage | st.lists(parts, max_size=30).map("".join) | st.lists(said, max_size=6).map(header_of))
def test_any_header_ends_in_languages_of_the_site_each_once(header):
    languages = wished(header)
    assert languages
    assert set(languages) <= {"vi", "en"}
    assert len(languages) == len(set(languages))


@given(st.lists(said, max_size=6, unique_by=lambda one: one[0]))
def test_what_weighs_more_comes_first_and_what_weighs_nothing_not_at_all(wishes_said):
    weights = dict(wishes_said)
    languages = wished(header_of(wishes_said))
    if weights.get("vi") and weights.get("en") and weights["vi"] != weights["en"] and "en-GB" not in weights:
        assert languages[0] == max(("vi", "en"), key=weights.__getitem__)
    for code in ("vi", "en"):
        if weights.get(code) == 0 and weights.get({"vi": "en", "en": "vi"}[code]) != 0:
            assert code not in languages


@given(st.lists(said.filter(lambda one: one[0] not in ("vi", "en", "en-GB", "*")), min_size=1, max_size=6))
def test_english_comes_before_vietnamese_for_who_named_neither(wishes_said):
    if any(weight for _tag, weight in wishes_said):
        assert wished(header_of(wishes_said)) == ["en", "vi"]


def test_the_ladder_goes_by_english_to_the_source():
    assert ladder("ko")[:3] == ["ko", "en", "vi"]
    assert ladder("vi")[:2] == ["vi", "en"]


def test_words_go_down_the_ladder_then_to_any():
    vi, en, ko = Row("vi"), Row("en"), Row("ko")
    assert in_language([vi, en], "en") is en
    assert in_language([vi, en], "fr") is en
    assert in_language([vi, ko], "fr") is vi
    assert in_language([ko], "fr") is ko
    assert in_language([], "vi") is None


def test_the_interface_of_a_language_without_words_of_ours_is_english(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in MANY]
    let_english_stand_in()
    with override("ko"):
        assert gettext("Skip to content") == "Skip to content"
        assert ngettext("{n} minute on foot", "{n} minutes on foot", 2) == "{n} minutes on foot"
        # Django's own words are there.
        assert gettext("Monday") == "월요일"
    with override("vi"):
        assert gettext("Skip to content") != "Skip to content"
