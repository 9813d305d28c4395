import pytest

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in directives}


@pytest.mark.parametrize(
    "path", ["/vi/", "/en/", "/q/", "/q/0000000", "/vi/tim-kiem/", "/vi/tai-khoan/dang-nhap/", "/x/"]
)
def test_public_pages_allow_no_inline_code_and_no_stranger(client, ward, path):
    allowed = policy(client.get(path))
    assert allowed["default-src"] in (["'self'"], ["'none'"])
    for directive, values in allowed.items():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & set(values), directive
        assert all(value in {"'self'", "'none'", "data:"} for value in values), (directive, values)
    assert "data:" not in allowed.get("script-src", [])


def test_public_pages_cannot_be_framed_and_give_nothing_away(client, ward):
    response = client.get("/vi/")
    assert policy(response)["frame-ancestors"] == ["'none'"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] in {"same-origin", "strict-origin-when-cross-origin", "no-referrer"}
    assert "geolocation" in response.headers["Permissions-Policy"]


def test_public_pages_set_no_cookie(client, ward):
    for path in ("/vi/", "/q/", "/q/0000000", "/vi/tim-kiem/?q=a"):
        assert not client.get(path).cookies


def test_only_the_admin_has_the_wider_policy(editor_client):
    assert "'unsafe-inline'" in editor_client.get("/admin/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in editor_client.get("/vi/").headers["Content-Security-Policy"]
