"""Whatever vendors, officers and an editor do in whatever order: nothing is lost, public is what was last agreed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from streets.changes.applying import read
from streets.changes.deciding import approve, look_over, reject
from streets.changes.errors import ChangeRefused
from streets.changes.proposing import propose, undo, withdraw
from streets.models import ChangeRequest, ChangeState, FactChange, ShopPage

VALUES = {
    "amenities": [[], ["wifi"], ["accessible_toilet", "wifi"]],
    "summary": ["", "Phở bò.", "Phở gà.", "Rau sạch."],
    "title": ["Quán Thử", "Quán Một", "Quán Hai"],
    "phone": ["", "+842433334444"],
}
WISHES = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


class Years(RuleBasedStateMachine):
    """A shop with two vendors, an officer, and an editor who only ever writes the page's promise."""

    people: dict

    @initialize()
    def begin(self):
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = timezone.now()
        self.shop = self.people["page"].shop
        self.public = read(self.shop, VALUES) | {"promise": ""}
        self.drafted = None

    def teardown(self):
        if hasattr(self, "undone"):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def _page(self) -> ShopPage:
        return ShopPage.objects.get(pk=self.people["page"].pk).specific

    def _try(self, action, **said) -> bool:
        with time_machine.travel(self.now, tick=False):
            try:
                action(**said)
            except ChangeRefused:
                return False
        return True

    def _one(self, number: int) -> ChangeRequest | None:
        changes = list(ChangeRequest.objects.order_by("-pk")[:6])
        return changes[number % len(changes)] if changes else None

    @rule(values=WISHES, who=st.sampled_from(["vendor", "second"]))
    def wish(self, values, who):
        seen = read(self.shop, values)
        with time_machine.travel(self.now, tick=False):
            try:
                outcomes = propose(shop=self.shop, by=self.people[who], values=values, seen=seen, now=timezone.now())
            except ChangeRefused:
                return
        for outcome in outcomes:
            if outcome.how == "live":
                self.public[outcome.field] = values[outcome.field]
            elif outcome.how == "unchanged":
                assert self.public[outcome.field] == values[outcome.field]

    @rule(number=st.integers(0, 5), who=st.sampled_from(["vendor", "second"]))
    def take_back(self, number, who):
        change = self._one(number)
        if change and self._try(undo, change=change, by=self.people[who], now=self.now):
            assert self.public[change.field] == change.after
            self.public[change.field] = change.before

    @rule(number=st.integers(0, 5), who=st.sampled_from(["vendor", "second"]))
    def withdraw(self, number, who):
        change = self._one(number)
        if change:
            self._try(withdraw, change=change, by=self.people[who])

    @rule(number=st.integers(0, 5))
    def approve(self, number):
        change = self._one(number)
        if change and self._try(approve, change=change, by=self.people["editor"]):
            self.public[change.field] = change.after

    @rule(number=st.integers(0, 5))
    def reject(self, number):
        change = self._one(number)
        if change:
            self._try(reject, change=change, by=self.people["editor"], reason="Không.")

    @rule(number=st.integers(0, 5), ok=st.booleans())
    def look_over(self, number, ok):
        change = self._one(number)
        done = change and self._try(look_over, change=change, by=self.people["editor"], ok=ok, reason="Không.")
        if done and not ok and self.public[change.field] == change.after:
            self.public[change.field] = self._before_what_was_refused(change)

    def _before_what_was_refused(self, change):
        before = change.before
        same = ChangeRequest.objects.filter(field=change.field, state=ChangeState.REJECTED, live_since__isnull=False)
        for older in same.filter(live_since__lte=change.live_since).order_by("-live_since", "-pk"):
            before = older.before if older.after == before else before
        return before

    @rule(words=st.sampled_from(["Nghe kể", "Xem thực đơn", "Mời vào"]))
    def draft(self, words):
        draft = self._page().get_latest_revision_as_object()
        draft.promise = self.drafted = words
        with time_machine.travel(self.now, tick=False):
            draft.save_revision(user=self.people["editor"])

    @rule()
    def publish_what_is_on_top(self):
        top = self._page().get_latest_revision_as_object()
        with time_machine.travel(self.now, tick=False):
            top.save_revision(user=self.people["editor"]).publish(user=self.people["editor"])
        self._all_of(top)

    @rule(ok=st.booleans())
    def decide_in_the_workflow(self, ok):
        page = self._page()
        task = page.current_workflow_task_state
        if task is None:
            return
        with time_machine.travel(self.now, tick=False):
            if not ok:
                task.reject(user=self.people["editor"], comment="Không.")
                return
            top = page.get_latest_revision_as_object()
            task.approve(user=self.people["editor"])
        self._all_of(top)

    def _all_of(self, top):
        self.public |= {name: getattr(top, name) for name in ("summary", "title", "phone", "promise")}
        self.drafted = None

    @rule(days=st.sampled_from([1, 7, 31]))
    def wait(self, days):
        self.now += timedelta(days=days)

    @invariant()
    def public_is_what_was_last_agreed(self):
        if hasattr(self, "public"):
            assert read(self.shop, VALUES) | {"promise": self._page().promise} == self.public

    @invariant()
    def nothing_an_editor_drafted_is_lost(self):
        if hasattr(self, "public"):
            page = self._page()
            top = page.get_latest_revision_as_object()
            assert top.promise == (self.public["promise"] if self.drafted is None else self.drafted)
            for name in ("summary", "title", "phone"):
                waiting = ChangeRequest.objects.waiting().filter(field=name, revision__isnull=False).first()
                assert getattr(top, name) == (waiting.after if waiting else self.public[name])

    @invariant()
    def the_workflow_runs_while_something_waits_in_it(self):
        if hasattr(self, "public"):
            page = self._page()
            inside = ChangeRequest.objects.waiting().filter(revision__isnull=False)
            assert bool(page.current_workflow_state) == inside.exists()
            if not inside.exists() and self.drafted in (None, self.public["promise"]):
                assert not page.has_unpublished_changes or self.drafted is not None

    @invariant()
    def every_wish_has_an_end_that_was_said(self):
        if hasattr(self, "public"):
            for change in ChangeRequest.objects.all():
                if change.state == ChangeState.REJECTED:
                    assert change.reason
                if change.state == ChangeState.LIVE:
                    assert change.live_since
                if change.state in {ChangeState.REJECTED, ChangeState.WITHDRAWN, ChangeState.UNDONE}:
                    assert change.decided_by_id
            last = FactChange.objects.filter(what="amenities").order_by("-pk").first()
            assert (last.after if last else []) == self.public["amenities"]


@pytest.mark.django_db
def test_nothing_is_lost_and_public_is_what_was_agreed(shop, vendor, second_vendor, editor):
    shop.phone = ""
    shop.save_revision().publish()
    page = ShopPage.objects.get(pk=shop.pk)
    people = {"page": page, "vendor": vendor, "second": second_vendor, "editor": editor}
    machine = type("TheirYears", (Years,), {"people": people})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=5, stateful_step_count=12, deadline=None, database=None)
    )
