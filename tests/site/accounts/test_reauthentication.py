"""Is it still the same person? Asked in place, and nothing typed is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.debug import SafeExceptionReporterFilter
from django.views.decorators.debug import sensitive_post_parameters

from tests.site.accounts.conftest import PASSWORD
from wardmark.accounts import sign_in_attempts
from wardmark.accounts.reauthentication import fresh_sign_in_required, is_fresh

pytestmark = pytest.mark.django_db
NEW = "banh-mi-pate-nong"


@pytest.fixture
def stale(client, person):
    """A client that signed in eleven minutes ago."""
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        client.force_login(person)
    return client


def address():
    return reverse("accounts:password")


def is_asked(answer) -> bool:
    return 'id="confirm"' in answer.content.decode()


def test_a_fresh_sign_in_goes_straight_on(client, person):
    client.force_login(person)
    assert not is_asked(client.get(address()))


@pytest.mark.parametrize(("minutes", "asked"), [(9.9, False), (10.1, True)])
def test_it_is_fresh_for_ten_minutes(client, person, minutes, asked):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(person)
        clock.shift(timedelta(minutes=minutes))
        assert is_asked(client.get(address())) is asked


def test_who_is_not_signed_in_signs_in_first(client):
    answer = client.get(address())
    assert answer.headers["Location"] == f"{reverse('accounts:sign_in')}?next={address()}"


def test_the_right_password_leads_back_to_the_page(stale):
    answer = stale.get(f"{address()}?next=/vi/")
    assert is_asked(answer)
    form = {"confirm-by": "password", "confirm-password": PASSWORD, "confirm-held": "GET"}
    answer = stale.post(f"{address()}?next=/vi/", form)
    assert answer.headers["Location"] == f"{address()}?next=/vi/"
    assert not is_asked(stale.get(address()))


def test_what_was_typed_is_kept_and_takes_effect(stale, person):
    typed = {"new_password1": NEW, "new_password2": NEW, "next": "/vi/"}
    page = stale.post(address(), typed)
    assert is_asked(page)
    for name, value in typed.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    form = typed | {"confirm-by": "password", "confirm-password": PASSWORD, "confirm-held": "POST"}
    assert stale.post(address(), form).headers["Location"] == "/vi/"
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_wrong_password_changes_nothing_and_keeps_what_was_typed(stale, person):
    form = {"new_password1": NEW, "new_password2": NEW, "confirm-by": "password", "confirm-held": "POST"}
    page = stale.post(address(), form | {"confirm-password": "sai"})
    assert is_asked(page)
    assert f'name="new_password1" value="{NEW}"' in page.content.decode()
    assert 'name="confirm-held" value="POST"' in page.content.decode()
    assert 'value="sai"' not in page.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_guessing_is_counted_as_at_the_sign_in(stale):
    form = {"confirm-by": "password", "confirm-held": "GET"}
    for _ in range(5):
        stale.post(address(), form | {"confirm-password": "sai"})
    answer = stale.post(address(), form | {"confirm-password": PASSWORD})
    assert (answer.status_code, is_asked(answer)) == (429, True)
    assert is_asked(stale.get(address()))


def ceiling_filled(person):
    """Somebody else has guessed from many networks at the password of this person."""
    tried = sign_in_attempts.whose(person, person.username)
    for nth in range(6):
        for _ in range(5):
            sign_in_attempts.begin(RequestFactory().get("/", REMOTE_ADDR=f"192.0.2.{nth + 1}"), tried)


@pytest.mark.parametrize(("address_now", "status"), [("198.51.100.7", 302), ("203.0.113.9", 429)])
def test_where_the_session_began_the_ceiling_of_guesses_from_elsewhere_shuts_nobody_out(
    client, person, address_now, status
):
    form = {"username": "0900000123", "password": PASSWORD}
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        client.post(reverse("accounts:sign_in"), form, REMOTE_ADDR="198.51.100.7")
    ceiling_filled(person)
    form = {"confirm-by": "password", "confirm-password": PASSWORD, "confirm-held": "GET"}
    assert client.post(address(), form, REMOTE_ADDR=address_now).status_code == status


def test_the_session_keeps_no_address(client, person):
    form = {"username": "0900000123", "password": PASSWORD}
    client.post(reverse("accounts:sign_in"), form, REMOTE_ADDR="198.51.100.7")
    assert "198.51.100" not in str(dict(client.session.items()))


def test_a_code_by_message_does_as_well(stale, person, last_code, sent):
    form = {"new_password1": NEW, "new_password2": NEW, "confirm-held": "POST"}
    page = stale.post(address(), form | {"confirm-by": "send"})
    assert 'autocomplete="one-time-code"' in page.content.decode()
    assert sent[-1][0] == "+84900000123"
    assert is_asked(stale.post(address(), form | {"confirm-by": "code", "confirm-code": "12"}))
    stale.post(address(), form | {"confirm-by": "code", "confirm-code": last_code()})
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_sending_is_throttled(stale, sent):
    for _ in range(5):
        stale.post(address(), {"confirm-by": "send", "confirm-held": "GET"})
    assert len(sent) == 3


@pytest.mark.parametrize("by", ["passkey", "", "anything"])
def test_saying_so_is_not_enough(stale, person, by):
    form = {"new_password1": NEW, "new_password2": NEW, "confirm-by": by, "confirm-held": "POST"}
    assert is_asked(stale.post(address(), form))
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_view_behind_never_sees_the_pages_own_fields(person):
    seen = {}

    @fresh_sign_in_required
    def view(request):
        seen.update(request.POST.lists())
        return HttpResponse("done")

    request = RequestFactory().post(
        "/x/",
        {
            "text": ["một", "hai"],
            "confirm-by": "password",
            "confirm-password": PASSWORD,
            "confirm-held": "POST",
            "csrfmiddlewaretoken": "t",
        },
    )
    request.user, request.session = person, {}
    assert not is_fresh(request)
    assert view(request).content == b"done"
    assert seen == {"text": ["một", "hai"]}
    assert is_fresh(request)


def test_what_is_held_stands_in_no_report_of_a_fault(person):
    """A view behind names what is secret of its form; nothing that asks in between makes it less."""
    reported = {}

    @sensitive_post_parameters("account")
    @fresh_sign_in_required
    def view(request):
        reported.update(SafeExceptionReporterFilter().get_post_parameters(request).dict())
        return HttpResponse("done")

    form = {"account": "0011012345678", "confirm-by": "password", "confirm-password": PASSWORD, "confirm-held": "POST"}
    request = RequestFactory().post("/x/", form)
    request.user, request.session = person, {}
    assert view(request).content == b"done"
    assert "account" in reported
    assert "0011012345678" not in reported.values()


def test_the_page_is_kept_by_no_cache(stale):
    assert "no-store" in stale.get(address()).headers["Cache-Control"]
