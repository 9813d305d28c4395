import pytest
from wagtail.rich_text import expand_db_html

from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


def link(key: object) -> str:
    return expand_db_html(f'<a linktype="page" id="{key}">đình</a>')


def test_a_link_leads_to_its_page(ward):
    page = StandardPageFactory(parent=ward.homes["vi"])
    assert link(page.pk) == f'<a href="{page.url}">đình</a>'


@pytest.mark.parametrize("key", ["", "0", "-1", "abc", "1.5", "²", "١", "9" * 40, "1 or 1"])
def test_a_key_that_no_page_has_makes_no_link_and_no_error(ward, key):
    assert link(key) == "<a>đình</a>"
