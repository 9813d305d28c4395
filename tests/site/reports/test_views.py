"""The form as visitors meet it: from a page or a plaque, with all that can be wrong, and the thanks."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import HeritageSitePageFactory
from tests.site.reports.conftest import KEPT, PHONE, TEXT, picture, stored_files, upload
from wardmark.base.passers_by import Visitor
from wardmark.base.unseen_field import UNSEEN_FIELD
from wardmark.plaques.lifecycle import install
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import Plaque, PlaqueAlert
from wardmark.reports import forms, receiving, views
from wardmark.reports.models import ReportKind, VisitorReport
from wardmark.reports.photographs import HELD_FOR, drawn_anew

pytestmark = pytest.mark.django_db
TELLTALE = "Telltale Phone Browser"


def form_address(kind=ReportKind.WRONG_FACTS, **said) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"kind": kind, **said}.items())
    return f"{reverse('reports:new')}?{query}"


def hidden(html: str) -> dict[str, str]:
    """Return what the form carries by itself."""
    tags = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', html)
    return dict(tags)


def ticked(html: str) -> list[str]:
    return re.findall(r'name="held" value="([^"]+)" checked', html)


def send(client, address=None, **said):
    """Open the form and send it, as a browser without scripts does."""
    carried = hidden(client.get(address or form_address()).content.decode())
    return client.post(reverse("reports:new"), carried | {"text": TEXT} | said)


def test_the_way_from_a_place_to_the_code(client, place):
    html = client.get(place.get_url()).content.decode()
    [link] = set(re.findall(r'href="([^"]+\?page=[0-9a-f-]{36})"', html))
    choose = client.get(link).content.decode()
    kinds = re.findall(r'href="[^"]+\?kind=([a-z_]+)&amp;page=', choose)
    assert kinds == list(ReportKind.values)
    response = send(client, form_address(page=place.translation_key))
    assert response.status_code == 302
    report = VisitorReport.objects.get()
    assert (report.page_key, report.text) == (place.translation_key, TEXT)
    assert report.tracking_code not in response.headers["Location"]
    thanks = client.get(response.headers["Location"]).content.decode()
    assert report.printed_code in thanks


def test_a_report_works_with_a_browser_that_insists_on_tokens(place):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("reports:new"), {"kind": "other", "text": TEXT}).status_code == 403
    assert send(client).status_code == 302
    assert VisitorReport.objects.count() == 1


HERE, ELSEWHERE = "http://testserver", "https://elsewhere.example"


def test_who_blocks_cookies_reports_and_reads_the_code_and_the_answer(place):
    def browser() -> Client:
        """Each time a new one: nothing it was given comes back."""
        return Client(enforce_csrf_checks=True)

    carried = hidden(browser().get(form_address(page=place.translation_key)).content.decode()) | {"text": TEXT}
    for _ in range(2):
        response = browser().post(reverse("reports:new"), carried, headers={"origin": HERE})
        report = VisitorReport.objects.get()
        assert response.status_code == 200
        assert report.printed_code in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
    said = {"code": report.tracking_code}
    answer = browser().post(reverse("reports:follow"), said, headers={"origin": HERE})
    assert answer.status_code == 200
    assert report.printed_code in answer.content.decode()


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://testserver.elsewhere.example", "https://testserver", ""])
@pytest.mark.parametrize("name", ["new", "follow"])
def test_a_form_of_another_site_is_refused_with_and_without_cookies(ward, origin, name):
    keeping = Client(enforce_csrf_checks=True)
    keeping.get(form_address())
    for client in (keeping, Client(enforce_csrf_checks=True)):
        said = {"kind": "other", "text": TEXT, "code": "0000000000"}
        assert client.post(reverse(f"reports:{name}"), said, headers={"origin": origin}).status_code == 403
    assert not VisitorReport.objects.exists()


def test_a_plaque_leads_here_from_every_page_of_its_own(client, plaque):
    for address in (
        reverse("plaques:report", args=[plaque.code]),
        f"{reverse('plaques:enter_code')}?code={plaque.code}",
    ):
        assert (
            f"{reverse('reports:new')}?code={plaque.code}"
            in client.get(address, headers={"accept-language": "en"}).content.decode()
        )
    response = send(client, form_address(ReportKind.PLAQUE_DAMAGED, code=plaque.code), text="")
    assert response.status_code == 302
    report = VisitorReport.objects.get()
    assert (report.plaque, report.page_key) == (plaque, plaque.page_key)
    assert PlaqueAlert.objects.get().plaque == plaque


def test_where_a_page_has_several_plaques_the_form_asks_which(client, plaque, place):
    further = issue_further(page=place, by=None, label="cổng sau")
    install(plaque=further, by=None)
    address = form_address(ReportKind.CODE_DEAD, page=place.translation_key)
    assert client.get(address).content.decode().count('type="radio"') == 3
    assert send(client, address, text="", plaque=further.code).status_code == 302
    assert VisitorReport.objects.get().plaque == further


def test_illness_says_first_whom_to_call(client, ward):
    html = client.get(form_address(ReportKind.ILLNESS)).content.decode()
    assert html.index('href="tel:115"') < html.index("<h1") < html.index('<form class="report-form')
    assert 'href="tel:115"' not in client.get(form_address(ReportKind.PRICE)).content.decode()


# ---- what can be wrong -----------------------------------------------------------------------------


def test_what_was_typed_and_chosen_stays_when_something_is_amiss(client, place):
    address = form_address(page=place.translation_key)
    carried = hidden(client.get(address).content.decode())
    said = {"text": "Chữ đã viết", "phone": PHONE, "photo_1": upload(), "photo_2": upload(b"no picture at all")}
    response = client.post(reverse("reports:new"), carried | said)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Chữ đã viết" in html
    assert f'value="{PHONE}"' in html
    assert 'id="id_consent_error"' in html
    assert 'id="id_photo_2_error"' in html
    assert not VisitorReport.objects.exists()
    [token] = ticked(html)
    assert 'name="photo_1"' not in html
    again = hidden(html) | {"text": "Chữ đã viết", "phone": PHONE, "consent": "on"}
    again |= {"held": [token], "photo_2": upload()}
    assert client.post(reverse("reports:new"), again).status_code == 302
    report = VisitorReport.objects.get()
    assert report.photos.count() == 2
    assert report.phone() == KEPT
    assert len(stored_files()) == 2


def test_a_held_photo_that_is_not_wanted_any_more_is_left_out(client, ward):
    carried = hidden(client.get(form_address()).content.decode())
    html = client.post(reverse("reports:new"), carried | {"phone": "1", "photo_1": upload()}).content.decode()
    assert len(ticked(html)) == 1
    client.post(reverse("reports:new"), hidden(html) | {"text": TEXT})
    assert VisitorReport.objects.get().photos.count() == 0


def test_a_photo_held_too_long_is_asked_for_again(client, ward):
    carried = hidden(client.get(form_address()).content.decode())
    html = client.post(reverse("reports:new"), carried | {"phone": "1", "photo_1": upload()}).content.decode()
    with time_machine.travel(timezone.now() + HELD_FOR + timedelta(minutes=1)):
        late = client.post(reverse("reports:new"), hidden(html) | {"text": TEXT, "held": ticked(html)})
        assert late.status_code == 422
        assert not VisitorReport.objects.exists()
        client.post(reverse("reports:new"), hidden(late.content.decode()) | {"text": TEXT})
    assert VisitorReport.objects.count() == 1


@pytest.mark.parametrize("token", ["nonsense", "InJlcG9ydHMvaGVsZC8uLi94Ig:1:2", ""])
def test_a_photo_that_was_not_held_here_is_not_fetched(client, ward, token):
    assert send(client, held=[token]).status_code == 422
    assert not VisitorReport.objects.exists()


def test_faulty_forms_do_not_fill_the_disk(client, ward):
    with time_machine.travel(timezone.now().replace(hour=2, minute=5), tick=False):
        carried = hidden(client.get(form_address()).content.decode())
        for _ in range(views.HOLDING.by_visitor + 2):
            html = client.post(reverse("reports:new"), carried | {"phone": "1", "photo_1": upload()}).content.decode()
    assert len(stored_files()) == views.HOLDING.by_visitor
    assert "report-form__lost" in html


def test_photos_of_whoever_sends_too_many_are_not_even_opened(client, ward, monkeypatch):
    opened = []
    monkeypatch.setattr(forms, "drawn_anew", lambda photo: opened.append(photo) or drawn_anew(photo))
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        for _ in range(views.OPENING.by_visitor):
            assert views.OPENING.takes(Visitor("127.0.0.1", ""))
        response = send(client, photo_1=upload())
        assert response.status_code == 429
        assert opened == []
        html = response.content.decode()
        assert TEXT in html
        assert "report-form__lost" in html
        assert not VisitorReport.objects.exists()
        assert client.post(reverse("reports:new"), hidden(html) | {"text": TEXT}).status_code == 302


@pytest.mark.parametrize("kind", ["", "nonsense", "other\x00"])
def test_without_a_kind_the_kinds_are_offered_again(client, ward, kind):
    response = client.post(reverse("reports:new"), {"kind": kind, "text": TEXT})
    assert response.status_code == 422
    assert b"report-kinds" in response.content
    assert not VisitorReport.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"page": "x"}, {"page": "00000000-0000-0000-0000-000000000000"}, {"code": "0000001"}, {"code": "'\x00"}],
    ids=str,
)
def test_an_address_that_names_nothing_of_ours_gives_a_report_about_nothing(client, ward, said):
    assert send(client, **said).status_code == 302
    report = VisitorReport.objects.get()
    assert (report.page_key, report.plaque, report.page_title) == (None, None, "")


def test_a_closed_page_is_not_named(client, place):
    for page in (place, place.get_translations().get()):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    html = client.get(form_address(page=place.translation_key)).content.decode()
    assert place.title not in html
    assert "Bối Hà" not in html


def test_a_plaque_of_another_page_than_the_address_says_is_believed(client, plaque, heritage):
    other = HeritageSitePageFactory(parent=heritage, title="Đình khác")
    send(client, form_address(page=other.translation_key, code=plaque.code))
    assert VisitorReport.objects.get().page_key == plaque.page_key


def test_a_program_that_fills_in_every_field_gets_the_form_back_however_often_it_sends(client, ward):
    for _ in range(2):
        response = send(client, **{UNSEEN_FIELD: "https://spam.example"})
        assert response.status_code == 422
    assert not VisitorReport.objects.exists()


def test_whoever_had_the_unseen_field_filled_in_by_the_browser_sends_once_more_and_loses_nothing(client, place):
    address = form_address(page=place.translation_key)
    html = send(client, address, photo_1=upload(), **{UNSEEN_FIELD: "Bối Hà"}).content.decode()
    assert "once more" in html.split('role="alert"')[1].split("</div>")[0]
    assert "Bối Hà" not in re.search(rf'<input[^>]+name="{UNSEEN_FIELD}"[^>]*>', html)[0]
    again = {"text": TEXT, "held": ticked(html)}
    assert client.post(reverse("reports:new"), hidden(html) | again).status_code == 302
    assert VisitorReport.objects.get().photos.count() == 1


def test_the_unseen_field_has_no_name_that_browsers_fill_in(client, ward):
    [trap] = re.findall(rf'<input[^>]+name="{UNSEEN_FIELD}"[^>]*>', client.get(form_address()).content.decode())
    assert 'autocomplete="off"' in trap
    assert 'tabindex="-1"' in trap
    tempting = ("website", "url", "name", "mail", "phone", "tel", "address", "company", "city")
    assert not any(word in UNSEEN_FIELD for word in tempting)


def test_sent_twice_is_one_report_and_one_code(client, ward):
    carried = hidden(client.get(form_address()).content.decode()) | {"text": TEXT}
    codes = set()
    for _ in range(2):
        response = client.post(reverse("reports:new"), carried)
        codes.update(
            re.findall(
                r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}", client.get(response.headers["Location"]).content.decode()
            )
        )
    assert codes == {VisitorReport.objects.get().printed_code}


def test_too_many_within_the_hour_are_told_so_and_lose_nothing(client, ward):
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        for _ in range(receiving.LIMIT.by_visitor):
            assert send(client).status_code == 302
        response = send(client, photo_1=upload())
    assert response.status_code == 429
    assert TEXT in response.content.decode()
    assert len(ticked(response.content.decode())) == 1
    assert VisitorReport.objects.count() == receiving.LIMIT.by_visitor


def test_a_busy_database_loses_nothing_either(client, ward, monkeypatch, caplog):
    def busy(**said):
        # As PostgreSQL words it where a row breaks a rule.
        raise OperationalError(f"DETAIL: Failing row contains ({said['text']}, {said['phone']}).")

    monkeypatch.setattr(views, "receive", busy)
    response = send(client, phone=PHONE, consent="on")
    assert response.status_code == 503
    assert TEXT in response.content.decode()
    assert TEXT not in caplog.text
    assert PHONE not in caplog.text


# ---- what stays of the visitor ---------------------------------------------------------------------


def test_nothing_of_the_visitor_is_kept_or_logged(client, place, caplog):
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as queries:
        carried = hidden(client.get(form_address(page=place.translation_key)).content.decode())
        client.post(
            reverse("reports:new"), carried | {"text": TEXT}, REMOTE_ADDR="198.51.100.77", HTTP_USER_AGENT=TELLTALE
        )
    written = " ".join(query["sql"] for query in queries)
    report = VisitorReport.objects.get()
    for telltale in ("198.51.100.77", TELLTALE):
        assert telltale not in written
        assert telltale not in caplog.text
    # Queries are logged at this level in tests alone; the code stands in no line of the request's own.
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any(report.tracking_code in line or TEXT in line for line in lines)


def test_pages_of_reports_are_kept_by_nobody(client, place):
    for address in (reverse("reports:new"), form_address(), reverse("reports:follow")):
        response = client.get(address)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_thanks_are_for_this_browser_alone_and_for_half_an_hour(client, ward):
    response = send(client)
    cookie = response.cookies["report"]
    assert cookie["httponly"]
    assert VisitorReport.objects.get().tracking_code not in cookie.value
    assert Client().get(response.headers["Location"]).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert client.get(response.headers["Location"]).status_code == 302


def test_the_cache_of_public_pages_serves_whoever_has_reported(client, place, settings):
    settings.PAGE_CACHE_SECONDS = 300
    cache.clear()
    Client().get(place.get_url())
    assert send(client, form_address(page=place.translation_key)).status_code == 302
    assert {"csrftoken", "report"} <= set(client.cookies)
    client.get(place.get_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place.get_url()).status_code == 200
    assert len(queries) == 0
    assert Client().get(place.get_url()).content == client.get(place.get_url()).content


def test_the_form_costs_few_queries(client, plaque, place):
    client.get(form_address(page=place.translation_key))
    with CaptureQueriesContext(connection) as queries:
        client.get(form_address(ReportKind.CODE_DEAD, page=place.translation_key, code=plaque.code))
    assert len(queries) <= 10


def test_a_photo_of_many_kinds_is_taken_whatever_it_is_called(client, ward):
    for image_format, name in (("PNG", "a.png"), ("WEBP", "b.webp")):
        send(client, photo_1=upload(picture(image_format=image_format), name=name))
    assert sorted(name.rpartition(".")[2] for name in stored_files()) == ["jpg", "jpg"]


def test_a_plaque_that_is_blank_leads_here_too(client, ward):
    blank = Plaque.objects.issue()
    assert send(client, form_address(ReportKind.OTHER, code=blank.code)).status_code == 302
    assert VisitorReport.objects.get().plaque == blank
