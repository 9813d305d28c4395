"""The database itself keeps the history of who keeps the shops, whatever program asks it."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wardmark.base.table_guards import drop_guards, kept_for_ever, make_guards

REFUSAL = "The history of who keeps a shop is for ever."
HISTORY = "streets_keepingevent"


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the table must be there."""
    make_guards(connection, kept_for_ever(HISTORY), refusal=REFUSAL, name="streets_keeping_is_for_ever")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    drop_guards(connection, [HISTORY])


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the migrations the table is still to come.
    if HISTORY in connection.introspection.table_names():
        guard(connection)
