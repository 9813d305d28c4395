"""The step of Wagtail's workflow gives nobody anything over the shops of others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState

from streets.models import ChangeState
from tests.factories import ShopPageFactory, StreetPageFactory
from tests.site.reports.inbox.officers import officer_of
from tests.streets.changes.conftest import joined
from tests.streets.changes.test_pages import fresh, top
from tests.streets.changes.wishes import now_is, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_street(street):
    return StreetPageFactory(parent=street.get_parent(), title="Phố Khác")


@pytest.fixture
def officer(other_street, editor):
    """Somebody with all of an editor's rights, over the other street alone."""
    return officer_of(other_street, editor, "phokhac")


@pytest.fixture
def officer_client(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def theirs(shop, vendor, officer):
    """A wish of a shop that is not the officer's."""
    return wish(shop.shop, vendor, title="Quán Mới")["title"].request


def of_other_street(other_street, vendor, name: str):
    """A wish of a shop of the other street."""
    page = fresh(ShopPageFactory(parent=other_street, title=name))
    joined(page.shop, vendor)
    return wish(page.shop, vendor, title=f"{name} Mới")["title"].request


@pytest.fixture
def own(other_street, vendor, officer):
    return of_other_street(other_street, vendor, "Quán Kia")


def given(page, user) -> dict[str, object]:
    """What the step gives somebody over a page."""
    task = page.current_workflow_task
    return {
        "editing": page.permissions_for_user(user).can_edit(),
        "access": task.user_can_access_editor(page, user),
        "free": not task.locked_for_user(page, user),
        "locking": task.user_can_lock(page, user),
        "actions": {name for name, *_said in task.get_actions(page, user)},
        "listed": TaskState.objects.reviewable_by(user).filter(pk=page.current_workflow_task_state.pk).exists(),
    }


NOTHING = {
    "editing": False,
    "access": False,
    "free": False,
    "locking": False,
    "actions": set(),
    "listed": False,
}
ALL = {
    "editing": True,
    "access": True,
    "free": True,
    "locking": True,
    "actions": {"approve", "reject"},
    "listed": True,
}


def test_over_a_shop_of_another_street_the_step_gives_nothing(theirs, own, officer, shop):
    assert given(fresh(shop), officer) == NOTHING
    assert given(fresh(own.page), officer) == ALL


def test_over_every_shop_it_gives_all_to_the_wards_editors(theirs, own, editor, shop):
    for page in (shop, own.page):
        assert given(fresh(page), editor) == ALL


def test_without_the_right_to_decide_it_gives_nothing(own, officer):
    for group in officer.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="decide_changerequest"))
    page = fresh(own.page)
    # What the rights over pages give stays.
    assert given(page, type(officer).objects.get(pk=officer.pk)) == NOTHING | {"editing": True}


def test_an_administrator_is_stopped_nowhere(theirs, shop, django_user_model):
    administrator = django_user_model.objects.create_superuser("quantri")
    page = fresh(shop)
    # As Wagtail asks it of a row that it has not looked at more closely.
    assert given(page, administrator) == ALL | {"locking": False}
    assert page.page_ptr.permissions_for_user(administrator).can_edit()


def test_a_page_whose_kind_is_not_known_yet_is_asked_for_its_shop(theirs, own, officer, shop):
    assert not fresh(shop).page_ptr.permissions_for_user(officer).can_edit()
    assert fresh(own.page).current_workflow_task.user_can_access_editor(fresh(own.page).page_ptr, officer)


def test_the_draft_of_another_street_is_neither_read_nor_written(theirs, officer_client, shop):
    edit = reverse("wagtailadmin_pages:edit", args=[shop.pk])
    for answer in (officer_client.get(edit), officer_client.post(edit, {"title": "Quán Khác Nữa"})):
        assert answer.status_code == 302
    assert top(shop).title == "Quán Mới"


def action(page, name: str, state) -> str:
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])


@pytest.mark.parametrize("name", ["approve", "reject"])
@pytest.mark.parametrize("by_address_of", ["theirs", "own"])
def test_no_address_leads_to_the_state_of_another_street(name, by_address_of, theirs, own, officer_client, shop):
    page = fresh(shop if by_address_of == "theirs" else own.page)
    state = fresh(shop).current_workflow_task_state
    officer_client.post(action(page, name, state), {"comment": "Không."})
    for change in (theirs, own):
        change.refresh_from_db()
        assert change.state == ChangeState.WAITING
    assert now_is(shop.shop, "title") == "Quán Thử"


def test_the_address_of_another_page_approves_no_own_wish(own, shop, officer, editor, editor_client):
    joined(shop.shop, editor)
    mine = wish(shop.shop, editor, title="Quán Tự Duyệt")["title"].request
    editor_client.post(action(fresh(own.page), "approve", fresh(shop).current_workflow_task_state))
    mine.refresh_from_db()
    assert (mine.state, now_is(shop.shop, "title")) == (ChangeState.WAITING, "Quán Thử")


def test_whoever_decides_decides_by_its_own_address(own, officer, officer_client):
    page = fresh(own.page)
    officer_client.post(action(page, "reject", page.current_workflow_task_state), {"comment": "Không."})
    own.refresh_from_db()
    assert (own.state, own.decided_by) == (ChangeState.REJECTED, officer)


def test_the_dashboard_lists_what_is_to_be_decided_and_asks_for_rights_once(
    theirs, own, vendor, officer_client, other_street
):
    def asked_for_rights() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown = officer_client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Quán Kia Mới" in shown
        assert "Quán Mới" not in shown
        tables = ("wagtailcore_grouppagepermission", "auth_permission", "auth_user_groups")
        return sum(any(table in query["sql"] for table in tables) for query in queries)

    asked_for_rights()
    few = asked_for_rights()
    for number in range(3):
        of_other_street(other_street, vendor, f"Quán Số {number}")
    assert asked_for_rights() == few
