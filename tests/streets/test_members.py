"""Who keeps a shop, and what each may do for it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from streets.members import TASKS, Task, may_do, membership, required
from streets.models import MemberRole, ShopMember
from tests.factories import ShopPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(street):
    return ShopPageFactory(parent=street).shop


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user("chuquan")


@pytest.mark.parametrize("role", MemberRole)
@pytest.mark.parametrize("task", Task)
def test_a_member_may_do_what_belongs_to_the_role_and_no_more(shop, person, role, task):
    member = ShopMember.objects.create(shop=shop, user=person, role=role)
    if task in TASKS[role]:
        assert required(person, shop, task) == member
    else:
        with pytest.raises(PermissionDenied):
            required(person, shop, task)


def test_every_role_may_do_what_the_one_below_may(shop):
    assert TASKS[MemberRole.STAFF] < TASKS[MemberRole.MANAGER] < TASKS[MemberRole.OWNER]


@pytest.mark.parametrize("why", ["left", "account closed", "another shop", "nobody"])
def test_who_does_not_keep_the_shop_now_may_do_nothing(street, shop, person, why):
    kept = ShopPageFactory(parent=street).shop if why == "another shop" else shop
    if why != "nobody":
        ended_at = timezone.now() if why == "left" else None
        ShopMember.objects.create(shop=kept, user=person, ended_at=ended_at)
    if why == "account closed":
        person.is_active = False
        person.save()
    assert membership(person, shop) is None
    assert not may_do(None, Task.DAILY)
    with pytest.raises(PermissionDenied):
        required(person, shop, Task.DAILY)


def test_who_left_may_come_back_and_is_on_record_twice(shop, person):
    ShopMember.objects.create(shop=shop, user=person, ended_at=timezone.now())
    again = ShopMember.objects.create(shop=shop, user=person, role=MemberRole.STAFF)
    assert membership(person, shop) == again
    assert shop.members.count() == 2
