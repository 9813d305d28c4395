import pytest
from django.db import DatabaseError

from tests.factories import StandardPageFactory
from tests.site.plaques.printed import print_plaque
from wardmark.plaques import checks
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.models import Plaque
from wardmark.plaques.moved_address import printed_elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed_at(ward, settings):
    """Return a function that makes a plaque printed with an address."""

    def make(url: str) -> Plaque:
        settings.PLAQUE_BASE_URL = url
        plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
        print_plaque(plaque)
        settings.PLAQUE_BASE_URL = "https://new.example"
        return plaque

    return make


def test_walls_are_counted_by_the_address_they_carry(printed_at):
    for url in ("https://old.example", "https://older.example", "https://old.example", "https://new.example"):
        printed_at(url)
    assert printed_elsewhere() == {"https://old.example": 2, "https://older.example": 1}


def test_retired_plaques_and_those_never_printed_are_no_walls(printed_at):
    retire(plaque=printed_at("https://old.example"), by=None, why="Đã gỡ")
    assert printed_elsewhere() == {}


def test_the_check_says_how_many_walls_go_dead(printed_at):
    printed_at("https://old.example")
    [warning] = checks.plaques_printed_elsewhere(None, databases=["default"])
    assert warning.id == "plaques.W002"
    assert "1 plaques on walls carry https://old.example" in warning.msg


def test_the_check_asks_no_database_unless_it_may(printed_at, django_assert_num_queries):
    printed_at("https://old.example")
    with django_assert_num_queries(0):
        assert checks.plaques_printed_elsewhere(None, databases=None) == []


def test_the_check_is_silent_before_the_tables_are_made(monkeypatch):
    def no_such_table():
        raise DatabaseError("no such table: plaques_plaque")

    monkeypatch.setattr(checks, "printed_elsewhere", no_such_table)
    assert checks.plaques_printed_elsewhere(None, databases=["default"]) == []
