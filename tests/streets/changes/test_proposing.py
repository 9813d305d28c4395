"""What becomes of a wish."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from streets.changes.classes import FIELDS, Holder
from streets.changes.deciding import approve, look_over
from streets.changes.errors import ChangedMeanwhile, Frozen, NotPossible, NotYours, TooManyToday
from streets.changes.proposing import propose, undo, withdraw
from streets.models import ChangeRequest, ChangeState, FactChange, Product, Shop, ShopMember, ShopPage
from tests.factories import PictureFactory
from tests.streets.changes.conftest import joined
from tests.streets.changes.wishes import now_is, wish

pytestmark = pytest.mark.django_db


def test_a_daily_fact_is_public_at_once_and_in_the_log(shop, vendor):
    outcome = wish(shop.shop, vendor, payment_kinds=["cash"])["payment_kinds"]
    assert outcome.how == "live"
    assert Shop.objects.get(pk=shop.shop.pk).payment_kinds == ["cash"]
    line = FactChange.objects.get()
    assert (line.what, line.before, line.after, line.by) == ("payment_kinds", [], ["cash"], vendor)
    assert (outcome.request.before, outcome.request.after) == ([], ["cash"])


def test_undo_puts_back_what_was_public(shop, vendor):
    wish(shop.shop, vendor, price_range={"from": 20_000, "to": 40_000})
    change = wish(shop.shop, vendor, price_range={"from": 30_000, "to": 90_000})["price_range"].request
    undo(change=change, by=vendor, now=timezone.now())
    assert now_is(shop.shop, "price_range") == {"from": 20_000, "to": 40_000}
    change.refresh_from_db()
    assert change.state == "undone"


@pytest.mark.parametrize(
    ("later", "is_taken_back"), [(timedelta(days=29, hours=23), True), (timedelta(days=30), False)]
)
def test_undo_ends_after_thirty_days(shop, vendor, later, is_taken_back):
    change = wish(shop.shop, vendor, amenities=["wifi"])["amenities"].request
    if is_taken_back:
        undo(change=change, by=vendor, now=change.live_since + later)
    else:
        with pytest.raises(NotPossible):
            undo(change=change, by=vendor, now=change.live_since + later)
    assert now_is(shop.shop, "amenities") == ([] if is_taken_back else ["wifi"])


def test_undo_ends_where_it_changed_again(shop, vendor):
    first = wish(shop.shop, vendor, amenities=["wifi"])["amenities"].request
    wish(shop.shop, vendor, amenities=[])
    with pytest.raises(NotPossible):
        undo(change=first, by=vendor, now=timezone.now())
    assert now_is(shop.shop, "amenities") == []


def test_undo_does_not_bring_back_what_the_ward_has_refused(shop, vendor, editor):
    bad = wish(shop.shop, vendor, summary="Nhà bên nấu tệ.")["summary"].request
    good = wish(shop.shop, vendor, summary="Phở bò.")["summary"].request
    look_over(change=bad, by=editor, ok=False, reason="Xin đừng chê nhà bên.")
    with pytest.raises(NotPossible):
        undo(change=good, by=vendor, now=timezone.now())
    assert now_is(shop.shop, "summary") == "Phở bò."


def test_undo_does_not_bring_back_a_product_with_words_that_were_refused(shop, vendor, editor):
    product = Product.objects.create(shop=shop.shop, name={"vi": "Phở"})
    name = f"product__{product.pk}"
    bad = wish(shop.shop, vendor, **{f"{name}__note": "Nhà bên nấu tệ."})[f"product.{product.pk}.note"].request
    gone = wish(shop.shop, vendor, **{name: None})[f"product.{product.pk}"].request
    look_over(change=bad, by=editor, ok=False, reason="Xin đừng chê nhà bên.")
    with pytest.raises(NotPossible):
        undo(change=gone, by=vendor, now=timezone.now())
    assert not Product.objects.exists()


def test_undo_of_what_cannot_be_any_more_is_refused_in_words(shop, vendor):
    first, second = (PictureFactory(uploaded_by_user=vendor) for _ in range(2))
    wish(shop.shop, vendor, photos=[{"picture": first.pk, "alt": "Mặt tiền"}])
    change = wish(shop.shop, vendor, photos=[{"picture": second.pk, "alt": "Bát phở"}])["photos"].request
    first.delete()
    with pytest.raises(NotPossible) as refused:
        undo(change=change, by=vendor, now=timezone.now())
    assert str(refused.value)
    assert [photo["picture"] for photo in now_is(shop.shop, "photos")] == [second.pk]


def test_a_name_waits_and_is_withdrawn(shop, vendor):
    outcome = wish(shop.shop, vendor, title="Quán Mới")["title"]
    assert outcome.how == "waits"
    assert now_is(shop.shop, "title") == "Quán Thử"
    assert Shop.objects.get(pk=shop.shop_id).name == "Quán Thử"
    withdraw(change=outcome.request, by=vendor)
    shop.refresh_from_db()
    assert shop.title == shop.draft_title == "Quán Thử"
    assert not shop.has_unpublished_changes
    assert shop.current_workflow_state is None


def test_a_product_is_added_changed_and_removed(shop, vendor):
    added = wish(shop.shop, vendor, product__new={"name": {"vi": "Phở bò"}, "price": 50_000})["product.new"]
    assert added.how == "live"
    product = Product.objects.get()
    assert added.request.field == f"product.{product.pk}"
    wish(shop.shop, vendor, **{f"product__{product.pk}__price": 55_000, f"product__{product.pk}__sold_out": True})
    product.refresh_from_db()
    assert (product.price, product.sold_out) == (55_000, True)
    removed = wish(shop.shop, vendor, **{f"product__{product.pk}": None})[f"product.{product.pk}"]
    assert not Product.objects.exists()
    undo(change=removed.request, by=vendor, now=timezone.now())
    back = Product.objects.get()
    assert (back.pk, back.name, back.price, back.sold_out) == (product.pk, {"vi": "Phở bò"}, 55_000, True)
    assert [line.what for line in FactChange.objects.order_by("pk")] == [
        f"product.{product.pk}",
        f"product.{product.pk}.price",
        f"product.{product.pk}.sold_out",
        f"product.{product.pk}",
        f"product.{product.pk}",
    ]


def test_what_the_other_changed_is_kept_and_the_same_field_is_shown(shop, vendor, second_vendor):
    seen = {"payment_kinds": [], "amenities": []}
    now = timezone.now()
    propose(shop=shop.shop, by=second_vendor, values={"payment_kinds": ["cash"], "amenities": []}, seen=seen, now=now)
    propose(shop=shop.shop, by=vendor, values={"payment_kinds": [], "amenities": ["wifi"]}, seen=seen, now=now)
    assert now_is(shop.shop, "payment_kinds") == ["cash"]
    assert now_is(shop.shop, "amenities") == ["wifi"]
    with pytest.raises(ChangedMeanwhile) as refused:
        propose(shop=shop.shop, by=vendor, values={"payment_kinds": ["e_wallet"]}, seen=seen, now=now)
    assert refused.value.conflicts == {"payment_kinds": ([], ["cash"], ["e_wallet"])}


def test_nothing_is_half_saved(shop, vendor):
    with pytest.raises(ValidationError) as refused:
        wish(shop.shop, vendor, amenities=["wifi"], price_range={"from": 90_000, "to": 20_000}, phone="12")
    assert set(refused.value.message_dict) == {"price_range", "phone"}
    assert now_is(shop.shop, "amenities") == []
    assert not ChangeRequest.objects.exists()
    assert not FactChange.objects.exists()


@pytest.mark.parametrize(
    "name", [*(name for name, field in FIELDS.items() if field.holder == Holder.ELSEWHERE), "nonsense"]
)
def test_what_is_not_the_vendors_is_refused(shop, vendor, name):
    with pytest.raises(NotYours):
        wish(shop.shop, vendor, **{name: "x"})
    assert not ChangeRequest.objects.exists()
    assert not FactChange.objects.exists()


def test_staff_change_daily_facts_alone(shop, django_user_model):
    staff = django_user_model.objects.create_user("nhanvien")
    joined(shop.shop, staff, role="staff")
    assert wish(shop.shop, staff, amenities=["wifi"])["amenities"].how == "live"
    with pytest.raises(NotYours):
        wish(shop.shop, staff, amenities=[], story="Phở gia truyền.")
    assert now_is(shop.shop, "amenities") == ["wifi"]


def test_nobody_changes_the_shop_of_another_or_one_in_dispute(shop, vendor, django_user_model):
    with pytest.raises(NotYours):
        wish(shop.shop, django_user_model.objects.create_user("nguoila"), amenities=["wifi"])
    Shop.objects.filter(pk=shop.shop.pk).update(disputed_since=timezone.now())
    with pytest.raises(Frozen):
        wish(shop.shop, vendor, amenities=["wifi"])


def test_the_twenty_first_change_of_a_day_waits_for_tomorrow(shop, vendor):
    for number in range(20):
        wish(shop.shop, vendor, price_range={"from": 20_000 + number, "to": None})
    with pytest.raises(TooManyToday):
        wish(shop.shop, vendor, amenities=["wifi"])
    tomorrow = timezone.now() + timedelta(days=1)
    propose(shop=shop.shop, by=vendor, values={"amenities": ["wifi"]}, seen={}, now=tomorrow)
    assert now_is(shop.shop, "amenities") == ["wifi"]


def test_what_is_wrong_is_said_by_the_names_of_the_form(shop, vendor):
    with pytest.raises(ValidationError) as refused:
        wish(shop.shop, vendor, title="", title__en="x" * 300, product__new={"name": {}}, photos=[{"picture": 1}])
    assert set(refused.value.message_dict) == {"title", "title.en", "product.new", "photos"}


def test_all_prices_of_a_long_list_are_one_change_of_the_day(shop, vendor):
    dishes = [Product.objects.create(shop=shop.shop, name={"vi": f"Món {n}"}) for n in range(25)]
    for number in range(20):
        prices = {f"product__{dish.pk}__price": 20_000 + 1_000 * number for dish in dishes}
        assert {outcome.how for outcome in wish(shop.shop, vendor, **prices).values()} == {"live"}
    assert ChangeRequest.objects.count() == 20 * 25
    with pytest.raises(TooManyToday):
        wish(shop.shop, vendor, **{f"product__{dishes[0].pk}__price": 99_000})


def test_a_page_has_twelve_photos_and_no_thirteenth(shop, vendor):
    photos = [{"picture": PictureFactory(uploaded_by_user=vendor).pk, "alt": f"Món {n}"} for n in range(13)]
    with pytest.raises(ValidationError) as refused:
        wish(shop.shop, vendor, photos=photos)
    assert set(refused.value.message_dict) == {"photos"}
    assert now_is(shop.shop, "photos") == []
    assert wish(shop.shop, vendor, photos=photos[:12])["photos"].how == "live"
    assert now_is(shop.shop, "photos") == photos[:12]


@pytest.mark.parametrize("key", ["999", "9" * 18, "9" * 19, "9" * 400])
@pytest.mark.parametrize("value", [{"name": {"vi": "Phở"}}, None])
def test_a_key_that_somebody_made_up_makes_no_product(shop, vendor, key, value):
    try:
        outcome = wish(shop.shop, vendor, **{f"product__{key}": value})[f"product.{key}"]
        assert (value, outcome.how) == (None, "unchanged")
    except (ValidationError, NotYours):
        pass
    assert not Product.objects.exists()


@pytest.mark.parametrize("value", ["9" * 13, "9" * 5000, 10**30, -1, "-1", 10**12, True, {}, "١٢"])
def test_a_sum_that_cannot_be_is_refused_in_words(shop, vendor, value):
    product = Product.objects.create(shop=shop.shop, name={"vi": "Phở"}, price=50_000)
    for name in (f"product.{product.pk}.price", "price_range"):
        wanted = value if name != "price_range" else {"from": value, "to": None}
        with pytest.raises(ValidationError) as refused:
            wish(shop.shop, vendor, **{name.replace(".", "__"): wanted})
        assert refused.value.message_dict[name]


@pytest.mark.parametrize(
    "value",
    [
        {"name": {"xx": "Phở"}},
        {"name": {"vi": "Phở", "xx": "Lạ"}},
        {"name": {"vi": 1}},
        {"name": ["Phở"]},
        {"name": {"vi": "Phở"}, "sort_order": 10**30},
        {"name": {"vi": "Phở"}, "sort_order": -1},
        {"name": {"vi": "Phở"}, "allergens": [{}]},
        {"name": {"vi": "Phở"}, "pk": 3},
        "Phở",
        [],
    ],
)
def test_a_product_that_cannot_be_is_refused_in_words(shop, vendor, value):
    with pytest.raises(ValidationError) as refused:
        wish(shop.shop, vendor, product__new=value)
    assert refused.value.message_dict["product.new"]
    assert not Product.objects.exists()


@pytest.mark.parametrize("number", [10**30, -1, 0])
def test_photos_and_shops_with_numbers_that_cannot_be_are_refused_in_words(shop, vendor, number):
    for name, value in {
        "photos": [{"picture": number, "alt": "Mặt tiền"}],
        "closure": {"closure": "moved", "closed_since": "2026-01-01", "moved_to": number},
    }.items():
        with pytest.raises(ValidationError) as refused:
            wish(shop.shop, vendor, **{name: value})
        assert refused.value.message_dict[name]


def test_what_becomes_public_replaces_what_the_shop_had_wished_before(shop, new_vendor, editor):
    older = wish(shop.shop, new_vendor, summary="Bản cũ.")["summary"].request
    ShopMember.objects.update(since=timezone.now() - timedelta(days=60))
    newer = wish(shop.shop, new_vendor, summary="Bản mới.")["summary"]
    assert newer.how == "live"
    older.refresh_from_db()
    assert older.state == "superseded"
    with pytest.raises(NotPossible):
        approve(change=older, by=editor)
    assert now_is(shop.shop, "summary") == "Bản mới."
    page = ShopPage.objects.get(pk=shop.pk)
    assert not page.has_unpublished_changes
    assert page.current_workflow_state is None


@pytest.mark.parametrize("how", ["removed", "undone", "taken back"])
def test_a_product_that_goes_takes_along_what_waits_about_it(shop, vendor, new_vendor, editor, how):
    added = wish(shop.shop, vendor, product__new={"name": {"vi": "Phở"}})["product.new"].request
    soup, tea = Product.objects.get(), Product.objects.create(shop=shop.shop, name={"vi": "Trà"})
    about, other = (
        wish(shop.shop, new_vendor, **{f"product.{product.pk}.{name}": "Món mới"})[
            f"product.{product.pk}.{name}"
        ].request
        for product, name in ((soup, "name"), (tea, "note"))
    )
    if how == "removed":
        wish(shop.shop, vendor, **{f"product.{soup.pk}": None})
    elif how == "undone":
        undo(change=added, by=vendor, now=timezone.now())
    else:
        look_over(change=added, by=editor, ok=False, reason="Không bán món này.")
    assert list(Product.objects.all()) == [tea]
    about.refresh_from_db()
    assert about.state == ChangeState.SUPERSEDED
    assert list(ChangeRequest.objects.waiting()) == [other]
