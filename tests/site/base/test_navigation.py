import pytest
from django.test import RequestFactory
from django.utils.translation import override

from tests.factories import StandardPageFactory, translate
from wardmark.base.navigation import language_links, page_language_links

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


def test_a_page_links_to_its_live_translations_only(ward):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Về các biển")
    assert [link.language for link in page_language_links(page, page.listed_translations(), None)] == ["vi"]
    english = translate(page, "About the plaques")
    links = page_language_links(page, page.listed_translations(), None)
    assert [(link.language, link.title, link.is_current) for link in links] == [
        ("vi", "Về các biển", True),
        ("en", "About the plaques", False),
    ]
    assert links[1].url.endswith(f"/en/{english.slug}/")
    english.unpublish()
    assert [link.language for link in page_language_links(page, page.listed_translations(), None)] == ["vi"]


def test_the_switch_leads_from_a_page_to_the_same_page(client, ward):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Về các biển")
    english = translate(page, "About the plaques")
    html = client.get(page.get_url()).content.decode()
    assert f'<a class="languages__link" href="{english.get_url()}" hreflang="en" lang="en">English</a>' in html
    assert client.get(english.get_url()).status_code == 200


def test_a_page_in_one_language_offers_no_switch(client, ward):
    page = StandardPageFactory(parent=ward.homes["vi"])
    html = client.get(page.get_url()).content.decode()
    assert "languages__link" not in html
    assert "hreflang" not in html
