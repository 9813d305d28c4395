"""The first screen of the vendors' corner also points to what waits, or was refused, on screens of its own; by role."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from streets.claims import ownership
from streets.inspections import reply, vet_reply
from streets.members import membership
from streets.models import InspectionReply, MemberRole, SentPaper, Shop, ShopMember
from streets.payments import approve as approve_account
from streets.sealing import Number
from tests.factories import FoodVendorPageFactory
from tests.streets.accounts import requested
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_member, a_person
from tests.streets.food import an_inspection
from wardmark.accounts import phone_changes
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.phones import Phone

pytestmark = pytest.mark.django_db

OTHER = Number("970403", "0011012345999")


@pytest.fixture
def shop(street):
    return FoodVendorPageFactory(parent=street, title="Phở Của Tôi").shop


@pytest.fixture
def owner(shop):
    person = a_person(FIRST, "Chị Một")
    a_member(shop, person)
    return person


@pytest.fixture
def helper(shop):
    person = a_person(SECOND, "Anh Hai")
    a_member(shop, person, MemberRole.MANAGER)
    return person


def an_answer(shop, by, *, days_ago: int = 60) -> InspectionReply:
    inspection = an_inspection(shop, days_ago=days_ago, finalised_on=timezone.localdate())
    return reply(inspection=inspection, words="Chúng tôi đã sửa.", by=by)


def another_phone(person) -> PhoneChange:
    number = Phone.written("0900 000 009" if person.pk % 2 else "0900 000 008")
    return phone_changes.request(
        person=person, phone=number, proved_at=timezone.now(), cancel_address="https://example/{token}"
    )


@pytest.fixture
def all_wait(shop, owner, helper):
    """Each kind of what waits on a screen of its own."""
    return {
        "answer": an_answer(shop, owner),
        "account": requested(shop, owner, OTHER),
        "ownership": ownership.ask(
            old_owner=membership(owner, shop), new_owner=membership(helper, shop), by=owner, now=timezone.now()
        ),
        "phone": another_phone(owner),
    }


def section(client, person, shop, heading: str) -> str:
    """What stands under a heading of the first screen as this person is shown it; nothing where there is none."""
    client.force_login(person)
    html = unescape(client.get(reverse("portal:shop", args=[shop.page_key])).content.decode())
    return html.partition(f'aria-labelledby="{heading}"')[2].partition("</section>")[0]


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


def screens(shop) -> dict[str, str]:
    own = {"answer": "portal:inspections", "account": "portal:payment", "ownership": "people:people"}
    return {what: reverse(name, args=[shop.page_key]) for what, name in own.items()} | {
        "phone": reverse("accounts:home")
    }


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (MemberRole.OWNER, ["answer", "account", "ownership", "phone"]),
        (MemberRole.MANAGER, ["answer"]),
        (MemberRole.STAFF, []),
    ],
)
def test_each_role_is_led_to_what_waits_for_it_and_staff_to_nothing(client, shop, owner, all_wait, role, told):
    ShopMember.objects.filter(user=owner).update(role=role)
    there = screens(shop)
    shown = section(client, owner, shop, "waiting")
    assert links(shown) == [there[what] for what in told]
    for address in links(shown):
        assert client.get(address).status_code == 200


def test_each_is_told_in_words_and_of_a_number_only_its_end(client, shop, owner, all_wait):
    shown = section(client, owner, shop, "waiting")
    day = date_format(all_wait["answer"].inspection.inspected_on, "SHORT_DATE_FORMAT")
    for words in (
        gettext("Your answer to the inspection of %(day)s") % {"day": day},
        f"{gettext('Payment account')} •••• 5999",
        gettext("The shop is passing on"),
        gettext("Your sign-in phone is to become the number ending in %(digits)s.")
        % {"digits": all_wait["phone"].last_three},
    ):
        assert words in shown
    assert OTHER.account not in shown
    assert shown.count(f"{timezone.localdate():%d/%m/%Y}") == 4


def test_what_an_officer_has_agreed_to_says_when_it_takes_effect(client, shop, owner, all_wait, editor, second_officer):
    approve_account(account=all_wait["account"], by=second_officer)
    ownership.approve(change=all_wait["ownership"], by=editor, now=timezone.now())
    phone_changes.approve(change=all_wait["phone"], by=editor)
    shown = section(client, owner, shop, "waiting")
    all_wait["account"].refresh_from_db()
    for when in (
        all_wait["account"].requested_at + timedelta(hours=24),
        all_wait["ownership"].asked_at + timedelta(hours=24),
        all_wait["phone"].counts_from,
    ):
        local = date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT")
        assert gettext("approved, takes effect %(when)s") % {"when": local} in shown
    assert shown.count(gettext("approved, takes effect %(when)s").partition("%")[0]) == 3


def test_in_a_dispute_no_time_is_promised_for_the_shop_but_the_own_phone(
    client, shop, owner, all_wait, editor, second_officer
):
    approve_account(account=all_wait["account"], by=second_officer)
    ownership.approve(change=all_wait["ownership"], by=editor, now=timezone.now())
    phone_changes.approve(change=all_wait["phone"], by=editor)
    Shop.objects.filter(pk=shop.pk).update(disputed_since=timezone.now())
    takes_effect = gettext("approved, takes effect %(when)s").partition("%")[0]
    assert section(client, owner, shop, "waiting").count(takes_effect) == 1
    active_from = gettext("Approved. It is active from %(when)s.").partition("%")[0]
    assert active_from not in client.get(reverse("portal:payment", args=[shop.page_key])).content.decode()


def test_another_shop_s_and_another_owner_s_are_nobody_s_here(client, street, shop, owner):
    other = a_person(THIRD, "Cô Ba")
    a_member(shop, other)
    another_phone(other)
    elsewhere = FoodVendorPageFactory(parent=street).shop
    a_member(elsewhere, other)
    an_answer(elsewhere, other)
    requested(elsewhere, other, OTHER)
    assert section(client, owner, shop, "waiting") == ""
    assert links(section(client, other, shop, "waiting")) == [reverse("accounts:home")]


@pytest.fixture
def refused(shop, owner, second_officer):
    answer = an_answer(shop, owner)
    return vet_reply(reply=answer, accept=False, by=second_officer, why="Nêu tên người.")


def test_a_refused_answer_is_told_with_its_reason_to_who_may_answer(client, shop, owner, refused):
    shown = section(client, owner, shop, "rejected")
    assert "Nêu tên người." in shown
    assert links(shown) == [reverse("portal:inspections", args=[shop.page_key])]
    assert "Nêu tên người." in client.get(links(shown)[0]).content.decode()
    # It cannot be ticked off, so nothing offers that, until something lies beside it that can.
    read = reverse("portal:read", args=[shop.page_key])
    assert read not in shown
    SentPaper.objects.create(
        shop=shop, kind="commitment", issued_on=timezone.localdate(), state="refused", reason="Ảnh mờ."
    )
    assert read in section(client, owner, shop, "rejected")
    SentPaper.objects.all().delete()
    ShopMember.objects.filter(user=owner).update(role=MemberRole.STAFF)
    assert section(client, owner, shop, "rejected") == ""


def test_a_refused_answer_goes_once_another_one_follows_or_after_thirty_days(client, shop, owner, refused):
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert "Nêu tên người." in section(client, owner, shop, "rejected")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert section(client, owner, shop, "rejected") == ""
    reply(inspection=refused.inspection, words="Chúng tôi đã sửa.", by=owner)
    assert section(client, owner, shop, "rejected") == ""
    assert links(section(client, owner, shop, "waiting")) == [reverse("portal:inspections", args=[shop.page_key])]


def test_the_first_screen_costs_the_same_queries_however_many_answers_wait_or_were_refused(
    client, shop, owner, all_wait, second_officer, django_assert_max_num_queries
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert section(client, owner, shop, "waiting")
        return len(captured)

    def one_more(days_ago: int) -> None:
        an_answer(shop, owner, days_ago=days_ago)
        vet_reply(reply=an_answer(shop, owner, days_ago=days_ago + 1), accept=False, by=second_officer, why="Tên.")

    one_more(10)
    queries()
    few = queries()
    for days_ago in (20, 30, 40):
        one_more(days_ago)
    assert queries() == few
    with django_assert_max_num_queries(40):
        client.get(reverse("portal:shop", args=[shop.page_key]))
