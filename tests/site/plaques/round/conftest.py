"""A plaque on a round, and the people who may or may not look after it."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from streets.models import ShopMember
from tests.factories import (
    HeritageSitePageFactory,
    ShopPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    translate,
)
from wardmark.plaques.lifecycle import install
from wardmark.plaques.models import Plaque

PEOPLE = ("anonymous", "vendor", "editor elsewhere")


@pytest.fixture
def place(heritage):
    page = HeritageSitePageFactory(
        parent=heritage, title="Đình Bối Hà", latitude=Decimal("21.030"), longitude=Decimal("105.790")
    )
    translate(page, "Bối Hà Communal House")
    return page


@pytest.fixture
def plaque(place) -> Plaque:
    """The place's plaque, hung up."""
    plaque = Plaque.objects.for_page(place)
    install(plaque=plaque, by=None)
    return plaque


@pytest.fixture
def blank(ward) -> Plaque:
    return Plaque.objects.issue()


@pytest.fixture
def elsewhere(ward, django_user_model):
    """Somebody who looks after the plaques of one street, and of nothing else."""
    street = StreetPageFactory(parent=StreetIndexPageFactory(parent=ward.homes["vi"]), title="Phố Khác")
    group = Group.objects.create(name="Editors of one street")
    group.permissions.add(Permission.objects.get(content_type__app_label="plaques", codename="change_plaque"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=street, permission=change)
    user = django_user_model.objects.create_user("phokhac", password="phokhac-1")
    user.groups.add(group)
    return user


@pytest.fixture
def second_editor(editor, django_user_model):
    user = django_user_model.objects.create_user("nguoithuhai", first_name="Thứ", last_name="Hai")
    user.groups.set(editor.groups.all())
    return user


@pytest.fixture
def sign_in(client, request, django_user_model):
    """Return a function that signs in one of PEOPLE, or the editor."""

    def sign_in(person: str) -> None:
        if person == "vendor":
            home = request.getfixturevalue("ward").homes["vi"]
            vendor = django_user_model.objects.create_user("chuquan")
            shop = ShopPageFactory(parent=StreetPageFactory(parent=StreetIndexPageFactory(parent=home)))
            ShopMember.objects.create(shop=shop.shop, user=vendor)
            client.force_login(vendor)
        elif person != "anonymous":
            client.force_login(request.getfixturevalue({"editor elsewhere": "elsewhere", "editor": "editor"}[person]))

    return sign_in
