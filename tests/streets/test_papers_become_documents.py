"""The paper that stood on a food vendor's page is not lost where a site of before is brought up to date."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from streets.models import LegalDocument
from tests.factories import FoodVendorPageFactory, translate

pytestmark = pytest.mark.django_db
NAME = "0016_papers_become_documents"
COLUMNS = {
    "paper_kind": "varchar(20) NOT NULL DEFAULT ''",
    "paper_number": "varchar(60) NOT NULL DEFAULT ''",
    "paper_issued_on": "date NULL",
    "paper_expires_on": "date NULL",
}


@pytest.fixture
def models_of_then():
    """The models as they were on the day of the migration, and the columns that went with the next one."""
    state = MigrationLoader(connection, replace_migrations=False).project_state(("streets", NAME))
    with connection.cursor() as cursor:
        for name, kind in COLUMNS.items():
            cursor.execute(f"ALTER TABLE streets_foodvendorpage ADD COLUMN {name} {kind}")
    return state.apps


def test_each_paper_becomes_one_record_that_waits_to_be_verified(street, models_of_then):
    vendor, without = FoodVendorPageFactory(parent=street), FoodVendorPageFactory(parent=street)
    undated = FoodVendorPageFactory(parent=street)
    pages = models_of_then.get_model("streets", "FoodVendorPage").objects
    paper = {"paper_kind": "certificate", "paper_number": "7/2024", "paper_issued_on": date(2024, 2, 29)}
    both = [vendor.pk, translate(vendor, "Noodles").pk]
    pages.filter(pk__in=both).update(**paper, paper_expires_on=date(2027, 2, 28))
    pages.filter(pk=undated.pk).update(paper_kind="commitment")
    migration = import_module(f"streets.migrations.{NAME}")
    migration.make_documents(models_of_then, None)
    [document] = LegalDocument.objects.all()
    assert (document.shop, document.kind, document.number) == (vendor.shop, "certificate", "7/2024")
    assert (document.issued_on, document.expires_on) == (date(2024, 2, 29), date(2027, 2, 28))
    assert (document.holder, document.verified_on) == (vendor.shop.name, None)
    migration.make_documents(models_of_then, None)
    assert LegalDocument.objects.count() == 1
    pages.update(paper_kind="", paper_number="", paper_issued_on=None, paper_expires_on=None)
    migration.make_fields(models_of_then, None)
    assert set(pages.filter(paper_number="7/2024").values_list("pk", flat=True)) == set(both)
    assert pages.get(pk=without.pk).paper_kind == ""
