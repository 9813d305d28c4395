"""One tap of a visitor: no sign-in, no token, nothing kept."""

import re

import pytest
from django.db import connection
from django.test import Client

from tests.factories import HeritageSitePageFactory, PictureFactory, translate
from wardmark.base.unseen_field import UNSEEN_FIELD
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.models import FROM_VISITORS, AlertKind, EventKind, Plaque, PlaqueAlert
from wardmark.plaques.tapping import MOST_PER_MINUTE

pytestmark = pytest.mark.django_db

OURS = {"sec-fetch-site": "same-origin", "accept-language": "en"}
TELLTALE = "Telltale Phone Browser"


@pytest.fixture
def place(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")
    translate(page, "Bối Hà Communal House")
    return page


@pytest.fixture
def plaque(place):
    plaque = Plaque.objects.for_page(place)
    install(plaque=plaque, by=None)
    return plaque


@pytest.fixture
def visitor():
    """A browser that insists on tokens as a real server does."""
    return Client(enforce_csrf_checks=True)


def send(client, plaque, headers=OURS, **fields):
    return client.post(f"/q/{plaque.code}/report/", {"language": "en", **fields}, headers=headers)


@pytest.mark.parametrize("kind", FROM_VISITORS)
def test_one_tap_raises_an_alert_and_thanks_in_the_pages_language(visitor, plaque, kind):
    response = send(visitor, plaque, kind=kind, headers=OURS | {"accept-language": "vi"})
    assert response.status_code == 302
    alert = PlaqueAlert.objects.get()
    assert (alert.plaque, alert.kind, alert.times) == (plaque, kind, 1)
    thanks = visitor.get(response.headers["Location"], headers={"accept-language": "vi"})
    html = thanks.content.decode()
    assert "Thank you" in html
    assert 'href="tel:02400000000"' in html
    assert 'href="/en/di-tich/dinh-boi-ha/"' in html
    assert PlaqueAlert.objects.get().times == 1


def test_it_needs_no_cookie_and_leaves_none(visitor, plaque):
    response = send(visitor, plaque, kind="damaged")
    assert not response.cookies
    assert not visitor.get(response.headers["Location"]).cookies


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}], ids=str
)
def test_a_form_on_somebody_elses_page_raises_nothing_and_a_person_may_tap_here(visitor, plaque, headers):
    response = send(visitor, plaque, kind="damaged", headers=headers | {"accept-language": "en"})
    assert response.status_code == 403
    assert "One tap is enough" in response.content.decode()
    assert not PlaqueAlert.objects.exists()


@pytest.mark.parametrize("kind", ["", "silent", "nonsense", "damaged\x00"])
def test_only_what_a_visitor_can_see_may_be_said(visitor, plaque, kind):
    assert send(visitor, plaque, kind=kind).status_code == 400
    assert not PlaqueAlert.objects.exists()


def test_who_fills_in_the_field_that_nobody_sees_is_asked_to_tap_once_more(visitor, plaque):
    response = send(visitor, plaque, kind="damaged", **{UNSEEN_FIELD: "x"})
    assert response.status_code == 422
    assert "tap once more" in response.content.decode()
    assert not PlaqueAlert.objects.exists()


def test_a_flood_only_counts_and_only_so_much(visitor, plaque):
    for _ in range(60):
        assert send(visitor, plaque, kind="missing").status_code == 302
    # The minute may turn while it pours.
    assert PlaqueAlert.objects.get().times <= 2 * MOST_PER_MINUTE


def test_a_look_at_the_address_raises_nothing_and_offers_the_buttons(visitor, plaque):
    response = visitor.get(f"/q/{plaque.code}/report/", headers=OURS)
    assert re.findall(r'name="kind" value="(\w+)"', response.content.decode()) == list(FROM_VISITORS)
    assert not PlaqueAlert.objects.exists()


@pytest.mark.parametrize("path", ["report/", "report/thanks/"])
@pytest.mark.parametrize("code", ["0000000", "hello", "7K3M9X"])
def test_what_is_no_code_of_ours_is_told_so(client, ward, code, path):
    response = client.get(f"/q/{code}/{path}", follow=True)
    assert response.status_code == 404
    assert response.redirect_chain[-1][0] == f"/q/{code}"
    assert client.post(f"/q/{code}/report/", {"kind": "damaged"}, headers=OURS).status_code == 302
    assert not PlaqueAlert.objects.exists()


@pytest.mark.parametrize("language", ["https://evil.example", "xx", "en&next=//evil.example"])
def test_the_way_back_is_never_taken_from_the_request(visitor, plaque, language):
    response = visitor.post(f"/q/{plaque.code}/report/", {"kind": "damaged", "language": language}, headers=OURS)
    assert response.headers["Location"] == f"/q/{plaque.code}/report/thanks/"


def test_every_code_ever_issued_may_be_told_of(visitor, plaque):
    retire(plaque=plaque, by=None, why="Thay biển mới")
    for one in (plaque, Plaque.objects.issue()):
        response = send(visitor, one, kind="pasted_over")
        assert visitor.get(response.headers["Location"]).status_code == 200
    assert PlaqueAlert.objects.count() == 2


def test_nothing_of_the_visitor_reaches_the_database(visitor, plaque):
    headers = OURS | {"user-agent": TELLTALE, "x-forwarded-for": "203.0.113.77"}
    response = visitor.post(
        f"/q/{plaque.code}/report/", {"kind": "damaged"}, headers=headers, REMOTE_ADDR="203.0.113.77"
    )
    assert response.status_code == 302
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names are our own tables'
            stored = str(cursor.fetchall())
            assert TELLTALE not in stored, table
            assert "203.0.113.77" not in stored, table
    assert PlaqueAlert.objects.exists()


# ---- a code typed by hand -----------------------------------------------------------------------


def test_a_typed_code_of_ours_is_said_to_be_genuine_with_the_way_on_first(client, place, plaque):
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.label, current.photo = "cổng chính", PictureFactory()
    html = client.get("/q/", {"code": plaque.code}, headers={"accept-language": "en"}).content.decode()
    assert "This plaque is ours" in html
    assert "Bối Hà Communal House" in html
    assert "cổng chính" in html
    assert f'alt="The genuine plaque {plaque.printed_code}"' in html
    main = html.split("<main")[1]
    assert re.findall(r'href="([^"]+)"', main)[0] == f"/q/{plaque.code}"
    assert client.get(f"/q/{plaque.code}").status_code == 302


def test_a_typed_code_of_a_replaced_plaque_says_so(client, place, plaque):
    old = Plaque.objects.issue(page_key=place.translation_key, label="cũ")
    retire(plaque=old, by=None, why="Phai màu", replaced_by=plaque)
    html = client.get("/q/", {"code": old.code}, headers={"accept-language": "en"}).content.decode()
    assert "Phai màu" in html
    assert plaque.printed_code in html


@pytest.mark.parametrize("typed", ["0000000", "hello"])
def test_a_typed_code_that_is_not_ours_warns_of_the_sticker(client, ward, typed):
    response = client.get("/q/", {"code": typed}, headers={"accept-language": "en"}, follow=True)
    html = response.content.decode()
    assert response.status_code == 404
    assert "not one of our codes" in html
    assert "do not pay" in html
    assert "tel:02400000000" in html


@pytest.mark.parametrize("what", ["blank", "away", "retired"])
def test_a_typed_code_without_a_page_says_what_a_scan_of_it_says(client, place, plaque, what):
    if what == "blank":
        plaque = Plaque.objects.issue()
    elif what == "away":
        for page in (place, *place.get_translations()):
            page.unpublish()
    else:
        retire(plaque=plaque, by=None, why="Đã tháo")
    typed = client.get("/q/", {"code": plaque.code}, follow=True)
    assert typed.redirect_chain == [(f"/q/{plaque.code}", 302)]
    assert typed.status_code == 200


def test_a_typed_code_is_never_run_as_markup(client, ward):
    assert b"<script>alert" not in client.get("/q/", {"code": "<script>alert(1)</script>"}, follow=True).content


def test_alert_kinds_of_visitors_are_those_they_can_see():
    assert AlertKind.SILENT not in FROM_VISITORS
