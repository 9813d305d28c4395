"""All that the database holds, to prove that something is nowhere in it."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection


def whole_database() -> str:
    """Return every value of every table as one text, a row a line: our own, Wagtail's, and those of no model."""
    return "\n".join([*_rows_of_models(), *_rows_of_other_tables()])


def _rows_of_models() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for row in model._base_manager.order_by("pk").values():
                yield f"{model._meta.db_table}: {row!r}"


def _rows_of_other_tables() -> Iterator[str]:
    """Those of the search, for one."""
    known = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - known):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            for row in cursor.fetchall():
                yield f"{table}: {row!r}"
