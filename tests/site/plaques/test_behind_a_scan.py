"""Behind a scan there is never a sign-in, a payment or an app to install, whatever a code answers."""

import re
from html.parser import HTMLParser

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import HeritageSitePageFactory, translate
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db

APP_STORES = re.compile(r"(?i)play\.google|apps\.apple|itunes|\.apk\b|intent:|market:|apple-itunes-app|rel=.?manifest")
PAYMENTS = re.compile(r"(?i)payment|vietqr|momo\.vn|zalopay|vnpay|napas|checkout")


class Answer(HTMLParser):
    """The fields, forms and links of a page, those of the footer aside: it is the same on every page of the site."""

    def __init__(self, html: str):
        super().__init__()
        self.fields: list[dict] = []
        self.forms: list[dict] = []
        self.links: list[str] = []
        self.refreshes: list[dict] = []
        self._in_footer = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._in_footer = self._in_footer or tag == "footer"
        if tag in {"input", "textarea", "select"}:
            self.fields.append(attributes)
        elif tag == "form":
            self.forms.append(attributes)
        elif tag == "a" and not self._in_footer:
            self.links.append(attributes.get("href") or "")
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            self.refreshes.append(attributes)

    def handle_endtag(self, tag):
        self._in_footer = self._in_footer and tag != "footer"


@pytest.fixture
def codes(heritage):
    """A code for every answer of the resolver."""
    plaques = {}
    for what in ("page", "away", "closed", "retired", "replaced"):
        page = HeritageSitePageFactory(parent=heritage, title=f"Đình {what}")
        translate(page, f"House {what}")
        plaques[what] = Plaque.objects.for_page(page)
        install(plaque=plaques[what], by=None)
        if what == "away":
            for one in (page, *page.get_translations()):
                one.unpublish()
        elif what == "closed":
            for one in (page, *page.get_translations()):
                PageViewRestriction.objects.create(page=one, restriction_type=PageViewRestriction.LOGIN)
    retire(plaque=plaques["retired"], by=None, why="Đã tháo")
    retire(plaque=plaques["replaced"], by=None, why="Đã thay", replaced_by=plaques["page"])
    plaques["blank"] = Plaque.objects.issue()
    return {what: plaque.code for what, plaque in plaques.items()} | {"unknown": "0000000"}


def asks_for_something(html: str) -> list[str]:
    answer = Answer(html)
    asked = [field for field in answer.fields if field.get("type") in {"password", "email", "tel"}]
    asked += [field for field in answer.fields if "csrf" in field.get("name", "")]
    asked += [link for link in answer.links if re.search("dang-nhap|sign-in|/admin", link)]
    return [*map(str, asked), *map(str, answer.refreshes), *APP_STORES.findall(html), *PAYMENTS.findall(html)]


def test_the_look_at_an_answer_finds_what_must_not_be_there(client, ward):
    """A sign-in, to see that it would be found."""
    html = client.get("/vi/tai-khoan/dang-nhap/").content.decode()
    assert any("password" in found for found in asks_for_something(html))
    assert asks_for_something('<a href="https://play.google.com/store">App</a>')
    assert asks_for_something('<a href="https://vnpay.example/pay">Trả tiền</a>')


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("what", ["page", "away", "closed", "retired", "replaced", "blank", "unknown"])
def test_no_answer_asks_a_visitor_for_anything(client, codes, what, language):
    accepted = {"accept-language": language}
    for path in (f"/q/{codes[what]}", f"/q/?code={codes[what]}", f"/q/{codes[what]}/report/"):
        response = client.get(path, headers=accepted, follow=True)
        assert response.status_code == (404 if what == "unknown" else 200), path
        # One step at the most from a code to its page: a typed one is sent to the resolver first.
        assert len(response.redirect_chain) <= (2 if "?code" in path else 1), path
        assert all(address.startswith("/") and "//" not in address for address, _status in response.redirect_chain)
        assert asks_for_something(response.content.decode()) == [], path
        assert not response.cookies


@pytest.mark.parametrize("what", ["page", "away", "closed", "retired", "replaced", "blank", "unknown"])
def test_what_an_answer_leads_on_to_asks_for_nothing_either(client, codes, what):
    html = client.get(f"/q/{codes[what]}", follow=True).content.decode()
    ours = {link for link in Answer(html).links if link.startswith("/")}
    assert ours
    for link in sorted(ours):
        response = client.get(link, follow=True)
        assert response.status_code in {200, 404}, link
        assert asks_for_something(response.content.decode()) == [], link
