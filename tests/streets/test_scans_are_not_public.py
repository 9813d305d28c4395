"""A shop's counts are seen by its vendor and by staff, never by the public."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from streets.models import ShopMember
from tests.factories import FoodVendorPageFactory, ShopPageFactory, translate
from wardmark.plaques.models import Plaque, ScanCount

pytestmark = pytest.mark.django_db
# Numbers that nothing else on a page has; of each shop, of each language, and of all together.
SCANS = (918273, 645372)
TELLING = {str(number) for number in (*SCANS, sum(SCANS), 2 * sum(SCANS))}
LEFT_ALONE = ("/static/", "/uploads/", "/admin/", "/documents/")


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {value for name, value in attrs if name in {"href", "src", "action", "data-url"} and value}


@pytest.fixture
def shops(street):
    """Two shops with as many scans each in each language."""
    shops = [FoodVendorPageFactory(parent=street), ShopPageFactory(parent=street)]
    for shop in shops:
        translate(shop, f"{shop.title} (English)")
        for language, scans in zip(("vi", "en"), SCANS, strict=True):
            ScanCount.objects.create(
                plaque=Plaque.objects.for_page(shop), hour=timezone.now(), language=language, scans=scans
            )
    return shops


def telling_numbers(text: str) -> set[str]:
    """Return which of the counts a text holds, however its language groups the digits."""
    digits = re.sub(r"(?<=\d)[.,\s\u00a0\u202f](?=\d{3})", "", text)
    return {number for number in TELLING if number in digits}


def crawled(client, *starts: str) -> dict[str, str]:
    """Return every page that links lead to from these addresses, with what it says."""
    waiting, seen = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = str(answer.headers) + answer.getvalue().decode(errors="replace")
        links = Links()
        links.feed(seen[address])
        found = {*links.found, answer.headers.get("Location", "")} - {""}
        for link in found:
            target = urldefrag(link).url
            if not urlsplit(target).netloc and target.startswith("/") and not target.startswith(LEFT_ALONE):
                waiting.append(target)
        assert len(seen) < 500
    return seen


def test_no_page_a_visitor_can_reach_holds_a_count(client, shops):
    codes = [Plaque.objects.for_page(shop).code for shop in shops]
    starts = ["/", "/vi/", "/en/", "/q/", *(f"/q/{code}" for code in codes), "/vi/tim-kiem/?q=minh", "/q/0000000"]
    pages = crawled(client, *starts)
    assert {shop.get_url() for shop in shops} <= set(pages)
    assert {address: telling_numbers(text) for address, text in pages.items() if telling_numbers(text)} == {}


def test_nor_does_the_page_of_a_shop_that_closed(client, shops):
    code = Plaque.objects.for_page(shops[0]).code
    for page in shops[0].get_translations(inclusive=True):
        page.unpublish()
    assert not telling_numbers(client.get(f"/q/{code}").content.decode())


def test_the_search_for_counts_would_find_them_where_they_are(client, editor, shops):
    vendor = type(editor).objects.create_user("chuquan")
    ShopMember.objects.create(shop=shops[0].shop, user=vendor)
    client.force_login(vendor)
    with override("vi"):
        portal = reverse("portal:home")
    assert telling_numbers(client.get(portal, follow=True).content.decode()) == {str(sum(SCANS))}
    client.force_login(editor)
    assert str(2 * sum(SCANS)) in telling_numbers(client.get(reverse("plaques_admin:scans")).content.decode())


def test_a_vendor_sees_no_count_of_another_shop(client, shops, django_user_model):
    vendor = django_user_model.objects.create_user("chuquan")
    own = ShopPageFactory(parent=shops[0].get_parent())
    ShopMember.objects.create(shop=own.shop, user=vendor)
    client.force_login(vendor)
    with override("vi"):
        pages = crawled(client, "/vi/", reverse("portal:home"))
    assert not any(map(telling_numbers, pages.values()))
    assert client.get(reverse("plaques_admin:scans")).status_code == 302
