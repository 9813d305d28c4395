"""Requests about personal data: their clock, what is found and forgotten, and that no log says whose it was."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from wardmark.base.models import WardSettings
from wardmark.base.personal_data import Held, Holder
from wardmark.reports.models import Channel, SubjectRequest, SubjectRight, SubjectState
from wardmark.reports.subject_requests import (
    RequestRefused,
    answer,
    enter,
    erase,
    forget_askers,
    look_up,
    refuse,
    show_asker,
    withdraw,
)

pytestmark = pytest.mark.django_db
NUMBER, KEPT = "024 0000 0012", "+842400000012"
ASKER = "Bà Thử, 024 0000 0012, đã gọi lại"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


class Shelf(Holder):
    """An app that holds two records under one number."""

    records: dict[str, int] = {}

    def held(self, phone):
        return [Held(what="Bản ghi", since=timezone.now()) for _ in range(self.records.get(phone, 0))]

    def withdraw(self, phone, *, by):
        return self.records.pop(phone, 0)

    def erase(self, phone, *, by):
        return self.records.pop(phone, 0)


class BrokenShelf(Shelf):
    def erase(self, phone, *, by):
        raise RuntimeError("the disk is full")


@pytest.fixture(autouse=True)
def _shelf(settings):
    Shelf.records = {KEPT: 2}
    settings.PERSONAL_DATA_HOLDERS = [f"{__name__}.Shelf"]


@pytest.fixture
def asked(editor):
    return enter(right=SubjectRight.ERASURE, channel=Channel.OFFICE, asker=ASKER, received_at=timezone.now(), by=editor)


def test_it_is_due_at_the_end_of_the_second_working_day(editor):
    friday = datetime(2026, 11, 20, 16, tzinfo=HERE)
    request = enter(right="look_up", channel="phone", asker=ASKER, received_at=friday, by=editor)
    assert request.due_at == datetime(2026, 11, 24, 17, tzinfo=HERE)


def test_a_request_of_the_future_or_of_nobody_is_refused(editor):
    for asker, ahead in (("", timedelta()), (ASKER, timedelta(hours=1))):
        with pytest.raises(RequestRefused):
            enter(right="look_up", channel="phone", asker=asker, received_at=timezone.now() + ahead, by=editor)
    assert not SubjectRequest.objects.exists()


@pytest.mark.parametrize(
    ("hours", "came"), [("", timezone.now), ("Thứ Hai: 08:00–12:00", lambda: datetime(1950, 5, 2, tzinfo=HERE))]
)
def test_a_request_whose_clock_cannot_be_counted_is_refused_with_words(ward, editor, hours, came):
    settings = WardSettings.objects.get()
    settings.office_hours = hours
    settings.save()
    with pytest.raises(RequestRefused, match=r"office hours|year"):
        enter(right="look_up", channel="phone", asker=ASKER, received_at=came(), by=editor)
    assert not SubjectRequest.objects.exists()


def test_what_is_held_is_found_however_the_number_is_written(asked, editor):
    for written in (NUMBER, "+84 24 0000 0012", "02400000012"):
        assert len(look_up(request=asked, phone=written, by=editor)) == 2
    assert look_up(request=asked, phone="024 0000 0013", by=editor) == []


def test_what_is_no_number_is_refused(asked, editor):
    for deed in (look_up, withdraw, erase):
        with pytest.raises(ValidationError):
            deed(request=asked, phone="số của tôi", by=editor)


@pytest.mark.parametrize("deed", [withdraw, erase])
def test_forgetting_says_at_how_many_records(asked, editor, deed):
    assert deed(request=asked, phone=NUMBER, by=editor) == 2
    assert deed(request=asked, phone=NUMBER, by=editor) == 0


def test_what_one_holder_cannot_erase_is_erased_nowhere(asked, editor, settings, django_user_model):
    """The first holder's work is undone with the transaction."""
    settings.PERSONAL_DATA_HOLDERS = [f"{__name__}.Emptying", f"{__name__}.BrokenShelf"]
    django_user_model.objects.create_user("kept", first_name=KEPT)
    entries = ModelLogEntry.objects.count()
    with pytest.raises(RuntimeError):
        erase(request=asked, phone=NUMBER, by=editor)
    assert django_user_model.objects.filter(first_name=KEPT).exists()
    assert ModelLogEntry.objects.count() == entries


class Emptying(Shelf):
    def erase(self, phone, *, by):
        from django.contrib.auth import get_user_model

        return get_user_model().objects.filter(first_name=phone).update(first_name="")


def test_nothing_of_the_person_is_in_the_database_or_the_log(asked, editor):
    look_up(request=asked, phone=NUMBER, by=editor)
    erase(request=asked, phone=NUMBER, by=editor)
    answer(request=asked, done="Đã xoá và báo lại.", by=editor)
    row = str(SubjectRequest.objects.values().get())
    log = str(list(ModelLogEntry.objects.values()))
    for words in ("Bà Thử", "0000 0012", "00000012"):
        assert words not in row
        assert words not in log


def test_every_step_is_written_down_with_who_did_it(asked, editor):
    show_asker(request=asked, by=editor)
    look_up(request=asked, phone=NUMBER, by=editor)
    withdraw(request=asked, phone=NUMBER, by=editor)
    refuse(request=asked, reason="Không xác minh được.", by=editor)
    entries = ModelLogEntry.objects.for_instance(asked).order_by("timestamp", "pk")
    steps = [(entry.action.rpartition(".")[2], (entry.data or {}).get("records")) for entry in entries]
    assert steps == [("enter", None), ("show", None), ("look_up", 2), ("withdraw", 2), ("refuse", None)]
    assert {entry.user_id for entry in entries} == {editor.pk}


def test_who_asked_is_read_again_and_forgotten_thirty_days_after_the_answer(asked, editor):
    assert show_asker(request=asked, by=editor) == ASKER
    answer(request=asked, done="Đã xoá.", by=editor)
    forget_askers()
    asked.refresh_from_db()
    assert asked.asker() == ASKER
    SubjectRequest.objects.update(closed_at=timezone.now() - timedelta(days=31))
    forget_askers()
    asked.refresh_from_db()
    assert asked.asker() == ""
    assert (asked.state, asked.answer) == (SubjectState.ANSWERED, "Đã xoá.")


def test_an_open_request_keeps_who_asks_however_old_it_is(asked):
    SubjectRequest.objects.update(received_at=timezone.now() - timedelta(days=400))
    forget_askers()
    asked.refresh_from_db()
    assert asked.asker() == ASKER


@pytest.mark.parametrize("words", ["", "  ", "Đã gọi 024 0000 0012 để báo.", "Số 0912345678 đã xoá"])
def test_an_answer_that_says_nothing_or_a_number_is_refused(asked, editor, words):
    with pytest.raises(RequestRefused):
        answer(request=asked, done=words, by=editor)
    asked.refresh_from_db()
    assert asked.is_open


def test_of_two_officers_the_second_is_told(asked, editor, django_user_model):
    same = SubjectRequest.objects.get(pk=asked.pk)
    answer(request=asked, done="Đã trả lời.", by=editor)
    other = django_user_model.objects.create_user("khac")
    for deed in (
        lambda: refuse(request=same, reason="Không.", by=other),
        lambda: erase(request=same, phone=NUMBER, by=other),
    ):
        with pytest.raises(RequestRefused):
            deed()
    same.refresh_from_db()
    assert (same.answer, same.closed_by, Shelf.records) == ("Đã trả lời.", editor, {KEPT: 2})


def test_what_is_due_first_is_on_top_and_what_is_closed_below(editor):
    days = [datetime(2026, 11, day, 9, tzinfo=HERE) for day in (3, 2, 10)]
    made = [enter(right="look_up", channel="phone", asker=ASKER, received_at=day, by=editor) for day in days]
    answer(request=made[1], done="Xong.", by=editor)
    assert list(SubjectRequest.objects.by_clock()) == [made[0], made[2], made[1]]
    assert set(SubjectRequest.objects.overdue(datetime(2026, 11, 6, tzinfo=HERE))) == {made[0]}
