"""The officers' screens: who gets in to which report, what a list costs, and what leaves in a sheet."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from tests.site.reports.inbox.officers import GOES, NUMBER, SAID, reported, upload
from wardmark.reports.admin.deeds import DEEDS
from wardmark.reports.admin.urls import urlpatterns
from wardmark.reports.handling import answer, reject, take
from wardmark.reports.models import ReportEvent, ReportKind, ReportOutcome, ReportState, VisitorReport
from wardmark.reports.photographs import drawn_anew

pytestmark = pytest.mark.django_db
SHOWN = "024 0000 0021"


@pytest.fixture
def report(page):
    return reported(page, phone=NUMBER, photos=1)


@pytest.fixture
def reader(report, page, editor):
    """Somebody who may look at reports of this page and do nothing to them."""
    person = type(editor).objects.create_user("docgia")
    person.groups.set(editor.groups.all())
    group = type(editor.groups.get()).objects.create(name="readers")
    group.permissions.set(editor.groups.get().permissions.exclude(codename="change_visitorreport"))
    for permission in editor.groups.get().page_permissions.all():
        group.page_permissions.create(page=permission.page, permission=permission.permission)
    person.groups.set([group])
    return person


def url(name, *args):
    return reverse(f"report_inbox:{name}", args=args)


def urls_of(report) -> dict[str, str]:
    """Every address of the inbox, for one report: one that is added is asked for too."""
    found = {}
    for pattern in urlpatterns:
        words = str(pattern.pattern)
        if "<slug:deed>" in words:
            found |= {deed: url("deed", report.pk, deed) for deed in DEEDS}
        elif "photo_pk" in words:
            found[pattern.name] = url(pattern.name, report.pk, report.photos.get().pk)
        else:
            found[pattern.name] = url(pattern.name, *([report.pk] if "<int:pk>" in words else []))
    return found


OF_ONE = {"show", "photo", "answer_photo", *DEEDS}


def state_of(report):
    fresh = VisitorReport.objects.values().get(pk=report.pk)
    return fresh, ReportEvent.objects.count()


# ---- who gets in --------------------------------------------------------------------------------


def test_nobody_without_the_right_gets_in_anywhere_and_nothing_changes(client, report, editor, django_user_model):
    before = state_of(report)
    admin_alone = django_user_model.objects.create_user("no-right")
    admin_alone.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for person in (None, django_user_model.objects.create_user("vendor"), admin_alone):
        client.logout()
        if person:
            client.force_login(person)
        for name, address in urls_of(report).items():
            for found in (client.get(address), client.post(address, filled())):
                assert found.status_code in {302, 403, 405}, name
                assert SAID.encode() not in found.content
    assert state_of(report) == before


def filled() -> dict[str, str]:
    return {"words": "Thử", "reason": "Thử", "to": "Thử", "number": "1", "language": "vi"}


def test_an_officer_of_another_page_gets_in_to_the_list_alone(client, report, elsewhere):
    before = state_of(report)
    client.force_login(elsewhere)
    for name, address in urls_of(report).items():
        for found in (client.get(address), client.post(address, filled())):
            if name in OF_ONE:
                # Wagtail's admin leads whoever is denied to the dashboard.
                assert found.status_code in {302, 403, 405}, name
            assert SAID not in content(found), name
    assert state_of(report) == before


def content(found) -> str:
    return "" if found.streaming else found.content.decode()


def test_a_report_of_no_page_or_of_a_page_that_is_gone_belongs_to_all(client, elsewhere, page):
    gone, nowhere = reported(page), reported()
    page.delete()
    client.force_login(elsewhere)
    for report in (gone, nowhere):
        assert client.get(url("show", report.pk)).status_code == 200


def test_a_reader_reads_and_does_nothing(client, report, reader):
    before = state_of(report)
    client.force_login(reader)
    assert client.get(url("show", report.pk)).context["deeds"] == []
    assert client.post(url("show", report.pk)).status_code in {302, 403}
    for deed in DEEDS:
        assert client.get(url("deed", report.pk, deed)).status_code in {302, 403}
        assert client.post(url("deed", report.pk, deed), filled()).status_code in {302, 403}
    assert state_of(report) == before


def test_what_is_not_there_is_not_found(editor_client, report, page):
    other = reported(page)
    for address in (
        url("show", 10**6),
        url("deed", report.pk, "delete"),
        url("photo", other.pk, report.photos.get().pk),
        url("answer_photo", report.pk),
    ):
        assert editor_client.get(address).status_code == 404


def test_no_screen_of_a_report_is_kept_by_a_browser(editor_client, report):
    for name, address in urls_of(report).items():
        if name in OF_ONE - {"answer_photo"}:
            assert "no-store" in editor_client.get(address)["Cache-Control"], name


# ---- the list -----------------------------------------------------------------------------------


def shown_in(found) -> list[int]:
    return [report.pk for report in found.context["object_list"]]


def test_the_list_is_in_the_order_of_the_clock_and_filtered(editor_client, editor, colleague, page, other_page):
    slow = reported(page)
    urgent = reported(other_page, kind=ReportKind.PAYEE_NAME)
    mine, theirs = reported(page), reported(page)
    take(report=mine, by=editor)
    take(report=theirs, by=colleague)
    closed = reported(page)
    reject(report=closed, reason="Thử", by=editor)
    VisitorReport.objects.filter(pk=urgent.pk).update(intake_due_at=timezone.now() - timedelta(hours=1))
    expected = {
        "": [urgent.pk, slow.pk, mine.pk, theirs.pk, closed.pk],
        "?only=mine": [mine.pk],
        "?only=overdue": [urgent.pk],
        "?only=open": [urgent.pk, slow.pk, mine.pk, theirs.pk],
        "?kind=payee_name": [urgent.pk],
        "?state=rejected": [closed.pk],
        "?page_title=khác": [urgent.pk],
        "?only=nonsense": [urgent.pk, slow.pk, mine.pk, theirs.pk, closed.pk],
    }
    for query, found in expected.items():
        assert shown_in(editor_client.get(url("index") + query)) == found, query


def test_the_list_costs_no_query_per_row(editor_client, editor, page, other_page):
    reported(page)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(url("index")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(6):
        take(report=reported(page if number % 2 else other_page), by=editor)
        reported(page)
    assert queries() <= few


def test_one_report_costs_the_same_whatever_happened_to_it(editor_client, editor, report, page):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(url("show", report.pk)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for _ in range(5):
        reported(page)
        ReportEvent.objects.create(report=report, kind="noted", state=report.state, by=editor, note="Thử")
    assert queries() <= few


def test_the_number_stands_in_no_list_and_on_the_screen_only_after_a_click(editor_client, report):
    for address in (url("index"), url("results"), url("show", report.pk)):
        assert SHOWN not in editor_client.get(address).content.decode()
    assert SHOWN in editor_client.post(url("show", report.pk)).content.decode()
    assert list(report.events.values_list("kind", flat=True)) == ["received", "phone_shown"]


def cells(found) -> list:
    sheet = b"".join(found.streaming_content) if found.streaming else found.content
    return [cell for row in load_workbook(BytesIO(sheet)).active for cell in row]


def test_the_sheet_runs_nothing_and_has_neither_number_nor_code_nor_words(editor_client, page):
    page.title = "=HYPERLINK(1)"
    page.save_revision().publish()
    report = reported(page, phone=NUMBER)
    found = cells(editor_client.get(url("index") + "?export=xlsx"))
    words = {str(cell.value) for cell in found}
    assert "'=HYPERLINK(1)" in words
    assert all(cell.data_type != "f" for cell in found)
    for hidden in ("0000 0021", "00000021", report.tracking_code, report.printed_code, SAID):
        assert not any(hidden in word for word in words), hidden
    csv = b"".join(editor_client.get(url("index") + "?export=csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in csv
    assert "00000021" not in csv


def test_the_sheet_has_only_what_the_officer_may_see(client, elsewhere, page, other_page):
    reported(page)
    mine = reported(other_page)
    client.force_login(elsewhere)
    first_column = [cell.value for cell in cells(client.get(url("index") + "?export=xlsx")) if cell.column == 1]
    assert first_column[1:] == [mine.pk]


# ---- one report ---------------------------------------------------------------------------------


def test_a_photo_is_sent_to_whoever_may_see_the_report(editor_client, report):
    found = editor_client.get(url("photo", report.pk, report.photos.get().pk))
    assert found["Content-Type"] == "image/jpeg"
    with Image.open(BytesIO(b"".join(found.streaming_content))) as picture:
        assert max(picture.size) == 640


def test_an_erased_photo_is_gone_and_the_screen_says_so(editor_client, report):
    photo = report.photos.get()
    report.photos.update(file="", erased_at=timezone.now())
    assert editor_client.get(url("photo", report.pk, photo.pk)).status_code == 404
    assert editor_client.get(url("show", report.pk)).status_code == 200


def test_what_a_visitor_wrote_is_shown_as_text(editor_client, page):
    report = reported(page, text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in editor_client.get(url("show", report.pk)).content.decode()


@pytest.mark.parametrize(
    ("deed", "words", "state"),
    [
        ("take", {}, ReportState.IN_WORK),
        ("note", {"words": "Đã gọi thợ."}, ReportState.RECEIVED),
        ("answer", {"words": "Đã gỡ.", "language": "vi"}, ReportState.ANSWERED),
        ("reject", {"reason": "Không thấy gì."}, ReportState.REJECTED),
        ("forward", {"to": "Công an phường"}, ReportState.FORWARDED),
    ],
)
def test_each_deed_is_done_by_its_form(editor_client, report, deed, words, state):
    assert editor_client.get(url("deed", report.pk, deed)).status_code == 200
    found = editor_client.post(url("deed", report.pk, deed), words)
    assert found["Location"] == url("show", report.pk)
    report.refresh_from_db()
    assert report.state == state


def test_assigning_joining_and_opening_again_by_their_forms(editor_client, report, page, colleague):
    other = reported(page)
    editor_client.post(url("deed", report.pk, "assign"), {"to": colleague.pk})
    editor_client.post(url("deed", report.pk, "merge"), {"number": other.pk})
    report.refresh_from_db()
    assert (report.assigned_to, report.merged_into) == (colleague, other)
    editor_client.post(url("deed", report.pk, "reopen"), {"reason": "Không phải một việc."})
    report.refresh_from_db()
    assert (report.state, report.merged_into) == (ReportState.IN_WORK, None)


def test_the_outcome_is_shown_and_taken_off_by_its_forms_with_a_right_of_its_own(client, editor, report, reader):
    answer(report=report, words="Đã gỡ.", language="vi", by=editor)
    client.force_login(reader)
    group = reader.groups.get()
    group.permissions.add(Permission.objects.get(codename="change_visitorreport"))
    group.permissions.remove(Permission.objects.get(codename="add_reportoutcome"))
    words = {"words": "Đã gỡ miếng dán.", "language": "vi"}
    assert client.post(url("deed", report.pk, "publish"), words).status_code in {302, 403}
    assert not ReportOutcome.objects.exists()
    client.force_login(editor)
    client.post(url("deed", report.pk, "publish"), words)
    assert ReportOutcome.objects.get().words == "Đã gỡ miếng dán."
    assert "publish" not in [name for name, deed in client.get(url("show", report.pk)).context["deeds"]]
    client.post(url("deed", report.pk, "unpublish"))
    assert not ReportOutcome.objects.exists()


def test_an_answer_with_a_photo_is_shown_to_the_officers(editor_client, report):
    words = {"words": "Đã gỡ.", "language": "vi", "photo": upload(), "photo_alt": "Cổng"}
    editor_client.post(url("deed", report.pk, "answer"), words)
    assert editor_client.get(url("answer_photo", report.pk))["Content-Type"] == "image/jpeg"
    assert 'alt="Cổng"' in editor_client.get(url("show", report.pk)).content.decode()


@pytest.mark.parametrize(
    ("deed", "words", "field"),
    [
        ("answer", {"words": "", "language": "vi"}, "words"),
        ("answer", {"words": "Đã gỡ.", "language": "xx"}, "language"),
        ("reject", {"reason": " "}, "reason"),
        ("forward", {"to": ""}, "to"),
        ("merge", {"number": "999999"}, "number"),
        ("merge", {"number": "x"}, "number"),
        ("assign", {"to": "999999"}, "to"),
        ("note", {"words": "x" * 1001}, "words"),
        ("note", {"words": f"Gọi {NUMBER}"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_at_the_form_and_nothing_changes(editor_client, report, deed, words, field):
    before = state_of(report)
    found = editor_client.post(url("deed", report.pk, deed), words)
    assert set(found.context["form"].errors) == {field}
    assert state_of(report) == before


def test_a_photo_without_words_and_a_broken_one_cost_nothing_that_was_typed(editor_client, report):
    broken = upload()
    broken = type(broken)("anh.jpg", broken.read()[:400], content_type="image/jpeg")
    for photo, field in ((upload(), "photo_alt"), (broken, "photo")):
        words = {"words": "Đã gỡ rồi nhé.", "language": "vi", "photo": photo}
        found = editor_client.post(url("deed", report.pk, "answer"), words)
        assert field in found.context["form"].errors
        assert "Đã gỡ rồi nhé." in found.content.decode()
    assert VisitorReport.objects.get(pk=report.pk).is_open


def test_no_report_is_joined_with_one_the_officer_may_not_see(client, elsewhere, other_page, report):
    mine = reported(other_page)
    client.force_login(elsewhere)
    found = client.post(url("deed", mine.pk, "merge"), {"number": report.pk})
    assert "number" in found.context["form"].errors


def test_the_second_of_two_officers_is_told_at_the_form(editor_client, report, colleague):
    answer(report=report, words="Đã xong.", language="vi", by=colleague)
    found = editor_client.post(url("deed", report.pk, "reject"), {"reason": "Không đúng."})
    assert "Đồng Nghiệp" in str(found.context["form"].non_field_errors())
    assert "Không đúng." in found.content.decode()


def test_other_open_reports_of_the_page_are_offered_for_joining(editor_client, report, page, other_page):
    same = reported(page)
    reported(other_page)
    assert list(editor_client.get(url("show", report.pk)).context["others"]) == [same]


# ---- finding one by its code ---------------------------------------------------------------------


@pytest.mark.parametrize("written", [lambda code: code, lambda code: f" {code[:3].lower()}-{code[3:6]} {code[6:]} "])
def test_a_report_is_found_by_the_code_its_reporter_says(editor_client, report, written):
    assert url("find") in editor_client.get(url("index")).content.decode()
    found = editor_client.post(url("find"), {"code": written(report.tracking_code)})
    assert found["Location"] == url("show", report.pk)


def test_a_code_of_nobody_or_of_a_page_of_others_is_said_not_to_be_there(client, editor, report, elsewhere):
    words = []
    for person, code in ((editor, "nonsense"), (elsewhere, report.tracking_code)):
        client.force_login(person)
        found = client.post(url("find"), {"code": code})
        assert found.status_code == 200
        words.append(found.context["form"].errors["code"])
    assert words[0] == words[1]


def test_the_code_never_stands_in_an_address(editor_client, report):
    html = editor_client.get(url("find")).content.decode()
    assert 'method="post"' in html
    found = editor_client.get(url("find"), {"code": report.tracking_code})
    assert found.status_code == 200
    assert report.tracking_code not in found.content.decode()


# ---- dashboard and menu -------------------------------------------------------------------------


def test_the_dashboard_and_the_menu_count_what_waits(client, editor, elsewhere, page):
    late, mine = reported(page), reported(page)
    take(report=mine, by=editor)
    VisitorReport.objects.filter(pk=late.pk).update(intake_due_at=timezone.now() - timedelta(hours=1))
    client.force_login(editor)
    html = client.get("/admin/").content.decode()
    panel = html.split('id="visitor-reports-section"')[1].split("</section>")[0]
    assert [part.split("<")[0] for part in panel.split("<strong>")[1:]] == ["1", "1", "1"]
    assert url("index") in html
    client.force_login(elsewhere)
    panel = client.get("/admin/").content.decode().split('id="visitor-reports-section"')[1].split("</section>")[0]
    assert [part.split("<")[0] for part in panel.split("<strong>")[1:]] == ["0", "0", "0"]


@pytest.mark.parametrize("goes", GOES)
def test_what_an_account_that_is_gone_had_in_hand_waits_on_the_dashboard_in_the_menu_and_in_the_list(
    goes, editor_client, colleague, page
):
    report = reported(page)
    take(report=report, by=colleague)
    GOES[goes](colleague)
    html = editor_client.get("/admin/").content.decode()
    panel = html.split('id="visitor-reports-section"')[1].split("</section>")[0]
    assert [part.split("<")[0] for part in panel.split("<strong>")[1:]] == ["0", "1", "0"]
    assert "(1)" in html
    listed = editor_client.get(url("index"), {"only": "waiting"})
    assert [one.pk for one in listed.context["object_list"]] == [report.pk]
    assert listed.context["object_list"][0].waits
    assert "take" in [name for name, _deed in editor_client.get(url("show", report.pk)).context["deeds"]]
    editor_client.post(url("deed", report.pk, "take"))
    assert [one.pk for one in editor_client.get(url("index"), {"only": "mine"}).context["object_list"]] == [report.pk]


def test_who_may_not_see_reports_is_shown_neither_menu_nor_panel(client, django_user_model, ward):
    admin_alone = django_user_model.objects.create_user("no-right")
    admin_alone.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(admin_alone)
    html = client.get("/admin/").content.decode()
    assert "visitor-reports" not in html.replace("reports/admin.css", "")


def test_the_photo_of_an_answer_carries_no_notes_of_the_camera(editor_client, report):
    drawn = drawn_anew(upload())
    with Image.open(drawn) as picture:
        assert not picture.getexif()
