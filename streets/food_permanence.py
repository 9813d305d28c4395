"""The database itself keeps finalised inspections and decisions on the legal route, whatever program asks it."""

from collections.abc import Iterator

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wardmark.base.table_guards import Guard, any_changed, drop_guards, make_guards

REFUSAL = "A finalised inspection and a decision on the legal route are never rewritten."
INSPECTIONS, FINDINGS, ROUTES = "streets_inspection", "streets_finding", "streets_legalroute"
TABLES = (INSPECTIONS, FINDINGS, ROUTES)
# What may change once a record is finalised, or a decision is taken; an account may go.
_OPEN = {
    INSPECTIONS: {"withheld_on", "withheld_why", "recorded_by_id", "finalised_by_id"},
    FINDINGS: {"remedied_on"},
    ROUTES: {"superseded_on", "decided_by_id"},
}


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, those of an earlier version anew; the tables must be there."""
    with connection.cursor() as cursor:
        columns = {
            table: [column.name for column in connection.introspection.get_table_description(cursor, table)]
            for table in TABLES
        }
    make_guards(connection, _guards(columns), refusal=REFUSAL, name="streets_food_records_stay")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a test database that is emptied between tests."""
    drop_guards(connection, TABLES)


def _guards(columns: dict[str, list[str]]) -> Iterator[Guard]:
    changed = {
        table: f"({any_changed(name for name in columns[table] if name not in _OPEN[table])})" for table in TABLES
    }
    yield from _of_inspections(changed[INSPECTIONS])
    yield from _of_findings(changed[FINDINGS])
    yield from _of_routes(changed[ROUTES])
    for table in TABLES:
        yield Guard(table, "TRUNCATE", only_on="postgresql")


def _of_inspections(changed: str) -> Iterator[Guard]:
    yield Guard(INSPECTIONS, "DELETE", "OLD.finalised_on IS NOT NULL")
    yield Guard(INSPECTIONS, "UPDATE", f"OLD.finalised_on IS NOT NULL AND {changed}")
    replaced = f"SELECT 1 FROM {INSPECTIONS} WHERE (id = NEW.id OR corrects_id = NEW.corrects_id)"  # noqa: S608
    yield _replacing(INSPECTIONS, f"EXISTS ({replaced} AND finalised_on IS NOT NULL)")


def _of_findings(changed: str) -> Iterator[Guard]:
    def locked(row: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM {INSPECTIONS} i WHERE i.id = {row}.inspection_id "  # noqa: S608
            "AND i.finalised_on IS NOT NULL)"
        )

    yield Guard(FINDINGS, "DELETE", locked("OLD"), asks_tables=True)
    yield Guard(FINDINGS, "UPDATE", f"({locked('OLD')} OR {locked('NEW')}) AND {changed}", asks_tables=True)
    replaced = f"SELECT 1 FROM {FINDINGS} f WHERE f.id = NEW.id AND {locked('f')}"  # noqa: S608
    yield Guard(FINDINGS, "INSERT", f"{locked('NEW')} OR EXISTS ({replaced})", asks_tables=True)


def _of_routes(changed: str) -> Iterator[Guard]:
    yield Guard(ROUTES, "DELETE")
    # A decision that was superseded stays so.
    superseded_anew = "(OLD.superseded_on IS NOT NULL AND OLD.superseded_on IS DISTINCT FROM NEW.superseded_on)"
    yield Guard(ROUTES, "UPDATE", f"({superseded_anew} OR {changed})")
    current = "(shop_id = NEW.shop_id AND superseded_on IS NULL AND NEW.superseded_on IS NULL)"
    yield _replacing(ROUTES, f"EXISTS (SELECT 1 FROM {ROUTES} WHERE id = NEW.id OR {current})")  # noqa: S608


def _replacing(table: str, condition: str) -> Guard:
    """INSERT OR REPLACE deletes what is in its way without telling a trigger on deletions."""
    return Guard(table, "INSERT", condition, only_on="sqlite")


def on_migrated(using: str, **kwargs) -> None:
    connection = connections[using]
    # Halfway through the migrations the tables are still to come.
    if set(TABLES) <= set(connection.introspection.table_names()):
        guard(connection)
