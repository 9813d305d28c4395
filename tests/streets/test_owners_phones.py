"""While an owner's sign-in phone is about to change, the owner's shops show no payment code and say so."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from streets.models import MemberRole, Shop, ShopMember
from tests.streets.accounts import requested, said_of_payment
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_member, a_person
from wardmark.accounts import phone_changes
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.phones import Phone
from wardmark.base.personal_data import erase_everywhere

pytestmark = pytest.mark.django_db

CHANGING = (
    "Something is changing about who keeps this shop. Until that is confirmed, the code is not shown. "
    "Please ask the seller how to pay."
)
CHANGING_ACCOUNT = (
    "This shop is changing its account. The code is not shown until the ward has checked the new one. "
    "Please ask the seller how to pay."
)


@pytest.fixture
def owner(shop):
    person = a_person(FIRST)
    a_member(shop.shop, person)
    return person


def asked(person, number: str = SECOND) -> PhoneChange:
    return phone_changes.request(
        person=person, phone=Phone.written(number), proved_at=timezone.now(), cancel_address="https://example/{token}"
    )


def is_shown(client, page, account) -> bool:
    assert (Shop.objects.get(pk=page.shop_id).active_account == account) == (
        client.get(reverse("payment:code", args=[account.serial])).status_code == 200
    )
    return Shop.objects.get(pk=page.shop_id).active_account == account


def cancelled(change, person):
    phone_changes.cancel(change=change, by=person)


def refused(change, person):
    phone_changes.refuse(change=change, by=a_person(THIRD), why="Không đúng người.")


def erased(change, person):
    erase_everywhere(Phone.written(SECOND).number, by=a_person(THIRD))


@pytest.mark.parametrize("ends", [cancelled, refused, erased])
def test_the_code_is_hidden_while_it_waits_and_back_when_it_has_ended(ends, client, shop, account, owner):
    assert is_shown(client, shop, account)
    client.get(shop.url)
    change = asked(owner)
    assert not is_shown(client, shop, account)
    payment = client.get(shop.url).context["payment"]
    assert payment.is_changing
    assert not payment.is_changing_account
    assert gettext(CHANGING) in said_of_payment(client, shop)
    ends(change, owner)
    assert is_shown(client, shop, account)
    assert gettext(CHANGING) not in said_of_payment(client, shop)


def test_of_who_is_no_owner_it_hides_nothing(client, shop, account):
    manager = a_person(FIRST)
    a_member(shop.shop, manager, MemberRole.MANAGER)
    asked(manager)
    assert is_shown(client, shop, account)


def test_who_becomes_or_ceases_to_be_an_owner_meanwhile_counts_too(client, shop, account):
    person = a_person(FIRST)
    asked(person)
    a_member(shop.shop, person)
    assert not is_shown(client, shop, account)
    member = ShopMember.objects.get(user=person)
    member.ended_at = timezone.now()
    member.save()
    assert is_shown(client, shop, account)


def test_where_another_account_waits_the_page_speaks_of_that(client, shop, account, owner):
    requested(shop.shop, owner)
    assert client.get(shop.url).context["payment"].is_changing_account
    assert gettext(CHANGING_ACCOUNT) in said_of_payment(client, shop)


def marked(person, admin_client, *, is_active: bool):
    """Close or open an account as the list of users does for several at once."""
    place = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    assert admin_client.post(f"{place}?id={person.pk}", {"mark_as_active": str(is_active)}).status_code == 302
    person.refresh_from_db()
    assert person.is_active == is_active


def saved(person, admin_client, *, is_active: bool):
    person.is_active = is_active
    person.save()


@pytest.mark.parametrize("way", [marked, saved])
def test_of_a_closed_account_it_hides_nothing_until_that_is_opened_again(
    way, client, admin_client, shop, account, owner
):
    asked(owner)
    way(owner, admin_client, is_active=False)
    assert is_shown(client, shop, account)
    way(owner, admin_client, is_active=True)
    assert not is_shown(client, shop, account)


def test_asked_for_under_a_closed_account_it_hides_nothing(client, shop, account, owner):
    saved(owner, None, is_active=False)
    asked(owner)
    assert is_shown(client, shop, account)


def test_it_hides_nothing_any_more_when_the_owners_account_is_deleted(client, shop, account, owner):
    asked(owner)
    assert not is_shown(client, shop, account)
    owner.delete()
    assert is_shown(client, shop, account)
