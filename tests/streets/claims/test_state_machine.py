"""Letters, codes and claims in any order that people and the clock may bring about."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from streets.claims.claiming import confirm, hand_in, refuse
from streets.claims.disputes import close_dispute, disputed_claims
from streets.claims.errors import CodeRefused, KeepingRefused
from streets.claims.handed_codes import LASTS, try_code
from streets.claims.letters import cancel, issue
from streets.models import Claim, ClaimLetter, ClaimState, CodeState, MemberRole, Shop
from streets.models.handed_codes import MOST_TRIES
from wardmark.accounts.models import User

WRONG = "ACDEFHJK"


class Claiming(RuleBasedStateMachine):
    """One shop, two officers, three people. What is written beside the database is what must hold."""

    letters = Bundle("letters")

    def __init__(self):
        super().__init__()
        self.now = timezone.now()
        self.shop = Shop.objects.create(page_key="00000000-0000-4000-8000-000000000001", name="Quán Thử")
        self.officers = [User.objects.create(username=f"officer-{n}") for n in range(2)]
        self.people = [User.objects.create(username=f"person-{n}") for n in range(3)]
        # What each letter must be: (serial, code) → state, wrong tries.
        self.state: dict[str, str] = {}
        self.wrong: dict[str, int] = {}
        self.until = {}
        self.owners_confirmed: set[int] = set()

    def is_open(self, serial: str) -> bool:
        return self.state[serial] == CodeState.OPEN and self.now < self.until[serial]

    @rule(target=letters)
    def make_a_letter(self):
        try:
            issued = issue(shop=self.shop, by=self.officers[0], now=self.now)
        except KeepingRefused:
            assert Shop.objects.get().disputed_since
            return None
        for serial, state in self.state.items():
            if state == CodeState.OPEN:
                self.state[serial] = CodeState.CANCELLED
        serial = issued.letter.serial
        self.state[serial], self.wrong[serial], self.until[serial] = CodeState.OPEN, 0, self.now + LASTS
        return serial, issued.code

    @rule(letter=letters)
    def cancel_a_letter(self, letter):
        if letter is None:
            return
        serial, _code = letter
        was_open = self.state[serial] == CodeState.OPEN
        try:
            cancel(letter=ClaimLetter.objects.get(serial=serial), by=self.officers[0], now=self.now)
            assert was_open
            self.state[serial] = CodeState.CANCELLED
        except KeepingRefused:
            assert not was_open

    @rule(letter=letters)
    def mistype(self, letter):
        if letter is None:
            return
        serial, _code = letter
        could = self.is_open(serial)
        with pytest.raises(CodeRefused):
            try_code(ClaimLetter, serial=serial, typed=WRONG, now=self.now)
        if could:
            self.wrong[serial] += 1
            if self.wrong[serial] == MOST_TRIES:
                self.state[serial] = CodeState.SPENT

    @rule(letter=letters, who=st.integers(0, 2))
    def claim(self, letter, who):
        if letter is None:
            return
        serial, code = letter
        could = self.is_open(serial)
        try:
            row = try_code(ClaimLetter, serial=serial, typed=code, now=self.now)
        except CodeRefused:
            assert not could
            return
        assert could
        try:
            hand_in(
                letter=row, person=self.people[who], phone=None, is_phone_proved=True, made_account=False, now=self.now
            )
            self.state[serial] = CodeState.USED
        except KeepingRefused:
            person = self.people[who]
            owns = self.shop.members.active().filter(user=person, role=MemberRole.OWNER).exists()
            assert owns or self.shop.claims.undecided().filter(user=person).exists()

    @rule(yes=st.booleans())
    def decide_a_claim(self, yes):
        claim = self.shop.claims.pending().first()
        if claim is None:
            return
        if yes:
            confirm(claim=claim, by=self.officers[0], now=self.now)
        else:
            refuse(claim=claim, by=self.officers[0], why="x", now=self.now)

    @rule(which=st.integers(0, 3), officer=st.integers(0, 1))
    def decide_a_dispute(self, which, officer):
        dispute = self.shop.disputes.open().first()
        if dispute is None:
            return
        before = set(self.owners())
        keepers = [*self.people, None]
        try:
            close_dispute(dispute=dispute, by=self.officers[officer], keeper=keepers[which], why="x", now=self.now)
        except KeepingRefused:
            assert set(self.owners()) == before
            return
        lost = before - set(self.owners())
        if lost:
            # Never by the officer who made the letters, and never within a day.
            assert officer == 1
            assert self.now >= dispute.opened_at + timedelta(hours=24)

    @rule(hours=st.sampled_from([1, 25, 24 * 14]))
    def let_time_pass(self, hours):
        self.now += timedelta(hours=hours)

    def owners(self) -> list[int]:
        return list(self.shop.members.active().filter(role=MemberRole.OWNER).values_list("user_id", flat=True))

    @invariant()
    def letters_are_as_they_must_be(self):
        rows = {row.serial: row for row in ClaimLetter.objects.all()}
        assert {serial: row.state for serial, row in rows.items()} == self.state
        assert {serial: row.wrong_tries for serial, row in rows.items()} == self.wrong
        assert sum(row.state == CodeState.OPEN for row in rows.values()) <= 1

    @invariant()
    def a_claim_is_one_letter_used(self):
        used = set(ClaimLetter.objects.filter(state=CodeState.USED).values_list("pk", flat=True))
        assert used == set(Claim.objects.values_list("letter_id", flat=True))

    @invariant()
    def nobody_owns_without_a_confirmation_and_there_is_one_owner_at_most(self):
        confirmed = set(Claim.objects.filter(state=ClaimState.CONFIRMED).values_list("user_id", flat=True))
        assert set(self.owners()) <= confirmed
        assert len(self.owners()) <= 1

    @invariant()
    def a_dispute_and_its_claims_go_together(self):
        shop = Shop.objects.get()
        assert bool(shop.disputed_since) == shop.disputes.open().exists()
        if not shop.disputed_since:
            assert not disputed_claims(shop)
        assert shop.claims.pending().count() <= 1


class Fresh(Claiming):
    """Each example has rows of its own, which go with it."""

    def __init__(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        super().__init__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_order():
    few = settings(max_examples=25, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Fresh, settings=few)
