import pytest
from django.template import engines
from django.test import Client, RequestFactory

from wardmark.base import views


@pytest.mark.django_db
def test_the_search_page_without_a_question_lists_nothing(client, ward):
    response = client.get("/vi/tim-kiem/")
    assert response.status_code == 200
    assert 'role="status"' not in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_search_and_the_plaques_code(client, ward):
    html = client.get("/vi/khong-co/").content.decode()
    assert 'action="/vi/tim-kiem/"' in html
    assert 'href="/q/"' in html


# No database mark: any query fails this test.
def test_when_all_else_fails_the_error_page_needs_no_database_and_no_request():
    response = views.server_error(RequestFactory().get("/vi/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "Trang đang gặp lỗi" in html
    assert "Something went wrong" in html
    assert engines["django"].get_template("base/server_error.html").render() == html


@pytest.mark.django_db
def test_a_view_that_breaks_answers_with_the_error_page(ward, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(views, "find_pages", broken)
    response = Client(raise_request_exception=False).get("/vi/tim-kiem/", {"q": "a"})
    html = response.content.decode()
    assert response.status_code == 500
    assert "Trang đang gặp lỗi" in html
    assert "a secret of the house" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"),
    [("/vi/tai-khoan/dang-nhap/", "Hãy gửi lại biểu mẫu"), ("/en/account/sign-in/", "Please send the form again")],
)
def test_a_form_without_its_mark_is_refused_in_the_readers_words(ward, path, words):
    response = Client(enforce_csrf_checks=True).post(path, {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert words in response.content.decode()
