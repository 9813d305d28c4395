import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import StandardPageFactory
from wardmark.base.slugs import VIETNAMESE_LETTERS, ascii_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đình Bối Hà", "dinh-boi-ha"),
        ("Đình Vòng – Phố ẩm thực Đường", "dinh-vong-pho-am-thuc-duong"),
        ("Miếu Đồng Cổ", "mieu-dong-co"),
        ("Cốm làng Vòng (1/2)", "com-lang-vong-12"),
        ("...", "page"),
        ("", "page"),
    ],
)
def test_vietnamese_stays_readable(title, slug):
    assert ascii_slug(title) == slug


@given(st.text())
def test_any_title_gives_a_plain_slug_that_is_its_own_slug(title):
    slug = ascii_slug(title)
    assert re.fullmatch(r"[a-z0-9_-]+", slug)
    assert ascii_slug(slug) == slug


@given(st.text("".join(VIETNAMESE_LETTERS.values()), min_size=1))
def test_the_admins_letters_agree_with_the_servers(word):
    plain = "".join(next(plain for plain, letters in VIETNAMESE_LETTERS.items() if one in letters) for one in word)
    assert ascii_slug(word) == plain


def test_a_saved_page_takes_its_address_from_its_title(ward):
    assert StandardPageFactory(parent=ward.homes["vi"], title="Về Đường Vành Đai").slug == "ve-duong-vanh-dai"


def test_two_pages_of_one_title_get_two_addresses(ward):
    pages = [StandardPageFactory(parent=ward.homes["vi"], title="Đình") for _ in range(2)]
    assert {page.slug for page in pages} == {"dinh", "dinh-2"}
