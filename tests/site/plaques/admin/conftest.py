"""People around the plaques: an editor of everything, one of one street, one who only looks, one who may not."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from tests.factories import (
    HeritageSitePageFactory,
    ShopPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
)
from wardmark.plaques.models import Plaque


@pytest.fixture
def place(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà", latitude="21.037110", longitude="105.794890")


@pytest.fixture
def plaque(place):
    return Plaque.objects.for_page(place)


@pytest.fixture
def street(ward):
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    return StreetPageFactory(parent=index, title="Phố Thử")


@pytest.fixture
def shop(street):
    return ShopPageFactory(parent=street, title="Cửa hàng Minh Hoạ")


@pytest.fixture
def person(django_user_model):
    """Return a function that makes somebody with these permissions, who may edit these pages and what is below."""

    def make(name: str, *permissions: str, pages=()):
        group = Group.objects.create(name=name)
        for label in ("wagtailadmin.access_admin", *permissions):
            app, codename = label.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
        for page in pages:
            GroupPagePermission.objects.create(group=group, page=page, permission=change)
        user = django_user_model.objects.create_user(name, password="a-long-password-1")
        user.groups.add(group)
        return user

    return make


ALL_RIGHTS = (
    "plaques.view_plaque",
    "plaques.change_plaque",
    "plaques.add_plaque",
    "plaques.change_plaquealert",
    "plaques.change_linkrequest",
)


@pytest.fixture
def street_editor(person, street):
    """May do all with plaques, but edits only one street and its shops."""
    return person("nguoi-giu-pho", *ALL_RIGHTS, pages=[street])


@pytest.fixture
def second_editor(person, ward):
    return person("nguoi-thu-hai", *ALL_RIGHTS, pages=list(ward.homes.values()))
