"""The database itself keeps payment accounts as they were entered, and their history."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wardmark.base.table_guards import drop_guards, kept_for_ever, make_guards

REFUSAL = "Payment accounts never change and their history is for ever."
ACCOUNTS, HISTORY = "streets_paymentaccount", "streets_paymentevent"
# Not among them: what a rule moves on (state, dates, people), the bank that was entered later, and the number's
# encryption, which a change of keys renews.
FIXED = "id shop_id version serial bank_bin last_four payee_name holder_kind made_at"
GUARDS = (
    *kept_for_ever(
        ACCOUNTS,
        unless_changed=" OR ".join(f"OLD.{column} <> NEW.{column}" for column in FIXED.split()),
        unique="id serial",
    ),
    *kept_for_ever(HISTORY),
)


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the tables must be there."""
    make_guards(connection, GUARDS, refusal=REFUSAL, name="payment_accounts_never_change")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    drop_guards(connection, (ACCOUNTS, HISTORY))


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the first migrations the accounts are still to come.
    if {ACCOUNTS, HISTORY} <= set(connection.introspection.table_names()):
        guard(connection)
