"""The database itself keeps plaques, their codes and their history, whatever program asks it to forget them.

The models refuse already; these triggers also stop a raw query, another program and a slip in a console. Made anew
after every migration, since SQLite loses a table's triggers when it rebuilds the table.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "Plaques, their codes and their history are for ever."
# Table, statement, and the condition under which it is refused.
_GUARDS = (
    ("plaques_plaque", "DELETE", ""),
    ("plaques_plaque", "UPDATE", "OLD.code <> NEW.code OR OLD.id <> NEW.id"),
    ("plaques_plaqueevent", "DELETE", ""),
    ("plaques_plaqueevent", "UPDATE", ""),
)


def _name(table: str, statement: str) -> str:
    return f"{table}_no_{statement.lower()}"


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing; the tables must be there."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in make():
            cursor.execute(statement)


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table, statement, _condition in _GUARDS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, statement)}" + f" ON {table}" * on_postgresql)
        if on_postgresql:
            for table in sorted({table for table, *_rest in _GUARDS}):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, 'TRUNCATE')} ON {table}")


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {_name(table, statement)} BEFORE {statement} ON {table} "
        + (f"WHEN {condition} " if condition else "")
        + f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table, statement, condition in _GUARDS
    ]


def _postgresql() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION plaques_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    rows = [
        f"CREATE OR REPLACE TRIGGER {_name(table, statement)} BEFORE {statement} ON {table} FOR EACH ROW "
        + (f"WHEN ({condition}) " if condition else "")
        + "EXECUTE FUNCTION plaques_are_for_ever()"
        for table, statement, condition in _GUARDS
    ]
    tables = [
        f"CREATE OR REPLACE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION plaques_are_for_ever()"
        for table in sorted({table for table, *_rest in _GUARDS})
    ]
    return [function, *rows, *tables]


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the first migrations the history is still to come.
    if {table for table, *_rest in _GUARDS} <= set(connection.introspection.table_names()):
        guard(connection)
