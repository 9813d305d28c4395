"""The database itself keeps the history of visitors' reports."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wardmark.base.table_guards import drop_guards, kept_for_ever, make_guards

REFUSAL = "The history of a report is for ever."
HISTORY = "reports_reportevent"
GUARDS = tuple(kept_for_ever(HISTORY))


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the table must be there."""
    make_guards(connection, GUARDS, refusal=REFUSAL, name="report_history_is_for_ever")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    drop_guards(connection, (HISTORY,))


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the first migrations the history is still to come.
    if HISTORY in connection.introspection.table_names():
        guard(connection)
