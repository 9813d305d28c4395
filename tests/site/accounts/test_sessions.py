"""Sessions that have ended go, and no other."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from wardmark.accounts.sessions import clear_ended
from wardmark.base.chores import chores

pytestmark = pytest.mark.django_db


def test_a_session_that_has_ended_is_removed_and_one_that_goes_on_is_not(client, person):
    client.force_login(person)
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now() - timedelta(seconds=1))
    clear_ended()
    assert Session.objects.get().session_key == client.session.session_key
    assert client.get(reverse("accounts:home")).status_code == 200


def test_it_is_a_chore_of_every_day():
    assert chores()["clear-ended-sessions"].every == timedelta(days=1)
