"""The officers' screens: who gets in, what they show, what a list costs."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, TaskState, WorkflowState

from streets.changes.clock import due_at, latest_late
from streets.changes_admin import urls
from streets.hours.state import WARD_ZONE
from streets.models import ChangeRequest, ClaimWord, Product, Shop
from tests.factories import PictureFactory, ShopPageFactory, StreetPageFactory
from tests.streets.changes.conftest import joined
from tests.streets.changes.wishes import now_is, wish
from tests.streets.test_vendor_access import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(editor, vendor, street, django_user_model):
    """Everybody who might knock, by name."""
    elsewhere = django_user_model.objects.create_user("noi-khac")
    [group] = editor.groups.all()
    other = StreetPageFactory(parent=street.get_parent())
    own = type(group).objects.create(name="elsewhere")
    own.permissions.set(group.permissions.all())
    for permission in GroupPagePermission.objects.filter(group=group):
        GroupPagePermission.objects.create(group=own, page=other, permission=permission.permission)
    elsewhere.groups.add(own)
    return {"nobody": None, "vendor": vendor, "elsewhere": elsewhere, "editor": editor}


ALLOWED = {
    "index": {"elsewhere", "editor"},
    "look_over": {"elsewhere", "editor"},
    "history": {"editor"},
    "decide": {"editor"},
}


def test_every_screen_has_a_row():
    assert {pattern.name for pattern in urls.urlpatterns} == set(ALLOWED)


def all_kept() -> dict:
    return kept([TaskState, WorkflowState])


@pytest.fixture
def changes(shop, vendor) -> list[ChangeRequest]:
    """One that waits, and one that is public and to be looked over."""
    wished = [wish(shop.shop, vendor, title="Quán Mới")["title"], wish(shop.shop, vendor, summary="Phở bò.")["summary"]]
    assert [outcome.how for outcome in wished] == ["waits", "live"]
    return [outcome.request for outcome in wished]


def forms_for(url: str, editor) -> list[dict[str, str]]:
    """What the screen sends for somebody who may, and the same from a stale one."""
    client = Client()
    client.force_login(editor)
    form = client.get(url).context.get("form")
    seen = {"seen": form["seen"].value()} if form else {}
    return [seen | {"accept": "1"}, seen | {"refuse": "1", "reason": "x"}, {"accept": "1", "seen": "x"}]


@pytest.mark.parametrize("view", ALLOWED)
def test_who_gets_in_to_what_and_changes_nothing_where_not(client, people, shop, changes, view):
    inside = {"history": [[shop.shop_id]], "decide": [[change.pk] for change in changes]}.get(view, [[]])
    for url in [reverse(f"changes_admin:{view}", args=args) for args in inside]:
        forms = forms_for(url, people["editor"])
        for name, person in people.items():
            client.logout()
            if person is not None:
                client.force_login(person)
            before = all_kept()
            is_allowed = name in ALLOWED[view]
            assert client.get(url).status_code in ({200} if is_allowed else {302, 403}), name
            if is_allowed and view == "decide":
                assert all_kept() == before
                assert client.post(url, forms[0]).status_code == 302
                assert all_kept() != before
                continue
            for form in forms:
                assert client.post(url, form).status_code in ({405} if is_allowed else {302, 403}), name
            assert all_kept() == before, name


def decided(client, change, **said):
    url = reverse("changes_admin:decide", args=[change.pk])
    seen = client.get(url).context["form"]["seen"].value()
    return client.post(url, {"seen": seen} | said)


def test_an_officer_accepts_what_waits(editor_client, shop, vendor, editor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    shown = editor_client.get(reverse("changes_admin:decide", args=[change.pk]))
    assert [(line.text, line.kind) for line in shown.context["lines"]] == [("Quán Thử", "gone"), ("Quán Mới", "new")]
    assert shown.context["compare"]
    assert editor_client.get(shown.context["compare"]).status_code == 200
    assert decided(editor_client, change, accept="1").status_code == 302
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("live", editor)
    assert now_is(shop.shop, "title") == "Quán Mới"


def test_an_officer_refuses_with_a_reason(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    response = decided(editor_client, change, refuse="1", reason=" ")
    assert response.status_code == 200
    assert response.context["form"].errors["reason"]
    change.refresh_from_db()
    assert change.is_waiting
    decided(editor_client, change, refuse="1", reason="Tên này đã có.")
    change.refresh_from_db()
    assert (change.state, change.reason) == ("rejected", "Tên này đã có.")


def test_what_changed_since_it_was_shown_is_shown_again(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    url = reverse("changes_admin:decide", args=[change.pk])
    seen = editor_client.get(url).context["form"]["seen"].value()
    page = type(shop).objects.get(pk=shop.pk)
    page.title = "Quán Của Phường"
    page.save()
    response = editor_client.post(url, {"seen": seen, "accept": "1"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert now_is(shop.shop, "title") == "Quán Của Phường"
    form = response.context["form"]
    assert editor_client.post(url, {"seen": form["seen"].value(), "accept": "1"}).status_code == 302
    assert now_is(shop.shop, "title") == "Quán Mới"


def test_an_officer_looks_over_what_was_public_at_once(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, summary="Phở bò.")["summary"].request
    listed = editor_client.get(reverse("changes_admin:look_over")).context["rows"]
    assert [row.change for row in listed] == [change]
    decided(editor_client, change, accept="1")
    assert editor_client.get(reverse("changes_admin:look_over")).context["rows"] == []
    assert now_is(shop.shop, "summary") == "Phở bò."


def words_to_the_officer(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def taken_back(client, change):
    url = reverse("changes_admin:decide", args=[change.pk])
    return client.post(url, {"seen": "x", "refuse": "1", "reason": "Tên người khác."}, follow=True)


def test_what_was_changed_again_since_is_not_taken_back_and_comes_up_next(editor_client, shop, vendor, settings):
    settings.LOOK_OVER_ONE_IN = 0
    first = wish(shop.shop, vendor, summary="Phở bò.")["summary"].request
    second = wish(shop.shop, vendor, summary="Phở bò Nam Định.")["summary"].request
    assert (first.is_drawn, second.is_drawn) == (True, False)
    response = taken_back(editor_client, first)
    assert "Phở bò Nam Định." in words_to_the_officer(response)
    assert now_is(shop.shop, "summary") == "Phở bò Nam Định."
    assert [row.change for row in response.context["rows"]] == [second]
    # What had been refused does not come back in its place.
    response = taken_back(editor_client, second)
    assert "Phở bò" not in words_to_the_officer(response)
    assert now_is(shop.shop, "summary") == ""
    assert response.context["rows"] == []


def test_a_new_product_is_taken_back_whose_price_was_changed_since(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, product__new={"name": {"vi": "Phở"}, "price": 50_000})["product.new"].request
    product = Product.objects.get()
    wish(shop.shop, vendor, **{f"product__{product.pk}__price": 55_000, f"product__{product.pk}__sold_out": True})
    taken_back(editor_client, change)
    assert not Product.objects.exists()


def test_a_new_product_whose_words_were_changed_since_stands_and_they_come_up_next(
    editor_client, shop, vendor, settings
):
    settings.LOOK_OVER_ONE_IN = 0
    change = wish(shop.shop, vendor, product__new={"name": {"vi": "Phở"}, "price": 50_000})["product.new"].request
    name = f"product.{Product.objects.get().pk}"
    renamed = wish(shop.shop, vendor, **{f"{name}.name": "Phở lạ"})[f"{name}.name"].request
    wish(shop.shop, vendor, **{f"{name}.price": 55_000})
    response = taken_back(editor_client, change)
    assert "Phở lạ" in words_to_the_officer(response)
    assert Product.objects.get().name == {"vi": "Phở lạ"}
    assert [row.change for row in response.context["rows"]] == [renamed]


def test_of_a_product_that_is_gone_nothing_is_said_to_stand(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, product__new={"name": {"vi": "Phở"}, "price": 50_000})["product.new"].request
    wish(shop.shop, vendor, **{f"product.{Product.objects.get().pk}": None})
    response = taken_back(editor_client, change)
    assert "Phở" not in words_to_the_officer(response)
    change.refresh_from_db()
    assert change.state == "rejected"


def test_photos_are_shown_to_the_officer(editor_client, shop, new_vendor):
    picture = PictureFactory(uploaded_by_user=new_vendor)
    change = wish(shop.shop, new_vendor, photos=[{"picture": picture.pk, "alt": "Bát phở"}])["photos"].request
    response = editor_client.get(reverse("changes_admin:decide", args=[change.pk]))
    assert response.context["pictures"] == [picture]


def test_a_claim_is_named(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, summary="Rau hữu cơ.")["summary"].request
    assert editor_client.get(reverse("changes_admin:decide", args=[change.pk])).context["claims"] == ["hữu cơ"]


def test_the_list_costs_the_same_however_long_it_is(editor_client, street, django_user_model):
    def shops(count: int) -> None:
        for _number in range(count):
            page = ShopPageFactory(parent=street)
            user = django_user_model.objects.create_user(f"quan{page.pk}")
            joined(page.shop, user)
            wish(page.shop, user, title="Tên mới", category="", phone="024 3333 4444")

    url = reverse("changes_admin:index")
    shops(1)
    editor_client.get(url)
    with CaptureQueriesContext(connection) as few:
        editor_client.get(url)
    shops(5)
    with CaptureQueriesContext(connection) as many:
        assert len(editor_client.get(url).context["rows"]) == 12
    assert len(many) == len(few)


def test_an_officer_reads_of_which_product_a_change_is(editor_client, shop, vendor, new_vendor):
    soup, tea = (Product.objects.create(shop=shop.shop, name={"vi": name}) for name in ("Phở bò", "Trà đá"))
    note = wish(shop.shop, new_vendor, **{f"product.{soup.pk}.note": "Thịt bò tươi."})[f"product.{soup.pk}.note"]
    wish(shop.shop, vendor, **{f"product.{tea.pk}.unit": "cốc"})
    wish(shop.shop, vendor, **{f"product.{tea.pk}": None})
    [row] = editor_client.get(reverse("changes_admin:index")).context["rows"]
    assert row.label.startswith("Phở bò: ")
    opened = editor_client.get(reverse("changes_admin:decide", args=[note.request.pk]))
    assert opened.context["label"].startswith("Phở bò: ")
    history = editor_client.get(reverse("changes_admin:history", args=[shop.shop_id])).context["rows"]
    # One that is gone is named by what the change says of it.
    assert [row.label for row in history if row.change.field == f"product.{tea.pk}"] == ["Trà đá"]


def test_a_list_costs_the_same_however_many_products_it_is_about(editor_client, shop, vendor, new_vendor):
    def products(count: int) -> None:
        for number in range(count):
            product = Product.objects.create(shop=shop.shop, name={"vi": f"Món {number}"})
            wish(shop.shop, new_vendor, **{f"product.{product.pk}.note": "Ăn nóng."})

    url = reverse("changes_admin:index")
    products(1)
    editor_client.get(url)
    with CaptureQueriesContext(connection) as few:
        editor_client.get(url)
    products(5)
    with CaptureQueriesContext(connection) as many:
        rows = editor_client.get(url).context["rows"]
    assert len(rows) == 6
    assert all(row.label.startswith("Món ") for row in rows)
    assert len(many) == len(few)


def test_the_dashboard_counts_what_waits(editor_client, shop, vendor):
    wish(shop.shop, vendor, title="Quán Mới", summary="Phở bò.")
    response = editor_client.get("/admin/")
    assert reverse("changes_admin:look_over") in response.content.decode()
    panel = next(panel for panel in response.context["panels"] if panel.name == "shop-changes")
    counts = panel.get_context_data()
    assert (counts["waiting"], counts["late"], counts["to_look_over"]) == (1, 0, 1)


def test_a_wish_is_due_at_the_end_of_the_second_working_day(shop, vendor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    # On a Friday.
    change.made_at = datetime(2026, 11, 20, 16, tzinfo=WARD_ZONE)
    tuesday = datetime(2026, 11, 24, 17, tzinfo=WARD_ZONE)
    assert due_at(change.made_at) == tuesday
    minute = timedelta(minutes=1)
    assert [change.made_at < latest_late(now) for now in (tuesday - minute, tuesday + minute)] == [False, True]


def test_what_waits_too_long_is_late(editor_client, shop, vendor):
    change = wish(shop.shop, vendor, title="Quán Mới")["title"].request
    ChangeRequest.objects.filter(pk=change.pk).update(made_at=timezone.now() - timedelta(days=30))
    [row] = editor_client.get(reverse("changes_admin:index")).context["rows"]
    assert row.is_late
    change.refresh_from_db()
    now = timezone.now()
    for hours in range(0, 24 * 14, 5):
        change.made_at = now - timedelta(hours=hours)
        assert (due_at(change.made_at) < now) == (change.made_at < latest_late(now))


def test_the_list_of_claims_is_kept_by_editors(editor_client):
    ClaimWord.objects.all().delete()
    url = reverse(ClaimWord.snippet_viewset.get_url_name("add"))
    assert editor_client.post(url, {"words": "  Nhà   LÀM ", "kind": "origin"}).status_code == 302
    assert ClaimWord.objects.get().words == "nhà làm"
    assert editor_client.post(url, {"words": "…", "kind": "origin"}).status_code == 200


def test_lists_show_changes_of_those_shops_alone_on_which_one_decides(client, people, shop, vendor):
    wish(shop.shop, vendor, title="Quán Mới", summary="Phở bò.")
    for name, count in {"editor": 1, "elsewhere": 0}.items():
        client.force_login(people[name])
        for view in ("index", "look_over"):
            assert len(client.get(reverse(f"changes_admin:{view}")).context["rows"]) == count
        panels = client.get("/admin/").context["panels"]
        panel = next(panel for panel in panels if panel.name == "shop-changes")
        counts = panel.get_context_data()
        assert (counts["waiting"], counts["late"], counts["to_look_over"]) == (count, 0, count)


def test_changes_of_a_shop_without_a_page_are_everybodys_who_decides(client, people, vendor):
    record = Shop.objects.create(name="Hàng rong", page_key=uuid4())
    ChangeRequest.objects.create(shop=record, field="hours", change_class="before", state="waiting", made_by=vendor)
    client.force_login(people["elsewhere"])
    assert len(client.get(reverse("changes_admin:index")).context["rows"]) == 1
