import pytest
from wagtail.models import Site

from wardmark.base.addresses import site_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("base_url", "address"),
    [
        ("https://cg.example", ("cg.example", 443)),
        ("http://cg.example", ("cg.example", 80)),
        ("http://127.0.0.1:8010", ("127.0.0.1", 8010)),
        ("http://[::1]:8000", ("::1", 8000)),
        ("", ("localhost", 80)),
    ],
)
def test_the_site_is_where_the_plaques_say(ward, base_url, address):
    site_address(Site.objects.get(), base_url)
    site = Site.objects.get()
    assert (site.hostname, site.port) == address


def test_an_address_that_is_right_is_not_written_again(ward, django_assert_num_queries):
    site_address(Site.objects.get(), "https://cg.example")
    site = Site.objects.get()
    with django_assert_num_queries(0):
        site_address(site, "https://cg.example")
