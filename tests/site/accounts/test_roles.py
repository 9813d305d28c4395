from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, Page

from wardmark.accounts import roles

pytestmark = pytest.mark.django_db


def test_making_the_roles_twice_changes_nothing(ward):
    group, *_others = roles.ensure_roles()
    before = (group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count())
    call_command("setup_roles")
    assert (group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count()) == before
    assert all(before)


def test_an_editor_publishes_pages_but_keeps_no_accounts(editor, ward):
    permissions = ward.homes["vi"].permissions_for_user(editor)
    assert permissions.can_edit()
    assert permissions.can_publish()
    assert not editor.is_superuser
    assert not editor.has_perm("accounts.add_user")
    assert not editor.has_perm("plaques.delete_plaque")


def test_who_answers_requests_about_personal_data_is_named_by_a_group_of_its_own(editor, client, django_user_model):
    assert not editor.has_perm("reports.answer_subjectrequest")
    officer = django_user_model.objects.create_user("dulieu")
    officer.groups.add(Group.objects.get(name="Data protection officers"))
    assert officer.has_perm("reports.answer_subjectrequest")
    assert not officer.has_perm("reports.view_visitorreport")
    client.force_login(officer)
    assert client.get("/admin/").status_code == 200
    assert client.get(reverse("subject_requests:index")).status_code == 200
    assert not Page.get_first_root_node().permissions_for_user(officer).can_edit()


def test_what_people_added_to_a_role_stays(ward):
    group, *_others = roles.ensure_roles()
    extra = roles.Permission.objects.get(codename="view_user")
    group.permissions.add(extra)
    roles.ensure_roles()
    assert extra in group.permissions.all()


def test_a_permission_nobody_has_is_named_and_nothing_is_made(ward, monkeypatch):
    Group.objects.all().delete()
    wrong = replace(roles.EDITOR, permissions=("base.fly",))
    monkeypatch.setattr(roles, "ROLES", (wrong,))
    with pytest.raises(roles.UnknownPermission, match=r"base\.fly"):
        roles.ensure_roles()
    assert not Group.objects.exists()
    assert Page.get_first_root_node()
    assert Collection.get_first_root_node()


def test_the_command_says_which_groups_it_made(ward):
    said = StringIO()
    call_command("setup_roles", stdout=said)
    [group] = Group.objects.filter(name=roles.EDITOR.group)
    assert f"{group.name}: {group.permissions.count()} permissions" in said.getvalue()


def test_an_editor_opens_the_wards_own_screens_and_not_those_of_accounts(editor_client, ward):
    home = ward.homes["vi"]
    assert editor_client.get(f"/admin/pages/{home.pk}/edit/").status_code == 200
    assert editor_client.get("/admin/settings/base/wardsettings/", follow=True).status_code == 200
    assert editor_client.get("/admin/users/").status_code == 302
