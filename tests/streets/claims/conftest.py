import pytest

from tests.factories import FoodVendorPageFactory
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_member, a_person
from wardmark.accounts.messages.gateways import MemoryGateway


@pytest.fixture(autouse=True)
def sent():
    """The messages that were sent, as (phone, text)."""
    MemoryGateway.sent.clear()
    return MemoryGateway.sent


@pytest.fixture
def page(street):
    return FoodVendorPageFactory(parent=street, title="Quán Thử")


@pytest.fixture
def shop(page):
    return page.shop


@pytest.fixture
def person(ward):
    return a_person(FIRST, "Chị Một")


@pytest.fixture
def owner(shop):
    """Who owns the shop already."""
    person = a_person(SECOND, "Anh Hai")
    a_member(shop, person)
    return person


@pytest.fixture
def stranger(ward):
    return a_person(THIRD, "Cô Ba")


@pytest.fixture
def no_gateway(settings):
    settings.MESSAGES = {"BACKEND": "wardmark.accounts.messages.gateways.NoGateway"}
