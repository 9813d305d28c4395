"""Who has the code reads how far the ward is and what it answered; nobody reads what was reported."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests.site.reports.conftest import PHONE, photo
from wardmark.reports import following
from wardmark.reports.models import ReportKind, ReportState
from wardmark.reports.tracking import new_tracking_code

pytestmark = pytest.mark.django_db
ANSWER = "Phường đã sửa giờ mở cửa."


def ask(client, code):
    return client.post(reverse("reports:follow"), {"code": code})


def moved_to(report, state, **said):
    report.state = state
    if not report.is_open:
        report.closed_at = timezone.now()
    for name, value in said.items():
        setattr(report, name, value)
    report.save()
    return report


SAID = {
    ReportState.RECEIVED: {},
    ReportState.IN_WORK: {},
    ReportState.ANSWERED: {"answer": ANSWER, "answer_language": "vi"},
    ReportState.REJECTED: {"rejection_reason": ANSWER},
    ReportState.FORWARDED: {"forwarded_to": "Đơn vị thoát nước"},
}


@pytest.mark.parametrize("state", SAID)
def test_each_state_is_told_with_its_words_and_never_what_was_reported(client, report_of, state):
    report = report_of(text="Telltale words", phone=PHONE, has_consent=True, photos=[photo()])
    moved_to(report, state, **SAID[state])
    response = ask(client, report.printed_code.lower())
    html = response.content.decode()
    assert response.status_code == 200
    assert f'data-state="{state}"' in html
    for words in SAID[state].values():
        assert words in html
    for telltale in ("Telltale", "3833", report.page_title, report.photos.get().file.name):
        assert telltale not in html


def test_the_promise_is_shorter_for_what_is_urgent(client, report_of):
    for kind, hours in ((ReportKind.PRICE, 8), (ReportKind.PAYEE_NAME, 4)):
        assert following.follow(code=report_of(kind=kind).tracking_code, visitor=_visitor()).hours == hours


def test_what_was_joined_with_another_has_its_state_and_answer(client, report_of):
    first, second, third = report_of(), report_of(), report_of()
    moved_to(second, ReportState.MERGED, merged_into=first)
    moved_to(third, ReportState.MERGED, merged_into=second)
    moved_to(first, ReportState.ANSWERED, answer=ANSWER)
    html = ask(client, third.tracking_code).content.decode()
    assert 'data-state="answered"' in html
    assert ANSWER in html
    assert third.printed_code in html
    assert first.printed_code not in html


def test_the_photo_of_the_answer_is_shown_for_an_hour_and_not_after_it_is_gone(client, report_of):
    report = report_of()
    report.answer_photo.save("answer.jpg", ContentFile(photo().read()), save=False)
    moved_to(report, ReportState.ANSWERED, answer=ANSWER)
    followed = following.follow(code=report.tracking_code, visitor=_visitor())
    address = reverse("reports:answer_photo", args=[followed.photo_token])
    assert report.tracking_code not in address
    response = client.get(address)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in response.headers["Cache-Control"]
    assert b"".join(response)[:3] == b"\xff\xd8\xff"
    with time_machine.travel(timezone.now() + following.PHOTO_SHOWN_FOR + timedelta(minutes=1)):
        assert client.get(address).status_code == 404
    report.answer_photo = ""
    report.save()
    assert client.get(address).status_code == 404


def test_photos_of_the_report_have_no_address(client, report_of):
    report = report_of(photos=[photo()])
    name = report.photos.get().file.name
    for address in (f"/uploads/{name}", f"/documents/{name}", f"/{name}"):
        assert client.get(address).status_code in {301, 302, 404}
        assert b"JFIF" not in client.get(address, follow=True).content


@pytest.mark.parametrize("code", ["", "nonsense", "0000000001", "<script>", "a" * 41])
def test_a_code_of_nobody_is_told_so_beside_the_field(client, ward, code):
    response = ask(client, code)
    assert response.status_code == 422
    assert 'id="id_code_error"' in response.content.decode()


def test_codes_cannot_be_tried_out(client, report_of):
    report = report_of()
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        for _ in range(following.LIMIT.by_visitor):
            assert ask(client, new_tracking_code()).status_code == 422
        assert ask(client, report.tracking_code).status_code == 429


def test_a_code_in_the_address_is_not_looked_at(client, report_of):
    report = report_of()
    html = client.get(f"{reverse('reports:follow')}?code={report.tracking_code}").content.decode()
    assert "data-state" not in html


def _visitor():
    return following.Visitor("203.0.113.9", "browser")
