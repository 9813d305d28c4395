"""Another sign-in number: the old one is told, a day passes, and for a vendor a second officer agrees."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from streets.models import ShopMember
from tests.factories import ShopPageFactory
from tests.site.accounts.conftest import OTHER, PASSWORD, PHONE
from wardmark.accounts import phone_changes
from wardmark.accounts.models import PhoneChange, SignInPhone
from wardmark.accounts.people import make_person, person_with_phone
from wardmark.accounts.phone_admin import urls as phone_admin
from wardmark.accounts.phone_changes import NotPossible, apply_due, approve, cancel, refuse
from wardmark.accounts.phones import Phone, PhoneTaken, phone_of
from wardmark.base.one_by_one import SomeFailed

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24, seconds=1)


def asked(person, phone=OTHER, proved=True):
    return phone_changes.request(
        person=person, phone=phone, proved_at=timezone.now() if proved else None, cancel_address="https://x/{token}/"
    )


@pytest.fixture
def officer(ward, editor):
    return editor


@pytest.fixture
def vendor(person, street):
    ShopMember.objects.create(shop=ShopPageFactory(parent=street).shop, user=person)
    return person


@pytest.fixture
def street(ward):
    from tests.factories import StreetPageFactory

    return StreetPageFactory(parent=ward.homes["vi"])


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def test_the_new_number_counts_after_a_day_and_the_old_one_until_then(person, clock):
    change = asked(person)
    clock.shift(timedelta(hours=23, minutes=59))
    apply_due()
    assert person_with_phone(PHONE) == person
    clock.shift(timedelta(minutes=2))
    apply_due()
    assert person_with_phone(PHONE) is None
    assert person_with_phone(OTHER) == person
    change.refresh_from_db()
    assert (change.state, change.sealed, change.fingerprint) == ("done", "", "")


def test_every_session_ends_once_another_number_counts_and_none_before(person, clock, client):
    client.force_login(person)
    asked(person)
    apply_due()
    assert client.get(reverse("accounts:home")).status_code == 200
    clock.shift(DAY)
    apply_due()
    assert phone_of(person) == OTHER
    assert client.get(reverse("accounts:home")).status_code == 302


def test_no_session_ends_by_a_change_that_comes_to_nothing(person, clock, client, officer):
    make_person(name="Ai Khác", phone=OTHER, proved_at=timezone.now())
    client.force_login(person)
    approve(change=asked(person, proved=False), by=officer)
    clock.shift(DAY)
    apply_due()
    assert PhoneChange.objects.get().state == "refused"
    assert client.get(reverse("accounts:home")).status_code == 200


def test_who_stops_a_change_is_led_to_a_new_password_and_to_the_passkeys(person, client):
    address = reverse("accounts:stop_change", args=[phone_changes.cancel_token(asked(person))])
    for page in (client.get(address), client.post(address)):
        for name in ("forgotten_password", "passkeys"):
            assert f'href="{reverse(f"accounts:{name}")}"' in page.content.decode()


def test_the_old_number_is_told_with_a_way_to_stop_it(person, sent, client):
    change = asked(person)
    [(number, text)] = sent
    assert number == PHONE.number
    assert "456" in text
    assert OTHER.number[3:9] not in text
    token = re.search(r"https://x/(.+)/", text)[1]
    assert change.old_number_told_at is not None
    address = reverse("accounts:stop_change", args=[token])
    # Opening it, as a preview does, stops nothing.
    assert client.get(address).status_code == 200
    assert PhoneChange.objects.get().state == "waiting"
    client.post(address)
    assert PhoneChange.objects.get().state == "cancelled"
    assert client.post(address).status_code == 200


def test_a_vendors_change_waits_for_an_officer_too(vendor, officer, clock):
    change = asked(vendor)
    assert change.needs_officer
    clock.shift(DAY)
    apply_due()
    assert person_with_phone(PHONE) == vendor
    approve(change=change, by=officer)
    apply_due()
    assert person_with_phone(OTHER) == vendor


def test_an_officers_yes_does_not_shorten_the_day(vendor, officer, clock):
    approve(change=asked(vendor), by=officer)
    apply_due()
    assert person_with_phone(OTHER) is None
    clock.shift(DAY)
    apply_due()
    assert person_with_phone(OTHER) == vendor


def test_where_the_old_number_cannot_be_told_an_officer_looks_first(person, settings, caplog):
    settings.MESSAGES = {
        "BACKEND": "wardmark.accounts.messages.http.HTTPGateway",
        "OPTIONS": {"url": "http://127.0.0.1:9/"},
    }
    change = asked(person)
    assert (change.needs_officer, change.old_number_told_at) == (True, None)
    assert "900000123" not in caplog.text


def test_where_telling_the_old_number_breaks_off_an_officer_looks_first(person, clock, monkeypatch):
    def broken(**said):
        raise RuntimeError

    monkeypatch.setattr(phone_changes.messages, "send", broken)
    with pytest.raises(RuntimeError):
        asked(person)
    clock.shift(DAY)
    apply_due()
    assert phone_of(person) == PHONE
    assert PhoneChange.objects.waiting_for_an_officer().exists()


def test_nobody_approves_the_own_number(officer):
    change = asked(officer)
    for decision in (lambda: approve(change=change, by=officer), lambda: refuse(change=change, by=officer, why="x")):
        with pytest.raises(NotPossible):
            decision()
    assert PhoneChange.objects.get().approved_at is None


def test_a_number_without_a_code_always_waits_for_an_officer(person, officer, clock, no_gateway):
    change = asked(person, proved=False)
    assert change.needs_officer
    clock.shift(DAY)
    apply_due()
    assert person_with_phone(OTHER) is None
    approve(change=change, by=officer)
    apply_due()
    assert person.sign_in_phone.__class__.objects.get(person=person).proved_at == change.approved_at


def test_a_number_of_somebody_else_is_refused_to_who_proved_it_and_unsaid_to_who_did_not(person, clock, officer):
    other = make_person(name="Ai Khác", phone=OTHER, proved_at=timezone.now())
    with pytest.raises(PhoneTaken):
        asked(person)
    change = asked(person, proved=False)
    approve(change=change, by=officer)
    clock.shift(DAY)
    apply_due()
    change.refresh_from_db()
    assert change.state == "refused"
    assert person_with_phone(OTHER) == other
    assert phone_of(person) == PHONE


def test_one_change_waits_at_a_time(person):
    asked(person)
    with pytest.raises(NotPossible):
        asked(person, Phone("+84900000789"))
    cancel(change=PhoneChange.objects.get(), by=person)
    asked(person, Phone("+84900000789"))


def test_a_refusal_needs_a_reason_and_is_read(client, vendor, officer):
    change = asked(vendor)
    with pytest.raises(NotPossible):
        refuse(change=change, by=officer, why="  ")
    refuse(change=change, by=officer, why="Không liên lạc được số cũ.")
    client.force_login(vendor)
    assert "Không liên lạc được số cũ." in client.get(reverse("accounts:home")).content.decode()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["approve", "refuse", "cancel", "apply", "day"]), max_size=8))
def test_whatever_comes_in_whatever_order_a_number_changes_only_after_a_yes_and_a_day(steps, person, officer):
    PhoneChange.objects.all().delete()
    phone_changes.phones.give_phone(person=person, phone=PHONE, proved_at=None)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        change = asked(person, proved=False)
        approved = ended = day_over = done = False
        for step in steps:
            match step:
                case "day":
                    clock.shift(DAY)
                    day_over = True
                case "apply":
                    apply_due()
                    done = done or (approved and day_over and not ended)
                    ended = ended or done
                case "approve" if not ended and not approved:
                    approve(change=change, by=officer)
                    approved = True
                case "refuse" if not ended:
                    refuse(change=change, by=officer, why="x")
                    ended = True
                case "cancel" if not ended:
                    cancel(change=change, by=None)
                    ended = True
                case _:
                    with pytest.raises(NotPossible):
                        {"approve": approve, "cancel": cancel}.get(step, lambda **kw: refuse(**kw, why="x"))(
                            change=change, by=officer
                        )
            assert (phone_of(person) == OTHER) is done


# ---- the person's pages ----


def page(client, **form):
    return client.post(reverse("accounts:phone"), form)


def test_the_way_of_a_person_from_number_to_code_to_request(client, person, last_code, sent):
    client.force_login(person)
    assert page(client, phone="0900 000 456").status_code == 200
    assert sent[-1][0] == OTHER.number
    page(client, phone="0900 000 456", code=last_code())
    change = PhoneChange.objects.get()
    assert (change.person, change.last_three, change.needs_officer) == (person, "456", False)
    assert change.proved_at is not None
    assert sent[-1][0] == PHONE.number
    assert "https://cg.example/" in sent[-1][1]
    assert "456" in client.get(reverse("accounts:home")).content.decode()
    client.post(reverse("accounts:cancel_phone_change"))
    change.refresh_from_db()
    assert change.state == "cancelled"


def test_a_wrong_code_asks_for_nothing(client, person, last_code):
    client.force_login(person)
    page(client, phone="0900 000 456")
    code = f"{(int(last_code()) + 1) % 10**6:06}"
    for _ in range(6):
        assert "field__errors" in page(client, phone="0900 000 456", code=code).content.decode()
    page(client, phone="0900 000 456", code=last_code())
    assert not PhoneChange.objects.exists()


def test_who_signed_in_long_ago_shows_first_who_it_is_then_it_goes_on(client, person, clock, last_code, sent):
    client.force_login(person)
    clock.shift(timedelta(minutes=9))
    page(client, phone="0900 000 456")
    code = last_code()
    clock.shift(timedelta(minutes=2))
    answers = [client.get(reverse("accounts:phone"))]
    answers += [page(client, phone="0900 000 456", code=code), page(client, phone="0900 000 456")]
    for answer in answers:
        assert 'id="confirm"' in answer.content.decode()
    assert not PhoneChange.objects.exists()
    assert len(sent) == 1
    shown = {"confirm-by": "password", "confirm-password": PASSWORD, "confirm-held": "POST"}
    page(client, phone="0900 000 456", code=code, **shown)
    assert PhoneChange.objects.get().last_three == "456"


def test_a_code_for_one_number_asks_for_no_other(client, person, last_code):
    client.force_login(person)
    page(client, phone="0900 000 456")
    page(client, phone="0900 000 789", code=last_code())
    assert not PhoneChange.objects.exists()


def test_without_a_gateway_the_officers_are_asked(client, person, no_gateway):
    client.force_login(person)
    page(client, phone="0900 000 456")
    change = PhoneChange.objects.get()
    assert (change.proved_at, change.needs_officer, change.old_number_told_at) == (None, True, None)


@pytest.mark.parametrize("number", ["", "024 3833 1234", "0900 000 123"])
def test_what_cannot_be_the_new_number_is_said_beside_it(client, person, number, sent):
    client.force_login(person)
    assert "field__errors" in page(client, phone=number).content.decode()
    assert not sent


# ---- the officers' screen ----


@pytest.fixture
def officers(client, officer):
    client.force_login(officer)
    return client


def decide(client, change, **form):
    return client.post(reverse("phone_admin:decide", args=[change.pk]), form)


def test_an_officer_approves_and_refuses(officers, officer, vendor):
    change = asked(vendor)
    assert "456" in officers.get(reverse("phone_admin:index")).content.decode()
    assert decide(officers, change, decision="approve").status_code == 302
    change.refresh_from_db()
    assert change.approved_by == officer
    assert decide(officers, change, decision="refuse", why="").status_code == 200
    assert decide(officers, change, decision="refuse", why="Nhầm").status_code == 302
    change.refresh_from_db()
    assert (change.state, change.sealed) == ("refused", "")
    assert PHONE.shown not in officers.get(reverse("phone_admin:decide", args=[change.pk])).content.decode()
    assert decide(officers, change, decision="approve").status_code == 200


def test_the_list_shows_last_digits_alone(officers, vendor):
    asked(vendor)
    shown = officers.get(reverse("phone_admin:index")).content.decode()
    for number in (PHONE, OTHER):
        assert number.shown not in shown
        assert number.number[3:] not in shown


def shows(answer, *phones) -> bool:
    page = answer.content.decode()
    return all(phone.shown in page and phone.number[3:] in page for phone in phones)


def test_the_numbers_are_opened_by_a_press_and_that_is_written_down(officers, officer, vendor):
    change = asked(vendor)
    address = reverse("phone_admin:decide", args=[change.pk])
    looked_at = ModelLogEntry.objects.for_instance(change).filter(action="accounts.phone_change.show")
    page = officers.get(address).content.decode()
    for phone in (PHONE, OTHER):
        assert phone.masked in page
        for full in (phone.shown, phone.number[3:]):
            assert full not in page
    assert not looked_at.exists()
    assert shows(decide(officers, change, show="1"), PHONE, OTHER)
    assert looked_at.get().user == officer
    assert "900000" not in str(list(looked_at.values()))
    # Looking decides nothing.
    change.refresh_from_db()
    assert (change.state, change.approved_at) == ("waiting", None)


def test_a_number_whose_key_is_missing_is_said_to_be_unreadable(officers, vendor):
    change = asked(vendor)
    PhoneChange.objects.update(sealed="not sealed")
    answer = decide(officers, change, show="1")
    assert shows(answer, PHONE)
    assert OTHER.masked in answer.content.decode()
    assert "help-critical" in answer.content.decode()
    SignInPhone.objects.update(sealed="not sealed")
    answer = decide(officers, change, show="1")
    assert PHONE.masked in answer.content.decode()
    # Only what was seen is written down.
    assert ModelLogEntry.objects.for_instance(change).count() == 1


def test_of_a_change_that_has_ended_no_number_is_opened(officers, vendor):
    change = asked(vendor)
    cancel(change=change, by=vendor)
    page = decide(officers, change, show="1").content.decode()
    assert PHONE.shown not in page
    assert not ModelLogEntry.objects.for_instance(change).exists()


def test_an_officer_does_not_decide_on_the_own_number(officers, officer):
    change = asked(officer)
    for form in ({"decision": "approve"}, {"decision": "refuse", "why": "x"}, {"show": "1"}):
        # Where Wagtail sends whoever may not.
        assert decide(officers, change, **form).headers["Location"] == reverse("wagtailadmin_home")
    change.refresh_from_db()
    assert (change.state, change.approved_at) == ("waiting", None)


def test_nobody_else_gets_in(client, vendor, django_user_model):
    change = asked(vendor)
    addresses = {"index": reverse("phone_admin:index"), "decide": reverse("phone_admin:decide", args=[change.pk])}
    assert {pattern.name for pattern in phone_admin.urlpatterns} == addresses.keys()
    staff = django_user_model.objects.create_user("nhanvien", password=PASSWORD)
    staff.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for person in (None, vendor, staff):
        client.logout()
        if person:
            client.force_login(person)
        for address in addresses.values():
            for answer in (
                client.get(address),
                *(client.post(address, {name: "approve"}) for name in ("decision", "show")),
            ):
                assert answer.status_code in {302, 403, 405}
                assert "456" not in answer.content.decode()
    change.refresh_from_db()
    assert change.approved_at is None


def test_the_list_costs_no_query_per_row(officers, django_assert_max_num_queries):
    def many(first, last):
        for nth in range(first, last):
            asked(make_person(name=f"Người {nth}", phone=Phone(f"+84900001{nth:03}"), proved_at=None))

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for first, last in ((0, 2), (2, 12)):
        many(first, last)
        # Once before, to fill what is cached.
        officers.get(reverse("phone_admin:index"))
        with CaptureQueriesContext(connection) as found:
            officers.get(reverse("phone_admin:index"))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_who_keeps_a_shop_by_the_time_it_would_count_waits_for_an_officer(person, street, officer, clock):
    change = asked(person)
    assert not change.needs_officer
    ShopMember.objects.create(shop=ShopPageFactory(parent=street).shop, user=person)
    clock.shift(DAY)
    apply_due()
    assert phone_of(person) == PHONE
    assert PhoneChange.objects.waiting_for_an_officer().get() == change
    approve(change=change, by=officer)
    apply_due()
    assert phone_of(person) == OTHER


def test_one_that_fails_keeps_no_other_waiting_and_is_named_without_its_number(person, clock, caplog):
    other = make_person(name="Ai Khác", phone=Phone("+84900000777"), proved_at=timezone.now())
    asked(other, Phone("+84900000888"))
    broken = asked(person)
    PhoneChange.objects.filter(pk=broken.pk).update(sealed="not sealed", requested_at=broken.requested_at + DAY)
    clock.shift(2 * DAY)
    PhoneChange.objects.filter(pk=broken.pk).update(requested_at=broken.requested_at - DAY)
    with pytest.raises(SomeFailed, match=str(broken.key)) as failure:
        apply_due()
    assert phone_of(other) == Phone("+84900000888")
    assert phone_of(person) == PHONE
    assert "456" not in f"{failure.value}".replace(str(broken.key), "")
    assert OTHER.number not in caplog.text
