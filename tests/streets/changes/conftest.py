from datetime import timedelta

import pytest
from django.utils import timezone

from streets.models import ShopMember


def joined(shop, user, *, days: int = 60, role: str = "owner") -> ShopMember:
    """Make somebody keep a shop since so many days."""
    member = ShopMember.objects.create(shop=shop, user=user, role=role)
    since = timezone.now() - timedelta(days=days)
    ShopMember.objects.filter(pk=member.pk).update(since=since)
    return member


@pytest.fixture
def vendor(shop, django_user_model):
    """The owner of the shop, for 60 days."""
    user = django_user_model.objects.create_user("chuquan")
    joined(shop.shop, user)
    return user


@pytest.fixture
def second_vendor(shop, django_user_model):
    user = django_user_model.objects.create_user("quanly")
    joined(shop.shop, user, role="manager")
    return user


@pytest.fixture
def new_vendor(shop, django_user_model):
    """Somebody who has kept the shop for three days."""
    user = django_user_model.objects.create_user("nguoimoi")
    joined(shop.shop, user, days=3, role="manager")
    return user
