import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("vi", "/vi/"), ("en-US", "/en/"), ("ja", "/en/#wished-other"), ("vi;q=0", "/en/"), ("", "/vi/")],
)
def test_the_bare_address_leads_to_the_visitors_language(client, ward, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, home)


@pytest.mark.parametrize(("path", "words"), [("/vi/khong-co/", "Không tìm thấy"), ("/en/nothing/", "Page not found")])
def test_a_lost_page_says_so_in_its_language_and_offers_search(client, ward, path, words):
    response = client.get(path)
    assert response.status_code == 404
    assert words in response.content.decode()
    assert 'type="search"' in response.content.decode()


@pytest.mark.parametrize("path", ["/uploads/lost.jpg", "/q/0000000"])
def test_what_has_no_language_is_not_asked_for_again_with_one(client, ward, path):
    assert client.get(path).status_code == 404
