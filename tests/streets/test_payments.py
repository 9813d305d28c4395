from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from streets import payments
from streets.models import (
    AccountIsImmutable,
    AccountState,
    Bank,
    PayeeNameRule,
    PaymentAccount,
    PaymentEvent,
    Shop,
)
from streets.payments import (
    MAY_BECOME,
    WAIT,
    NotPossible,
    activate_due,
    activate_if_due,
    approve,
    lift_suspension,
    payload,
    refuse,
    request,
    revoke,
    settle,
    shops_paid_to,
    show_number,
    suspend,
    with_number,
)
from streets.sealing import Number, seal, unseal
from streets.vietqr import parse
from tests.factories import BankFactory, ShopPageFactory
from tests.streets.accounts import PAYEE, SAMPLE, active, drafted, requested
from wardmark.base.models import LineIsForever
from wardmark.base.one_by_one import SomeFailed
from wardmark.base.sealing import CannotBeOpened, sealing_keys

pytestmark = pytest.mark.django_db
KEYS = [
    "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE=",
]


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def test_it_becomes_active_a_day_after_the_request_however_early_it_was_approved(shop, editor, second_officer):
    account = requested(shop.shop, editor)
    approve(account=account, by=second_officer)
    assert account.state == AccountState.PENDING
    with later(hours=23, minutes=59):
        activate_due()
        account.refresh_from_db()
        assert account.state == AccountState.PENDING
    with later(hours=24, seconds=1):
        activate_due()
        account.refresh_from_db()
        assert account.is_active
        assert Shop.objects.get(pk=shop.shop_id).active_account == account


def test_one_shop_that_fails_keeps_no_other_waiting_and_is_named(shop, street, editor, second_officer, monkeypatch):
    other = ShopPageFactory(parent=street)
    accounts = [requested(page.shop, editor) for page in (shop, other)]
    for account in accounts:
        approve(account=account, by=second_officer)
    activate, broken = payments.activate_if_due, []

    def fails_once(*, shop):
        if not broken:
            broken.append(shop)
            raise RuntimeError(shop.name)
        return activate(shop=shop)

    monkeypatch.setattr(payments, "activate_if_due", fails_once)
    with later(hours=25), pytest.raises(SomeFailed) as failure:
        activate_due()
    assert str(failure.value) == f"payment accounts of shops: {broken[0].pk} (RuntimeError)"
    for account in accounts:
        account.refresh_from_db()
        assert account.is_active == (account.shop != broken[0])


def test_a_late_approval_makes_it_active_at_once(account):
    assert account.is_active


def test_a_look_at_the_shop_brings_it_up_to_date_without_a_worker(shop, editor, second_officer):
    account = requested(shop.shop, editor)
    approve(account=account, by=second_officer)
    found = Shop.objects.get(pk=shop.shop_id)
    settle(found)
    assert found.active_account is None
    with later(hours=25):
        settle(found)
    assert found.active_account == account


@pytest.mark.parametrize("way", ["worker", "look"])
def test_in_a_dispute_nothing_takes_effect_and_afterwards_at_the_next_look(way, shop, editor, second_officer):
    account = requested(shop.shop, editor)
    approve(account=account, by=second_officer)
    Shop.objects.filter(pk=shop.shop_id).update(disputed_since=timezone.now())
    found = Shop.objects.get(pk=shop.shop_id)
    with later(hours=25):
        activate_due() if way == "worker" else settle(found)
        assert not activate_if_due(shop=found)
        assert PaymentAccount.objects.get().state == AccountState.PENDING
        Shop.objects.filter(pk=shop.shop_id).update(disputed_since=None)
        activate_due() if way == "worker" else settle(Shop.objects.get(pk=shop.shop_id))
    assert PaymentAccount.objects.get().is_active


def test_in_a_dispute_nobody_approves(shop, editor, second_officer):
    account = requested(shop.shop, editor)
    Shop.objects.filter(pk=shop.shop_id).update(disputed_since=timezone.now())
    with pytest.raises(NotPossible):
        approve(account=account, by=second_officer)
    account.refresh_from_db()
    assert account.approved_at is None


def test_in_a_dispute_a_suspended_code_stays_off_the_page(shop, editor, second_officer):
    account = active(shop.shop, editor, second_officer)
    suspend(account=account, by=editor, why="Khách báo khác tên")
    Shop.objects.filter(pk=shop.shop_id).update(disputed_since=timezone.now())
    with pytest.raises(NotPossible):
        lift_suspension(account=account, by=second_officer, why="Đã xem")
    assert Shop.objects.get(pk=shop.shop_id).active_account is None


def test_who_entered_or_asked_for_it_cannot_approve(shop, editor, second_officer, django_user_model):
    account = drafted(shop.shop, editor)
    request(account=account, by=second_officer)
    for person in (editor, second_officer):
        with pytest.raises(NotPossible):
            approve(account=account, by=person)
    approve(account=account, by=django_user_model.objects.create_user("nguoi-thu-ba"))
    assert account.approved_at


def test_a_new_version_takes_the_place_of_the_one_before(account, shop, editor, second_officer):
    newer = active(shop.shop, editor, second_officer, Number("970403", "999900001111"))
    account.refresh_from_db()
    assert (account.state, newer.state, newer.version) == ("superseded", "active", 2)
    assert Shop.objects.get(pk=shop.shop_id).active_account == newer


def test_only_one_version_waits_at_a_time(shop, editor):
    requested(shop.shop, editor)
    with pytest.raises(NotPossible):
        drafted(shop.shop, editor)


def test_the_database_holds_one_active_account_per_shop(account, shop, editor):
    other = drafted(shop.shop, editor)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE streets_paymentaccount SET state = 'active' WHERE id = %s", [other.pk])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM streets_paymentaccount",
        "UPDATE streets_paymentaccount SET payee_name = 'SOMEBODY ELSE'",
        "UPDATE streets_paymentaccount SET last_four = '0000'",
        "UPDATE streets_paymentaccount SET bank_bin = '970436'",
        "UPDATE streets_paymentevent SET who = 'nobody'",
        "DELETE FROM streets_paymentevent",
    ],
)
def test_the_database_refuses_a_raw_statement(statement, account):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


DAY_LATER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', requested_at, '+86399 seconds')",
    "postgresql": "requested_at + INTERVAL '86399 seconds'",
}


def run_raw(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_lets_no_account_become_active_a_second_before_its_day_is_over(shop, editor, second_officer):
    waiting = requested(shop.shop, editor)
    columns = "state = 'active', approved_by_id = %s, approved_at = {0}, activated_at = {0}"
    become_active = f"UPDATE streets_paymentaccount SET {columns} WHERE id = %s"  # noqa: S608
    early = DAY_LATER[connection.vendor]
    with pytest.raises(DatabaseError):
        run_raw(become_active.format(early), second_officer.pk, waiting.pk)
    # The very same statement a second later, so that it is the second that was refused.
    run_raw(become_active.format(early.replace("86399", "86400")), second_officer.pk, waiting.pk)
    waiting.refresh_from_db()
    assert waiting.activated_at == waiting.requested_at.replace(microsecond=waiting.activated_at.microsecond) + WAIT


def test_the_database_takes_no_account_that_was_written_into_it_as_active(account):
    names = [field.column for field in PaymentAccount._meta.concrete_fields if field.column != "id"]
    other = {
        "serial": "'ZZZZZZZ'",
        "version": "99",
        "state": "'superseded'",
        "requested_at": "activated_at",
        "approved_at": "activated_at",
    }
    values = ", ".join(other.get(name, name) for name in names)
    copy = f"INSERT INTO streets_paymentaccount ({', '.join(names)}) SELECT {values} FROM streets_paymentaccount"  # noqa: S608
    with pytest.raises(DatabaseError):
        run_raw(copy)
    waited = values.replace("activated_at, activated_at", "requested_at, approved_at")
    assert waited != values
    run_raw(copy.replace(values, waited))


@pytest.mark.parametrize("role", ["made_by_id", "requested_by_id"])
def test_the_database_lets_nobody_approve_what_they_entered_or_asked_for(role, shop, editor, second_officer):
    waiting = drafted(shop.shop, editor)
    request(account=waiting, by=second_officer)
    approve_by = "UPDATE streets_paymentaccount SET approved_by_id = %s, approved_at = requested_at WHERE id = %s"
    waiting.refresh_from_db()
    with pytest.raises(IntegrityError):
        run_raw(approve_by, getattr(waiting, role), waiting.pk)
    with pytest.raises(DatabaseError):
        run_raw(f"UPDATE streets_paymentaccount SET {role} = NULL WHERE id = %s", waiting.pk)  # noqa: S608


def test_an_account_and_its_history_are_changed_by_no_other_way(account):
    account.payee_name = "SOMEBODY ELSE"
    for change in (
        account.save,
        account.delete,
        PaymentAccount.objects.all().delete,
        lambda: PaymentAccount.objects.update(state="revoked"),
    ):
        with pytest.raises(AccountIsImmutable):
            change()
    event = account.events.first()
    for change in (event.save, event.delete, PaymentEvent.objects.all().delete, lambda: account.events.update(why="")):
        with pytest.raises(LineIsForever):
            change()


def test_suspending_and_lifting_take_two_people(account, editor, second_officer):
    suspend(account=account, by=editor, why="Khách báo khác tên")
    assert account.shop.active_account is None
    assert account.shop.payment_standing == "suspended"
    with pytest.raises(NotPossible):
        lift_suspension(account=account, by=editor, why="Đã xem")
    lift_suspension(account=account, by=second_officer, why="Đã xem")
    assert account.shop.active_account == account


@pytest.mark.parametrize("rule_", [suspend, revoke, refuse])
def test_a_reason_is_needed(rule_, account, second_officer):
    with pytest.raises(NotPossible):
        rule_(account=account, by=second_officer, why=" ")


def test_whoever_asked_withdraws_and_somebody_else_refuses(shop, editor, second_officer):
    own = requested(shop.shop, editor)
    refuse(account=own, by=editor, why="")
    other = requested(shop.shop, editor)
    refuse(account=other, by=second_officer, why="Sai tên")
    assert [one.events.first().kind for one in (own, other)] == ["withdrawn", "refused"]
    assert {own.state, other.state} == {"revoked"}


def test_nothing_comes_back_once_it_is_over():
    assert not MAY_BECOME[AccountState.REVOKED] | MAY_BECOME[AccountState.SUPERSEDED]
    assert set(MAY_BECOME) == set(AccountState)


def test_every_change_is_a_line_with_who_when_and_why(account, editor, second_officer):
    suspend(account=account, by=second_officer, why="Đang xem lại")
    lines = [(one.kind, one.by_id, one.state, one.why) for one in account.events.order_by("at", "pk")]
    assert lines == [
        ("made", editor.pk, "draft", ""),
        ("requested", editor.pk, "pending", ""),
        ("approved", second_officer.pk, "pending", ""),
        ("activated", None, "active", ""),
        ("suspended", second_officer.pk, "suspended", "Đang xem lại"),
    ]


def test_a_name_against_the_rule_needs_a_written_reason(shop, editor, second_officer):
    PayeeNameRule.objects.all().delete()
    PayeeNameRule.objects.create(
        holder_kind="household", beginnings="HO KINH DOANH, HKD", source="Thông tư thử", valid_from=date(2026, 3, 1)
    )
    account = requested(shop.shop, editor, payee_name="Nguyễn Minh Hoạ")
    with pytest.raises(NotPossible, match="Thông tư thử"):
        approve(account=account, by=second_officer)
    approve(account=account, by=second_officer, name_accepted_why="Tài khoản mở trước ngày hiệu lực")
    assert account.name_accepted_why


# ---- the number -----------------------------------------------------------------------------------


def test_the_number_is_nowhere_in_clear(account):
    tables = [name for name in connection.introspection.table_names() if name.startswith("streets_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            assert SAMPLE.account not in str(cursor.fetchall()), table
    assert SAMPLE.account not in f"{account!r} {account} {SAMPLE!r} {vars(account)}"
    assert account.number() == SAMPLE


def test_the_code_says_the_number_and_nothing_else(account):
    reading = parse(payload(account))
    assert (reading.bin, reading.account, reading.amount, reading.remarks) == (SAMPLE.bin, SAMPLE.account, None, ())


def test_a_number_moved_to_another_account_is_found_out():
    token = seal(SAMPLE, serial="7K3M9XP")
    with pytest.raises(CannotBeOpened):
        unseal(token, serial="0000000")


def test_the_same_number_is_found_without_opening_any(account, street, editor):
    other = ShopPageFactory(parent=street).shop
    assert list(with_number(SAMPLE)) == [account]
    assert list(shops_paid_to(SAMPLE, but=other)) == [account.shop]
    assert not with_number(Number("970403", "1")).exists()


def test_keys_are_changed_without_losing_a_number(settings, shop, editor, capsys):
    settings.SEALING_KEYS = KEYS[:1]
    account = requested(shop.shop, editor)
    before = account.sealed
    settings.SEALING_KEYS = [KEYS[1], KEYS[0]]
    assert list(with_number(SAMPLE)) == [account]
    call_command("reseal")
    settings.SEALING_KEYS = KEYS[1:]
    account.refresh_from_db()
    assert account.number() == SAMPLE
    assert account.sealed != before
    assert list(with_number(SAMPLE)) == [account]
    settings.SEALING_KEYS = KEYS[:1]
    with pytest.raises(CommandError, match=account.printed_serial):
        call_command("reseal")


def test_a_look_at_the_number_is_written_down(account, second_officer):
    assert show_number(account=account, by=second_officer) == SAMPLE
    assert account.events.first().kind == "number_shown"


@pytest.mark.parametrize(
    ("keys", "required", "said"),
    [([], True, ["base.E004"]), ([], False, []), (KEYS, True, []), (["short", KEYS[0]], True, ["base.E005"])],
)
def test_keys_are_checked_before_the_site_starts(settings, keys, required, said):
    settings.SEALING_KEYS, settings.SEALING_KEYS_REQUIRED = keys, required
    assert [one.id for one in sealing_keys(None)] == said


def test_a_bank_entered_later_is_known_to_older_accounts(shop, editor):
    Bank.objects.all().delete()
    account = drafted(shop.shop, editor)
    assert SAMPLE.bin in account.bank_label
    BankFactory()
    assert PaymentAccount.objects.get().bank_label == "Sacombank"
    assert account.payee_name == PAYEE


# ---- whatever two officers and the clock do -------------------------------------------------------


class Accounts(RuleBasedStateMachine):
    accounts = Bundle("accounts")

    @initialize()
    def begin(self):
        from django.contrib.auth import get_user_model

        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = timezone.now()
        self.people = [get_user_model().objects.create_user(f"officer-{n}") for n in range(3)]
        self.shop = Shop.objects.create(page_key="00000000-0000-0000-0000-00000000000a")

    def teardown(self):
        if hasattr(self, "undone"):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def _try(self, action, **said):
        with time_machine.travel(self.now, tick=False):
            try:
                return action(**said)
            except NotPossible:
                return None

    @rule(target=accounts, person=st.integers(0, 2))
    def enter(self, person):
        return self._try(drafted, shop=self.shop, by=self.people[person])

    @rule(
        account=accounts,
        person=st.integers(0, 2),
        action=st.sampled_from([request, approve, refuse, suspend, lift_suspension, revoke]),
    )
    def act(self, account, person, action):
        if account is None:
            return
        why = {"why": "vì thế"} if action not in {approve} else {"name_accepted_why": "vì thế"}
        self._try(action, account=account, by=self.people[person], **why)

    @rule(hours=st.integers(1, 30))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        self._try(activate_if_due, shop=self.shop)

    @invariant()
    def at_most_one_is_active_and_none_too_early_or_by_one_person(self):
        if not hasattr(self, "shop"):
            return
        standing = list(PaymentAccount.objects.filter(shop=self.shop, state__in=["active", "suspended"]))
        assert len(standing) <= 1
        for one in PaymentAccount.objects.filter(shop=self.shop, activated_at__isnull=False):
            assert one.activated_at >= max(one.requested_at + WAIT, one.approved_at)
            assert one.approved_by_id not in {one.requested_by_id, one.made_by_id}
        shop = Shop.objects.get(pk=self.shop.pk)
        actives = [one.pk for one in standing if one.state == "active"]
        assert [shop.active_account_id] == (actives or [None])


def test_two_officers_and_the_clock_never_get_past_the_rules():
    run_state_machine_as_test(
        Accounts, settings=settings(max_examples=20, stateful_step_count=20, deadline=None, database=None)
    )
