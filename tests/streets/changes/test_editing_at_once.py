"""Vendors and an editor on one page at the same time: what each wrote is kept, or shown to whoever came later."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield

from streets.changes.applying import read
from streets.changes.deciding import approve, reject
from streets.changes.errors import ChangedMeanwhile, ChangeRefused
from streets.changes.proposing import propose, undo
from streets.models import ChangeRequest, FactChange, Shop, ShopPage
from tests.factories import PictureFactory
from tests.streets.changes.wishes import now_is, wish


def fresh(page) -> ShopPage:
    return ShopPage.objects.get(pk=page.pk).specific


@pytest.fixture
def told(shop):
    """The shop's page, with a revision, a summary and a story."""
    page = fresh(shop)
    page.summary = "Phở bò."
    page.story = [("heading", "Chuyện quán"), ("paragraph", "<p>Mô tả cũ.</p>")]
    page.save_revision().publish()
    return fresh(shop)


def opened(client, page) -> dict:
    """The form as the browser got it, to be sent back."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    form = querydict_from_html(html, form_id="page-edit-form").dict()
    blocks = [
        (block.block_type, rich_text(block.value.source) if block.block_type == "paragraph" else block.value)
        for block in page.get_latest_revision_as_object().story
    ]
    rows = [
        {"id": row.pk, "picture": row.picture_id, "alt": row.alt, "ORDER": number}
        for number, row in enumerate(page.gallery.all(), 1)
    ]
    form |= nested_form_data({"story": streamfield(blocks), "gallery": inline_formset(rows, initial=len(rows))})
    return form


def sent(client, page, form: dict, **changed):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | changed)


@pytest.mark.django_db
def test_an_editor_alone_saves_as_ever(told, editor_client):
    form = opened(editor_client, told)
    assert form["loaded_revision_id"] == str(told.latest_revision_id)
    response = sent(editor_client, told, form, summary="Phở gà.", **{"action-publish": "1"})
    assert response.status_code == 302
    assert fresh(told).summary == "Phở gà."


@pytest.mark.django_db
def test_what_the_editor_left_alone_is_left_to_the_vendor(told, vendor, editor_client):
    form = opened(editor_client, told)
    wish(told.shop, vendor, summary="Bản của quán.", story="Mô tả mới.")
    response = sent(editor_client, told, form, promise="Nghe kể", **{"action-publish": "1"})
    assert response.status_code == 302
    page = fresh(told)
    assert (page.summary, page.promise) == ("Bản của quán.", "Nghe kể")
    assert now_is(told.shop, "story") == "Mô tả mới."
    assert [block.block_type for block in page.story] == ["heading", "paragraph"]


@pytest.mark.django_db
def test_where_both_wrote_the_editor_reads_it_and_decides(told, vendor, editor_client):
    form = opened(editor_client, told)
    wish(told.shop, vendor, summary="Bản của quán.")
    response = sent(editor_client, told, form, summary="Bản của phường.", **{"action-publish": "1"})
    assert response.status_code == 200
    assert "Bản của quán." in " ".join(response.context["form"].errors["summary"])
    assert "Bản của phường." in response.content.decode()
    assert fresh(told).summary == "Bản của quán."
    again = querydict_from_html(response.content.decode(), form_id="page-edit-form").dict()
    assert again["loaded_revision_id"] == str(fresh(told).latest_revision_id)
    sent(
        editor_client,
        told,
        form | {"loaded_revision_id": again["loaded_revision_id"], "summary": again["summary"]},
        **{"action-publish": "1"},
    )
    assert fresh(told).summary == "Bản của phường."


@pytest.mark.django_db
def test_a_page_saved_by_itself_is_saved_beside_the_vendors_words(told, vendor, editor, editor_client):
    draft = told.get_latest_revision_as_object()
    draft.promise = "Nghe kể"
    own = draft.save_revision(user=editor)
    form = opened(editor_client, fresh(told)) | {"overwrite_revision_id": str(own.pk)}
    wish(told.shop, vendor, summary="Bản của quán.")
    assert sent(editor_client, told, form, promise="Nghe kể chuyện").status_code == 302
    top = fresh(told).get_latest_revision_as_object()
    assert (top.summary, top.promise) == ("Bản của quán.", "Nghe kể chuyện")


@pytest.mark.django_db
def test_photos_that_changed_meanwhile_are_named(told, vendor, editor_client):
    pictures = [PictureFactory(uploaded_by_user=vendor) for _ in range(2)]
    form = opened(editor_client, told)
    wish(told.shop, vendor, photos=[{"picture": one.pk, "alt": f"Ảnh {one.pk}"} for one in pictures])
    response = sent(editor_client, told, form, promise="Nghe kể", **{"action-publish": "1"})
    assert response.status_code == 200
    assert f"Ảnh {pictures[1].pk}" in " ".join(response.context["form"].non_field_errors())
    assert fresh(told).gallery.count() == 1


@pytest.mark.django_db
def test_an_editor_is_told_that_the_draft_hides_the_shops_words(told, vendor, editor, editor_client):
    draft = told.get_latest_revision_as_object()
    draft.summary = "Bản của phường."
    draft.save_revision(user=editor)
    edit = reverse("wagtailadmin_pages:edit", args=[told.pk])
    before = [str(message) for message in editor_client.get(edit).context["messages"]]
    change = wish(told.shop, vendor, summary="Bản của quán.")["summary"].request
    after = [str(message) for message in editor_client.get(edit).context["messages"]]
    assert len(after) == len(before) + 1
    undo(change=change, by=vendor, now=timezone.now())
    assert len(list(editor_client.get(edit).context["messages"])) == len(before)


@pytest.mark.django_db
def test_two_vendors_and_an_editor(told, vendor, second_vendor, editor_client):
    """All three open the page; each changes one thing the others leave alone, and all three change the summary."""
    names = ["summary", "story", "links"]
    seen = read(told.shop, names)
    form = opened(editor_client, told)
    first = seen | {"summary": "Bản một.", "links": "https://facebook.com/quanthu"}
    propose(shop=told.shop, by=vendor, values=first, seen=seen, now=timezone.now())
    second = seen | {"summary": "Bản hai.", "story": "Mô tả mới."}
    with pytest.raises(ChangedMeanwhile) as refused:
        propose(shop=told.shop, by=second_vendor, values=second, seen=seen, now=timezone.now())
    assert refused.value.conflicts == {"summary": ("Phở bò.", "Bản một.", "Bản hai.")}
    again = refused.value.conflicts["summary"][1]
    propose(shop=told.shop, by=second_vendor, values=second, seen=seen | {"summary": again}, now=timezone.now())
    assert now_is(told.shop, "links") == "https://facebook.com/quanthu"
    response = sent(editor_client, told, form, summary="Bản ba.", promise="Nghe kể", **{"action-publish": "1"})
    assert response.status_code == 200
    assert "Bản hai." in " ".join(response.context["form"].errors["summary"])
    page = fresh(told)
    assert (page.summary, page.links, page.promise) == ("Bản hai.", "https://facebook.com/quanthu", "")


@pytest.mark.django_db
def test_a_wish_of_another_that_waits_is_not_replaced_unseen(told, vendor, second_vendor):
    wish(told.shop, vendor, title="Quán Một")
    with pytest.raises(ChangedMeanwhile) as refused:
        wish(told.shop, second_vendor, title="Quán Hai")
    assert refused.value.conflicts == {"title": ("Quán Thử", "Quán Một", "Quán Hai")}
    propose(
        shop=told.shop,
        by=second_vendor,
        values={"title": "Quán Hai"},
        seen={"title": "Quán Một"},
        now=timezone.now(),
    )
    assert ChangeRequest.objects.waiting_of(told.shop).get().after == "Quán Hai"


def at_once(*calls) -> list:
    """Do all at the same moment, each with a connection of its own; return what each returned or raised."""

    def one(call):
        try:
            return call()
        except ChangeRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_of_one_field_at_once_one_is_shown_the_other(told, vendor, second_vendor):
    calls = [
        partial(
            propose,
            shop=Shop.objects.get(pk=told.shop_id),
            by=person,
            values={"summary": words},
            seen={"summary": "Phở bò."},
            now=timezone.now(),
        )
        for person, words in ((vendor, "Bản một."), (second_vendor, "Bản hai."))
    ]
    answers = at_once(*calls)
    assert sum(isinstance(answer, ChangedMeanwhile) for answer in answers) == 1
    assert ChangeRequest.objects.get().after == fresh(told).summary


@pytest.mark.django_db(transaction=True)
def test_changes_of_different_fields_at_once_are_all_kept(told, vendor, second_vendor):
    wished = {"summary": "Bản mới.", "story": "Mô tả mới.", "amenities": ["wifi"], "payment_kinds": ["cash"]}
    calls = [
        partial(
            propose,
            shop=Shop.objects.get(pk=told.shop_id),
            by=(vendor, second_vendor)[number % 2],
            values={name: value},
            seen=read(told.shop, [name]),
            now=timezone.now(),
        )
        for number, (name, value) in enumerate(wished.items())
    ]
    assert all(answer[0].how == "live" for answer in at_once(*calls))
    assert read(told.shop, wished) == wished
    assert FactChange.objects.count() == 2
    assert ChangeRequest.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_a_refusal_at_once_leave_one_of_the_two(told, vendor, editor, second_officer):
    change = wish(told.shop, vendor, title="Quán Mới")["title"].request
    answers = at_once(
        partial(approve, change=ChangeRequest.objects.get(pk=change.pk), by=editor),
        partial(reject, change=ChangeRequest.objects.get(pk=change.pk), by=second_officer, reason="Không."),
    )
    assert sum(isinstance(answer, ChangeRefused) for answer in answers) == 1
    change.refresh_from_db()
    assert (change.state, fresh(told).title) in {("live", "Quán Mới"), ("rejected", "Quán Thử")}
    assert not fresh(told).has_unpublished_changes
