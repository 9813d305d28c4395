"""Triggers of the database itself that refuse what no program may do to a table, whatever program asks.

Models refuse already; a trigger also stops a raw query, another program and a slip in a console. They are made anew
after every migration, since SQLite loses a table's triggers when it rebuilds the table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

STATEMENTS = ("DELETE", "UPDATE", "INSERT", "TRUNCATE")


@dataclass(frozen=True, slots=True)
class Guard:
    """A statement on a table that is refused where the condition holds; without one, always.

    `only_on` names the one kind of database it is for, where that matters. `asks_tables` says that the condition looks
    into a table, this one or another.
    """

    table: str
    statement: str
    condition: str = ""
    only_on: str = ""
    asks_tables: bool = False

    @property
    def name(self) -> str:
        return f"{self.table}_no_{self.statement.lower()}"


def any_changed(columns: Iterable[str]) -> str:
    """Return the condition that an update changes one of these columns, to or from NULL included."""
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def kept_for_ever(table: str, *, unless_changed: str = "", unique: str = "id") -> list[Guard]:
    """Return the guards of a table whose rows are never deleted, and never changed where the condition holds.

    Without a condition no row is ever changed. `unique` names the columns by which a row could be replaced.
    """
    in_the_way = " OR ".join(f"{column} = NEW.{column}" for column in unique.split())
    return [
        Guard(table, "DELETE"),
        Guard(table, "UPDATE", unless_changed),
        # INSERT OR REPLACE deletes what is in its way without telling a trigger on deletions.
        Guard(table, "INSERT", f"EXISTS (SELECT 1 FROM {table} WHERE {in_the_way})", only_on="sqlite"),  # noqa: S608
        Guard(table, "TRUNCATE", only_on="postgresql"),
    ]


def make_guards(connection: BaseDatabaseWrapper, guards: Iterable[Guard], *, refusal: str, name: str) -> None:
    """Make the triggers, those of an earlier version anew; the tables must be there. `name` is their function's."""
    guards = [guard for guard in guards if guard.only_on in {"", connection.vendor}]
    drop_guards(connection, {guard.table for guard in guards})
    make = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in make(guards, refusal, name):
            cursor.execute(statement)


def drop_guards(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    with connection.cursor() as cursor:
        for table in tables:
            for statement in STATEMENTS:
                on_table = f" ON {table}" * (connection.vendor == "postgresql")
                cursor.execute(f"DROP TRIGGER IF EXISTS {Guard(table, statement).name}{on_table}")


def _on_sqlite(guards: list[Guard], refusal: str, name: str) -> Iterator[str]:
    for one in guards:
        # Older releases know this comparison by its other name only.
        condition = one.condition.replace("IS DISTINCT FROM", "IS NOT")
        when = f"WHEN {condition} " if condition else ""
        yield (
            f"CREATE TRIGGER {one.name} BEFORE {one.statement} ON {one.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )


def _on_postgresql(guards: list[Guard], refusal: str, name: str) -> Iterator[str]:
    refuses = f"RAISE EXCEPTION '{refusal}';"
    yield _function(name, refuses)
    for one in guards:
        each = "STATEMENT" if one.statement == "TRUNCATE" else "ROW"
        function, when = name, f"WHEN ({one.condition}) " if one.condition else ""
        if one.asks_tables:
            # A trigger's WHEN may not look into a table: a function of its own does.
            function, when = f"{one.name}_{name}"[:63], ""
            row = "OLD" if one.statement == "DELETE" else "NEW"
            yield _function(function, f"IF {one.condition} THEN {refuses} END IF; RETURN {row};")
        yield (
            f"CREATE TRIGGER {one.name} BEFORE {one.statement} ON {one.table} FOR EACH {each} {when}"
            f"EXECUTE FUNCTION {function}()"
        )


def _function(name: str, does: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does} END $$"
