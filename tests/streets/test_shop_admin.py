"""Editors change a shop's daily facts in the admin; nobody else does, and nobody adds or deletes a shop."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from streets import daily_facts
from streets.goods import goods_of, log_goods
from streets.models import FactChange, Product, Shop
from streets.shop_form import ShopForm
from tests.factories import ShopPageFactory, StreetPageFactory, translate

pytestmark = pytest.mark.django_db
NOON = "2026-11-25T12:00:00+07:00"


def address(action: str, *args) -> str:
    return reverse(Shop.snippet_viewset.get_url_name(action), args=args)


def form(**said) -> dict[str, str]:
    """The form of a shop of which nothing is known, with what is said besides."""
    empty = {"hours-monday-0-opens": "", "special_days-count": "2", "closure": "", "last_change": "0"}
    empty |= {"products-TOTAL_FORMS": "0", "products-INITIAL_FORMS": "0"}
    return empty | {key.replace("__", "-"): value for key, value in said.items()}


@pytest.fixture
def page(street):
    return ShopPageFactory(parent=street, title="Phở Đường Thử")


@pytest.fixture
def shop(page) -> Shop:
    return page.shop


def stored(shop: Shop) -> Shop:
    return Shop.objects.get(pk=shop.pk)


def save(editor_client, shop, **said):
    return editor_client.post(address("edit", shop.pk), form(**said))


def test_an_editor_enters_hours_and_each_change_is_kept(editor_client, editor, shop):
    opens = {"hours__monday__0__opens": "06:00", "hours__monday__0__closes": "22:00"}
    assert save(editor_client, shop, **opens).status_code == 302
    assert stored(shop).hours["monday"] == [["06:00", "22:00"]]
    assert stored(shop).hours["tuesday"] == []
    [change] = FactChange.objects.all()
    assert (change.what, change.by) == ("hours", editor)


def test_days_may_be_the_same_as_monday(editor_client, shop):
    monday = {"hours__monday__0__opens": "06:00", "hours__monday__0__closes": "22:00"}
    save(editor_client, shop, **monday, hours__tuesday__as__monday="on")
    hours = stored(shop).hours
    assert (len(hours["tuesday"]), len(hours["wednesday"])) == (1, 0)
    newest = str(FactChange.objects.first().pk)
    save(editor_client, shop, **monday, hours__all__as__monday="on", last_change=newest)
    assert all(len(spans) == 1 for spans in stored(shop).hours.values())


def test_hours_left_empty_stay_unknown(editor_client, shop):
    assert save(editor_client, shop).status_code == 302
    assert stored(shop).hours is None
    assert not FactChange.objects.exists()


def test_what_was_entered_stands_in_the_form_again(editor_client, shop):
    daily_facts.change_facts(
        shop=shop,
        by=None,
        hours={day: [["06:00", "10:30"]] for day in stored_days()},
        special_days=[{"from": "2027-01-01", "to": "2027-01-01", "spans": [], "note": {"vi": "Nghỉ"}}],
        closure_note={},
    )
    shown = editor_client.get(address("edit", shop.pk)).content.decode()
    assert shown.count('value="10:30"') == 7
    assert 'value="2027-01-01"' in shown
    assert 'value="Nghỉ"' in shown


def stored_days():
    return ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours__friday__0__opens": "06:00"},
        {
            "hours__friday__0__opens": "06:00",
            "hours__friday__0__closes": "10:00",
            "hours__friday__1__opens": "09:00",
            "hours__friday__1__closes": "11:00",
        },
        {"special_days__0__to": "2027-01-01"},
        {"closure": "temporary"},
        {"closure": "moved", "closed_since": "2026-11-01"},
        {"hours_note__vi": "x" * 501},
        {"special_days__tet": "1", "special_days__tet__before": "99", "special_days__tet__after": "3"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(editor_client, shop, wrong):
    answer = save(editor_client, shop, **wrong)
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not FactChange.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_closed_today_and_tet_are_one_tap_each(editor_client, shop):
    save(editor_client, shop, special_days__closed__today="1")
    newest = str(FactChange.objects.first().pk)
    kept = {"special_days__count": "3", "special_days__0__from": "2026-11-25"}
    tet = {"special_days__tet": "1", "special_days__tet__before": "1", "special_days__tet__after": "3"}
    save(editor_client, shop, **kept, **tet, last_change=newest)
    rows = [(row["from"], row["to"]) for row in stored(shop).special_days]
    assert rows == [("2026-11-25", "2026-11-25"), ("2027-02-05", "2027-02-08")]


def test_a_special_day_is_added_with_its_note_and_removed(editor_client, shop):
    said = {"special_days__0__from": "2026-12-31", "special_days__0__note__en": "New Year’s Eve"}
    said |= {"special_days__0__0__opens": "08:00", "special_days__0__0__closes": "02:00"}
    save(editor_client, shop, **said)
    [row] = stored(shop).special_days
    assert (row["to"], row["spans"], row["note"]) == ("2026-12-31", [["08:00", "02:00"]], {"en": "New Year’s Eve"})
    newest = str(FactChange.objects.first().pk)
    save(editor_client, shop, **said, special_days__0__delete="on", last_change=newest)
    assert stored(shop).special_days == []


def test_what_somebody_else_changed_meanwhile_is_not_lost_unseen(editor_client, shop):
    daily_facts.close_on(shop=shop, first=date(2026, 12, 1), last=date(2026, 12, 1), by=None)
    answer = save(editor_client, shop)
    assert answer.status_code == 200
    assert len(stored(shop).special_days) == 1
    newest = re.search(r'name="last_change" value="(\d+)"', answer.content.decode()).group(1)
    assert save(editor_client, shop, last_change=newest).status_code == 302
    assert stored(shop).special_days == []


def test_who_comes_later_reads_what_was_changed_by_whom(editor_client, editor, shop):
    daily_facts.close_on(shop=shop, first=date(2026, 12, 1), last=date(2026, 12, 1), by=editor)
    product = Product.objects.create(shop=shop, name={"vi": "Phở tái"}, price=50_000)
    before = goods_of(shop)
    Product.objects.filter(pk=product.pk).update(price=60_000)
    log_goods(shop=shop, before=before, after=goods_of(shop), by=None)
    told = save(editor_client, shop).context["form"].non_field_errors()
    assert len(told) == 3
    assert str(Shop._meta.get_field("special_days").verbose_name).lower() in told[1].lower()
    assert editor.get_username() in told[1]
    assert str(Product._meta.get_field("price").verbose_name).lower() in told[2].lower()


def test_saving_writes_only_what_was_changed(editor_client, shop, monkeypatch):
    """Between the moment the page was opened and its saving, the account was suspended."""
    checked = ShopForm.clean

    def clean(form):
        Shop.objects.filter(pk=shop.pk).update(payment_standing="suspended", disputed_since=timezone.now())
        return checked(form)

    monkeypatch.setattr(ShopForm, "clean", clean)
    opens = {"hours__monday__0__opens": "06:00", "hours__monday__0__closes": "22:00"}
    assert save(editor_client, shop, **opens).status_code == 302
    assert stored(shop).hours["monday"] == [["06:00", "22:00"]]
    assert stored(shop).payment_standing == "suspended"
    assert stored(shop).disputed_since
    assert [change.what for change in FactChange.objects.all()] == ["hours"]


def test_a_change_is_public_at_once_while_a_draft_of_the_text_waits(
    editor_client, page, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    english = translate(page, "Trial Noodles")
    page.summary = "Nháp"
    page.save_revision()
    client = Client()
    for one in (page, english):
        client.get(one.url)
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, page.shop, closure="for_good", closed_since="2026-11-01")
    for one in (page, english):
        shown = client.get(one.url).content.decode()
        assert "opening--gone" in shown
        assert "Nháp" not in shown


def test_a_shop_and_its_pages_lead_to_each_other(editor_client, page):
    edit_page = reverse("wagtailadmin_pages:edit", args=[page.pk])
    edit_shop = address("edit", page.shop.pk)
    assert f'href="{edit_shop}"' in editor_client.get(edit_page).content.decode()
    assert f'href="{edit_page}"' in editor_client.get(edit_shop).content.decode()


def test_shops_are_found_without_accents_by_street_and_by_state(editor_client, page, street):
    other = ShopPageFactory(parent=StreetPageFactory(parent=street.get_parent(), title="Phố Khác"), title="Bún Chả")
    daily_facts.close_for_good(shop=other.shop, since=date(2026, 11, 1), by=None)

    def found(query: str) -> list[bool]:
        shown = editor_client.get(f"{address('list')}?{query}").content.decode()
        return [f'id="snippet_{shop.pk}_title"' in shown for shop in (page.shop, other.shop)]

    assert found("") == [True, True]
    assert found("q=duong+thu") == [True, False]
    assert found("closure=for_good") == [False, True]
    assert found("closure=none") == [True, False]
    assert found(f"street={street.pk}") == [True, False]
    assert found("hours_known=true") == [False, False]


def test_a_longer_list_costs_no_more_queries(editor_client, page, street, django_assert_num_queries):
    editor_client.get(address("list"))
    with CaptureQueriesContext(connection) as short:
        shown = editor_client.get(address("list")).content.decode()
    assert "Phố Thử" in shown
    for _ in range(6):
        translate(ShopPageFactory(parent=street), "Further")
    with django_assert_num_queries(len(short)):
        editor_client.get(address("list"))


def test_nobody_adds_or_deletes_a_shop(editor_client, admin_client, shop):
    for one in (editor_client, admin_client):
        assert one.get(address("add")).status_code == 302
        assert one.post(address("delete", shop.pk)).status_code == 302
    assert stored(shop)


def test_nobody_else_changes_a_shop(client, shop, django_user_model):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(django_user_model.objects.create_user("nguoila"))
        for action, args in (("list", ()), ("edit", (shop.pk,))):
            assert client.get(address(action, *args)).status_code == 302
        assert client.post(address("edit", shop.pk), form(closure="for_good")).status_code == 302
    assert stored(shop).closure == ""
