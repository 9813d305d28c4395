from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.django_db

SIGN_IN = "/vi/tai-khoan/dang-nhap/"


@pytest.fixture
def vendor(ward, django_user_model):
    return django_user_model.objects.create_user("chuhang", password="pho-bo-tai")


def test_a_vendor_signs_in_and_comes_to_the_shops(client, vendor):
    response = client.post(SIGN_IN, {"username": "chuhang", "password": "pho-bo-tai"}, follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"].endswith("/cua-hang-cua-toi/")


def test_a_wrong_password_is_said_beside_the_form_in_the_readers_language(client, vendor):
    response = client.post(SIGN_IN, {"username": "chuhang", "password": "sai"})
    assert response.status_code == 200
    assert "form-errors" in response.content.decode()
    assert "mật khẩu" in response.content.decode().split("form-errors")[1].split("</div>")[0]
    assert 'value="chuhang"' in response.content.decode()
    assert "sai" not in response.content.decode().split("form-errors")[0]


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert('evil.example')"]
)
def test_signing_in_never_leads_to_another_site(client, vendor, onward):
    form = {"username": "chuhang", "password": "pho-bo-tai"}
    for response in (
        client.post(SIGN_IN, form | {"next": onward}),
        client.post(f"{SIGN_IN}?{urlencode({'next': onward})}", form),
    ):
        assert response.headers["Location"] == "/vi/cua-hang-cua-toi/"


def test_signing_in_leads_on_to_the_page_that_asked_for_it(client, vendor):
    asked = client.get("/vi/cua-hang-cua-toi/")
    assert asked.status_code == 302
    response = client.post(asked.headers["Location"], {"username": "chuhang", "password": "pho-bo-tai"})
    assert response.headers["Location"] == "/vi/cua-hang-cua-toi/"


def test_somebody_switched_off_cannot_sign_in(client, vendor):
    vendor.is_active = False
    vendor.save()
    response = client.post(SIGN_IN, {"username": "chuhang", "password": "pho-bo-tai"})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_form_not_a_link(client, vendor):
    client.force_login(vendor)
    assert client.get("/vi/tai-khoan/dang-xuat/").status_code == 405
    assert client.post("/vi/tai-khoan/dang-xuat/").status_code == 302


def test_the_admin_is_closed_to_vendors(client, vendor):
    client.force_login(vendor)
    for path in ("/admin/", "/admin/pages/", "/admin/images/", "/admin/snippets/streets/shopmember/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/admin/login/?next={path}"
    assert "wagtailadmin/home.html" not in [template.name for template in client.get("/admin/", follow=True).templates]
