"""Vendors' words on a page, beside the drafts and decisions of editors."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from streets.changes import workflow
from streets.changes.classes import FIELDS
from streets.changes.deciding import approve, look_over, reject
from streets.changes.errors import NotPossible
from streets.changes.proposing import undo, withdraw
from streets.claims.membership import end_membership, leave
from streets.models import ChangeRequest, Shop, ShopMember, ShopPage
from tests.factories import PictureFactory, ShopCategoryFactory
from tests.streets.changes.conftest import joined
from tests.streets.changes.wishes import now_is, wish

pytestmark = pytest.mark.django_db


def fresh(page) -> ShopPage:
    return ShopPage.objects.get(pk=page.pk).specific


def top(page) -> ShopPage:
    """What an editor who opens the page has before him."""
    return fresh(page).get_latest_revision_as_object()


def drafted(page, by, **fields) -> None:
    """An editor saves a draft."""
    draft = top(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)


def said(story) -> list[tuple[str, str]]:
    return [(block.block_type, str(block.value)) for block in story]


def test_a_live_change_is_a_revision_by_the_vendor(shop, vendor):
    change = wish(shop.shop, vendor, summary="Phở bò.")["summary"].request
    page = fresh(shop)
    assert page.summary == "Phở bò."
    assert page.live_revision == page.latest_revision == change.revision
    assert change.revision.user == vendor
    assert not page.has_unpublished_changes


def test_an_editors_draft_is_neither_published_nor_lost(shop, vendor, editor):
    drafted(shop, editor, legal_name="Hộ kinh doanh Thử", promise="Nghe kể")
    wish(shop.shop, vendor, summary="Phở bò.")
    page, draft = fresh(shop), top(shop)
    assert (page.summary, page.legal_name, page.promise) == ("Phở bò.", "", "")
    assert (draft.summary, draft.legal_name, draft.promise) == ("Phở bò.", "Hộ kinh doanh Thử", "Nghe kể")
    assert page.has_unpublished_changes
    assert page.latest_revision.user == editor
    page.latest_revision.publish()
    page = fresh(shop)
    assert (page.summary, page.legal_name) == ("Phở bò.", "Hộ kinh doanh Thử")


def test_what_a_draft_says_itself_at_the_same_place_stays_in_the_draft(shop, vendor, editor):
    drafted(shop, editor, summary="Bản của phường")
    wish(shop.shop, vendor, summary="Bản của quán")
    assert (fresh(shop).summary, top(shop).summary) == ("Bản của quán", "Bản của phường")


def test_a_waiting_change_goes_into_the_workflow(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    page = fresh(shop)
    assert (page.title, top(shop).title) == ("Quán Thử", "Quán Mới")
    assert page.latest_revision == change.revision
    assert change.revision.user == vendor
    task = page.current_workflow_task
    assert [action[0] for action in task.get_actions(page, editor)] == ["reject", "approve", "approve"]
    assert task.get_actions(page, vendor) == []
    assert page.current_workflow_state.requested_by == vendor


def test_approving_in_wagtails_workflow_decides_the_request(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới", phone="024 3333 4444")["title"].request
    fresh(shop).current_workflow_task_state.approve(user=editor)
    page = fresh(shop)
    assert (page.title, page.phone_shown) == ("Quán Mới", "024 3333 4444")
    for request in ChangeRequest.objects.all():
        assert (request.state, request.decided_by) == ("live", editor)
    assert page.live_revision == change.revision
    assert WorkflowState.objects.get().status == "approved"
    # The phone is the same in all languages.
    assert ShopPage.objects.get(shop=shop.shop, locale__language_code="en").phone == page.phone


def test_refusing_in_wagtails_workflow_tells_the_shop_why(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Số Một")["title"].request
    fresh(shop).current_workflow_task_state.reject(user=editor, comment="Tên này đã có.")
    change.refresh_from_db()
    assert (change.state, change.reason, change.decided_by) == ("rejected", "Tên này đã có.", editor)
    page = fresh(shop)
    assert page.current_workflow_state is None
    assert not page.has_unpublished_changes
    assert (page.title, top(shop).title, page.draft_title) == ("Quán Thử", "Quán Thử", "Quán Thử")


def saved_while_not_public(page, by) -> None:
    """An editor saves a page that is not public: the admin's form writes it into the page's row, too."""
    fresh(page).unpublish()
    draft = top(page)
    draft.save()
    draft.save_revision(user=by)


def test_what_is_refused_does_not_stay_on_a_page_that_is_not_public(shop, vendor, editor):
    wish(shop.shop, vendor, title="Quán Số Một")
    saved_while_not_public(shop, editor)
    fresh(shop).current_workflow_task_state.reject(user=editor, comment="Tên này đã có.")
    assert (fresh(shop).title, top(shop).title, fresh(shop).shop.name) == ("Quán Thử", "Quán Thử", "Quán Thử")


def test_nor_does_it_stay_where_what_was_there_before_is_gone(shop, vendor, new_vendor, editor):
    before, after = PictureFactory(), PictureFactory(uploaded_by_user=new_vendor)
    page = fresh(shop)
    page.photo, page.photo_alt = before, "Mặt tiền"
    page.save_revision().publish()
    waiting = wish(shop.shop, new_vendor, photos=[{"picture": after.pk, "alt": "Bát phở"}])["photos"].request
    saved_while_not_public(shop, editor)
    before.delete()
    reject(change=waiting, by=editor, reason="Không.")
    assert (fresh(shop).photo, top(shop).photo) == (None, None)


def test_a_refusal_in_the_workflow_asks_for_a_reason(shop, vendor, editor):
    wish(shop.shop, vendor, title="Quán Số Một")
    form = fresh(shop).current_workflow_task.get_form_for_action("reject")
    assert not form({"comment": " "}).is_valid()
    assert form({"comment": "Tên này đã có."}).is_valid()


def test_cancelling_the_workflow_leaves_the_wish_with_the_officers(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    fresh(shop).current_workflow_state.cancel(user=editor)
    change.refresh_from_db()
    assert (change.state, change.revision) == ("waiting", None)
    assert top(shop).title == "Quán Thử"
    approve(change=change, by=editor)
    assert fresh(shop).title == "Quán Mới"


def test_it_is_written_down_who_approved_not_who_wrote_last(shop, vendor, editor, second_officer):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    drafted(shop, editor, promise="Nghe kể")
    fresh(shop).current_workflow_task_state.approve(user=second_officer)
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("live", second_officer)


def test_an_editor_who_rewrites_before_approving_is_believed(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="QUÁN MỚI!!!")["title"].request
    drafted(shop, editor, title="Quán Mới")
    fresh(shop).current_workflow_task_state.approve(user=editor)
    change.refresh_from_db()
    assert fresh(shop).title == "Quán Mới"
    assert (change.state, change.after, change.decided_by) == ("live", "Quán Mới", editor)


def test_what_an_editor_rewrites_before_approving_reaches_all_languages(shop, vendor, editor):
    wish(shop.shop, vendor, phone="024 3333 4444")
    drafted(shop, editor, phone="+842433335555")
    fresh(shop).current_workflow_task_state.approve(user=editor)
    phones = ShopPage.objects.filter(shop=shop.shop).values_list("phone", flat=True)
    assert set(phones) == {"+842433335555"}
    assert ChangeRequest.objects.get().after == "+842433335555"


@pytest.mark.parametrize("how", ["approves", "publishes"])
def test_a_page_in_another_language_that_is_broken_stops_no_editor(how, shop, vendor, editor, caplog):
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en")
    # As an import or an older rule may have left it.
    ShopPage.objects.filter(pk=english.pk).update(house_number="no house number at all")
    change = wish(shop.shop, vendor, phone="024 3333 4444")["phone"].request
    if how == "approves":
        fresh(shop).current_workflow_task_state.approve(user=editor)
    else:
        top(shop).save_revision(user=editor).publish(user=editor)
    change.refresh_from_db()
    assert (change.state, fresh(shop).phone) == ("live", "+842433334444")
    english.refresh_from_db()
    assert english.phone == ""
    assert f"page {shop.pk}" in caplog.text


def test_publishing_in_the_editor_decides_what_it_publishes(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    drafted(shop, editor, summary="Thêm của phường")
    fresh(shop).latest_revision.publish(user=editor)
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("live", editor)
    assert fresh(shop).current_workflow_state is None


def test_approving_one_of_two_publishes_that_one_alone(shop, vendor, editor):
    outcomes = wish(shop.shop, vendor, title="Quán Mới", phone="024 3333 4444")
    approve(change=outcomes["title"].request, by=editor)
    page = fresh(shop)
    assert (page.title, page.phone) == ("Quán Mới", "")
    assert top(shop).phone != ""
    assert page.current_workflow_state.status == "in_progress"
    assert page.current_workflow_task_state.revision == page.latest_revision
    approve(change=outcomes["phone"].request, by=editor)
    page = fresh(shop)
    assert page.phone_shown == "024 3333 4444"
    assert page.current_workflow_state is None
    assert not page.has_unpublished_changes


def test_rejecting_one_of_two_leaves_the_other_waiting(shop, vendor, editor):
    outcomes = wish(shop.shop, vendor, title="Quán Mới", phone="024 3333 4444")
    reject(change=outcomes["title"].request, by=editor, reason="Không.")
    assert (top(shop).title, fresh(shop).current_workflow_state.status) == ("Quán Thử", "in_progress")
    fresh(shop).current_workflow_task_state.approve(user=editor)
    page = fresh(shop)
    assert (page.title, page.phone_shown) == ("Quán Thử", "024 3333 4444")


def test_beside_an_editors_draft_a_wish_waits_without_the_workflow(shop, vendor, editor):
    drafted(shop, editor, promise="Nghe kể")
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    assert (change.state, change.revision) == ("waiting", None)
    assert top(shop).title == "Quán Thử"
    assert fresh(shop).current_workflow_state is None
    approve(change=change, by=editor)
    page, draft = fresh(shop), top(shop)
    assert (page.title, page.promise, draft.title, draft.promise) == ("Quán Mới", "", "Quán Mới", "Nghe kể")


def test_a_change_at_once_beside_one_that_waits_leaves_it_waiting(shop, vendor, editor):
    waiting = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    assert wish(shop.shop, vendor, summary="Phở bò.")["summary"].how == "live"
    page = fresh(shop)
    assert (page.title, page.summary, top(shop).title) == ("Quán Thử", "Phở bò.", "Quán Mới")
    assert page.current_workflow_task_state.revision == page.latest_revision
    waiting.refresh_from_db()
    assert waiting.revision == page.latest_revision
    page.current_workflow_task_state.approve(user=editor)
    page = fresh(shop)
    assert (page.title, page.summary) == ("Quán Mới", "Phở bò.")
    waiting.refresh_from_db()
    assert waiting.state == "live"


def test_another_workflow_on_the_page_goes_on(shop, vendor, editor):
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    task = GroupApprovalTask.objects.create(name="Duyệt")
    task.groups.set(editor.groups.all())
    other = Workflow.objects.create(name="Duyệt trang")
    WorkflowTask.objects.create(workflow=other, task=task)
    drafted(shop, editor, promise="Nghe kể")
    other.start(fresh(shop), editor)
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    assert change.revision is None
    wish(shop.shop, vendor, summary="Phở bò.")
    approve(change=change, by=editor)
    page = fresh(shop)
    assert page.current_workflow_state.workflow == other
    assert (page.title, page.summary, page.promise) == ("Quán Mới", "Phở bò.", "")
    page.current_workflow_task_state.approve(user=editor)
    assert fresh(shop).promise == "Nghe kể"


def test_a_locked_page_makes_words_wait(shop, vendor, editor, second_officer):
    ShopPage.objects.filter(pk=shop.pk).update(locked=True, locked_by=second_officer, locked_at=timezone.now())
    outcome = wish(shop.shop, vendor, summary="Phở bò.")["summary"]
    assert (outcome.how, outcome.request.why_waiting, outcome.request.revision) == ("waits", "page", None)
    with pytest.raises(NotPossible):
        approve(change=outcome.request, by=editor)
    outcome.request.refresh_from_db()
    assert outcome.request.state == "waiting"
    approve(change=outcome.request, by=second_officer)
    assert fresh(shop).summary == "Phở bò."


def test_a_page_that_is_not_public_takes_it_into_its_draft(shop, vendor, editor):
    shop.unpublish()
    change = wish(shop.shop, vendor, summary="Phở bò.")["summary"].request
    assert change.state == "waiting"
    approve(change=change, by=editor)
    page = fresh(shop)
    assert not page.live
    assert page.summary == top(shop).summary == "Phở bò."


def test_english_words_go_to_the_english_page(shop, vendor, editor):
    change = wish(shop.shop, vendor, summary__en="Beef noodles.")["summary.en"].request
    approve(change=change, by=editor)
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en")
    assert (english.summary, fresh(shop).summary) == ("Beef noodles.", "")


def test_the_description_is_the_first_plain_paragraph_and_all_else_stays(shop, vendor):
    page = fresh(shop)
    page.story = [
        ("heading", "Chuyện quán"),
        ("paragraph", "<p>Xem <b>thêm</b>.</p>"),
        ("paragraph", "<p>Mô tả cũ.</p>"),
        ("quote", {"text": "Ngon!", "attribution": "Khách"}),
    ]
    page.save_revision().publish()
    before = [(block.id, block.block_type) for block in fresh(shop).story]
    assert now_is(shop.shop, "story") == "Mô tả cũ."
    wish(shop.shop, vendor, story="Dòng <một> & hai.\nTiếp.\n\n\n Đoạn sau.")
    story = fresh(shop).story
    assert [(block.id, block.block_type) for block in story] == before
    assert story[2].value.source == "<p>Dòng &lt;một&gt; &amp; hai.<br/>Tiếp.</p><p>Đoạn sau.</p>"
    assert now_is(shop.shop, "story") == "Dòng <một> & hai.\nTiếp.\n\nĐoạn sau."
    wish(shop.shop, vendor, story="")
    assert [block.block_type for block in fresh(shop).story] == ["heading", "paragraph", "quote"]


def test_photos_have_an_order_words_and_an_owner(shop, vendor, django_user_model):
    first, second = (PictureFactory(uploaded_by_user=vendor) for _ in range(2))
    rows = [{"picture": first.pk, "alt": "Mặt tiền"}, {"picture": second.pk, "alt": "Bát phở"}]
    change = wish(shop.shop, vendor, photos=rows)["photos"].request
    page = fresh(shop)
    assert (page.photo, page.photo_alt) == (first, "Mặt tiền")
    assert [(row.picture, row.alt) for row in page.gallery.all()] == [(second, "Bát phở")]
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en")
    assert (english.photo, english.gallery.get().picture) == (first, second)
    row = page.gallery.get()
    wish(shop.shop, vendor, photos=rows[::-1])
    wish(shop.shop, vendor, photos=rows)
    page = fresh(shop)
    assert page.photo == first
    assert page.gallery.get().picture == row.picture
    undo(change=ChangeRequest.objects.order_by("-pk").first(), by=vendor, now=timezone.now())
    assert now_is(shop.shop, "photos") == rows[::-1]
    foreign = PictureFactory(uploaded_by_user=django_user_model.objects.create_user("nguoila"))
    from django.core.exceptions import ValidationError

    for wrong in (
        [{"picture": foreign.pk, "alt": "Ảnh"}],
        [{"picture": first.pk, "alt": " "}],
        [{"picture": first.pk, "alt": "Một"}] * 2,
        [{"picture": 10**9, "alt": "Một"}],
        "nonsense",
    ):
        with pytest.raises(ValidationError) as refused:
            wish(shop.shop, vendor, photos=wrong)
        assert set(refused.value.message_dict) == {"photos"}
    assert change.state == "live"


def test_a_category_and_a_pin_reach_all_languages(shop, vendor, editor):
    category = ShopCategoryFactory()
    pin = {"latitude": "21.036000", "longitude": "105.790000"}
    outcomes = wish(shop.shop, vendor, category=category.key, pin=pin)
    for outcome in outcomes.values():
        approve(change=outcome.request, by=editor)
    for page in ShopPage.objects.filter(shop=shop.shop):
        assert (page.category, f"{page.latitude:.6f}") == (category, pin["latitude"])


def test_approving_twice_or_after_it_changed_is_refused(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    with pytest.raises(NotPossible):
        approve(change=change, by=editor, seen="Tên cũ hơn")
    approve(change=change, by=editor, seen="Quán Thử")
    for again in (
        lambda: approve(change=change, by=editor),
        lambda: reject(change=change, by=editor, reason="Không."),
        lambda: withdraw(change=change, by=vendor),
        lambda: undo(change=change, by=vendor, now=timezone.now()),
        lambda: look_over(change=change, by=editor, ok=True),
    ):
        with pytest.raises(NotPossible):
            again()


def test_nobody_accepts_an_own_wish(shop, editor, second_officer):
    joined(shop.shop, editor)
    change = wish(shop.shop, editor, title="Quán Tự Duyệt")["title"].request
    with pytest.raises(NotPossible):
        approve(change=change, by=editor)
    task = fresh(shop).current_workflow_task
    assert {action[0] for action in task.get_actions(fresh(shop), editor)} == {"reject"}
    at_once = wish(shop.shop, editor, summary="Phở bò.")["summary"].request
    with pytest.raises(NotPossible):
        look_over(change=at_once, by=editor, ok=True)
    assert now_is(shop.shop, "title") == "Quán Thử"
    approve(change=change, by=second_officer)
    assert now_is(shop.shop, "title") == "Quán Tự Duyệt"


def test_nothing_is_accepted_while_it_is_not_settled_who_keeps_the_shop(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    Shop.objects.filter(pk=shop.shop_id).update(disputed_since=timezone.now())
    with pytest.raises(NotPossible):
        approve(change=change, by=editor)
    task = fresh(shop).current_workflow_task
    assert {action[0] for action in task.get_actions(fresh(shop), editor)} == {"reject"}
    assert now_is(shop.shop, "title") == "Quán Thử"
    reject(change=change, by=editor, reason="Đang tranh chấp.")
    assert fresh(shop).current_workflow_state is None


def test_a_rejection_says_why(shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    with pytest.raises(NotPossible):
        reject(change=change, by=editor, reason="  ")
    change.refresh_from_db()
    assert change.is_waiting


def test_a_newer_wish_takes_the_place_of_the_older(shop, vendor):
    first = wish(shop.shop, vendor, title="Quán Một")["title"].request
    again = wish(shop.shop, vendor, title="Quán Một")["title"].request
    assert again == first
    second = wish(shop.shop, vendor, title="Quán Hai")["title"].request
    first.refresh_from_db()
    assert (first.state, second.state, top(shop).title) == ("superseded", "waiting", "Quán Hai")
    assert fresh(shop).current_workflow_state.status == "in_progress"


def test_a_page_in_another_language_that_is_broken_does_not_stop_the_shop(shop, vendor, editor_client, caplog):
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en")
    ShopPage.objects.filter(pk=english.pk).update(house_number="no house number at all")
    links = "https://facebook.com/quanthu"
    assert wish(shop.shop, vendor, links=links)["links"].how == "live"
    assert fresh(shop).links == links
    english.refresh_from_db()
    assert english.links == ""
    assert f"Page {english.pk}" in caplog.text
    told = editor_client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).context["messages"]
    assert any(str(FIELDS["links"].label) in str(message) for message in told)
    told = editor_client.get(reverse("wagtailadmin_pages:edit", args=[shop.pk])).context["messages"]
    assert not any(str(FIELDS["links"].label) in str(message) for message in told)


def test_what_somebody_wished_who_left_since_waits_no_longer(shop, vendor, second_vendor, editor):
    change = wish(shop.shop, second_vendor, title="Quán Mới")["title"].request
    end_membership(member=ShopMember.objects.get(user=second_vendor), by=vendor, now=timezone.now())
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("withdrawn", vendor)
    assert change.reason
    assert not fresh(shop).has_unpublished_changes
    assert fresh(shop).current_workflow_state is None
    with pytest.raises(NotPossible):
        approve(change=change, by=editor)


def test_what_somebody_wished_who_leaves_waits_no_longer(shop, vendor, second_vendor):
    change = wish(shop.shop, second_vendor, title="Quán Mới", phone="024 3333 4444")["title"].request
    kept = wish(shop.shop, vendor, category="")
    leave(member=ShopMember.objects.get(user=second_vendor), now=timezone.now())
    change.refresh_from_db()
    assert change.state == "withdrawn"
    assert not ChangeRequest.objects.waiting().filter(made_by=second_vendor).exists()
    assert kept


def test_a_wish_of_somebody_whose_account_was_closed_is_not_accepted(shop, vendor, editor, editor_client):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    task = fresh(shop).current_workflow_task_state.task.specific
    assert {name for name, *_rest in task.get_actions(fresh(shop), editor)} == {"approve", "reject"}
    type(vendor).objects.filter(pk=vendor.pk).update(is_active=False)
    assert {name for name, *_rest in task.get_actions(fresh(shop), editor)} == {"reject"}
    with pytest.raises(NotPossible) as refused:
        approve(change=change, by=editor)
    shown = editor_client.get(reverse("changes_admin:decide", args=[change.pk])).content.decode()
    assert str(refused.value) in shown
    reject(change=change, by=editor, reason="Đã nghỉ.")
    change.refresh_from_db()
    assert change.state == "rejected"


def test_another_language_that_is_put_down_for_a_day_keeps_its_day(shop, vendor, editor):
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en").specific
    english.summary, english.go_live_at = "Noodles", timezone.now() + timedelta(days=2)
    english.save_revision(user=editor).publish(user=editor)
    assert workflow.is_held(fresh(english))
    links = "https://facebook.com/quanthu"
    assert wish(shop.shop, vendor, links=links)["links"].how == "live"
    assert (fresh(shop).links, fresh(english).links) == (links, "")
    assert fresh(english).scheduled_revision.as_object().summary == "Noodles"


def test_another_language_that_is_locked_stays_as_it_is(shop, vendor, editor, caplog):
    ShopPage.objects.filter(shop=shop.shop, locale__language_code="en").update(locked=True, locked_by=editor)
    links = "https://facebook.com/quanthu"
    assert wish(shop.shop, vendor, links=links)["links"].how == "live"
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en")
    assert english.links == ""
    assert f"Page {english.pk}" in caplog.text


def test_what_waits_of_another_language_goes_on_when_that_page_follows(shop, vendor, editor):
    english = ShopPage.objects.get(shop=shop.shop, locale__language_code="en")
    change = wish(shop.shop, vendor, language="en", title="New Shop")["title"].request
    wish(shop.shop, vendor, links="https://facebook.com/quanthu")
    change.refresh_from_db()
    assert change.is_waiting
    assert change.revision == fresh(english).latest_revision
    assert fresh(english).links == "https://facebook.com/quanthu"
    fresh(english).current_workflow_task_state.approve(user=editor)
    change.refresh_from_db()
    assert (change.state, fresh(english).title) == ("live", "New Shop")
