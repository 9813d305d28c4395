"""The database itself keeps payment accounts as they were entered, their day of waiting, and their history."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wardmark.base.table_guards import Guard, drop_guards, kept_for_ever, make_guards

REFUSAL = (
    "Payment accounts never change and become active no sooner than 24 hours after their request; "
    "their history is for ever."
)
ACCOUNTS, HISTORY = "streets_paymentaccount", "streets_paymentevent"
# Not among them: what a rule moves on (state, dates, people), the bank that was entered later, and the number's
# encryption, which a change of keys renews.
FIXED = "id shop_id version serial bank_bin last_four payee_name holder_kind made_at"
# Once known, never anybody else, nor nobody: that no approver is the maker or the asker, constraints of the table say.
PEOPLE = "made_by_id requested_by_id approved_by_id"
# Active before its day is over (`payments.WAIT`), or without a request. Text on SQLite, which knows no moments: a
# thousandth of a second is less than its arithmetic of days can tell.
TOO_SOON = {
    "postgresql": "NEW.activated_at < NEW.requested_at + INTERVAL '24 hours'",
    "sqlite": "(julianday(NEW.activated_at) - julianday(NEW.requested_at)) * 86400 < 86399.999",
}


def _guards(vendor: str) -> Iterator[Guard]:
    too_soon = f"NEW.activated_at IS NOT NULL AND (NEW.requested_at IS NULL OR {TOO_SOON[vendor]})"
    changed = " OR ".join(
        (
            *(f"OLD.{column} <> NEW.{column}" for column in FIXED.split()),
            *(f"(OLD.{one} IS NOT NULL AND OLD.{one} IS DISTINCT FROM NEW.{one})" for one in PEOPLE.split()),
        )
    )
    for one in kept_for_ever(ACCOUNTS, unless_changed=f"{changed} OR ({too_soon})", unique="id serial"):
        # What is written into the table at once as active waited no less.
        yield replace(one, condition=f"{one.condition} OR ({too_soon})") if one.statement == "INSERT" else one
    yield Guard(ACCOUNTS, "INSERT", too_soon, only_on="postgresql")
    yield from kept_for_ever(HISTORY)


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the tables must be there."""
    make_guards(connection, _guards(connection.vendor), refusal=REFUSAL, name="payment_accounts_never_change")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    drop_guards(connection, (ACCOUNTS, HISTORY))


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the first migrations the accounts are still to come.
    if {ACCOUNTS, HISTORY} <= set(connection.introspection.table_names()):
        guard(connection)
