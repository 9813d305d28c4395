"""Pages that nobody has confirmed for long: vendors are asked, officers have a list, and nothing is unpublished."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission

from streets.models import Closure, Shop, ShopMember, ShopPage, StaleNotice
from streets.stale import ask_whether_still_right, stale_shops
from tests.factories import ShopPageFactory, StreetPageFactory
from wardmark.accounts.messages.gateways import MemoryGateway
from wardmark.accounts.phones import Phone, give_phone
from wardmark.base.chores import chores

pytestmark = pytest.mark.django_db


def days_ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def confirmed(page: ShopPage, *, owner: int | None = None, officer: int | None = None) -> ShopPage:
    """Let the shop have been confirmed so many days ago."""
    page.shop.confirmed_by_owner_on = None if owner is None else days_ago(owner)
    page.shop.confirmed_by_officer_on = None if officer is None else days_ago(officer)
    page.shop.save()
    return page


@pytest.fixture
def vendor(django_user_model, shop):
    """Has kept the shop for two years."""
    user = django_user_model.objects.create_user("chuquan", email="chuquan@example.com")
    ShopMember.objects.create(shop=shop.shop, user=user)
    keeps_it_since(730)
    return user


def keeps_it_since(days: int) -> None:
    ShopMember.objects.update(since=timezone.now() - timedelta(days=days))


def stale_now():
    return stale_shops(Shop.objects.all(), today=timezone.localdate())


def ask(django_capture_on_commit_callbacks) -> int:
    with django_capture_on_commit_callbacks(execute=True):
        return ask_whether_still_right()


@pytest.mark.parametrize(
    ("owner", "officer", "threshold"),
    [(90, None, None), (91, None, 90), (180, None, 90), (181, None, 180), (400, 10, None), (10, 400, None)],
)
def test_a_vendor_is_asked_by_the_newer_word_at_the_days_the_page_speaks_of(
    shop, vendor, owner, officer, threshold, django_capture_on_commit_callbacks
):
    confirmed(shop, owner=owner, officer=officer)
    asked = ask(django_capture_on_commit_callbacks)
    assert asked == (threshold is not None)
    assert list(StaleNotice.objects.values_list("days", flat=True)) == ([threshold] if threshold else [])
    assert len(mail.outbox) == asked
    assert [one.threshold for one in stale_now()] == ([threshold] if threshold else [])


def test_each_threshold_is_asked_at_once_and_again_only_after_another_word(
    shop, vendor, django_capture_on_commit_callbacks
):
    with time_machine.travel("2026-01-01T03:00:00+00:00", tick=False) as clock:
        confirmed(shop, owner=0)
        told = []
        for _day in range(0, 400, 7):
            told.append(ask(django_capture_on_commit_callbacks))
            clock.shift(timedelta(days=7))
        assert sum(told) == 2
        confirmed(shop, owner=0)
        clock.shift(timedelta(days=91))
        assert ask(django_capture_on_commit_callbacks) == 1
        assert ask(django_capture_on_commit_callbacks) == 0
        assert len(mail.outbox) == 3


def test_a_shop_never_confirmed_is_asked_about_from_the_day_somebody_keeps_it(
    shop, vendor, django_capture_on_commit_callbacks
):
    keeps_it_since(0)
    assert ask(django_capture_on_commit_callbacks) == 0
    keeps_it_since(91)
    assert ask(django_capture_on_commit_callbacks) == 1


def test_whoever_comes_to_a_shop_is_not_asked_about_the_time_before(
    client, shop, vendor, django_capture_on_commit_callbacks
):
    confirmed(shop, owner=400, officer=300)
    keeps_it_since(5)
    assert ask(django_capture_on_commit_callbacks) == 0
    client.force_login(vendor)
    assert client.get(reverse("portal:shop", args=[shop.shop.page_key])).context["stale"] is None
    keeps_it_since(91)
    assert ask(django_capture_on_commit_callbacks) == 1
    assert [one.threshold for one in stale_now()] == [90]


@pytest.mark.parametrize("why", ["nobody keeps it", "its keeper left", "it has moved", "it is closed for good"])
def test_nobody_is_asked_where_there_is_nobody_to_ask(shop, vendor, why, django_capture_on_commit_callbacks):
    confirmed(shop, owner=500)
    if why == "nobody keeps it":
        ShopMember.objects.all().delete()
    elif why == "its keeper left":
        ShopMember.objects.update(ended_at=timezone.now())
    else:
        shop.shop.closure = Closure.MOVED if "moved" in why else Closure.FOR_GOOD
        shop.shop.closed_since = days_ago(1)
        shop.shop.save()
    assert ask(django_capture_on_commit_callbacks) == 0
    assert stale_now() == []


def test_the_clock_alone_unpublishes_nothing(client, shop, vendor):
    confirmed(shop, owner=0)
    before = set(ShopPage.objects.live().values_list("pk", flat=True))
    for days in (91, 181, 1000, 5000):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            for name in ("ask-whether-still-right", "clear-vendors-photos"):
                chores()[name].run()
            answer = client.get(shop.url)
            assert answer.status_code == 200
            label = "ageing" if days < 180 else "old"
            assert f"confirmed--{label}" in answer.content.decode()
    assert set(ShopPage.objects.live().values_list("pk", flat=True)) == before


def test_the_vendor_is_asked_on_its_first_screen_until_it_says_still_right(client, shop, vendor):
    confirmed(shop, owner=200)
    client.force_login(vendor)
    first = reverse("portal:shop", args=[shop.shop.page_key])
    assert client.get(first).context["stale"].threshold == 180
    client.post(reverse("portal:still_right", args=[shop.shop.page_key]))
    assert client.get(first).context["stale"] is None


def test_where_messages_are_carried_the_question_goes_to_the_telephone_of_each_member(
    shop, vendor, django_user_model, django_capture_on_commit_callbacks
):
    other = django_user_model.objects.create_user("nhanvien")
    ShopMember.objects.create(shop=shop.shop, user=other, role="staff")
    for person, number in ((vendor, "0912345678"), (other, "0912345679")):
        give_phone(person=person, phone=Phone.written(number), proved_at=timezone.now())
    confirmed(shop, owner=91)
    MemoryGateway.sent.clear()
    ask(django_capture_on_commit_callbacks)
    ask(django_capture_on_commit_callbacks)
    assert sorted(phone for phone, _text in MemoryGateway.sent) == ["+84912345678", "+84912345679"]


# ---- the officers' list ---------------------------------------------------------------------------


def listed(client, **asked) -> list[str]:
    answer = client.get(reverse("stale_shops"), asked)
    assert answer.status_code == 200
    return [shop.name for shop in answer.context["object_list"]]


def test_officers_see_who_was_not_confirmed_for_180_days_or_never(editor_client, street):
    for name, days in (("Cũ", 181), ("Hơi cũ", 91), ("Mới", 5)):
        confirmed(ShopPageFactory(parent=street, title=name), owner=days)
    confirmed(ShopPageFactory(parent=street, title="Phường vừa xem"), owner=500, officer=3)
    ShopPageFactory(parent=street, title="Chưa bao giờ")
    gone = confirmed(ShopPageFactory(parent=street, title="Đã đi"), owner=500)
    gone.shop.closure, gone.shop.closed_since = Closure.FOR_GOOD, days_ago(1)
    gone.shop.save()
    assert set(listed(editor_client)) == {"Cũ", "Chưa bao giờ"}
    assert set(listed(editor_client, age="ageing")) == {"Cũ", "Hơi cũ", "Chưa bao giờ"}
    assert listed(editor_client, age="never") == ["Chưa bao giờ"]
    assert listed(editor_client, has_keeper="true") == []


def test_the_list_is_that_of_ones_own_pages(client, editor, street):
    mine = StreetPageFactory(parent=street.get_parent())
    for parent, name in ((street, "Của phố khác"), (mine, "Của phố tôi")):
        ShopPageFactory(parent=parent, title=name)
    GroupPagePermission.objects.filter(group__in=editor.groups.all()).update(page=mine)
    client.force_login(editor)
    assert listed(client) == ["Của phố tôi"]


def test_who_may_not_change_shops_does_not_see_it(client, vendor, editor, django_user_model):
    client.force_login(vendor)
    assert client.get(reverse("stale_shops")).status_code == 302
    reader = django_user_model.objects.create_user("docgia")
    group = editor.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="change_shop"))
    reader.groups.add(group)
    client.force_login(reader)
    for name in ("stale_shops", "stale_shops_results"):
        assert client.get(reverse(name)).status_code == 302


def test_no_row_costs_a_query(editor_client, street, django_assert_max_num_queries):
    ShopPageFactory(parent=street)
    listed(editor_client)
    with django_assert_max_num_queries(1000) as few:
        listed(editor_client)
    for _shop in range(8):
        ShopPageFactory(parent=street)
    with django_assert_max_num_queries(len(few)):
        assert len(listed(editor_client)) == 9


def test_the_spreadsheet_has_the_same_rows_and_runs_no_formula(editor_client, street):
    confirmed(ShopPageFactory(parent=street, title="=1+1"), owner=200)
    answer = editor_client.get(reverse("stale_shops"), {"export": "xlsx"})
    rows = list(
        load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)).active.values
    )
    assert len(rows) == 2
    assert rows[1][0].lstrip("'") == "=1+1"
    assert rows[1][3] == 200
    answer = editor_client.get(reverse("stale_shops"), {"export": "csv"})
    assert b"'=1+1" in b"".join(answer.streaming_content)
