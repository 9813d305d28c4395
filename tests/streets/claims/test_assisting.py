"""What an officer enters for a vendor counts once the vendor has said so, and goes the vendor's own way."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from streets.changes import applying
from streets.changes.classes import FIELDS, Holder, asked
from streets.changes.proposing import propose
from streets.claims import assisting
from streets.claims.errors import CodeCancelled, CodeLapsed, CodeUsed, InDispute, NotPossible
from streets.members import membership
from streets.models import (
    AssistedSession,
    ChangeRequest,
    ConfirmedHow,
    MemberRole,
    Product,
    Shop,
    VendorPicture,
)
from streets.portal.forms.changing import sealed
from tests.factories import FoodVendorPageFactory, translate
from tests.media.photographs import photograph
from tests.streets.claims.people import a_member, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(shop, owner, editor) -> AssistedSession:
    return assisting.begin(vendor=membership(owner, shop), by=editor, now=timezone.now())


def enter(session, **values):
    seen = applying.read(session.shop, list(values))
    assisting.keep(session=session, values=values, seen=seen, now=timezone.now())
    session.refresh_from_db()


def confirm(session, *, now=None):
    return assisting.confirm(session=session, how=ConfirmedHow.SIGNED_IN, now=now or timezone.now())


def test_nothing_changes_until_the_vendor_has_confirmed(shop, session, owner):
    enter(session, amenities=["wifi"], legal_name="Hộ kinh doanh Thử")
    shop.refresh_from_db()
    assert shop.amenities == []
    assert not ChangeRequest.objects.exists()
    outcomes = confirm(session)
    assert {outcome.field: outcome.how for outcome in outcomes} == {"amenities": "live", "legal_name": "waits"}
    shop.refresh_from_db()
    assert shop.amenities == ["wifi"]
    assert set(ChangeRequest.objects.values_list("made_by", flat=True)) == {owner.pk}
    session.refresh_from_db()
    assert (session.state, session.confirmed_how, session.wishes) == ("used", ConfirmedHow.SIGNED_IN, {})
    with pytest.raises(CodeUsed):
        confirm(session)


def test_entered_twice_the_later_word_counts(shop, session):
    enter(session, amenities=["wifi"])
    enter(session, amenities=["takeaway"])
    confirm(session)
    shop.refresh_from_db()
    assert shop.amenities == ["takeaway"]


def test_a_mistake_is_said_at_once_and_not_kept(session):
    enter(session, amenities=["wifi"])
    with pytest.raises(ValidationError):
        enter(session, amenities=["no-such-thing"])
    session.refresh_from_db()
    assert session.wishes["values"] == {"amenities": ["wifi"]}


def test_dropped_or_lapsed_it_changes_nothing(shop, session, editor, owner):
    enter(session, amenities=["wifi"])
    with pytest.raises(CodeLapsed):
        confirm(session, now=timezone.now() + assisting.LASTS + timedelta(seconds=1))
    with pytest.raises(NotPossible):
        assisting.drop(session=session, by=a_person("0900 000 077"), now=timezone.now())
    assisting.drop(session=session, by=owner, now=timezone.now())
    with pytest.raises(CodeCancelled):
        confirm(session)
    shop.refresh_from_db()
    assert shop.amenities == []


def test_nothing_is_confirmed_where_nothing_was_entered(session):
    with pytest.raises(NotPossible):
        confirm(session)


def test_begun_anew_the_one_before_is_dropped(shop, session, owner, editor):
    enter(session, amenities=["wifi"])
    assisting.begin(vendor=membership(owner, shop), by=editor, now=timezone.now())
    with pytest.raises(CodeCancelled):
        confirm(session)


def test_not_for_staff_not_for_oneself_and_not_in_a_dispute(shop, owner, stranger, editor):
    staff = a_member(shop, stranger, MemberRole.STAFF)
    with pytest.raises(NotPossible):
        assisting.begin(vendor=staff, by=editor, now=timezone.now())
    own = a_member(shop, editor, MemberRole.MANAGER)
    with pytest.raises(NotPossible):
        assisting.begin(vendor=own, by=editor, now=timezone.now())
    Shop.objects.filter(pk=shop.pk).update(disputed_since=timezone.now())
    with pytest.raises(InDispute):
        assisting.begin(vendor=membership(owner, shop), by=editor, now=timezone.now())


def code_in(sent) -> str:
    return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", sent[-1][1]).group()


class TestOnTheTablet:
    def at(self, shop, name="assisted", **more) -> str:
        return reverse(f"people:{name}", kwargs={"key": shop.page_key, **more})

    def test_begun_in_the_admin_entered_on_the_portals_form_and_confirmed_by_code(
        self, editor_client, shop, owner, sent
    ):
        begun = editor_client.post(
            reverse("claim_admin:assist", args=[shop.pk]), {"vendor": membership(owner, shop).pk}
        )
        assert begun.headers["Location"] == self.at(shop)
        names = ("payment_kinds", "gives_e_invoice", "amenities", "price_range")
        form = {"seen": sealed(applying.read(shop, names)), "payment_kinds": "cash"}
        entered = editor_client.post(self.at(shop, "assisted_offer"), form)
        assert entered.headers["Location"] == self.at(shop)
        assert not ChangeRequest.objects.exists()
        editor_client.post(self.at(shop, "assisted_send"))
        wrong = editor_client.post(self.at(shop), {"code": "ACDE-FHJK"})
        assert (wrong.status_code, ChangeRequest.objects.count()) == (422, 0)
        editor_client.post(self.at(shop), {"code": code_in(sent)})
        shop.refresh_from_db()
        assert shop.payment_kinds == ["cash"]
        assert AssistedSession.objects.get().confirmed_how == ConfirmedHow.CODE
        again = editor_client.post(self.at(shop), {"code": code_in(sent)})
        assert again.status_code == 403

    def test_without_a_gateway_the_vendor_confirms_signed_in(
        self, editor_client, client, shop, session, owner, no_gateway
    ):
        enter(session, amenities=["wifi"])
        editor_client.post(self.at(shop, "assisted_send"))
        vendor = type(client)()
        vendor.force_login(owner)
        page = vendor.get(self.at(shop, "entered"))
        vendor.post(self.at(shop, "entered"), {"shown": page.context["session"].mark})
        shop.refresh_from_db()
        assert shop.amenities == ["wifi"]

    def test_the_vendor_may_drop_it(self, client, shop, session, owner):
        enter(session, amenities=["wifi"])
        client.force_login(owner)
        client.post(self.at(shop, "entered"), {"drop": "1"})
        shop.refresh_from_db()
        assert shop.amenities == []
        assert client.get(self.at(shop, "entered")).context["session"] is None

    def test_only_the_one_in_whose_name_it_was_entered_confirms_it(self, client, shop, session, stranger):
        a_member(shop, stranger)
        enter(session, amenities=["wifi"])
        client.force_login(stranger)
        client.post(self.at(shop, "entered"), {"shown": session.mark})
        shop.refresh_from_db()
        assert shop.amenities == []


def test_a_code_confirms_only_what_was_entered_before_it_was_sent(client, shop, session, owner, editor, sent):
    enter(session, amenities=["wifi"])
    assisting.send_code(session=session, now=timezone.now())
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", sent[-1][1])[0]
    enter(session, amenities=["takeaway"])
    client.force_login(editor)
    assert client.post(reverse("people:assisted", args=[shop.page_key]), {"code": code}).status_code == 422
    shop.refresh_from_db()
    assert shop.amenities == []


def test_what_was_entered_between_the_right_code_and_its_confirmation_does_not_slip_through(shop, session):
    enter(session, amenities=["wifi"])
    shown = AssistedSession.objects.get(pk=session.pk)
    enter(session, amenities=["takeaway"])
    with pytest.raises(NotPossible):
        assisting.confirm(session=shown, how=ConfirmedHow.CODE, now=timezone.now())
    shop.refresh_from_db()
    assert shop.amenities == []


def test_signed_in_the_vendor_confirms_what_was_shown(client, shop, session, owner):
    enter(session, amenities=["wifi"])
    client.force_login(owner)
    address = reverse("people:entered", args=[shop.page_key])
    shown = re.search(r'name="shown" value="([^"]+)"', client.get(address).content.decode())
    enter(session, amenities=["takeaway"])
    client.post(address, {"shown": shown[1] if shown else ""})
    shop.refresh_from_db()
    assert shop.amenities == []
    shown = re.search(r'name="shown" value="([^"]+)"', client.get(address).content.decode())[1]
    client.post(address, {"shown": shown})
    shop.refresh_from_db()
    assert shop.amenities == ["takeaway"]


def test_an_officer_cannot_send_messages_to_a_vendor_without_end(session, sent):
    enter(session, amenities=["wifi"])
    for _ in range(3):
        assisting.send_code(session=session, now=timezone.now())
    with pytest.raises(NotPossible):
        assisting.send_code(session=session, now=timezone.now())
    assert len(sent) == 3


# ---- the portal's forms on the tablet ---------------------------------------------------------------------------


@pytest.fixture
def product(shop) -> Product:
    return Product.objects.create(shop=shop, name={"vi": "Phở tái"}, price=50_000)


@pytest.fixture
def tablet(editor_client, shop, product, session):
    """What the officer's tablet sends, and the shop's screens for it."""
    return Tablet(editor_client, shop, product, session)


@dataclass
class Tablet:
    client: Any
    shop: Shop
    product: Product
    session: AssistedSession

    def at(self, screen: str = "", **more: Any) -> str:
        name = f"people:assisted_{screen}" if screen else "people:assisted"
        return reverse(name, kwargs={"key": self.shop.page_key, **more})

    def form(self, screen: str, **more: Any) -> Any:
        return self.client.get(self.at(screen, **more)).context["form"]

    def send(self, screen: str, changed: dict[str, Any], **more: Any) -> Any:
        """Fill a form in as a browser shows it, change something, and send it."""
        form = self.form(screen, **more)
        shown = {field.html_name: field.value() for field in form}
        sent = {name: value for name, value in (shown | changed).items() if value not in (None, False)}
        return self.client.post(self.at(screen, **more), sent)

    def entered(self) -> dict[str, Any]:
        self.session.refresh_from_db()
        return dict(assisting.entered_in(self.session).values)

    def confirm(self) -> None:
        self.session.refresh_from_db()
        confirm(self.session)


SCREENS: dict[str, dict[str, Any]] = {
    "names": {},
    "hours": {},
    "closure": {},
    "products": {},
    "product_new": {},
    "product": {"pk": None},
    "offer": {},
    "place": {},
    "contact": {},
    "words": {"language": "vi"},
}
# Asked of a vendor by telephone when they come, not at a stall.
NOT_ON_THE_TABLET = {"special_days"}


def on(tablet: Tablet, screen: str) -> dict[str, Any]:
    return {"pk": tablet.product.pk} if screen == "product" else SCREENS.get(screen, {})


def test_every_field_that_a_vendor_wishes_can_be_entered_on_the_tablet(tablet):
    offered = {
        asked(name).field.name for screen in SCREENS for name in tablet.form(screen, **on(tablet, screen)).wishes()
    }
    offered.add(asked("photos").field.name)
    wished = {name for name, field in FIELDS.items() if field.holder != Holder.ELSEWHERE}
    assert wished - offered == NOT_ON_THE_TABLET


@pytest.mark.parametrize("screen", [*SCREENS, "photos"])
def test_each_screen_leads_nowhere_but_to_the_tablets_own(tablet, screen):
    html = tablet.client.get(tablet.at(screen, **on(tablet, screen))).content.decode()
    leads = re.findall(r'(?:href|action)="([^"]+)"', html)
    # The switch of languages leads back to this screen itself.
    of_the_shop = [one for one in leads if str(tablet.shop.page_key) in one and "?next=" not in one]
    assert of_the_shop
    assert all(address.startswith(tablet.at()) for address in of_the_shop), of_the_shop


def test_texts_are_entered_in_each_language_the_shop_has_a_page_in(tablet, page):
    assert tablet.client.get(tablet.at("words", language="en")).status_code == 404
    translate(page, "My Noodles")
    assert tablet.client.get(tablet.at("words", language="en")).status_code == 200
    assert tablet.at("words", language="en") in tablet.client.get(tablet.at()).content.decode()


def test_a_price_is_public_once_the_vendor_has_confirmed_it(tablet, product):
    assert tablet.send("products", {f"price-{product.pk}": "55k"}).headers["Location"] == tablet.at()
    product.refresh_from_db()
    assert product.price == 50_000
    assert "55.000" in tablet.client.get(tablet.at()).content.decode()
    tablet.confirm()
    product.refresh_from_db()
    assert product.price == 55_000


def test_a_form_shows_what_was_entered_and_put_back_it_is_entered_no_longer(tablet, product):
    field = f"price-{product.pk}"
    tablet.send("products", {field: "55000"})
    assert tablet.form("products")[field].value() == "55.000"
    tablet.send("product", {"name-vi": "Phở tái lăn"}, pk=product.pk)
    assert set(tablet.entered()) == {f"product.{product.pk}.price", f"product.{product.pk}.name.vi"}
    tablet.send("products", {field: "50000"})
    assert set(tablet.entered()) == {f"product.{product.pk}.name.vi"}


def test_a_price_list_left_open_on_the_tablet_leaves_a_product_alone_that_was_added_meanwhile(tablet, shop, product):
    shown = {field.html_name: field.value() for field in tablet.form("products")}
    tea = Product.objects.create(shop=shop, name={"vi": "Trà"}, price=5_000)
    sent = shown | {f"price-{product.pk}": "55k"}
    tablet.client.post(tablet.at("products"), {name: value for name, value in sent.items() if value is not False})
    assert tablet.entered() == {f"product.{product.pk}.price": 55_000}
    tablet.confirm()
    tea.refresh_from_db()
    assert tea.price == 5_000


def test_several_products_are_added_one_after_the_other(tablet, shop):
    tablet.send("product_new", {"name-vi": "Nem rán", "price": "30k"})
    # Sent twice on a bad line, it is one.
    for _ in range(2):
        tablet.send("product_new", {"name-vi": "Trà đá", "price": "5k"})
    assert [row.label for row in tablet.client.get(tablet.at()).context["entered"]] == ["Nem rán", "Trà đá"]
    tablet.confirm()
    wished = ChangeRequest.objects.filter(shop=shop, field="product.new").order_by("pk")
    assert [change.after["name"]["vi"] for change in wished] == ["Nem rán", "Trà đá"]


def test_a_product_is_taken_off_together_with_what_was_entered_about_it(tablet, product):
    tablet.send("products", {f"price-{product.pk}": "55k"})
    tablet.client.post(tablet.at("product_remove", pk=product.pk))
    assert tablet.entered() == {f"product.{product.pk}": None}
    assert Product.objects.filter(pk=product.pk).exists()


def test_a_product_of_another_shop_is_not_found(tablet, street):
    theirs = Product.objects.create(shop=FoodVendorPageFactory(parent=street).shop, name={"vi": "Bún"}, price=1_000)
    assert tablet.client.get(tablet.at("product", pk=theirs.pk)).status_code == 404
    assert tablet.client.post(tablet.at("product_remove", pk=theirs.pk)).status_code == 404


def test_one_thing_is_taken_back_and_the_rest_stays(tablet, product, sent):
    tablet.send("products", {f"price-{product.pk}": "55k"})
    tablet.send("product_new", {"name-vi": "Nem rán", "price": "30k"})
    assisting.send_code(session=tablet.session, now=timezone.now())
    code = code_in(sent)
    tablet.client.post(tablet.at("strike"), {"name": "product.new.1"})
    assert set(tablet.entered()) == {f"product.{product.pk}.price"}
    assert tablet.client.post(tablet.at(), {"code": code}).status_code == 422
    tablet.client.post(tablet.at("strike"), {"name": f"product.{product.pk}.price"})
    assert tablet.entered() == {}
    with pytest.raises(NotPossible):
        tablet.confirm()


def test_the_place_is_entered_and_stays_when_the_address_is_entered_after_it(tablet, page):
    assert tablet.send("place", {"shared": "21.037110, 105.794890"}).status_code == 302
    tablet.send("place", {"house_number": "12A"})
    assert set(tablet.entered()) == {"pin", "house_number"}
    assert tablet.entered()["pin"] == {"latitude": "21.037110", "longitude": "105.794890"}
    tablet.confirm()
    assert set(ChangeRequest.objects.values_list("field", flat=True)) == {"pin", "house_number"}


def test_the_screen_of_the_place_may_ask_the_tablet_where_it_is(tablet):
    assert "geolocation=(self)" in tablet.client.get(tablet.at("place")).headers["Permissions-Policy"]
    assert "geolocation=(self)" not in tablet.client.get(tablet.at("names")).headers["Permissions-Policy"]


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_what_a_colleague_changed_meanwhile_is_shown_and_chosen_also_on_another_form(tablet, product, owner, choice):
    name = f"product.{product.pk}.price"
    tablet.send("products", {f"price-{product.pk}": "55k"})
    propose(shop=tablet.shop, by=owner, values={name: 60_000}, seen={name: 50_000}, now=timezone.now())
    conflict = tablet.send("offer", {"payment_kinds": "cash"})
    assert conflict.status_code == 409
    again = dict(conflict.context["fields"]) | {"seen": conflict.context["seen"], f"keep-{name}": choice}
    assert tablet.client.post(tablet.at("offer"), again).status_code == 302
    assert tablet.entered() == {"payment_kinds": ["cash"]} | ({name: 55_000} if choice == "mine" else {})


def test_photos_taken_on_the_tablet_are_the_vendors_and_wait_for_the_word(tablet, shop, owner):
    photo = SimpleUploadedFile("IMG_1.jpg", photograph(size=(320, 240)), "image/jpeg")
    answer = tablet.client.post(tablet.at("upload_photo"), {"taken": photo})
    assert answer.headers["Location"] == tablet.at("photos")
    upload = VendorPicture.objects.get()
    assert (upload.uploaded_by, upload.used_at) == (owner, None)
    rows = {"photos-TOTAL_FORMS": 1, "photos-INITIAL_FORMS": 0, "seen": "[]"}
    rows |= {"photos-0-picture": upload.picture_id, "photos-0-alt": "Mặt tiền quán"}
    assert tablet.client.post(tablet.at("photos"), rows).headers["Location"] == tablet.at()
    assert tablet.entered() == {"photos": [{"picture": upload.picture_id, "alt": "Mặt tiền quán"}]}
    assert "Mặt tiền quán" in tablet.client.get(tablet.at("photos")).content.decode()
    assert not ChangeRequest.objects.exists()
    tablet.confirm()
    assert ChangeRequest.objects.get().after == [{"picture": upload.picture_id, "alt": "Mặt tiền quán"}]
    upload.refresh_from_db()
    assert upload.used_at
