"""Wagtail's own ways to publish do not go around those who decide on a shop's wishes."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from streets.models import ChangeState, Shop, ShopMember
from tests.factories import PictureFactory, ShopPageFactory
from tests.streets.changes.conftest import joined
from tests.streets.changes.test_editing_at_once import opened, sent
from tests.streets.changes.test_in_turn import held_first
from tests.streets.changes.test_pages import fresh
from tests.streets.changes.wishes import now_is, wish
from wardmark.base.publishing import NotReady

pytestmark = pytest.mark.django_db


def in_bulk(client, *pages, **said):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?{'&'.join(f'id={page.pk}' for page in pages)}", said)


def by_button(client, page):
    return sent(client, page, opened(client, page), **{"action-publish": "1"})


WAYS = {"in bulk": in_bulk, "by the button": by_button}


@pytest.fixture
def told(shop):
    """The shop's page, with all that its form asks for."""
    page = fresh(shop)
    page.summary = "Phở bò."
    page.story = [("heading", "Chuyện quán"), ("paragraph", "<p>Mô tả.</p>")]
    page.save_revision().publish()
    return page


@pytest.fixture
def waiting(told, shop, vendor, editor):
    return wish(shop.shop, vendor, title="Quán Mới")["title"].request


def dispute(shop, editor, vendor):
    Shop.objects.filter(pk=shop.shop_id).update(disputed_since=timezone.now())


def no_right(shop, editor, vendor):
    right = Permission.objects.get(codename="decide_changerequest")
    for group in editor.groups.all():
        group.permissions.remove(right)


def departed(shop, editor, vendor):
    ShopMember.objects.filter(user=vendor).update(ended_at=timezone.now())


@pytest.mark.parametrize("why", [dispute, no_right, departed])
@pytest.mark.parametrize("way", WAYS)
def test_what_waits_is_not_published_past_those_who_decide(way, why, waiting, shop, vendor, editor, editor_client):
    why(shop, editor, vendor)
    WAYS[way](editor_client, fresh(shop))
    waiting.refresh_from_db()
    assert (waiting.state, now_is(shop.shop, "title")) == (ChangeState.WAITING, "Quán Thử")


@pytest.mark.parametrize("way", WAYS)
def test_what_a_page_that_is_not_public_says_is_barred_as_well(way, waiting, shop, vendor, editor, editor_client):
    fresh(shop).unpublish()
    dispute(shop, editor, vendor)
    # The admin's form saves it on the page's own row.
    sent(editor_client, fresh(shop), opened(editor_client, fresh(shop)))
    assert fresh(shop).title == "Quán Mới"
    WAYS[way](editor_client, fresh(shop))
    waiting.refresh_from_db()
    assert (waiting.state, fresh(shop).live) == (ChangeState.WAITING, False)


@pytest.mark.parametrize("way", WAYS)
def test_nobody_publishes_an_own_wish(way, told, shop, editor, editor_client):
    joined(shop.shop, editor)
    own = wish(shop.shop, editor, title="Quán Tự Đăng")["title"].request
    WAYS[way](editor_client, fresh(shop))
    own.refresh_from_db()
    assert (own.state, now_is(shop.shop, "title")) == (ChangeState.WAITING, "Quán Thử")


def test_the_form_says_why_and_keeps_what_the_editor_wrote(waiting, shop, vendor, editor, editor_client):
    dispute(shop, editor, vendor)
    page = fresh(shop)
    answer = sent(editor_client, page, opened(editor_client, page), promise="Nghe kể", **{"action-publish": "1"})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert "Nghe kể" in answer.content.decode()


def with_photos(client, page, *pictures, **row) -> dict:
    """The page's form with these further photos, as the browser sends rows that are in the draft alone."""
    rows = [{"id": "", "picture": picture.pk, "alt": "Bát phở", "ORDER": 1} | row for picture in pictures]
    return opened(client, page) | nested_form_data({"gallery": inline_formset(rows, initial=len(rows))})


@pytest.mark.parametrize("takes_it_out", [True, False])
def test_a_further_photo_that_the_editor_takes_out_bars_nothing(
    takes_it_out, told, shop, vendor, new_vendor, editor, editor_client
):
    picture = PictureFactory(uploaded_by_user=new_vendor)
    told.photo, told.photo_alt = PictureFactory(), "Mặt tiền"
    told.save_revision().publish()
    rows = [{"picture": told.photo_id, "alt": "Mặt tiền"}, {"picture": picture.pk, "alt": "Bát phở"}]
    waiting = wish(shop.shop, new_vendor, photos=rows)["photos"].request
    assert waiting.state == ChangeState.WAITING
    dispute(shop, editor, vendor)
    page = fresh(shop)
    form = with_photos(editor_client, page, picture, **({"DELETE": "1"} if takes_it_out else {}))
    answer = sent(editor_client, page, form, promise="Nghe kể", **{"action-publish": "1"})
    assert answer.status_code == (302 if takes_it_out else 200)
    assert fresh(shop).promise == ("Nghe kể" if takes_it_out else "")
    assert now_is(shop.shop, "photos") == rows[:1]


def test_a_draft_is_saved_all_the_same(waiting, shop, vendor, editor, editor_client):
    dispute(shop, editor, vendor)
    page = fresh(shop)
    assert sent(editor_client, page, opened(editor_client, page), promise="Nghe kể").status_code == 302
    assert fresh(shop).get_latest_revision_as_object().promise == "Nghe kể"


@pytest.mark.parametrize("way", WAYS)
def test_whoever_decides_publishes_it_and_the_vendor_is_not_said_to_have_decided(
    way, waiting, shop, vendor, editor, editor_client
):
    WAYS[way](editor_client, fresh(shop))
    waiting.refresh_from_db()
    assert (waiting.state, now_is(shop.shop, "title")) == (ChangeState.LIVE, "Quán Mới")
    assert waiting.decided_by == (None if way == "in bulk" else editor)


def test_one_page_that_is_barred_holds_all_of_the_bulk(waiting, shop, vendor, editor, editor_client, street):
    other = ShopPageFactory(parent=street, title="Quán Bên")
    other.title = "Quán Bên Cạnh"
    other.save_revision()
    dispute(shop, editor, vendor)
    answer = in_bulk(editor_client, fresh(other), fresh(shop))
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[shop.pk])
    assert fresh(other).title == "Quán Bên"


def test_on_the_day_that_was_set_nothing_of_a_shop_in_dispute_becomes_public(waiting, shop, vendor, editor):
    dispute(shop, editor, vendor)
    revision = fresh(shop).latest_revision
    revision.approved_go_live_at = timezone.now()
    revision.save(update_fields=["approved_go_live_at"])
    assert revision.publish(log_action="wagtail.publish.scheduled") is None
    with pytest.raises(NotReady):
        revision.publish()
    assert now_is(shop.shop, "title") == "Quán Thử"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_in_bulk_the_shops_are_locked_first(waiting, shop, editor_client):
    with CaptureQueriesContext(connection) as queries:
        in_bulk(editor_client, fresh(shop))
    assert held_first(queries)[0] == "streets_shop"


def test_in_bulk_the_shop_is_asked_for_before_its_page_is_written(waiting, shop, editor_client):
    with CaptureQueriesContext(connection) as queries:
        in_bulk(editor_client, fresh(shop))
    sql = [query["sql"] for query in queries]
    first_write = next(at for at, text in enumerate(sql) if text.startswith('UPDATE "wagtailcore_page"'))
    locks = [at for at, text in enumerate(sql) if 'FROM "streets_shop" WHERE "streets_shop"."id" =' in text]
    assert locks[0] < first_write
