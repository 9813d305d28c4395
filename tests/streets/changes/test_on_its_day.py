"""What the ward has agreed to and put down for a day: decided on the day, and not before."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from streets.changes.deciding import reject
from streets.changes.proposing import withdraw
from streets.models import ChangeState, Shop
from tests.streets.changes.test_pages import drafted, fresh, top
from tests.streets.changes.wishes import wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


@pytest.fixture
def change(clock, shop, vendor):
    """A wish about a page that was published in the admin, so that Wagtail leaves it public until the day."""
    fresh(shop).save_revision().publish()
    clock.shift(timedelta(minutes=1))
    return wish(shop.shop, vendor, title="Quán Mới")["title"].request


def put_down(shop, by, **fields) -> None:
    drafted(shop, by, go_live_at=timezone.now() + timedelta(days=1), **fields)


def approved_for_tomorrow(shop, by, **fields) -> None:
    put_down(shop, by, **fields)
    fresh(shop).current_workflow_task_state.approve(user=by)


def published_for_tomorrow(shop, by, **fields) -> None:
    put_down(shop, by, **fields)
    fresh(shop).latest_revision.publish(user=by)


def the_day_comes(clock) -> None:
    clock.shift(timedelta(days=1, minutes=1))
    call_command("publish_scheduled")


def is_now(change) -> tuple[str, object]:
    change.refresh_from_db()
    return change.state, change.decided_by


def test_what_is_approved_for_a_day_waits_until_it_is_public(change, shop, editor, clock):
    approved_for_tomorrow(shop, editor)
    assert (is_now(change), fresh(shop).title) == ((ChangeState.WAITING, None), "Quán Thử")
    the_day_comes(clock)
    assert (is_now(change), fresh(shop).title) == ((ChangeState.LIVE, editor), "Quán Mới")
    assert change.live_since == timezone.now()


def test_what_was_rewritten_before_is_public_in_the_wards_words(change, shop, editor, clock):
    approved_for_tomorrow(shop, editor, title="Quán Phở Mới")
    the_day_comes(clock)
    assert (is_now(change), fresh(shop).title) == ((ChangeState.LIVE, editor), "Quán Phở Mới")
    assert change.after == "Quán Phở Mới"


def test_what_was_taken_out_before_is_refused_on_the_day(change, shop, editor, clock):
    approved_for_tomorrow(shop, editor, title="Quán Thử", promise="Nghe kể")
    assert is_now(change) == (ChangeState.WAITING, None)
    the_day_comes(clock)
    assert (is_now(change), fresh(shop).promise) == ((ChangeState.REJECTED, editor), "Nghe kể")
    assert change.reason


def test_what_was_wished_after_it_was_approved_is_not_decided_with_it(change, shop, vendor, editor, clock):
    approved_for_tomorrow(shop, editor, title="Quán Phở Mới")
    clock.shift(timedelta(hours=1))
    later = wish(shop.shop, vendor, phone="024 3333 4444")["phone"].request
    the_day_comes(clock)
    assert (is_now(change), is_now(later)) == ((ChangeState.LIVE, editor), (ChangeState.WAITING, None))


def test_in_dispute_the_day_passes(change, shop, editor, clock):
    approved_for_tomorrow(shop, editor)
    Shop.objects.filter(pk=shop.shop_id).update(disputed_since=timezone.now())
    the_day_comes(clock)
    assert (is_now(change), fresh(shop).title) == ((ChangeState.WAITING, None), "Quán Thử")
    assert fresh(shop).scheduled_revision is None


ENDS = {
    "refused in the list": lambda change, editor: reject(change=change, by=editor, reason="Không."),
    "withdrawn": lambda change, editor: withdraw(change=change, by=change.made_by),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("how", [approved_for_tomorrow, published_for_tomorrow])
def test_what_does_not_wait_any_more_is_not_published_on_the_day(end, how, change, shop, editor, clock):
    how(shop, editor, promise="Nghe kể")
    ENDS[end](change, editor)
    the_day_comes(clock)
    page = fresh(shop)
    # All else that was to be public then is.
    assert (page.title, page.promise, page.has_unpublished_changes) == ("Quán Thử", "Nghe kể", False)
    assert is_now(change)[0] in {ChangeState.REJECTED, ChangeState.WITHDRAWN}


def test_what_is_refused_in_the_workflow_is_not_published_on_the_day(change, shop, editor, clock):
    published_for_tomorrow(shop, editor, promise="Nghe kể")
    fresh(shop).current_workflow_task_state.reject(user=editor, comment="Không.")
    the_day_comes(clock)
    assert (fresh(shop).title, fresh(shop).promise) == ("Quán Thử", "Nghe kể")


def test_a_day_for_nothing_else_goes_with_the_wish(change, shop, editor):
    approved_for_tomorrow(shop, editor)
    reject(change=change, by=editor, reason="Không.")
    page = fresh(shop)
    assert (page.scheduled_revision, page.has_unpublished_changes, top(shop).title) == (None, False, "Quán Thử")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("said", ["Quán Mới", "Quán Phở Mới"])
def test_a_day_that_goes_on_without_a_wish_keeps_who_approved_the_others(
    said, end, change, shop, vendor, editor, second_officer, clock, django_capture_on_commit_callbacks
):
    others = wish(shop.shop, vendor, phone="024 3333 4444", links=["https://quan.example/"])
    put_down(shop, editor, title=said)
    fresh(shop).current_workflow_task_state.approve(user=second_officer)
    for other in others.values():
        clock.shift(timedelta(minutes=1))
        ENDS[end](other.request, editor)
    with django_capture_on_commit_callbacks(execute=True):
        the_day_comes(clock)
    assert (is_now(change), change.after) == ((ChangeState.LIVE, second_officer), said)
    page = fresh(shop)
    assert (page.title, page.phone, page.links, top(shop).title) == (said, "", "", said)
    assert (page.has_unpublished_changes, page.current_workflow_state) == (False, None)


def test_the_history_still_says_who_approved_when_the_day_goes_on_without_a_wish(
    change, shop, vendor, editor, second_officer, clock, editor_client
):
    other = wish(shop.shop, vendor, phone="024 3333 4444")["phone"].request
    put_down(shop, editor, title="Quán Phở Mới")
    step = fresh(shop).current_workflow_task_state
    step.approve(user=second_officer)
    clock.shift(timedelta(minutes=1))
    reject(change=other, by=editor, reason="Không.")
    url = reverse("wagtailadmin_pages:workflow_history_detail", args=[shop.pk, step.workflow_state_id])
    answer = editor_client.get(url)
    [(revision, [shown])] = answer.context["task_states_by_revision"]
    assert (revision, shown.finished_by) == (fresh(shop).scheduled_revision, second_officer)
    logged = PageLogEntry.objects.get(page=shop.pk, action="wagtail.workflow.approve")
    assert (logged.user, logged.revision) == (second_officer, step.revision)


def test_whoever_withdraws_a_wish_has_not_decided_on_the_others_of_its_day(change, shop, second_vendor, editor, clock):
    own = wish(shop.shop, second_vendor, phone="024 3333 4444")["phone"].request
    published_for_tomorrow(shop, editor)
    clock.shift(timedelta(minutes=1))
    withdraw(change=own, by=second_vendor)
    the_day_comes(clock)
    assert is_now(change) == (ChangeState.LIVE, editor)


def test_where_the_day_is_taken_back_and_something_else_published_it_waits_as_before(
    change, shop, editor, clock, django_capture_on_commit_callbacks
):
    approved_for_tomorrow(shop, editor, title="Quán Phở Mới")
    page = fresh(shop)
    revision = page.scheduled_revision
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    clock.shift(timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        drafted(shop, editor, title="Quán Thử", promise="Nghe kể", go_live_at=None)
        fresh(shop).latest_revision.publish(user=editor)
    change.refresh_from_db()
    assert (change.state, fresh(shop).promise, top(shop).title) == (ChangeState.WAITING, "Nghe kể", "Quán Mới")
    fresh(shop).current_workflow_task_state.approve(user=editor)
    assert (is_now(change), fresh(shop).title) == ((ChangeState.LIVE, editor), "Quán Mới")


@pytest.mark.parametrize("end", ENDS)
def test_what_ended_while_the_day_was_being_looked_at_is_not_published(end, change, shop, editor, clock):
    approved_for_tomorrow(shop, editor)
    found = fresh(shop).scheduled_revision
    clock.shift(timedelta(days=1, minutes=1))
    ENDS[end](change, editor)
    found.publish(log_action="wagtail.publish.scheduled")
    assert fresh(shop).title == "Quán Thử"


def test_on_the_day_a_shop_is_asked_for_before_its_page_is_written(change, shop, editor, clock):
    approved_for_tomorrow(shop, editor)
    clock.shift(timedelta(days=1, minutes=1))
    with CaptureQueriesContext(connection) as queries:
        call_command("publish_scheduled")
    sql = [query["sql"] for query in queries]
    first_write = next(
        at for at, text in enumerate(sql) if text.startswith(('UPDATE "wagtail', 'INSERT INTO "wagtail'))
    )
    asked = next(at for at, text in enumerate(sql) if 'FROM "streets_shop" WHERE "streets_shop"."id" =' in text)
    assert asked < first_write


@pytest.mark.parametrize("was_published", [True, False])
def test_a_page_that_is_not_public_and_is_put_down_for_a_day_says_nothing_yet(
    was_published, shop, vendor, editor, clock
):
    if was_published:
        fresh(shop).save_revision().publish()
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    fresh(shop).unpublish()
    clock.shift(timedelta(minutes=1))
    published_for_tomorrow(shop, editor, title="Quán Mới")
    assert is_now(change) == (ChangeState.WAITING, None)
    the_day_comes(clock)
    assert (is_now(change), fresh(shop).live) == ((ChangeState.LIVE, editor), True)


def wished_while_public(shop, vendor):
    made = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    fresh(shop).unpublish()
    return made


def published_before_and_wished_while_public(shop, vendor):
    fresh(shop).save_revision().publish()
    return wished_while_public(shop, vendor)


def wished_since(shop, vendor):
    fresh(shop).unpublish()
    return wish(shop.shop, vendor, title="Quán Mới")["title"].request


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("promise", ["", "Nghe kể"])
@pytest.mark.parametrize("how", [wished_while_public, published_before_and_wished_while_public, wished_since])
def test_what_does_not_wait_any_more_does_not_become_public_with_its_page(
    how, promise, end, shop, vendor, editor, second_officer, clock
):
    change = how(shop, vendor)
    clock.shift(timedelta(minutes=1))
    published_for_tomorrow(shop, editor, title="Quán Mới", promise=promise)
    clock.shift(timedelta(minutes=1))
    ENDS[end](change, second_officer)
    assert (fresh(shop).title, top(shop).title, top(shop).promise) == ("Quán Thử", "Quán Thử", promise)
    the_day_comes(clock)
    page = fresh(shop)
    assert (page.live, page.title, page.promise) == (True, "Quán Thử", promise)
    assert is_now(change)[0] in {ChangeState.REJECTED, ChangeState.WITHDRAWN}


def test_without_the_workflow_a_wish_does_not_become_public_with_its_page(shop, vendor, editor, clock):
    change = published_before_and_wished_while_public(shop, vendor)
    clock.shift(timedelta(minutes=1))
    published_for_tomorrow(shop, editor)
    clock.shift(timedelta(minutes=1))
    fresh(shop).current_workflow_state.cancel(user=editor)
    the_day_comes(clock)
    assert (is_now(change), fresh(shop).title) == ((ChangeState.WAITING, None), "Quán Thử")
