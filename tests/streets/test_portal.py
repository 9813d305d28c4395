"""The vendors' corner: what its people see, what becomes of what they send, and that nothing they typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from streets.changes import applying
from streets.changes.deciding import approve, reject
from streets.changes.proposing import propose
from streets.models import ChangeRequest, ChangeState, MemberRole, Product, ShopMember
from streets.portal.forms.changing import SALT
from tests.factories import FoodVendorPageFactory, ShopPageFactory, translate
from wardmark.plaques.models import Plaque
from wardmark.plaques.scans import count_scan

pytestmark = pytest.mark.django_db


def address(name: str, *args, language: str = "vi") -> str:
    with override(language):
        return reverse(name, args=args)


@pytest.fixture
def vendor(django_user_model):
    return django_user_model.objects.create_user("chuquan", password="chuquan-1")


@pytest.fixture
def own_page(street, vendor):
    page = FoodVendorPageFactory(parent=street, title="Phở Của Tôi", summary="Phở bò từ sáng sớm.")
    ShopMember.objects.create(shop=page.shop, user=vendor)
    return page


@pytest.fixture
def shop(own_page):
    return own_page.shop


@pytest.fixture
def trusted(shop):
    """Its people have kept the shop for 31 days, so that their words go public at once."""
    ShopMember.objects.update(since=timezone.now() - timedelta(days=31))


@pytest.fixture
def vendor_client(client, vendor, own_page):
    client.force_login(vendor)
    return client


class Screen:
    """A form of the portal as its page has it: opened, filled in, sent."""

    def __init__(self, client, shop, name, *args):
        self.client, self.address = client, address(f"portal:{name}", shop.page_key, *args)
        self.opened = client.get(self.address)
        form = self.opened.context["form"]
        self.filled = {
            field.html_name: field.value()
            for field in form
            if field.value() not in (None, False) and not isinstance(field.value(), dict)
        }

    def send(self, **values):
        return self.client.post(self.address, self.filled | values)

    def sends(self, values):
        return self.client.post(self.address, self.filled | values)


def shown(client, page) -> str:
    return unescape(client.get(page.get_url()).content.decode())


# ---- coming in -----------------------------------------------------------------------------------


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(client, own_page):
    answer = client.get(address("portal:home"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{address('accounts:sign_in')}?next={address('portal:home')}"


def test_who_keeps_one_shop_comes_straight_to_it(vendor_client, shop):
    answer = vendor_client.get(address("portal:home"))
    assert answer.headers["Location"] == address("portal:shop", shop.page_key)


def test_who_keeps_several_shops_chooses_and_sees_nobody_elses(vendor_client, vendor, shop, street, django_user_model):
    second = ShopPageFactory(parent=street, title="Tiệm Thứ Hai")
    ShopMember.objects.create(shop=second.shop, user=vendor, role=MemberRole.STAFF)
    other = ShopPageFactory(parent=street, title="Tiệm Người Khác")
    ShopMember.objects.create(shop=other.shop, user=django_user_model.objects.create_user("nguoikhac"))
    left = ShopPageFactory(parent=street, title="Tiệm Ngày Xưa")
    ShopMember.objects.create(shop=left.shop, user=vendor, ended_at=timezone.now())
    html = vendor_client.get(address("portal:home")).content.decode()
    links = [address("portal:shop", one.page_key) for one in (shop, second.shop)]
    assert all(f'href="{link}"' in html for link in links)
    assert "Tiệm Người Khác" not in html
    assert "Tiệm Ngày Xưa" not in html


def test_a_person_without_a_shop_learns_who_can_link_one(client, ward, vendor):
    client.force_login(vendor)
    html = unescape(client.get(address("portal:home")).content.decode())
    assert gettext("No shop has been linked to your account yet. The ward’s officers can do that for you.") in html


def test_what_a_vendor_sees_is_kept_by_no_cache_and_no_search_engine(vendor_client, shop):
    answer = vendor_client.get(address("portal:shop", shop.page_key))
    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_vendor_has_no_way_into_the_admin(vendor_client):
    assert vendor_client.get(reverse("wagtailadmin_home")).status_code == 302


# ---- the first screen ----------------------------------------------------------------------------


def test_the_first_screen_shows_the_code_and_the_scans_which_the_public_page_does_not(client, vendor, own_page, shop):
    plaque = Plaque.objects.for_page(own_page)
    for _ in range(3):
        client.get(f"/q/{plaque.code}")
    client.force_login(vendor)
    context = client.get(address("portal:shop", shop.page_key)).context
    assert (context["own_plaque"].plaque, context["own_plaque"].scans) == (plaque, 3)
    assert gettext("Scans") not in shown(client, own_page)


def test_the_first_screen_counts_the_scans_of_the_last_thirty_days(client, vendor, own_page, shop):
    plaque, now = Plaque.objects.for_page(own_page), timezone.now()
    # Counted by whole hours.
    for ago, scans in ((timedelta(days=29, hours=23), 2), (timedelta(days=30, hours=1), 5)):
        for _ in range(scans):
            count_scan(plaque_id=plaque.pk, language="vi", at=now - ago)
    client.force_login(vendor)
    context = client.get(address("portal:shop", shop.page_key)).context
    assert (context["own_plaque"].scans, context["days"]) == (2, 30)


def test_an_unpublished_shop_is_still_its_keepers(vendor_client, own_page, shop):
    own_page.unpublish()
    answer = vendor_client.get(address("portal:shop", shop.page_key))
    assert answer.status_code == 200
    assert answer.context["now"].page is None


def test_the_first_screen_costs_the_same_queries_however_much_waits(
    vendor_client, vendor, shop, django_assert_max_num_queries
):
    for name in ("title", "legal_name", "phone"):
        wish(shop, vendor, name, "0912345678" if name == "phone" else f"Tên {name}")
    with django_assert_max_num_queries(40):
        vendor_client.get(address("portal:shop", shop.page_key))


def test_still_right_is_said_by_the_shop_and_shown_on_its_page(vendor_client, own_page, shop):
    vendor_client.post(address("portal:still_right", shop.page_key))
    shop.refresh_from_db()
    assert shop.confirmed_by_owner_on == timezone.localdate()
    assert shop.confirmed_by_officer_on is None
    assert shop.fact_changes.get().what == "confirmed_by_owner_on"


def test_a_shop_that_sells_no_food_is_asked_for_no_papers(client, vendor, street):
    page = ShopPageFactory(parent=street)
    ShopMember.objects.create(shop=page.shop, user=vendor)
    client.force_login(vendor)
    html = client.get(address("portal:shop", page.shop.page_key)).content.decode()
    assert address("portal:papers", page.shop.page_key) not in html


def test_staff_are_offered_only_what_they_may_do(client, vendor, shop, own_page):
    ShopMember.objects.update(role=MemberRole.STAFF)
    client.force_login(vendor)
    menu = client.get(address("portal:shop", shop.page_key)).context["menu"]
    assert all(group.lines for group in menu), "no heading stands over nothing"
    lines = [line.address for group in menu for line in group.lines]
    assert address("portal:history", shop.page_key) in lines
    assert address("portal:names", shop.page_key) not in lines
    assert address("portal:payment", shop.page_key) not in lines


# ---- live at once, and taken back ------------------------------------------------------------------


def test_closed_today_stands_on_the_page_at_once_and_is_taken_back(vendor_client, own_page, shop):
    answer = vendor_client.post(address("portal:close_today", shop.page_key))
    [change] = ChangeRequest.objects.all()
    assert answer.headers["Location"] == f"{address('portal:shop', shop.page_key)}?changed={change.pk}"
    said = vendor_client.get(answer.headers["Location"])
    assert [one.change for one in said.context["made"]] == [change]
    undo = address("portal:undo", shop.page_key, change.pk)
    assert f'action="{undo}"' in said.content.decode()
    today = timezone.localdate().isoformat()
    shop.refresh_from_db()
    assert [row["from"] for row in shop.special_days] == [today]
    vendor_client.post(undo)
    shop.refresh_from_db()
    assert shop.special_days == []
    change.refresh_from_db()
    assert change.state == ChangeState.UNDONE


def test_open_after_all_leaves_what_was_said_of_other_days(vendor_client, shop, vendor):
    first = timezone.localdate() - timedelta(days=1)
    row = {"from": first.isoformat(), "to": (first + timedelta(days=2)).isoformat(), "spans": [], "note": {}}
    wish(shop, vendor, "special_days", [row])
    vendor_client.post(address("portal:open_today", shop.page_key))
    shop.refresh_from_db()
    left = [(row["from"], row["to"]) for row in shop.special_days]
    after = (first + timedelta(days=2)).isoformat()
    assert left == [(first.isoformat(), first.isoformat()), (after, after)]


def test_a_week_is_copied_from_monday_and_goes_past_midnight(vendor_client, shop):
    screen = Screen(vendor_client, shop, "hours")
    monday = {
        "hours-monday-0-opens": "06:00",
        "hours-monday-0-closes": "10:30",
        "hours-monday-1-opens": "18:00",
        "hours-monday-1-closes": "02:00",
        "hours-all-as-monday": "on",
    }
    assert screen.sends(monday).status_code == 302
    shop.refresh_from_db()
    assert shop.hours["sunday"] == [["06:00", "10:30"], ["18:00", "02:00"]]
    assert shop.hours["thursday"] == shop.hours["monday"]


def test_hours_that_cannot_be_are_refused_with_what_was_typed_still_there(vendor_client, shop):
    screen = Screen(vendor_client, shop, "hours")
    answer = screen.sends({"hours-monday-0-opens": "06:00", "hours-monday-0-closes": ""})
    assert answer.status_code == 422
    assert 'name="hours-monday-0-opens" value="06:00"' in answer.content.decode()
    shop.refresh_from_db()
    assert shop.hours is None


def test_days_off_are_added_and_taken_away_one_by_one(vendor_client, shop, trusted):
    there = address("portal:special_days", shop.page_key)
    first = timezone.localdate() + timedelta(days=5)
    vendor_client.post(there, {"add": "1", "first": first.isoformat(), "note": "Giỗ tổ"})
    vendor_client.post(
        there, {"add": "1", "first": (first + timedelta(days=9)).isoformat(), "opens": "07:00", "closes": "09:00"}
    )
    shop.refresh_from_db()
    assert [row["spans"] for row in shop.special_days] == [[], [["07:00", "09:00"]]]
    assert shop.special_days[0]["note"] == {"vi": "Giỗ tổ"}
    vendor_client.post(there, {"remove": first.isoformat()})
    shop.refresh_from_db()
    assert [row["from"] for row in shop.special_days] == [(first + timedelta(days=9)).isoformat()]


@pytest.mark.parametrize(
    "form",
    [
        {"first": ""},
        {"first": "2020-01-01"},
        {"first": "2026-12-05", "last": "2026-12-01"},
        {"first": "2026-12-05", "opens": "07:00"},
        {"first": "2026-12-05", "last": "2029-12-05"},
    ],
)
@time_machine.travel("2026-11-26 10:00+07:00")
def test_days_that_cannot_be_are_refused(form, vendor_client, shop):
    answer = vendor_client.post(address("portal:special_days", shop.page_key), {"add": "1"} | form)
    assert answer.status_code == 422
    assert answer.context["form"].errors


@time_machine.travel("2026-11-26 10:00+07:00")
def test_one_tap_rests_for_tet(vendor_client, shop):
    vendor_client.post(address("portal:special_days", shop.page_key), {"tet": "1", "before": "1", "after": "3"})
    shop.refresh_from_db()
    assert [(row["from"], row["to"]) for row in shop.special_days] == [("2027-02-05", "2027-02-08")]
    assert list(shop.special_days[0]["note"]) == ["vi"]


def test_all_prices_are_saved_with_one_button_and_only_what_differs_counts(vendor_client, shop):
    soup, tea = (
        Product.objects.create(shop=shop, name={"vi": name}, price=price)
        for name, price in (("Phở", 45_000), ("Trà", 5_000))
    )
    screen = Screen(vendor_client, shop, "products")
    screen.sends({f"price-{soup.pk}": "50k", f"sold_out-{tea.pk}": "on"})
    soup.refresh_from_db()
    tea.refresh_from_db()
    assert (soup.price, soup.sold_out, tea.price, tea.sold_out) == (50_000, False, 5_000, True)
    assert {change.field for change in ChangeRequest.objects.all()} == {
        f"product.{soup.pk}.price",
        f"product.{tea.pk}.sold_out",
    }


@pytest.mark.parametrize(("language", "shown_as"), [("vi", "45.000"), ("en", "45,000")])
def test_a_price_stands_in_its_field_as_on_the_page_and_is_no_wish_when_it_comes_back(
    vendor_client, shop, language, shown_as
):
    soup = Product.objects.create(shop=shop, name={"vi": "Phở"}, price=45_000)
    opened = vendor_client.get(address("portal:products", shop.page_key, language=language))
    field = opened.context["form"][f"price-{soup.pk}"]
    assert field.value() == shown_as
    assert f'value="{shown_as}"' in opened.content.decode()
    assert 'inputmode="numeric"' in str(field)
    screen = Screen(vendor_client, shop, "products")
    screen.sends({f"price-{soup.pk}": shown_as})
    assert not ChangeRequest.objects.exists()
    # What was mistyped comes back as it was typed.
    wrong = screen.sends({f"price-{soup.pk}": "45.00x"})
    assert 'value="45.00x"' in wrong.content.decode()


def test_a_mistyped_price_is_refused_beside_it_and_nothing_is_saved(vendor_client, shop):
    soup, tea = (Product.objects.create(shop=shop, name={"vi": name}, price=45_000) for name in ("Phở", "Trà"))
    answer = Screen(vendor_client, shop, "products").sends({f"price-{soup.pk}": "năm mươi", f"price-{tea.pk}": "9000"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"price-{soup.pk}"]
    tea.refresh_from_db()
    assert tea.price == 45_000


def test_a_dish_is_added_changed_and_taken_off(vendor_client, shop, trusted):
    screen = Screen(vendor_client, shop, "product_new")
    screen.sends({"name-vi": "Nem rán", "price": "20.000", "allergens": ["gluten", "eggs"]})
    [dish] = shop.products.all()
    assert (dish.name, dish.price, dish.allergens) == ({"vi": "Nem rán"}, 20_000, ["gluten", "eggs"])
    Screen(vendor_client, shop, "product", dish.pk).sends({"name-vi": "Nem rán giòn"})
    dish.refresh_from_db()
    assert dish.name == {"vi": "Nem rán giòn"}
    vendor_client.post(address("portal:product_remove", shop.page_key, dish.pk))
    assert not shop.products.exists()
    [gone] = ChangeRequest.objects.filter(after__isnull=True)
    vendor_client.post(address("portal:undo", shop.page_key, gone.pk))
    assert shop.products.get().price == 20_000


def test_what_is_paid_and_found_on_the_spot_is_public_at_once(vendor_client, own_page, shop):
    Screen(vendor_client, shop, "offer").sends(
        {"payment_kinds": ["cash", "e_wallet"], "gives_e_invoice": "no", "price_from": "30k", "price_to": "60000"}
    )
    shop.refresh_from_db()
    assert (shop.payment_kinds, shop.gives_e_invoice) == (["cash", "e_wallet"], False)
    assert (shop.price_from, shop.price_to) == (30_000, 60_000)


def test_a_rest_of_a_few_days_is_public_at_once_and_a_move_waits(vendor_client, shop, trusted):
    today = timezone.localdate().isoformat()
    Screen(vendor_client, shop, "closure").sends({"closure": "temporary", "closed_since": today, "note": "Sửa bếp"})
    shop.refresh_from_db()
    assert (shop.closure, shop.closure_note) == ("temporary", {"vi": "Sửa bếp"})
    Screen(vendor_client, shop, "closure").sends(
        {"closure": "moved", "closed_since": today, "moved_to_address": "Số 2 phố Thử"}
    )
    shop.refresh_from_db()
    assert shop.closure == "temporary"
    assert ChangeRequest.objects.waiting().get().after["moved_to_address"] == "Số 2 phố Thử"


def test_a_closure_without_a_day_is_refused_beside_it(vendor_client, shop):
    answer = Screen(vendor_client, shop, "closure").sends({"closure": "temporary"})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not ChangeRequest.objects.exists()


# ---- what waits for the ward -----------------------------------------------------------------------


def wish(shop, by, name, value):
    now_is = applying.read(shop, [name])
    [outcome] = propose(shop=shop, by=by, values={name: value}, seen=now_is, now=timezone.now())
    return outcome.request


def test_a_new_name_waits_and_is_public_once_an_officer_agrees(vendor_client, own_page, shop, editor):
    answer = Screen(vendor_client, shop, "names").sends({"title": "Phở Mới"})
    [change] = ChangeRequest.objects.waiting()
    own_page.refresh_from_db()
    assert own_page.title == "Phở Của Tôi"
    said = vendor_client.get(answer.headers["Location"])
    assert [one.is_waiting for one in said.context["made"]] == [True]
    assert [one.change for one in said.context["waiting"]] == [change]
    approve(change=change, by=editor)
    assert "Phở Mới" in shown(vendor_client, own_page)


def test_a_rejection_is_read_with_its_reason_and_then_put_away(vendor_client, vendor, shop, editor):
    change = wish(shop, vendor, "title", "Quán Số Một Việt Nam")
    reject(change=change, by=editor, reason="Tên này gây hiểu lầm.")
    there = address("portal:shop", shop.page_key)
    assert "Tên này gây hiểu lầm." in vendor_client.get(there).content.decode()
    vendor_client.post(address("portal:read", shop.page_key))
    assert "Tên này gây hiểu lầm." not in vendor_client.get(there).content.decode()
    assert "Tên này gây hiểu lầm." in vendor_client.get(address("portal:history", shop.page_key)).content.decode()


def test_what_waits_is_withdrawn(vendor_client, vendor, shop):
    change = wish(shop, vendor, "title", "Phở Mới")
    vendor_client.post(address("portal:withdraw", shop.page_key, change.pk))
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN


def test_texts_are_public_at_once_for_who_is_trusted_and_in_english_never(vendor_client, own_page, shop, trusted):
    english = translate(own_page, "My Noodles")
    Screen(vendor_client, shop, "words", "vi").sends({"story": "Nấu từ bốn giờ sáng."})
    assert "Nấu từ bốn giờ sáng." in shown(vendor_client, own_page)
    Screen(vendor_client, shop, "words", "en").sends({"title": "Best Noodles", "story": "Cooked at four."})
    english.refresh_from_db()
    assert english.title == "My Noodles"
    assert {change.field_name for change in ChangeRequest.objects.waiting()} == {"title.en", "story.en"}


def test_a_form_says_before_it_is_sent_what_will_happen(vendor_client, shop, vendor):
    effects = {
        name: vendor_client.get(address(f"portal:{name}", shop.page_key)).context["effects"]
        for name in ("hours", "names", "contact")
    }
    assert {name: one.all_wait for name, one in effects.items()} == {"hours": False, "names": True, "contact": True}
    ShopMember.objects.update(since=timezone.now() - timedelta(days=31))
    context = vendor_client.get(address("portal:contact", shop.page_key)).context
    assert {row["field"].name: bool(row["effect"]) for row in context["rows"]} == {"phone": True, "links": True}


def test_a_language_that_the_shop_has_no_page_in_has_no_screen(vendor_client, shop):
    for language in ("en", "xx"):
        assert vendor_client.get(address("portal:words", shop.page_key, language)).status_code == 404


def test_the_pin_comes_from_the_phone_or_a_pasted_link_and_stays_without_either(vendor_client, own_page, shop):
    Screen(vendor_client, shop, "place").sends({"latitude": "21.036", "longitude": "105.79"})
    [change] = ChangeRequest.objects.waiting()
    assert change.after == {"latitude": "21.036000", "longitude": "105.790000"}
    Screen(vendor_client, shop, "place").sends({"shared": "https://www.google.com/maps/place/X/@21.03,105.7,17z"})
    assert ChangeRequest.objects.waiting().get().after == {"latitude": "21.030000", "longitude": "105.700000"}
    Screen(vendor_client, shop, "place").sends({"house_number": "12A"})
    assert {one.field for one in ChangeRequest.objects.waiting()} == {"pin", "house_number"}


@pytest.mark.parametrize("shared", ["https://maps.app.goo.gl/AbCd", "phố Thử", "123, 456"])
def test_what_holds_no_place_is_refused_and_kept_in_the_form(shared, vendor_client, shop):
    answer = Screen(vendor_client, shop, "place").sends({"shared": shared, "house_number": "9"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["shared"]
    assert answer.context["form"]["house_number"].value() == "9"


def test_only_the_screen_of_the_place_may_ask_the_phone_where_it_is(vendor_client, shop):
    asks = {
        name: "geolocation=(self)" in vendor_client.get(address(f"portal:{name}", shop.page_key))["Permissions-Policy"]
        for name in ("place", "contact")
    }
    assert asks == {"place": True, "contact": False}


def test_a_phone_and_links_are_judged_where_they_were_written(vendor_client, shop):
    answer = Screen(vendor_client, shop, "contact").sends({"phone": "12", "links": "http://facebook.com/x"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"phone", "links"}


LONG = (
    "Phở bò từ sáng sớm, nước trong, bánh mềm.",
    "Quán ở đầu ngõ, có chỗ để xe.",
    "Hết phở thì nghỉ, khách gọi trước.",
)


def test_long_texts_stand_one_under_the_other_with_their_paragraphs_and_in_whole(vendor_client, shop):
    told_at_length = "\n\n".join(LONG * 3)
    Screen(vendor_client, shop, "words", "vi").sends({"story": told_at_length})
    html = unescape(vendor_client.get(address("portal:shop", shop.page_key)).content.decode())
    block = re.search(r"<ins>(.*?)</ins>", html, re.DOTALL)[1]
    assert re.findall(r"<p>(.*?)</p>", block) == list(LONG * 3)
    assert 'class="portal__said-when">Trước:</p><del>' in html


def test_of_a_week_the_days_that_changed_are_told_and_a_price_stands_on_one_line(vendor_client, shop):
    soup = Product.objects.create(shop=shop, name={"vi": "Phở"}, price=45_000)
    Screen(vendor_client, shop, "products").sends({f"price-{soup.pk}": "50k"})
    for opens in ("07:00", "08:00"):
        monday = {"hours-monday-0-opens": opens, "hours-monday-0-closes": "11:00"}
        assert Screen(vendor_client, shop, "hours").sends(monday).status_code == 302
    html = unescape(vendor_client.get(address("portal:history", shop.page_key)).content.decode())
    assert "45.000\xa0₫</del>" in html or "45.000 ₫</del>" in html
    assert "<del>Thứ Hai: 07:00–11:00</del>" in html
    assert "<ins>Thứ Hai: 08:00–11:00</ins>" in html


# ---- limits and conflicts ---------------------------------------------------------------------------


def test_two_people_change_the_same_and_the_later_one_chooses(vendor_client, shop, django_user_model):
    soup = Product.objects.create(shop=shop, name={"vi": "Phở"}, price=45_000)
    partner = django_user_model.objects.create_user("vochong")
    ShopMember.objects.create(shop=shop, user=partner)
    screen = Screen(vendor_client, shop, "products")
    wish(shop, partner, f"product.{soup.pk}.price", 48_000)
    asked = screen.sends({f"price-{soup.pk}": "50.000"})
    assert asked.status_code == 409
    soup.refresh_from_db()
    assert soup.price == 48_000
    [conflict] = asked.context["conflicts"]
    again = dict(asked.context["fields"]) | {"seen": asked.context["seen"]}
    assert again[f"price-{soup.pk}"] == "50.000"
    vendor_client.post(screen.address, again | {conflict.choice: "theirs"})
    soup.refresh_from_db()
    assert soup.price == 48_000
    vendor_client.post(screen.address, again | {conflict.choice: "mine"})
    soup.refresh_from_db()
    assert soup.price == 50_000


def test_of_a_week_that_two_people_change_only_the_days_in_dispute_are_shown(vendor_client, shop, django_user_model):
    partner = django_user_model.objects.create_user("vochong")
    ShopMember.objects.create(shop=shop, user=partner)
    whole_week = [["07:00", "11:00"]]
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    wish(shop, partner, "hours", dict.fromkeys(days, whole_week))
    screen = Screen(vendor_client, shop, "hours")
    wish(shop, partner, "hours", dict.fromkeys(days, whole_week) | {"monday": [["06:00", "11:00"]]})
    filled = {f"hours-{day}-0-{end}": time for day in days for end, time in (("opens", "07:00"), ("closes", "11:00"))}
    asked = screen.sends(filled | {"hours-monday-0-opens": "08:00"})
    [conflict] = asked.context["conflicts"]
    assert conflict.before == ["Thứ Hai: 07:00–11:00"]
    assert conflict.theirs == ["Thứ Hai: 06:00–11:00"]
    assert conflict.mine == ["Thứ Hai: 08:00–11:00"]


def test_a_field_that_was_left_alone_is_left_to_whoever_changed_it_meanwhile(vendor_client, shop, django_user_model):
    partner = django_user_model.objects.create_user("vochong")
    ShopMember.objects.create(shop=shop, user=partner)
    screen = Screen(vendor_client, shop, "offer")
    wish(shop, partner, "amenities", ["wifi"])
    assert screen.sends({"payment_kinds": ["cash"]}).status_code == 302
    shop.refresh_from_db()
    assert (shop.amenities, shop.payment_kinds) == (["wifi"], ["cash"])


@pytest.mark.parametrize("has_broken_seal", [False, True])
def test_a_price_list_left_open_leaves_a_product_alone_that_was_added_meanwhile(vendor_client, shop, has_broken_seal):
    soup = Product.objects.create(shop=shop, name={"vi": "Phở"}, price=45_000)
    screen = Screen(vendor_client, shop, "products")
    tea = Product.objects.create(shop=shop, name={"vi": "Trà"}, price=5_000, sold_out=True)
    values = {f"price-{soup.pk}": "50k"}
    if has_broken_seal:
        answer = screen.sends(values | {"seen": "x"})
        assert answer.status_code == 422
        values |= {"seen": answer.context["form"]["seen"].value()}
    assert screen.sends(values).status_code == 302
    tea.refresh_from_db()
    assert (tea.price, tea.sold_out) == (5_000, True)
    assert ChangeRequest.objects.get().field == f"product.{soup.pk}.price"


def test_a_price_list_that_comes_back_offers_only_what_it_had_shown(vendor_client, shop):
    soup = Product.objects.create(shop=shop, name={"vi": "Phở"}, price=45_000)
    screen = Screen(vendor_client, shop, "products")
    Product.objects.create(shop=shop, name={"vi": "Trà"}, price=5_000)
    answer = screen.sends({f"price-{soup.pk}": "năm mươi"})
    assert [row["product"] for row in answer.context["products"]] == [soup]


@pytest.mark.parametrize(
    "screen", ["products", "product_new", "names", "contact", "place", "offer", "hours", "closure", "words"]
)
def test_a_form_seals_every_name_that_it_shows(vendor_client, shop, screen):
    Product.objects.create(shop=shop, name={"vi": "Phở"}, price=45_000)
    language = ["vi"] if screen == "words" else []
    form = vendor_client.get(address(f"portal:{screen}", shop.page_key, *language)).context["form"]
    seen = signing.loads(form["seen"].value(), salt=SALT)
    assert set(form.wishes()) == set(seen)


def test_a_form_whose_seal_is_broken_comes_back_with_what_was_typed(vendor_client, shop):
    screen = Screen(vendor_client, shop, "names")
    answer = screen.sends({"title": "Phở Mới", "seen": "x"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form["title"].value() == "Phở Mới"
    again = {field.html_name: field.value() for field in form}
    assert vendor_client.post(screen.address, again).status_code == 302
    assert ChangeRequest.objects.waiting().get().after == "Phở Mới"


def test_the_day_s_limit_is_said_and_what_was_typed_stays(vendor_client, vendor, shop, monkeypatch):
    monkeypatch.setattr("streets.changes.proposing.MOST_LIVE_A_DAY", 1)
    wish(shop, vendor, "amenities", ["wifi"])
    answer = Screen(vendor_client, shop, "offer").sends({"payment_kinds": ["cash"]})
    assert answer.status_code == 409
    assert answer.context["form"]["payment_kinds"].value() == ["cash"]
    assert answer.context["form"].non_field_errors()
    for name in ("close_today", "special_days"):
        form = (
            {}
            if name == "close_today"
            else {"add": "1", "first": (timezone.localdate() + timedelta(days=2)).isoformat()}
        )
        refused = vendor_client.post(address(f"portal:{name}", shop.page_key), form, follow=True)
        assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    shop.refresh_from_db()
    assert (shop.special_days, shop.payment_kinds) == ([], [])


def test_sending_a_form_untouched_changes_nothing_and_says_so(vendor_client, shop):
    answer = vendor_client.get(Screen(vendor_client, shop, "offer").send().headers["Location"])
    assert not ChangeRequest.objects.exists()
    assert [message.level_tag for message in answer.context["messages"]] == ["info"]


# ---- history ------------------------------------------------------------------------------------------


def test_the_history_tells_who_changed_what_and_costs_no_query_a_line(
    vendor_client, vendor, shop, django_assert_max_num_queries
):
    for number in range(6):
        product = Product.objects.create(shop=shop, name={"vi": f"Món {number}"}, price=10_000)
        wish(shop, vendor, f"product.{product.pk}.price", 20_000)
        wish(shop, vendor, "amenities", ["wifi"] if number % 2 == 0 else [])
    with django_assert_max_num_queries(14):
        answer = vendor_client.get(address("portal:history", shop.page_key))
    assert {one.who for one in answer.context["changes"]} == {"chuquan"}


def test_what_was_changed_again_since_cannot_be_taken_back(vendor_client, vendor, shop):
    first = wish(shop, vendor, "amenities", ["wifi"])
    wish(shop, vendor, "amenities", ["pets"])
    answer = vendor_client.post(address("portal:undo", shop.page_key, first.pk), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    shop.refresh_from_db()
    assert shop.amenities == ["pets"]


@pytest.mark.parametrize("asked", ["x", "-1", "99999999999999999999", "1&changed=2"])
def test_an_address_that_names_other_changes_shows_none(asked, vendor_client, shop):
    answer = vendor_client.get(f"{address('portal:shop', shop.page_key)}?changed={asked}")
    assert answer.status_code == 200
    assert answer.context["made"] == []
