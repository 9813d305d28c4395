"""Pages that an editor opened only to some."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from tests.factories import HeritageSitePageFactory, translate
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db
WORDS = {
    "vi": ("Cần mật khẩu", "Mật khẩu không đúng với trang này."),
    "en": ("Password required", "This is not the password of this page."),
}


@pytest.fixture
def house(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Vòng")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_password_is_asked_for_in_the_pages_language_and_opens_it(client, house, language):
    page = house if language == "vi" else translate(house, "Vòng Communal House")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="cổng làng"
    )
    asked = client.get(page.url).content.decode()
    heading, wrong = WORDS[language]
    assert f"<h1>{heading}</h1>" in asked
    assert page.title not in asked
    address = asked.split('<form method="post" action="')[1].split('"')[0]
    assert address.endswith(f"/{restriction.pk}/{page.pk}/")
    refused = client.post(address, {"password": "cửa", "return_url": page.url}).content.decode()
    assert wrong in refused
    assert page.title not in refused
    opened = client.post(address, {"password": "cổng làng", "return_url": page.url}, follow=True)
    assert f"<h1>{page.title}</h1>" in opened.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_for_members_leads_to_the_sign_in_and_back(client, house, editor, language):
    page = house if language == "vi" else translate(house, "Vòng Communal House")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    sign_in = client.get(page.url, follow=True)
    assert sign_in.resolver_match.view_name == "accounts:sign_in"
    assert page.title not in sign_in.content.decode()
    signed_in = client.post(
        sign_in.request["PATH_INFO"], {"username": "bientap", "password": "bientap-1", "next": page.url}, follow=True
    )
    assert f"<h1>{page.title}</h1>" in signed_in.content.decode()


def test_a_password_never_leads_to_another_site(client, house):
    restriction = PageViewRestriction.objects.create(
        page=house, restriction_type=PageViewRestriction.PASSWORD, password="cổng làng"
    )
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, house.pk])
    answer = client.post(address, {"password": "cổng làng", "return_url": "https://evil.example/"})
    assert "evil.example" not in answer.headers["Location"]


def named_under(client, *paths: str) -> set[str]:
    """Where a visitor reads the name of a closed page."""
    return {path for path in paths if "Đình Vòng" in client.get(path).content.decode()}


ENGLISH = ("/en/", "/en/di-tich/", "/en/search/?q=vong")


def close(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_the_copy_of_a_closed_page_is_named_nowhere(client, house):
    house.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert named_under(client, *ENGLISH) == set(ENGLISH)
    close(house)
    assert named_under(client, *ENGLISH) == set()


def test_what_stands_below_the_copy_of_a_closed_page_is_not_found(client, heritage, house):
    english = heritage.get_translations().get()
    english.alias_of = heritage
    english.save()
    house.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert named_under(client, "/en/search/?q=vong") != set()
    close(heritage)
    assert named_under(client, *ENGLISH) == set()


def test_a_translation_below_a_closed_page_is_not_named_on_its_open_sibling(client, house):
    english = translate(house, "Hidden House")
    assert "Hidden House" in client.get(house.url).content.decode()
    close(english.get_parent())
    assert "Hidden House" not in client.get(house.url).content.decode()


def test_who_is_signed_in_but_not_in_the_group_is_told_so_once(client, house, editor, django_user_model):
    restriction = PageViewRestriction.objects.create(page=house, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(editor.groups.get())
    client.force_login(django_user_model.objects.create_user("nguoingoai"))
    told = client.get(house.url, follow=True)
    assert [status for _url, status in told.redirect_chain] == [302]
    assert "nguoingoai" in told.content.decode()
    assert house.title not in told.content.decode()
    client.force_login(editor)
    assert house.title in client.get(house.url).content.decode()


def test_the_page_of_a_plaque_without_one_names_nothing_closed(client, heritage, house):
    other = HeritageSitePageFactory(parent=heritage, title="Chùa Bên Cạnh")
    code = Plaque.objects.for_page(other).code
    other.unpublish()
    assert "Đình Vòng" in client.get(f"/q/{code}").content.decode()
    close(heritage)
    said = client.get(f"/q/{code}").content.decode()
    assert "Đình Vòng" not in said
    assert heritage.title not in said


def test_a_copy_of_a_copy_of_a_closed_page_is_closed_too(client, house):
    copy = house.create_alias(update_slug="ban-sao")
    second = copy.create_alias(update_slug="ban-sao-hai")
    assert client.get(second.url).status_code == 200
    close(house)
    assert client.get(second.url).status_code == 302


def test_there_is_one_sign_in(client, ward):
    answer = client.get("/vi/_util/login/?next=/vi/")
    assert answer.headers["Location"] == "/vi/tai-khoan/dang-nhap/?next=/vi/"
