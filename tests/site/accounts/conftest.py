"""People who sign in by telephone. The numbers are made up; nothing is sent to any."""

import re

import pytest
from django.utils import timezone

from wardmark.accounts.messages.gateways import MemoryGateway
from wardmark.accounts.people import make_person
from wardmark.accounts.phones import Phone

PHONE = Phone("+84900000123")
OTHER = Phone("+84900000456")
PASSWORD = "pho-bo-tai-chin"


@pytest.fixture(autouse=True)
def sent():
    """What was sent to telephones in this test, as (number, text)."""
    MemoryGateway.sent.clear()
    yield MemoryGateway.sent
    MemoryGateway.sent.clear()


@pytest.fixture
def last_code(sent):
    return lambda: re.search(r"\b\d{6}\b", sent[-1][1])[0]


@pytest.fixture
def person(db):
    someone = make_person(name="Nguyễn Thị Thử", phone=PHONE, proved_at=timezone.now())
    someone.set_password(PASSWORD)
    someone.save()
    return someone


@pytest.fixture
def no_gateway(settings):
    settings.MESSAGES = {"BACKEND": "wardmark.accounts.messages.gateways.NoGateway"}
