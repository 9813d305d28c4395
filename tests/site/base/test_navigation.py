import re
from urllib.parse import unquote

import pytest
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils.translation import override

from tests.factories import HeritageIndexPageFactory, HeritageSitePageFactory, StandardPageFactory, translate
from wardmark.base.navigation import language_links, page_language_links
from wardmark.base.places import Position
from wardmark.base.standing import standing_query
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db


def test_a_view_is_linked_under_each_languages_own_address_with_its_question_kept():
    with override("vi"):
        links = language_links(RequestFactory().get("/vi/tim-kiem/?q=chua"))
    assert [(link.language, link.url, link.is_current) for link in links] == [
        ("vi", "/vi/tim-kiem/?q=chua", True),
        ("en", "/en/search/?q=chua", False),
    ]


def test_an_address_without_a_language_is_asked_with_one():
    with override("vi"):
        links = language_links(RequestFactory().get("/q/?code=7K3"))
    assert [link.url for link in links] == ["/q/?code=7K3&language=vi", "/q/?code=7K3&language=en"]


def there(page) -> list[str]:
    links = page_language_links(page, page.listed_translations(), None)
    return [link.language for link in links if link.is_same_page]


def test_a_page_links_to_its_live_translations_only(ward):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Về các biển")
    assert there(page) == ["vi"]
    english = translate(page, "About the plaques")
    links = page_language_links(page, page.listed_translations(), None)
    assert [(link.language, link.title, link.is_current) for link in links] == [
        ("vi", "Về các biển", True),
        ("en", "About the plaques", False),
    ]
    assert links[1].url.endswith(f"/en/{english.slug}/")
    english.unpublish()
    assert there(page) == ["vi"]


def switches(html: str) -> list[str]:
    """Where the switch leads once the choice is remembered."""
    links = re.findall(r'class="languages__link" href="/language/[a-z-]+/\?next=([^"]*)" rel="nofollow"', html)
    return [unquote(link) for link in links]


def test_the_switch_leads_from_a_page_to_the_same_page(client, ward):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Về các biển")
    english = translate(page, "About the plaques")
    html = client.get(page.get_url()).content.decode()
    assert switches(html) == [english.get_url()]
    # Search engines are told the plain address.
    assert f'hreflang="en" href="http://testserver{english.get_url()}"' in html
    assert client.get(english.get_url()).status_code == 200


def test_a_page_in_one_language_leads_to_the_other_home_page_which_says_so(client, ward):
    page = StandardPageFactory(parent=ward.homes["vi"])
    html = client.get(page.get_url()).content.decode()
    assert switches(html) == ["/en/#from-elsewhere"]
    assert 'rel="alternate" hreflang="en"' not in html
    assert 'id="from-elsewhere"' in client.get("/en/").content.decode()


def addresses(site_page, plaque) -> list[str]:
    """Return an address of every kind that a visitor may meet."""
    named = [
        reverse("search"),
        reverse("kept"),
        reverse("accounts:sign_in"),
        reverse("accounts:sign_in_by_code"),
        reverse("accounts:forgotten_password"),
        reverse("accounts:stop_change", args=["x"]),
        reverse("wagtail_serve", args=["khong-co/"]),
        reverse("plaques:enter_code"),
        f"{reverse('plaques:enter_code')}?code={plaque.code}",
        reverse("plaques:resolve", args=["0000000"]),
        reverse("plaques:report", args=[plaque.code]),
        reverse("plaques:thanks", args=[plaque.code]),
        reverse("payment:check"),
        reverse("reports:new"),
        reverse("reports:follow"),
        reverse("claims:start"),
        reverse("claims:letter", args=["0000000"]),
        reverse("claims:invitation", args=["0000000"]),
    ]
    pages = [site_page, *site_page.get_ancestors().filter(depth__gt=1)]
    return named + [page.get_url() for page in pages]


# Of an account, in tests/streets/test_payment_pages.py.
OF_AN_ACCOUNT = {"payment:name", "payment:number", "payment:thanks"}
# For whoever has sent a report, in tests/site/reports/test_views.py.
OF_A_REPORT = {"reports:thanks"}
# Of who is signed in, in tests/site/accounts/test_own_account.py.
OF_A_PERSON = {"accounts:home", "accounts:password", "accounts:passkeys", "accounts:phone"}
# On the way of a claim, in tests/streets/claims/test_claim_flow.py.
OF_A_CLAIM = {"claims:prove", "claims:secure", "claims:waiting"}
# Answered with a file, with a redirect, to staff alone, to a form only, or on a screen that nobody touches.
WITHOUT_A_PAGE = {
    "captions",
    "heritage:leaflet",
    "payment:code",
    "link_picture",
    "robots",
    "reports:answer_photo",
    "screens:index",
    "screens:show",
    "sitemap",
    "suggestions",
    "worker",
    "accounts:cancel_phone_change",
    "accounts:passkey_add",
    "accounts:passkey_add_options",
    "accounts:passkey_confirm",
    "accounts:passkey_confirm_options",
    "accounts:passkey_remove",
    "accounts:passkey_rename",
    "accounts:passkey_sign_in",
    "accounts:passkey_sign_in_options",
    "accounts:sign_out",
    "accounts:sign_out_everywhere",
    "choose_language",
    "heritage:site_feed",
    "heritage:ward_feed",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
}


def test_the_switch_is_on_every_page_a_visitor_can_open(client, heritage):
    site_page = HeritageSitePageFactory(parent=heritage, title="Đình Vòng")
    plaque = Plaque.objects.for_page(site_page)
    opened = set()
    for address in addresses(site_page, plaque):
        response = client.get(address, headers={"accept-language": "vi"})
        html = response.content.decode()
        assert response.headers["Content-Type"].startswith("text/html"), address
        assert len(switches(html)) == 1, address
        opened.add(resolve(address.partition("?")[0]).view_name)
    assert public_names() - opened == WITHOUT_A_PAGE | OF_AN_ACCOUNT | OF_A_REPORT | OF_A_PERSON | OF_A_CLAIM


def public_names() -> set[str]:
    """Return the names of all addresses that are neither the admin's nor the portal's nor for keepers of plaques."""
    staff = ("admin/", "documents/")
    vendors = ("streets.portal", "streets.claims.people_views", "streets.claims.assisting_views")
    return {
        name
        for name, path, module in _named(get_resolver())
        if not path.startswith(staff) and not module.startswith((*vendors, "wardmark.plaques.round"))
    }


def _named(resolver, space="", path=""):
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern, inner, here)
        elif pattern.name:
            yield space + pattern.name, here, pattern.callback.__module__


def test_a_choice_is_remembered_and_read_where_an_address_names_no_language(client, heritage):
    site_page = HeritageSitePageFactory(parent=heritage, title="Đình Vòng")
    english = translate(site_page, "Vòng House")
    code = Plaque.objects.for_page(site_page).code
    response = client.get(f"/language/en/?next={english.get_url()}", headers={"accept-language": "vi"})
    assert (response.status_code, response.headers["Location"]) == (302, english.get_url())
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("en", 31536000, True, "Lax")
    vietnamese = {"accept-language": "vi"}
    assert client.get("/", headers=vietnamese).headers["Location"] == "/en/"
    assert client.get(f"/q/{code}", headers=vietnamese).headers["Location"] == english.get_url()
    assert 'lang="en"' in client.get("/q/", headers=vietnamese).content.decode()
    # An address that names its language keeps it.
    assert '<html lang="vi">' in client.get(site_page.get_url()).content.decode()


def test_no_cookie_is_set_for_who_only_looks(client, ward):
    for address in ("/", "/vi/", "/en/", "/q/", "/q/0000000"):
        assert not client.get(address, headers={"accept-language": "en"}).cookies, address


def test_fetching_ahead_is_no_choice(client, ward):
    response = client.get("/language/en/?next=/en/", headers={"sec-purpose": "prefetch;prerender"})
    assert response.headers["Location"] == "/en/"
    assert not response.cookies


@pytest.mark.parametrize(
    "next_url",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "",
        "http:///x",
    ],
)
def test_the_switch_leads_nowhere_else(client, ward, next_url):
    response = client.get("/language/en/", {"next": next_url})
    assert response.headers["Location"] == "/en/"


def test_a_language_we_lack_cannot_be_chosen(client, ward):
    response = client.get("/language/xx/?next=/en/")
    assert response.status_code == 404
    assert not response.cookies


def test_the_switch_keeps_at_which_plaque_the_visitor_stands(client, ward):
    page = HeritageSitePageFactory(parent=HeritageIndexPageFactory(parent=ward.homes["vi"]))
    translate(page.get_parent(), "Heritage")
    english = translate(page, "Communal House")
    query = standing_query(Position(21.03, 105.79))
    html = client.get(f"{page.get_url()}?{query}").content.decode()
    assert switches(html) == [f"{english.get_url()}?{query}"]
    there = client.get(reverse("choose_language", args=["en"]), {"next": f"{english.get_url()}?{query}"})
    assert there.headers["Location"] == f"{english.get_url()}?{query}"


def test_the_switch_carries_no_question_that_the_site_did_not_make(client, ward):
    page = StandardPageFactory(parent=ward.homes["vi"])
    english = translate(page, "About the plaques")
    html = client.get(f"{page.get_url()}?fbclid=abc").content.decode()
    assert switches(html) == [english.get_url()]
