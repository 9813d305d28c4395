"""The class of a field, and what makes a change heavier."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from streets.changes.claim_words import texts_in
from streets.changes.deciding import approve, look_over, reject
from streets.changes.proposing import undo
from streets.hours.tet import NOTE
from streets.models import ChangeRequest, Product, ShopMember, ShopPage
from tests.streets.changes.conftest import joined
from tests.streets.changes.wishes import now_is, wish

pytestmark = pytest.mark.django_db

LATITUDE, LONGITUDE = "21.036000", "105.790000"


def metres_north(metres: float) -> dict[str, str]:
    return {"latitude": f"{21.036 + metres / 111_195:.6f}", "longitude": LONGITUDE}


@pytest.fixture
def placed(shop):
    ShopPage.objects.filter(shop=shop.shop).update(latitude=LATITUDE, longitude=LONGITUDE)
    shop.refresh_from_db()
    return shop


@pytest.mark.parametrize(
    ("values", "how", "why"),
    [
        ({"story": "Quán mở từ năm 1990."}, "live", ""),
        ({"story": "Rau sạch mỗi ngày."}, "waits", "claim"),
        ({"story__en": "Open since 1990."}, "waits", "language"),
        ({"summary": "Phở bò."}, "live", ""),
        ({"title": "Quán Mới"}, "waits", "field"),
        ({"title__en": "New Shop"}, "waits", "language"),
        ({"phone": "024 3333 4444"}, "waits", "field"),
        ({"legal_name": "Hộ kinh doanh Thử"}, "waits", "field"),
        ({"house_number": "12A"}, "waits", "field"),
        ({"links": "https://facebook.com/quanthu"}, "live", ""),
        ({"links": "https://quanthu.example/"}, "waits", "link"),
        ({"pin": metres_north(29)}, "live", ""),
        ({"pin": metres_north(31)}, "waits", "far"),
        ({"pin": None}, "waits", "far"),
        ({"hours_note": "Hết hàng thì nghỉ."}, "live", ""),
        ({"hours_note__en": "Closes when sold out."}, "waits", "language"),
        ({"closure": {"closure": "temporary", "closed_since": "2026-11-01"}}, "live", ""),
        (
            {"closure": {"closure": "moved", "closed_since": "2026-11-01", "moved_to_address": "Số 5"}},
            "waits",
            "left",
        ),
        ({"product__new": {"name": {"vi": "Phở"}}}, "live", ""),
        ({"product__new": {"name": {"vi": "Phở", "en": "Noodles"}}}, "waits", "language"),
        ({"product__new": {"name": {"vi": "Phở hữu cơ"}}}, "waits", "claim"),
        (
            {"special_days": [{"from": "2026-12-24", "note": {"vi": "An toàn"}}]},
            "waits",
            "claim",
        ),
    ],
)
def test_a_trusted_shops_change_goes_its_way(placed, vendor, values, how, why):
    [outcome] = wish(placed.shop, vendor, **values).values()
    assert (outcome.how, outcome.request.why_waiting) == (how, why)


@pytest.mark.parametrize("values", [{"story": "Quán mở từ năm 1990."}, {"product__new": {"name": {"vi": "Phở"}}}])
def test_a_new_members_words_wait(shop, new_vendor, values):
    [outcome] = wish(shop.shop, new_vendor, **values).values()
    assert (outcome.how, outcome.request.why_waiting) == ("waits", "trust")
    assert wish(shop.shop, new_vendor, amenities=["wifi"])["amenities"].how == "live"


@pytest.mark.parametrize(("since", "how"), [(timedelta(days=29, hours=23), "waits"), (timedelta(days=30), "live")])
def test_a_members_words_are_public_at_once_after_thirty_days(shop, new_vendor, since, how):
    ShopMember.objects.filter(user=new_vendor).update(since=timezone.now() - since)
    assert wish(shop.shop, new_vendor, story="Từ năm 1990.")["story"].how == how


def test_thirty_days_after_a_rejection_words_are_public_at_once_again(shop, vendor, editor):
    refused = wish(shop.shop, vendor, title="Quán Số Một")["title"].request
    reject(change=refused, by=editor, reason="Tên này đã có.")
    for since in (timedelta(0), timedelta(days=29, hours=23)):
        ChangeRequest.objects.filter(pk=refused.pk).update(decided_at=timezone.now() - since)
        assert wish(shop.shop, vendor, summary=f"Phở bò {since.days}.")["summary"].how == "waits"
    ChangeRequest.objects.filter(pk=refused.pk).update(decided_at=timezone.now() - timedelta(days=30))
    assert wish(shop.shop, vendor, story="Từ năm 1990.")["story"].how == "live"


def test_many_small_steps_of_the_pin_are_one_long_way(placed, vendor, editor):
    first = wish(placed.shop, vendor, pin=metres_north(20))["pin"]
    assert first.how == "live"
    assert wish(placed.shop, vendor, pin=metres_north(40))["pin"].how == "waits"
    look_over(change=first.request, by=editor, ok=True)
    assert wish(placed.shop, vendor, pin=metres_north(45))["pin"].how == "live"


@pytest.mark.parametrize(
    ("before", "after"),
    [("Quán không có đồ halal.", "Quán bán đồ halal."), ("Nhà vệ sinh sạch.", "Thịt sạch, rau sạch.")],
)
def test_a_word_with_another_meaning_than_before_waits(shop, vendor, before, after):
    ShopPage.objects.filter(pk=shop.pk).update(summary=before)
    outcome = wish(shop.shop, vendor, summary=after)["summary"]
    assert (outcome.how, outcome.request.why_waiting) == ("waits", "claim")


RESTS = {"closure": "temporary", "closed_since": "2026-11-01"}
DAYS = [{"from": "2026-12-24"}]
NOTED = {
    "closure": RESTS | {"closure_note": {"vi": "Sửa bếp."}},
    "special_days": [{"from": "2026-12-24", "note": {"vi": "Giỗ tổ"}}],
}


@pytest.mark.parametrize("name", NOTED)
def test_a_word_about_days_off_is_looked_over_and_of_a_new_member_read_first(shop, vendor, new_vendor, name):
    [outcome] = wish(shop.shop, new_vendor, **{name: NOTED[name]}).values()
    assert (outcome.how, outcome.request.why_waiting, outcome.request.change_class) == ("waits", "trust", "sampled")
    [outcome] = wish(shop.shop, vendor, **{name: NOTED[name]}).values()
    assert (outcome.how, outcome.request.change_class, outcome.request.is_drawn) == ("live", "sampled", True)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("closure", {"closure": ""}, RESTS),
        ("closure", NOTED["closure"], NOTED["closure"] | {"closed_until": "2026-11-09"}),
        ("closure", NOTED["closure"], RESTS),
        ("special_days", [], DAYS),
        ("special_days", NOTED["special_days"], [*NOTED["special_days"], {"from": "2026-12-30"}]),
        ("special_days", NOTED["special_days"], []),
        # The words of the button for Tết are the site's own.
        ("special_days", [], [{"from": "2027-02-05", "note": {"vi": NOTE["vi"]}}]),
    ],
)
def test_days_off_without_a_new_word_are_public_at_once_for_everybody(shop, vendor, new_vendor, name, before, after):
    wish(shop.shop, vendor, **{name: before})
    [outcome] = wish(shop.shop, new_vendor, **{name: after}).values()
    assert (outcome.how, outcome.request.change_class) == ("live", "live")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("closure", lambda value: value["closure"]), ("special_days", lambda value: [day["from"] for day in value])],
)
@pytest.mark.parametrize("words", ["Giỗ tổ", "Nghỉ để làm bếp sạch."])
def test_days_off_are_public_at_once_while_the_words_about_them_wait(shop, new_vendor, editor, name, kept, words):
    noted = {
        "closure": RESTS | {"closure_note": {"vi": words}},
        "special_days": [{"from": "2026-12-24", "note": {"vi": words}}],
    }[name]
    outcome = wish(shop.shop, new_vendor, **{name: noted})[name]
    public = now_is(shop.shop, name)
    assert (outcome.how, kept(public)) == ("waits", kept(noted))
    assert words not in texts_in(public)
    # Sent twice, as happens on a bad line.
    wish(shop.shop, new_vendor, **{name: noted})
    assert ChangeRequest.objects.count() == 2
    approve(change=outcome.request, by=editor)
    assert words in texts_in(now_is(shop.shop, name))


def test_words_that_wait_do_not_take_the_days_along_that_are_closed_since(shop, new_vendor):
    wish(shop.shop, new_vendor, special_days=NOTED["special_days"])
    today = {"from": "2026-11-26", "to": "2026-11-26", "spans": [], "note": {}}
    wish(shop.shop, new_vendor, special_days=[today, *now_is(shop.shop, "special_days")])
    assert [day["from"] for day in now_is(shop.shop, "special_days")] == ["2026-11-26", "2026-12-24"]


@pytest.mark.parametrize("name", NOTED)
def test_days_that_are_taken_back_do_not_come_back_with_their_words(shop, new_vendor, name):
    at_first = now_is(shop.shop, name)
    words = wish(shop.shop, new_vendor, **{name: NOTED[name]})[name].request
    undo(change=ChangeRequest.objects.get(state="live"), by=new_vendor, now=timezone.now())
    words.refresh_from_db()
    assert (words.state, now_is(shop.shop, name)) == ("superseded", at_first)


def test_a_move_waits_whole_with_its_words(shop, vendor):
    moved = {
        "closure": "moved",
        "closed_since": "2026-11-01",
        "moved_to_address": "Số 5",
        "closure_note": {"vi": "Mời"},
    }
    wish(shop.shop, vendor, closure=moved)
    assert now_is(shop.shop, "closure")["closure"] == ""
    assert ChangeRequest.objects.get().is_waiting


def test_a_claim_in_a_word_about_a_rest_waits(shop, vendor):
    rest = RESTS | {"closure_note": {"vi": "Nghỉ để làm bếp sạch."}}
    outcome = wish(shop.shop, vendor, closure=rest)["closure"]
    assert (outcome.how, outcome.request.why_waiting) == ("waits", "claim")


def test_taking_an_allergen_away_weighs_more_than_adding_one(shop, vendor, new_vendor):
    product = Product.objects.create(shop=shop.shop, name={"vi": "Phở"})
    name = f"product.{product.pk}.allergens"
    added = wish(shop.shop, new_vendor, **{name.replace(".", "__"): ["peanuts", "milk"]})[name]
    assert (added.how, added.request.change_class) == ("live", "live")
    taken = wish(shop.shop, new_vendor, **{name.replace(".", "__"): ["milk"]})[name]
    assert (taken.how, taken.request.change_class) == ("waits", "sampled")


def test_the_first_words_of_each_person_are_looked_over_and_then_one_in_so_many(shop, vendor, settings, editor):
    settings.LOOK_OVER_ONE_IN = 10**9
    first = wish(shop.shop, vendor, story="Từ năm 1990.")["story"].request
    second = wish(shop.shop, vendor, story="Từ năm 1991.")["story"].request
    assert (first.is_drawn, second.is_drawn) == (True, False)
    assert list(ChangeRequest.objects.to_look_over()) == [first]
    settings.LOOK_OVER_ONE_IN = 1
    assert wish(shop.shop, vendor, story="Từ năm 1992.")["story"].request.is_drawn


def test_a_look_over_that_fails_takes_it_back_and_counts(shop, vendor, editor):
    wish(shop.shop, vendor, summary="Phở bò.")
    change = ChangeRequest.objects.get()
    look_over(change=change, by=editor, ok=False, reason="Đây là tên người khác.")
    assert now_is(shop.shop, "summary") == ""
    assert (change.state, change.reason) == ("rejected", "Đây là tên người khác.")
    assert list(ChangeRequest.objects.rejected_unread_of(shop.shop)) == [change]
    assert wish(shop.shop, vendor, story="Từ năm 1990.")["story"].how == "waits"


def test_a_new_product_waits_and_comes_with_its_key(shop, new_vendor, editor):
    change = wish(shop.shop, new_vendor, product__new={"name": {"vi": "Phở"}, "price": 50_000})["product.new"].request
    approve(change=change, by=editor)
    product = Product.objects.get()
    assert (change.state, change.field) == ("live", f"product.{product.pk}")


def test_two_new_products_wait_beside_each_other(shop, new_vendor):
    for name in ("Phở", "Bún"):
        wish(shop.shop, new_vendor, product__new={"name": {"vi": name}})
    wish(shop.shop, new_vendor, product__new={"name": {"vi": "Phở"}})
    assert ChangeRequest.objects.waiting_of(shop.shop).count() == 2


def test_a_member_of_two_shops_is_proven_in_each(shop, street, new_vendor, django_user_model):
    from tests.factories import ShopPageFactory

    other = ShopPageFactory(parent=street, title="Quán Khác")
    joined(other.shop, new_vendor, days=90)
    assert wish(other.shop, new_vendor, story="Từ năm 1990.")["story"].how == "live"


def test_steps_of_the_pin_are_measured_from_where_the_ward_agreed_however_many_there_were(placed, vendor):
    places = [metres_north(number) for number in [0, 29, *[28, 29] * 26]]
    for number, (before, after) in enumerate(pairwise(places)):
        ChangeRequest.objects.create(
            shop=placed.shop,
            field="pin",
            before=before,
            after=after,
            change_class="sampled",
            state="live",
            made_at=timezone.now() - timedelta(days=60 - number),
            live_since=timezone.now() - timedelta(days=60 - number),
        )
    ShopPage.objects.filter(pk=placed.pk).update(**places[-1])
    assert wish(placed.shop, vendor, pin=metres_north(45))["pin"].how == "waits"
