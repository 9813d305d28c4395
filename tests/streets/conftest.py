import pytest

from tests.factories import StreetIndexPageFactory, StreetPageFactory, translate


@pytest.fixture
def street(ward):
    """A street in both languages."""
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Streets")
    street = StreetPageFactory(parent=index, title="Phố Thử")
    translate(street, "Trial Street")
    return street
