"""What officers do with a report, and what is refused with nothing changed."""

import pytest
from django.contrib.auth.models import Permission
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import ShopPageFactory, StreetPageFactory
from tests.site.reports.inbox.officers import KEPT, NUMBER, SAID, close_account, officer_of, reported, upload
from wardmark.base.models import WardSettings
from wardmark.reports.handling import (
    NotPossible,
    answer,
    assign,
    forward,
    merge,
    note,
    publish,
    reject,
    reopen,
    show_phone,
    take,
    unpublish,
)
from wardmark.reports.models import OPEN, ReportEvent, ReportOutcome, ReportState, VisitorReport, private_storage
from wardmark.reports.photographs import drawn_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(page):
    return reported(page, phone=NUMBER)


def lines(report) -> list[str]:
    return list(report.events.values_list("kind", flat=True))


def answered(report, by, words="Đã gỡ miếng dán.", **more):
    answer(report=report, words=words, language="vi", by=by, **more)


# ---- each rule ---------------------------------------------------------------------------------


def test_taking_stops_the_clock_and_says_who(report, editor):
    take(report=report, by=editor)
    assert (report.state, report.assigned_to) == (ReportState.IN_WORK, editor)
    assert report.taken_at
    take(report=report, by=editor)
    assert lines(report) == ["received", "taken"]


def test_what_a_colleague_took_is_not_taken_but_assigned(report, editor, colleague):
    take(report=report, by=colleague)
    with pytest.raises(NotPossible, match="Đồng Nghiệp"):
        take(report=report, by=editor)
    assign(report=report, to=editor, by=editor)
    assert report.assigned_to == editor
    assert report.events.last().note == editor.get_username()


def test_nobody_is_assigned_who_may_not_edit_the_page(report, editor, elsewhere, django_user_model):
    nobody = django_user_model.objects.create_user("khach")
    reader = django_user_model.objects.create_user("docgia")
    reader.user_permissions.add(Permission.objects.get(codename="view_visitorreport"))
    gone = django_user_model.objects.create_user("danghi", is_active=False)
    gone.groups.set(editor.groups.all())
    for person in (nobody, reader, gone, elsewhere):
        with pytest.raises(NotPossible):
            assign(report=report, to=person, by=editor)
    report.refresh_from_db()
    assert (report.state, report.assigned_to) == (ReportState.RECEIVED, None)


def test_an_answer_closes_it_with_its_photo(report, editor):
    answered(report, editor, photo=drawn_anew(upload()), photo_alt="Cổng sau khi gỡ")
    assert (report.state, report.answer, report.answer_photo_alt) == (
        ReportState.ANSWERED,
        "Đã gỡ miếng dán.",
        "Cổng sau khi gỡ",
    )
    assert report.closed_at
    assert report.taken_at
    assert private_storage().exists(report.answer_photo.name)


def test_a_photo_without_words_is_refused(report, editor):
    with pytest.raises(NotPossible):
        answered(report, editor, photo=drawn_anew(upload()))
    assert VisitorReport.objects.get(pk=report.pk).is_open


def test_an_answer_that_cannot_be_stored_leaves_no_photo_behind(report, editor, monkeypatch):
    kept = []
    monkeypatch.setattr(
        "wardmark.reports.handling._write",
        lambda current, *args, **more: kept.append(current.answer_photo.name) or 1 / 0,
    )
    with pytest.raises(ZeroDivisionError):
        answered(report, editor, photo=drawn_anew(upload()), photo_alt="Cổng")
    assert kept[0]
    assert not private_storage().exists(kept[0])
    assert VisitorReport.objects.get(pk=report.pk).is_open


def test_rejecting_and_passing_on_need_words(report, editor):
    for words in ("", "   "):
        with pytest.raises(NotPossible):
            reject(report=report, reason=words, by=editor)
        with pytest.raises(NotPossible):
            forward(report=report, to=words, by=editor)
    assert lines(report) == ["received"]
    forward(report=report, to="Công an phường", by=editor)
    assert (report.state, report.forwarded_to) == (ReportState.FORWARDED, "Công an phường")


def test_whoever_follows_a_joined_report_is_led_to_the_outcome(page, report, editor):
    same, third = reported(page), reported(page)
    merge(report=third, into=same, by=editor)
    merge(report=same, into=report, by=editor)
    answered(report, editor)
    for followed in (same, third):
        leading = VisitorReport.objects.get(pk=followed.pk).leading()
        assert (leading, leading.answer) == (report, "Đã gỡ miếng dán.")


def test_a_report_joined_with_a_joined_one_goes_to_where_the_answer_stands(page, report, editor):
    same, third = reported(page), reported(page)
    merge(report=same, into=report, by=editor)
    merge(report=third, into=same, by=editor)
    assert third.merged_into == report


def test_no_report_is_joined_with_itself_not_even_through_another(page, report, editor):
    same = reported(page)
    with pytest.raises(NotPossible):
        merge(report=report, into=report, by=editor)
    merge(report=same, into=report, by=editor)
    with pytest.raises(NotPossible):
        merge(report=report, into=same, by=editor)
    assert VisitorReport.objects.get(pk=report.pk).is_open


def test_a_report_is_joined_with_none_that_was_joined_itself_at_that_moment(page, editor, colleague, monkeypatch):
    """Else two officers could make a ring, in which no report stands for the others any more."""
    one, other, third, fourth = (reported(page) for _ in range(4))
    merge(report=one, into=other, by=editor)
    merge(report=third, into=fourth, by=editor)
    leading, calls = VisitorReport.leading, []

    def slow(report):
        found = leading(report)
        calls.append(report)
        if len(calls) == 1:
            merge(report=VisitorReport.objects.get(pk=fourth.pk), into=one, by=colleague)
        return found

    monkeypatch.setattr(VisitorReport, "leading", slow)
    with pytest.raises(NotPossible):
        merge(report=other, into=third, by=editor)
    monkeypatch.undo()
    assert {report.leading() for report in VisitorReport.objects.all()} == {other}


def test_opening_again_takes_back_what_it_was_closed_with_and_history_keeps_it(
    report, editor, django_capture_on_commit_callbacks
):
    answered(report, editor, photo=drawn_anew(upload()), photo_alt="Cổng")
    name = report.answer_photo.name
    with django_capture_on_commit_callbacks(execute=True):
        reopen(report=report, reason="Lại bị dán đè.", by=editor)
    assert (report.state, report.answer, report.answer_photo.name, report.closed_at) == (
        ReportState.IN_WORK,
        "",
        "",
        None,
    )
    assert not private_storage().exists(name)
    assert [event.note for event in report.events.all()][-2:] == ["Đã gỡ miếng dán.", "Lại bị dán đè."]


def test_what_nobody_had_in_hand_belongs_to_whoever_opens_it_again(report, editor, colleague):
    reject(report=report, reason="Thử", by=editor)
    assert report.assigned_to is None
    reopen(report=report, reason="Lại bị dán đè.", by=colleague)
    assert (report.state, report.assigned_to) == (ReportState.IN_WORK, colleague)


def test_what_somebody_had_in_hand_is_theirs_again(report, editor, colleague):
    take(report=report, by=editor)
    reject(report=report, reason="Thử", by=editor)
    reopen(report=report, reason="Lại bị dán đè.", by=colleague)
    assert report.assigned_to == editor


def test_what_a_closed_account_had_in_hand_is_taken_by_a_colleague(report, editor, colleague):
    take(report=report, by=colleague)
    close_account(colleague)
    take(report=report, by=editor)
    assert (report.state, report.assigned_to) == (ReportState.IN_WORK, editor)
    assert lines(report) == ["received", "taken", "taken"]


@pytest.mark.parametrize("why", ["closed", "of another page"])
def test_who_may_not_handle_it_any_more_does_not_get_it_back(why, report, editor, colleague, other_page):
    take(report=report, by=colleague)
    reject(report=report, reason="Thử", by=colleague)
    if why == "closed":
        close_account(colleague)
    else:
        colleague.groups.set(officer_of(other_page, editor, "khac").groups.all())
    reopen(report=report, reason="Lại bị dán đè.", by=editor)
    assert (report.state, report.assigned_to) == (ReportState.IN_WORK, editor)


MOBILE = "0912 345 678"


@pytest.mark.parametrize("number", [MOBILE, "+84912345678", "0912/345/678", "0084 912 345 678", "+49 170 1234567"])
def test_nobodys_own_number_is_written_into_what_stays(report, editor, number):
    words = f"Gọi bà Thử {number}."
    before = lines(report)
    for deed in (
        lambda: note(report=report, words=words, by=editor),
        lambda: answered(report, editor, words=words),
        lambda: reject(report=report, reason=words, by=editor),
        lambda: forward(report=report, to=words, by=editor),
    ):
        with pytest.raises(NotPossible, match="leave out"):
            deed()
    reject(report=report, reason="Thử", by=editor)
    with pytest.raises(NotPossible, match="leave out"):
        reopen(report=report, reason=words, by=editor)
    assert lines(report) == [*before, "rejected"]


def test_an_office_and_what_is_public_may_be_named_in_what_stays(editor, ward):
    settings = WardSettings.objects.get()
    settings.hotline = "0912 000 001"
    settings.save()
    street = StreetPageFactory(parent=ward.homes["vi"])
    shop = ShopPageFactory(parent=street, phone="+84912000002")
    report = reported(shop)
    words = "Công an quận 024 3833 1234, 1900 1234, phường 0912 000 001, quán 0912 000 002, hẹn 01/09/2026 10:30."
    note(report=report, words=words, by=editor)
    assert report.events.last().note == words


def test_the_number_is_opened_only_with_a_line_in_the_history(report, page, editor):
    assert show_phone(report=report, by=editor) == KEPT
    assert lines(report) == ["received", "phone_shown"]
    without = reported(page)
    assert show_phone(report=without, by=editor) == ""
    assert lines(without) == ["received"]


@pytest.mark.parametrize("number", [NUMBER, "02400000021", "+84 24 0000 0021"])
def test_the_reporters_number_is_never_written_into_what_stays(report, editor, number):
    words = f"Đã gọi {number} hôm nay."
    for deed in (
        lambda: note(report=report, words=words, by=editor),
        lambda: answered(report, editor, words),
        lambda: reject(report=report, reason=words, by=editor),
        lambda: forward(report=report, to=words, by=editor),
    ):
        with pytest.raises(NotPossible):
            deed()
    assert lines(report) == ["received"]
    note(report=report, words="Đường dây nóng của phường: 024 0000 0000.", by=editor)


def test_a_note_may_be_written_whatever_the_state(report, editor):
    reject(report=report, reason="Trùng.", by=editor)
    note(report=report, words="Đã xem lại.", by=editor)
    assert (report.state, lines(report)[-1]) == (ReportState.REJECTED, "noted")


# ---- what everybody reads -----------------------------------------------------------------------


def published(report, by, words="Đã gỡ miếng dán trên cổng."):
    publish(report=report, words=words, language="vi", by=by)


def test_an_outcome_is_the_officers_words_and_stands_on_the_page_until_it_is_taken_off(report, page, editor):
    answered(report, editor)
    published(report, editor)
    [outcome] = ReportOutcome.objects.of_page(page.translation_key)
    assert (outcome.words, outcome.published_by) == ("Đã gỡ miếng dán trên cổng.", editor)
    with pytest.raises(NotPossible):
        published(report, editor)
    unpublish(report=report, by=editor)
    assert not ReportOutcome.objects.exists()
    with pytest.raises(NotPossible):
        unpublish(report=report, by=editor)
    assert lines(report)[-2:] == ["published", "unpublished"]


@pytest.mark.parametrize("words", ["", f"Khách nói: {SAID}", f"Gọi {NUMBER}", "Gọi 0912 345 678"])
def test_nothing_of_a_report_becomes_public(report, editor, words):
    answered(report, editor)
    with pytest.raises(NotPossible):
        published(report, editor, words)
    assert not ReportOutcome.objects.exists()


@pytest.mark.parametrize("words", ["Hỏi bà Thử: ba.thu@example.org", "Gọi +84 912 345 678"])
def test_what_is_refused_of_an_outcome_is_named(report, editor, words):
    answered(report, editor)
    with pytest.raises(NotPossible, match=r"ba\.thu@example\.org|0912 345 678"):
        published(report, editor, words)
    assert not ReportOutcome.objects.exists()


def test_the_wards_own_number_and_address_may_stand_in_an_outcome(report, page, editor):
    ward = WardSettings.objects.get()
    ward.hotline, ward.email = "024 0000 0000", "phuong@example.org"
    ward.save()
    answered(report, editor)
    published(report, editor, "Đã gỡ. Còn thấy thì gọi 024 0000 0000 hoặc viết Phuong@example.org.")
    assert ReportOutcome.objects.of_page(page.translation_key).exists()


def test_a_shops_public_number_may_stand_in_an_outcome_on_its_page(editor, ward):
    street = StreetPageFactory(parent=ward.homes["vi"])
    shop = ShopPageFactory(parent=street, phone="024 3833 1234")
    report = reported(shop)
    answered(report, editor)
    published(report, editor, "Quán đã đổi số: 024 3833 1234.")
    assert ReportOutcome.objects.of_page(shop.translation_key).exists()


def test_a_number_the_reporter_wrote_among_the_words_is_not_repeated_either(page, editor):
    report = reported(page, text="Gọi tôi 0912 345 678.")
    with pytest.raises(NotPossible):
        answered(report, editor, "Đã gọi 0912.345.678.")
    with pytest.raises(NotPossible):
        note(report=report, words="Gọi +84912345678", by=editor)
    answered(report, editor, "Hỏi thêm: 024 0000 0000.")


def test_only_an_answered_report_of_a_page_has_an_outcome(report, editor):
    nowhere, rejected = reported(), report
    answered(nowhere, editor)
    reject(report=rejected, reason="Thử", by=editor)
    for one in (nowhere, rejected, reported()):
        with pytest.raises(NotPossible):
            published(one, editor)


def test_what_is_opened_again_is_not_said_to_be_put_right(report, editor):
    answered(report, editor)
    published(report, editor)
    reopen(report=report, reason="Lại bị dán.", by=editor)
    assert not ReportOutcome.objects.exists()


# ---- the second of two officers -----------------------------------------------------------------


def test_what_was_closed_meanwhile_is_not_closed_again(report, page, editor, colleague):
    stale = VisitorReport.objects.get(pk=report.pk)
    answered(report, colleague)
    for deed in (
        lambda: take(report=stale, by=editor),
        lambda: assign(report=stale, to=editor, by=editor),
        lambda: answered(stale, editor, "Khác."),
        lambda: reject(report=stale, reason="Khác.", by=editor),
        lambda: forward(report=stale, to="Khác", by=editor),
        lambda: merge(report=stale, into=reported(page), by=editor),
    ):
        with pytest.raises(NotPossible, match="Đồng Nghiệp"):
            deed()
    stale.refresh_from_db()
    assert (stale.answer, lines(stale)) == ("Đã gỡ miếng dán.", ["received", "answered"])


STEPS = {
    "take": lambda report, by, other: take(report=report, by=by),
    "assign": lambda report, by, other: assign(report=report, to=by, by=by),
    "note": lambda report, by, other: note(report=report, words="Thử", by=by),
    "answer": lambda report, by, other: answered(report, by),
    "reject": lambda report, by, other: reject(report=report, reason="Thử", by=by),
    "forward": lambda report, by, other: forward(report=report, to="Thử", by=by),
    "merge": lambda report, by, other: merge(report=report, into=other, by=by),
    "publish": lambda report, by, other: published(report, by),
    "unpublish": lambda report, by, other: unpublish(report=report, by=by),
    "reopen": lambda report, by, other: reopen(report=report, reason="Thử", by=by),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=10))
def test_whatever_is_done_in_whatever_order_the_report_stays_whole(page, editor, colleague, steps):
    first, second = reported(page), reported(page)
    for name, is_first in steps:
        report, other = (first, second) if is_first else (second, first)
        before = report.events.count()
        was_open = VisitorReport.objects.get(pk=report.pk).is_open
        try:
            STEPS[name](report, editor if is_first else colleague, other)
        except NotPossible:
            assert report.events.count() == before
            continue
        report.refresh_from_db()
        last = ReportEvent.objects.filter(report=report).last()
        assert last.state == report.state
        assert (report.closed_at is None) == (report.state in OPEN)
        assert (report.merged_into_id is not None) == (report.state == ReportState.MERGED)
        assert report.leading().merged_into_id is None
        assert was_open or name in {"note", "reopen", "publish", "unpublish"}
        assert report.text == SAID
        is_public = ReportOutcome.objects.filter(report=report).exists()
        assert not is_public or report.state == ReportState.ANSWERED
