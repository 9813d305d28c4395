import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction

from tests.factories import PictureFactory, StandardPageFactory
from wardmark.base.models import LineIsForever
from wardmark.plaques.history import changing
from wardmark.plaques.models import EventKind, Plaque, PlaqueEvent, UnrecordedChange
from wardmark.plaques.permanence import guard, unguard

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "delete a plaque": "DELETE FROM plaques_plaque",
    "change a code": "UPDATE plaques_plaque SET code = '0000000'",
    "change an id": "UPDATE plaques_plaque SET id = id + 1000",
    "delete history": "DELETE FROM plaques_plaqueevent",
    "rewrite history": "UPDATE plaques_plaqueevent SET who = 'somebody else'",
}


@pytest.fixture
def plaque(ward) -> Plaque:
    return Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM plaques_scancount")
        cursor.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_refuses_a_raw_statement_to(statement, plaque):
    with pytest.raises(DatabaseError, match="for ever"):
        run(statement)
    assert Plaque.objects.filter(pk=plaque.pk, code=plaque.code).exists()
    assert PlaqueEvent.objects.filter(plaque=plaque, who="").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces a row by inserting it")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO plaques_plaque SELECT * FROM plaques_plaque",
        "INSERT OR REPLACE INTO plaques_plaqueevent SELECT * FROM plaques_plaqueevent",
    ],
)
def test_the_database_refuses_to_replace_a_row_by_inserting_it(statement, plaque):
    with pytest.raises(DatabaseError, match="for ever"):
        run(statement)


def test_the_photo_of_a_plaque_does_not_go_without_a_line_of_history(plaque):
    picture = PictureFactory()
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.photo = picture
    pk = picture.pk
    picture.delete()
    plaque.refresh_from_db()
    assert plaque.photo is None
    assert plaque.events.first().changes == {"photo_id": [pk, None]}


def test_a_field_read_anew_does_not_hide_the_change_of_another(plaque):
    plaque.label = "cổng chính"
    plaque.refresh_from_db(fields=["names"])
    with pytest.raises(UnrecordedChange):
        plaque.save()


def test_without_the_guard_the_same_statement_would_have_worked(plaque):
    unguard(connection)
    run("UPDATE plaques_plaqueevent SET who = 'somebody else'")
    assert PlaqueEvent.objects.filter(plaque=plaque, who="somebody else").exists()
    guard(connection)


def test_a_guard_made_twice_guards_once(plaque):
    guard(connection)
    with pytest.raises(DatabaseError, match="for ever"):
        run("DELETE FROM plaques_plaque")


def test_what_a_plaque_remembers_may_still_change(plaque):
    plaque.names = {"vi": "Tên khác"}
    plaque.save()
    plaque.refresh_from_db()
    assert plaque.names == {"vi": "Tên khác"}


def test_the_models_refuse_to_rewrite_history(plaque):
    event = plaque.events.get()
    for attempt in (
        event.delete,
        event.save,
        plaque.events.all().delete,
        lambda: PlaqueEvent.objects.update(why="khác"),
    ):
        with pytest.raises(LineIsForever):
            attempt()


def test_a_plaque_cannot_be_changed_past_its_history(plaque):
    plaque.label = "cổng chính"
    with pytest.raises(UnrecordedChange, match="label"):
        plaque.save()
    for values in ({"state": "lost"}, {"replaced_by": plaque}, {"photo_id": None}):
        with pytest.raises(UnrecordedChange):
            Plaque.objects.filter(pk=plaque.pk).update(**values)


def test_nobody_is_ever_offered_the_right_to_delete_a_plaque():
    names = Permission.objects.filter(content_type__app_label="plaques").values_list("codename", flat=True)
    assert not {"delete_plaque", "delete_plaqueevent", "change_plaqueevent"} & set(names)
