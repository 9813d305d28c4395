"""Who changes a shop or its page comes in turn: the shop's row is locked before all else, and until all is saved."""

import re
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from streets.changes.deciding import approve, reject
from streets.changes.errors import ChangeRefused
from streets.changes.proposing import propose, withdraw
from streets.models import ChangeRequest, Shop, ShopPage
from streets.shop_page_form import ShopPageForm
from tests.streets.changes.test_editing_at_once import fresh, opened, sent
from tests.streets.changes.wishes import now_is, wish

# Locked or written: whichever comes first holds the row until the end of the transaction.
HOLDS = re.compile(
    r'(?:UPDATE "(?P<written>\w+)")|(?:SELECT .* FROM "(?P<locked>\w+)".* FOR UPDATE)|(?:INSERT INTO "(?P<new>\w+)")',
    re.S,
)
OURS = (
    "streets_shop",
    "streets_changerequest",
    "wagtailcore_page",
    "wagtailcore_workflowstate",
    "wagtailcore_taskstate",
)


@pytest.fixture
def told(shop):
    page = fresh(shop)
    page.summary = "Phở bò."
    page.save_revision().publish()
    return fresh(shop)


def held_first(queries) -> list[str]:
    """Return the tables whose rows were held, each once, in the order in which that began."""
    found = [HOLDS.match(query["sql"]) for query in queries]
    tables = [match["written"] or match["locked"] or match["new"] for match in found if match]
    return [table for table in dict.fromkeys(tables) if table in OURS]


def by_workflow(client, page, action: str, **said):
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    assert client.post(url, said).status_code in (200, 302)


def publishes(client, page, change):
    form = opened(client, page)
    assert sent(client, page, form, **{"action-publish": "1"}).status_code == 302


WAYS = {
    "the officer accepts": lambda client, page, change, editor: approve(change=change, by=editor),
    "the officer refuses": lambda client, page, change, editor: reject(change=change, by=editor, reason="Không."),
    "the shop withdraws": lambda client, page, change, editor: withdraw(change=change, by=change.made_by),
    "accepted in the workflow": lambda client, page, change, editor: by_workflow(client, page, "approve"),
    "refused in the workflow": lambda client, page, change, editor: by_workflow(
        client, page, "reject", reason="Không."
    ),
    "the workflow is cancelled": lambda client, page, change, editor: client.post(
        reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk])
    ),
    "the editor publishes": lambda client, page, change, editor: publishes(client, page, change),
    "published by a program": lambda client, page, change, editor: page.get_latest_revision().publish(),
}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_the_shop_is_locked_before_its_changes(way, told, vendor, editor, editor_client):
    change = wish(told.shop, vendor, title="Quán Mới")["title"].request
    with CaptureQueriesContext(connection) as queries:
        WAYS[way](editor_client, fresh(told), change, editor)
    assert held_first(queries)[0] == "streets_shop"


@pytest.mark.django_db(transaction=True)
def test_between_an_editors_check_and_the_saving_nobody_comes(told, vendor, editor_client, monkeypatch):
    form = opened(editor_client, told)
    checked, calls = ShopPageForm.clean, []

    def vendor_writes():
        try:
            return propose(
                shop=Shop.objects.get(pk=told.shop_id),
                by=vendor,
                values={"summary": "Bản của quán."},
                seen={"summary": "Phở bò."},
                now=timezone.now(),
            )
        except ChangeRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:

        def clean(form):
            cleaned = checked(form)
            if not calls:
                calls.append(pool.submit(vendor_writes))
                wait(calls, timeout=2)
            return cleaned

        monkeypatch.setattr(ShopPageForm, "clean", clean)
        response = sent(editor_client, told, form, promise="Nghe kể", **{"action-publish": "1"})
    assert response.status_code == 302
    assert calls[0].result()[0].how == "live"
    page = fresh(told)
    assert (page.summary, page.promise) == ("Bản của quán.", "Nghe kể")


@pytest.mark.django_db
def test_a_page_that_is_not_ready_is_held_back_with_words(told, editor_client, monkeypatch):
    monkeypatch.setattr(ShopPage, "what_hinders_publishing", lambda page: {"title": ["Chưa được."]})
    unpublished = fresh(told)
    unpublished.unpublish()
    response = sent(editor_client, told, opened(editor_client, told), **{"action-publish": "1"})
    assert response.status_code in (200, 302)
    assert not fresh(told).live


@pytest.mark.django_db
def test_what_waited_beside_a_draft_enters_the_workflow_once_the_draft_is_public(
    told, vendor, editor, django_capture_on_commit_callbacks
):
    draft = told.get_latest_revision_as_object()
    draft.promise = "Nghe kể"
    revision = draft.save_revision(user=editor)
    change = wish(told.shop, vendor, title="Quán Mới")["title"].request
    assert change.revision is None
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish(user=editor)
    change.refresh_from_db()
    page = fresh(told)
    assert (page.title, page.promise, change.state) == ("Quán Thử", "Nghe kể", "waiting")
    assert change.revision == page.latest_revision
    assert page.latest_revision.user == vendor
    page.current_workflow_task_state.approve(user=editor)
    change.refresh_from_db()
    assert (change.state, now_is(told.shop, "title")) == ("live", "Quán Mới")
    assert not ChangeRequest.objects.waiting().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["nobody", "vendor"])
def test_who_is_not_of_the_admin_locks_nothing(who, told, vendor, client):
    if who == "vendor":
        client.force_login(vendor)
    url = reverse("wagtailadmin_pages:edit", args=[told.pk])
    with CaptureQueriesContext(connection) as queries:
        assert client.post(url).status_code == 302
    assert not [query for query in queries if '"streets_shop"' in query["sql"]]


@pytest.mark.django_db
def test_a_number_that_no_page_can_have_is_not_found(editor_client):
    place = reverse("wagtailadmin_pages:edit", args=[10**30])
    assert editor_client.post(place).status_code == 404
