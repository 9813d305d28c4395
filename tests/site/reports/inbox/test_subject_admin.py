"""The screens for requests about personal data: who gets in, what a list costs, and what leaves in a sheet."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from tests.site.reports.inbox.officers import SAID, reported
from tests.site.reports.inbox.test_subject_requests import ASKER, KEPT, NUMBER, Shelf
from wardmark.reports.models import SubjectRequest, SubjectState, private_storage
from wardmark.reports.subject_admin.urls import urlpatterns
from wardmark.reports.subject_requests import answer, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shelf(settings):
    Shelf.records = {KEPT: 2}
    settings.PERSONAL_DATA_HOLDERS = ["tests.site.reports.inbox.test_subject_requests.Shelf"]


@pytest.fixture
def asked(editor):
    return entered(editor)


def entered(by):
    return enter(right="erasure", channel="office", asker=ASKER, received_at=timezone.now(), by=by)


def url(name, request=None):
    return reverse(f"subject_requests:{name}", args=[request.pk] if request else [])


def urls_of(request):
    """Every address of these screens: one that is added is asked for too."""
    return {
        pattern.name: url(pattern.name, request if "pk" in str(pattern.pattern) else None) for pattern in urlpatterns
    }


def test_nobody_without_the_right_gets_in_anywhere(client, editor, asked, django_user_model):
    admin_alone = django_user_model.objects.create_user("no-right")
    admin_alone.user_permissions.add(Permission.objects.get(codename="access_admin"))
    vendor = django_user_model.objects.create_user("vendor")
    entries = ModelLogEntry.objects.count()
    for person in (None, vendor, admin_alone, editor):
        client.logout()
        if person:
            client.force_login(person)
        for address in urls_of(asked).values():
            for answer_ in (client.get(address), client.post(address, {"phone": NUMBER, "code": "1", "sure": "on"})):
                assert answer_.status_code in {302, 403}
                assert ASKER not in answer_.content.decode()
    asked.refresh_from_db()
    assert (asked.is_open, Shelf.records, ModelLogEntry.objects.count()) == (True, {KEPT: 2}, entries)


def test_without_the_right_a_request_that_is_there_looks_as_one_that_is_not(client, asked, django_user_model):
    admin_alone = django_user_model.objects.create_user("no-right")
    admin_alone.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(admin_alone)
    for name in ("show", "look_up", "withdraw", "erase", "erase_report", "answer", "refuse"):
        there, missing = (
            client.get(reverse(f"subject_requests:{name}", args=[pk])) for pk in (asked.pk, asked.pk + 1000)
        )
        assert (there.status_code, there.headers.get("Location")) == (
            missing.status_code,
            missing.headers.get("Location"),
        )


def test_whoever_has_the_right_sees_every_screen_and_none_is_kept(officer_client, asked):
    for name, address in urls_of(asked).items():
        found = officer_client.get(address)
        assert found.status_code == 200, name
        assert "no-store" in found["Cache-Control"], name
        assert ASKER not in found.content.decode()


def test_a_request_is_entered(officer_client):
    now = timezone.localtime()
    words = {"right": "look_up", "channel": "letter", "asker": ASKER, "received_at": f"{now:%Y-%m-%d %H:%M}"}
    found = officer_client.post(url("new"), words)
    request = SubjectRequest.objects.get()
    assert found["Location"] == url("show", request)
    assert (request.right, request.channel, request.asker()) == ("look_up", "letter", ASKER)


def test_what_is_wrong_is_said_at_the_form_and_nothing_is_kept(officer_client):
    ahead = timezone.localtime() + timedelta(days=1)
    words = {"right": "look_up", "channel": "letter", "asker": ASKER, "received_at": f"{ahead:%Y-%m-%d %H:%M}"}
    found = officer_client.post(url("new"), words)
    assert found.context["form"].errors
    assert ASKER.split(",")[0] in found.content.decode()
    assert not SubjectRequest.objects.exists()


def test_who_asks_is_shown_on_a_click(officer_client, asked):
    assert ASKER.split(",")[0] in officer_client.post(url("show", asked)).content.decode()
    assert ModelLogEntry.objects.for_instance(asked).filter(action="reports.subject.show").exists()


def test_the_history_is_read_by_a_process_that_has_written_none_of_it(officer_client, asked, monkeypatch):
    monkeypatch.setattr(registry, "formatters", {})
    monkeypatch.setattr(registry, "choices", [])
    monkeypatch.setattr(registry, "has_scanned_for_actions", False)
    [line] = officer_client.get(url("show", asked)).context["history"]
    assert line["what"]


def test_a_number_is_looked_for_without_being_kept(officer_client, asked):
    found = officer_client.post(url("look_up", asked), {"phone": NUMBER})
    assert len(found.context["held"]) == 2
    wrong = officer_client.post(url("look_up", asked), {"phone": "12"})
    assert "phone" in wrong.context["form"].errors


def test_erasing_needs_a_word_that_it_is_sure(officer_client, asked):
    refused = officer_client.post(url("erase", asked), {"phone": NUMBER})
    assert "sure" in refused.context["form"].errors
    assert Shelf.records == {KEPT: 2}
    done = officer_client.post(url("erase", asked), {"phone": NUMBER, "sure": "on"})
    assert done["Location"] == url("show", asked)
    assert Shelf.records == {}


def test_closing_tells_the_second_officer_that_it_is_closed(officer_client, asked):
    officer_client.post(url("answer", asked), {"words": "Đã xoá."})
    second = officer_client.post(url("refuse", asked), {"words": "Không."})
    assert second.context["form"].non_field_errors()
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (SubjectState.ANSWERED, "Đã xoá.")


def test_the_list_costs_no_query_per_row(officer_client, editor):
    entered(editor)
    officer_client.get(url("index"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        officer_client.get(url("index"))
    for _ in range(5):
        answer(request=entered(editor), done="Xong.", by=editor)
        entered(editor)
    with CaptureQueriesContext(connection) as many:
        officer_client.get(url("index"))
    assert len(many) <= len(few)


def test_the_sheet_has_no_person_in_it_and_runs_nothing(officer_client, editor, asked):
    answer(request=asked, done="=1+1", by=editor)
    sheet = officer_client.get(url("index"), {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content) if sheet.streaming else sheet.content)).active)
    words = [str(cell.value) for row in rows for cell in row]
    assert "'=1+1" in words
    assert not any("Bà Thử" in word or "0000 0012" in word for word in words)
    assert all(cell.data_type != "f" for row in rows for cell in row)


# ---- what a pure data protection officer reads ----------------------------------------------------


@pytest.fixture
def reported_with_number(settings, page):
    settings.PERSONAL_DATA_HOLDERS = ["wardmark.reports.held_data.HeldInReports"]
    return reported(page, phone=NUMBER)


def test_whoever_may_not_open_the_report_reads_what_is_held_and_that_is_written_down(
    officer_client, data_officer, asked, reported_with_number
):
    found = officer_client.post(url("look_up", asked), {"phone": NUMBER})
    html = found.content.decode()
    assert SAID in html
    assert reverse("report_inbox:show", args=[reported_with_number.pk]) not in html
    line = ModelLogEntry.objects.for_instance(asked).get(action="reports.subject.read")
    assert (line.user, line.data) == (data_officer, {"records": 1})


def test_whoever_may_open_the_report_is_led_there(client, editor, asked, reported_with_number):
    editor.groups.add(Group.objects.get(name="Data protection officers"))
    client.force_login(editor)
    html = client.post(url("look_up", asked), {"phone": NUMBER}).content.decode()
    address = reverse("report_inbox:show", args=[reported_with_number.pk])
    assert f'href="{address}"' in html
    assert SAID not in html
    assert client.get(address).status_code == 200
    assert not ModelLogEntry.objects.for_instance(asked).filter(action="reports.subject.read").exists()


# ---- erasing one report -------------------------------------------------------------------------


def test_a_report_without_a_number_is_erased_by_its_code_or_its_own_number(
    officer_client, data_officer, asked, page, django_capture_on_commit_callbacks
):
    for written in ("code", "number"):
        report = reported(page, photos=1)
        name = report.photos.get().file.name
        said = report.printed_code if written == "code" else f"#{report.pk}"
        with django_capture_on_commit_callbacks(execute=True):
            done = officer_client.post(url("erase_report", asked), {"code": said, "sure": "on"})
        assert done["Location"] == url("show", asked)
        report.refresh_from_db()
        assert (report.text, report.photos.filter(erased_at=None).count()) == ("", 0)
        assert not private_storage().exists(name)
        assert set(report.events.values_list("kind", "by")) >= {
            ("text_erased", data_officer.pk),
            ("photos_erased", data_officer.pk),
        }
        line = ModelLogEntry.objects.for_instance(asked).filter(action="reports.subject.erase_report").latest("pk")
        assert (line.user, line.data) == (data_officer, {"records": 1, "report": report.pk})


def test_a_report_is_named_before_it_is_erased_and_what_is_not_there_is_said(officer_client, asked, page):
    report = reported(page)
    unsure = officer_client.post(url("erase_report", asked), {"code": str(report.pk)})
    assert f"#{report.pk}" in str(unsure.context["form"].errors["sure"])
    for written in ("0", "999999999999999999999", "AAA-AAA-AAAA", "bà Thử"):
        wrong = officer_client.post(url("erase_report", asked), {"code": written, "sure": "on"})
        assert "code" in wrong.context["form"].errors
    report.refresh_from_db()
    assert report.text == SAID


def test_nothing_is_erased_for_a_request_that_is_closed(officer_client, data_officer, asked, page):
    report = reported(page)
    answer(request=asked, done="Xong.", by=data_officer)
    late = officer_client.post(url("erase_report", asked), {"code": str(report.pk), "sure": "on"})
    assert late.context["form"].non_field_errors()
    report.refresh_from_db()
    assert report.text == SAID


# ---- the clock is shown to whoever must keep it -------------------------------------------------


def test_the_dashboard_and_the_menu_count_requests_for_whoever_answers_them(officer_client, editor, asked, page):
    SubjectRequest.objects.filter(pk=entered(editor).pk).update(due_at=timezone.now() - timedelta(hours=1))
    answer(request=entered(editor), done="Xong.", by=editor)
    html = officer_client.get("/admin/").content.decode()
    panel = html.split('id="subject-requests-section"')[1].split("</section>")[0]
    assert [part.split("<")[0] for part in panel.split("<strong>")[1:]] == ["1", "2"]
    assert "(2)" in html
    assert 'id="visitor-reports-section"' not in html


def test_who_answers_no_requests_is_shown_no_clock_of_them(editor_client, asked):
    assert 'id="subject-requests-section"' not in editor_client.get("/admin/").content.decode()
