"""The database itself keeps plaques, their codes and their history, whatever program asks it to forget them."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wardmark.base.table_guards import drop_guards, kept_for_ever, make_guards

REFUSAL = "Plaques, their codes and their history are for ever."
PLAQUES, HISTORY = "plaques_plaque", "plaques_plaqueevent"
GUARDS = (
    *kept_for_ever(PLAQUES, unless_changed="OLD.code <> NEW.code OR OLD.id <> NEW.id", unique="id code"),
    *kept_for_ever(HISTORY),
)


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the tables must be there."""
    make_guards(connection, GUARDS, refusal=REFUSAL, name="plaques_are_for_ever")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    drop_guards(connection, (PLAQUES, HISTORY))


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the first migrations the history is still to come.
    if {PLAQUES, HISTORY} <= set(connection.introspection.table_names()):
        guard(connection)
