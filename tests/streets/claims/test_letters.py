"""Letters and their codes: made, mistyped, lapsed, cancelled."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from streets.claims.errors import (
    CodeCancelled,
    CodeLapsed,
    CodeSpent,
    InDispute,
    NoSuchCode,
    NotPossible,
    UnknownNumber,
    WrongCode,
)
from streets.claims.handed_codes import ALPHABET, grouped, normalise, random_code, try_code
from streets.claims.letters import cancel, issue
from streets.models import ClaimLetter, Closure, CodeState, KeepingEvent, KeepingEventKind
from tests.streets.claims.people import a_letter

WRONG = "ACDEFHJK"


@given(st.text(ALPHABET, min_size=8, max_size=8), st.sampled_from(["", "-", " ", " – "]))
def test_a_code_is_read_however_it_is_typed(code, between):
    assert normalise(f" {code[:4].lower()}{between}{code[4:]} ") == code
    assert normalise(grouped(code)) == code


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_code_or_said_to_be_none(text):
    try:
        code = normalise(text)
    except NoSuchCode:
        return
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)


def test_codes_have_no_letter_that_reads_as_another():
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")
    assert len({random_code() for _ in range(200)}) == 200


@pytest.mark.django_db
class TestALetter:
    def test_its_code_opens_it_and_stands_nowhere(self, shop, editor):
        issued = a_letter(shop, editor)
        letter = try_code(
            ClaimLetter, serial=issued.letter.serial, typed=grouped(issued.code).lower(), now=timezone.now()
        )
        assert letter == issued.letter
        row = ClaimLetter.objects.filter(pk=letter.pk).values().get()
        assert issued.code not in str(row)
        assert issued.code not in str(list(KeepingEvent.objects.values()))
        assert issued.code not in repr(issued)

    def test_the_code_of_one_letter_opens_no_other(self, shop, editor):
        first = a_letter(shop, editor)
        second = a_letter(shop, editor)
        with pytest.raises(WrongCode):
            try_code(ClaimLetter, serial=second.letter.serial, typed=first.code, now=timezone.now())

    def test_five_wrong_tries_end_it_and_the_sixth_finds_it_so_even_with_the_right_code(self, shop, editor):
        issued = a_letter(shop, editor)
        now = timezone.now()
        left = []
        for _ in range(4):
            with pytest.raises(WrongCode) as refusal:
                try_code(ClaimLetter, serial=issued.letter.serial, typed=WRONG, now=now)
            left.append(refusal.value.tries_left)
        assert left == [4, 3, 2, 1]
        for typed in (WRONG, issued.code):
            with pytest.raises(CodeSpent):
                try_code(ClaimLetter, serial=issued.letter.serial, typed=typed, now=now)
        issued.letter.refresh_from_db()
        assert (issued.letter.state, issued.letter.wrong_tries) == (CodeState.SPENT, 5)
        kinds = shop.keeping_events.values_list("kind", flat=True)
        assert list(kinds).count(KeepingEventKind.CODE_WRONG) == 4
        assert list(kinds).count(KeepingEventKind.CODE_SPENT) == 1

    def test_what_is_no_code_at_all_costs_no_try(self, shop, editor):
        issued = a_letter(shop, editor)
        for typed in ("", "ACDE", "ACDE-346O", "ACDE-34677", "\x00" * 8):
            with pytest.raises(NoSuchCode):
                try_code(ClaimLetter, serial=issued.letter.serial, typed=typed, now=timezone.now())
        issued.letter.refresh_from_db()
        assert issued.letter.wrong_tries == 0

    @pytest.mark.parametrize(
        ("after", "opens"), [(timedelta(days=13, hours=23, minutes=59, seconds=59), True), (timedelta(days=14), False)]
    )
    def test_it_is_good_for_fourteen_days_to_the_second(self, shop, editor, after, opens):
        now = timezone.now()
        issued = issue(shop=shop, by=editor, now=now)
        if opens:
            assert try_code(ClaimLetter, serial=issued.letter.serial, typed=issued.code, now=now + after)
        else:
            with pytest.raises(CodeLapsed):
                try_code(ClaimLetter, serial=issued.letter.serial, typed=issued.code, now=now + after)
        with time_machine.travel(now + after, tick=False):
            assert ClaimLetter.objects.open(timezone.now()).exists() is opens
            issued.letter.refresh_from_db()
            assert (issued.letter.state_today == str(CodeState.OPEN.label)) is opens

    def test_a_newer_letter_cancels_the_one_before(self, shop, editor):
        first, second = a_letter(shop, editor), a_letter(shop, editor)
        assert first.code != second.code
        with pytest.raises(CodeCancelled):
            try_code(ClaimLetter, serial=first.letter.serial, typed=first.code, now=timezone.now())
        assert try_code(ClaimLetter, serial=second.letter.serial, typed=second.code, now=timezone.now())
        assert shop.claim_letters.open(timezone.now()).count() == 1

    def test_one_that_was_lost_is_cancelled_once(self, shop, editor):
        issued = a_letter(shop, editor)
        cancel(letter=issued.letter, by=editor, why="Thất lạc", now=timezone.now())
        with pytest.raises(CodeCancelled):
            try_code(ClaimLetter, serial=issued.letter.serial, typed=issued.code, now=timezone.now())
        with pytest.raises(NotPossible):
            cancel(letter=issued.letter, by=editor, now=timezone.now())

    def test_a_number_of_no_letter_is_said_to_be_so(self, ward):
        with pytest.raises(UnknownNumber):
            try_code(ClaimLetter, serial="0000000", typed=WRONG, now=timezone.now())

    def test_a_shop_in_dispute_or_that_has_left_gets_none(self, shop, editor):
        shop.disputed_since = timezone.now()
        shop.save()
        with pytest.raises(InDispute):
            a_letter(shop, editor)
        shop.disputed_since, shop.closure = None, Closure.FOR_GOOD
        shop.closed_since = timezone.localdate() - timedelta(days=1)
        shop.save()
        with pytest.raises(NotPossible):
            a_letter(shop, editor)
        assert not shop.claim_letters.exists()
