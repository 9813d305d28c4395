"""Addresses of films, as they are pasted and as they are kept."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.video_links import UnknownAddress, plain_address, site_of

KEY = "dQw4w9WgXcQ"
PLAIN = f"https://www.youtube.com/watch?v={KEY}"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (PLAIN, PLAIN),
        (f"https://youtu.be/{KEY}?si=AbCd_1234", PLAIN),
        (f"youtu.be/{KEY}", PLAIN),
        (f"http://m.youtube.com/watch?feature=share&v={KEY}&list=PL1&pp=x", PLAIN),
        (f"https://www.youtube.com/shorts/{KEY}?feature=share", PLAIN),
        (f"https://www.youtube.com/live/{KEY}", PLAIN),
        (f"https://www.youtube-nocookie.com/embed/{KEY}?start=75&autoplay=1", f"{PLAIN}&t=75s"),
        (f"  https://youtu.be/{KEY}?t=1m30s#x ", f"{PLAIN}&t=90s"),
        ("https://vimeo.com/76979871?share=copy", "https://vimeo.com/76979871"),
        ("https://vimeo.com/76979871/8272103f6e", "https://vimeo.com/76979871/8272103f6e"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1", "https://vimeo.com/76979871/8272103f6e"),
    ],
)
def test_one_film_has_one_address_that_does_not_say_who_shared_it(pasted, kept):
    assert plain_address(pasted) == kept
    assert plain_address(kept) == kept


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "https://www.youtube.com/",
        "https://www.youtube.com/@ward",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/playlist?list={KEY}",
        f"https://youtube.com.evil.example/watch?v={KEY}",
        f"https://www.youtube.com@evil.example/watch?v={KEY}",
        f"https://evil.example/www.youtube.com/watch?v={KEY}",
        f"https://user:secret@www.youtube.com/watch?v={KEY}",
        f"https://www.youtube.com:8443/watch?v={KEY}",
        f"javascript://www.youtube.com/watch?v={KEY}",
        f"https://www.youtube.com\\@evil.example/watch?v={KEY}",
        f"https://www.youtube.com/watch?v={KEY}\n",
        "https://vimeo.com/channels/staffpicks",
        "https://player.vimeo.com/video/1?h=<script>",
        "https://[::1",
    ],
)
def test_anything_else_is_refused(pasted):
    with pytest.raises(UnknownAddress):
        plain_address(pasted.replace("\n", " x"))


def test_a_site_that_the_ward_adds_keeps_its_path_only(settings):
    settings.VIDEO_SITES = {"Ward TV": ("video.ward.example",)}
    assert plain_address("https://video.ward.example/a b/1?who=me".replace(" ", "%20")) == (
        "https://video.ward.example/a%20b/1"
    )
    assert site_of("https://video.ward.example/1") == "Ward TV"
    with pytest.raises(UnknownAddress):
        plain_address(PLAIN)


HOSTS = ["youtu.be", "www.youtube.com", "m.youtube.com", "player.vimeo.com", "vimeo.com", "example.org"]
PATHS = st.one_of(st.sampled_from(["/watch", f"/{KEY}", "/video/7", "/7", f"/embed/{KEY}"]), st.text(max_size=20))
QUERIES = st.one_of(st.sampled_from(["", f"?v={KEY}", f"?v={KEY}&t=5", "?h=abcdef01"]), st.text(max_size=20))


@given(st.sampled_from(["https://", "http://", "", "ftp://"]), st.sampled_from(HOSTS), PATHS, QUERIES)
def test_whatever_is_pasted_what_is_kept_leads_to_a_known_site_and_is_kept_as_it_is(scheme, host, path, query):
    try:
        kept = plain_address(f"{scheme}{host}{path}{query}")
    except UnknownAddress:
        return
    parts = urlsplit(kept)
    assert (parts.scheme, parts.username, parts.port, parts.fragment) == ("https", None, None, "")
    assert parts.hostname in {"www.youtube.com", "vimeo.com"}
    assert kept.isascii()
    assert not set(kept) & set(" \"'<>\\")
    assert plain_address(kept) == kept


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_refusal(text):
    try:
        plain_address(text)
    except UnknownAddress:
        return
