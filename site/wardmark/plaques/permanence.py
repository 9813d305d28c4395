"""The database itself keeps plaques, their codes and their history, whatever program asks it to forget them.

The models refuse already; these triggers also stop a raw query, another program and a slip in a console. Made anew
after every migration, since SQLite loses a table's triggers when it rebuilds the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "Plaques, their codes and their history are for ever."
PLAQUES, HISTORY = "plaques_plaque", "plaques_plaqueevent"


@dataclass(frozen=True, slots=True)
class _Guard:
    """A statement on a table that is refused where the condition holds; without one, always."""

    table: str
    statement: str
    condition: str = ""

    @property
    def name(self) -> str:
        return f"{self.table}_no_{self.statement.lower()}"


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the tables must be there."""
    unguard(connection)
    make = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in make():
            cursor.execute(statement)


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    with connection.cursor() as cursor:
        for table in (PLAQUES, HISTORY):
            for statement in ("DELETE", "UPDATE", "INSERT", "TRUNCATE"):
                on_table = f" ON {table}" * (connection.vendor == "postgresql")
                cursor.execute(f"DROP TRIGGER IF EXISTS {_Guard(table, statement).name}{on_table}")


def _on_sqlite() -> Iterator[str]:
    guards = [
        _Guard(PLAQUES, "DELETE"),
        _Guard(PLAQUES, "UPDATE", "OLD.code <> NEW.code OR OLD.id <> NEW.id"),
        # INSERT OR REPLACE deletes what is in its way without telling a trigger on deletions.
        _Guard(PLAQUES, "INSERT", f"EXISTS (SELECT 1 FROM {PLAQUES} WHERE id = NEW.id OR code = NEW.code)"),  # noqa: S608
        _Guard(HISTORY, "DELETE"),
        _Guard(HISTORY, "UPDATE"),
        _Guard(HISTORY, "INSERT", f"EXISTS (SELECT 1 FROM {HISTORY} WHERE id = NEW.id)"),  # noqa: S608
    ]
    for one in guards:
        when = f"WHEN {one.condition} " if one.condition else ""
        yield (
            f"CREATE TRIGGER {one.name} BEFORE {one.statement} ON {one.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _on_postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION plaques_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    guards = [
        _Guard(PLAQUES, "DELETE"),
        _Guard(PLAQUES, "UPDATE", "OLD.code <> NEW.code OR OLD.id <> NEW.id"),
        _Guard(HISTORY, "DELETE"),
        _Guard(HISTORY, "UPDATE"),
    ]
    for one in guards:
        when = f"WHEN ({one.condition}) " if one.condition else ""
        yield (
            f"CREATE TRIGGER {one.name} BEFORE {one.statement} ON {one.table} FOR EACH ROW {when}"
            "EXECUTE FUNCTION plaques_are_for_ever()"
        )
    for table in (PLAQUES, HISTORY):
        one = _Guard(table, "TRUNCATE")
        yield (
            f"CREATE TRIGGER {one.name} BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION plaques_are_for_ever()"
        )


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the first migrations the history is still to come.
    if {PLAQUES, HISTORY} <= set(connection.introspection.table_names()):
        guard(connection)
