"""No field that an officer can enter about a shop is without a class."""

import pytest
from django.apps import apps

from streets.changes.classes import FIELDS, ChangeClass, Holder, asked
from streets.members import Task

LIVE, SAMPLED, BEFORE, GUARDED, NEVER = ChangeClass
# Whatever hangs on a shop or is a shop's, by the models that hold it.
MODELS = (
    *("streets.Shop", "streets.ShopPage", "streets.FoodVendorPage", "streets.Product", "streets.ShopPhoto"),
    *("streets.PaymentAccount", "streets.LegalRoute", "streets.LegalDocument", "streets.Inspection"),
    *("streets.Finding", "streets.InspectionReply", "streets.StreetProgramme", "streets.SelfCheck"),
    *("streets.ShopMember", "streets.OwnershipChange", "streets.KeepingEvent", "plaques.Plaque"),
    *("streets.VendorPicture", "streets.CardCheck", "streets.StaleNotice", "streets.SentPaper"),
)
EDITABLE = [
    (label, field.name)
    for label in MODELS
    for field in apps.get_model(label)._meta.get_fields()
    if getattr(field, "editable", False) and not field.auto_created
]
# As the ward decided it, written down a second time. What makes a change heavier than its field (a name of a product in
# English, a claim, an unknown host, a pin that moves far) is tried in tests/streets/changes/test_routing.py.
CLASSES = {
    "hours": LIVE,
    "special_days": LIVE,
    "closure": LIVE,
    "payment_kinds": LIVE,
    "gives_e_invoice": LIVE,
    "amenities": LIVE,
    "price_range": LIVE,
    "product.price": LIVE,
    "product.sold_out": LIVE,
    "product.allergens": LIVE,
    "self_check": LIVE,
    "card_check": LIVE,
    "confirmation": LIVE,
    "summary": SAMPLED,
    "story": SAMPLED,
    "hours_note": SAMPLED,
    "photos": SAMPLED,
    "photo_uploads": SAMPLED,
    "links": SAMPLED,
    "pin": SAMPLED,
    "product": SAMPLED,
    "product.name": SAMPLED,
    "product.note": SAMPLED,
    "product.unit": SAMPLED,
    "title": BEFORE,
    "legal_name": BEFORE,
    "legal_form": BEFORE,
    "category": BEFORE,
    "house_number": BEFORE,
    "floor": BEFORE,
    "alley": BEFORE,
    "phone": BEFORE,
    "documents": BEFORE,
    "reply": BEFORE,
    "payment_account": GUARDED,
    "sign_in_phone": GUARDED,
    "ownership": GUARDED,
    "helpers": GUARDED,
    "legal_route": NEVER,
    "paper_status": NEVER,
    "inspections": NEVER,
    "reply_vetting": NEVER,
    "programmes": NEVER,
    "verification": NEVER,
    "stale_notices": NEVER,
    "plaques": NEVER,
    "sample": NEVER,
    "address": NEVER,
    "publishing": NEVER,
}
WISHED = [field for field in FIELDS.values() if field.holder != Holder.ELSEWHERE]


def covering(label: str, name: str) -> list[str]:
    # A food vendor's page is a shop's page.
    label = label.replace("FoodVendorPage", "ShopPage")
    return [field.name for field in FIELDS.values() if {f"{label}.{name}", f"{label}.*"} & set(field.covers)]


@pytest.mark.parametrize(("label", "name"), EDITABLE)
def test_each_field_of_a_shop_has_one_class(label, name):
    assert len(covering(label, name)) == 1


def test_each_class_is_the_one_of_the_wards_table():
    assert {name: field.change_class for name, field in FIELDS.items()} == CLASSES


def test_what_a_rule_alone_writes_on_the_shops_row_has_a_class_too():
    assert covering("streets.Shop", "card_checked_at") == ["card_check"]


def test_what_hangs_on_a_shop_is_among_the_models_walked():
    hanging = {
        relation.related_model._meta.label
        for relation in apps.get_model("streets.Shop")._meta.related_objects
        if relation.field.editable and relation.field.name != "moved_to"
    }
    # What was changed and what is wished are no facts of the shop.
    assert hanging - {"streets.FactChange", "streets.ChangeRequest"} <= set(MODELS)


def test_every_field_named_exists():
    for field in FIELDS.values():
        for covered in field.covers:
            label, name = covered.rsplit(".", 1)
            if name != "*":
                apps.get_model(label)._meta.get_field(name)
            else:
                apps.get_model(label)


def test_whole_models_are_never_changed_by_a_wish():
    assert not [field.name for field in WISHED if any(covered.endswith(".*") for covered in field.covers)]


def test_what_the_ward_alone_says_is_never_the_vendors():
    never = {field.name for field in FIELDS.values() if field.change_class == NEVER}
    assert {"legal_route", "paper_status", "inspections", "programmes", "verification", "plaques"} <= never
    for said in ("verified_on", "verified_by", "verified_how", "revoked_on", "revoked_why"):
        assert covering("streets.LegalDocument", said) == ["paper_status"]
    guarded = {field.name for field in FIELDS.values() if field.change_class == GUARDED}
    assert guarded == {"payment_account", "sign_in_phone", "ownership", "helpers"}


def test_staff_are_asked_for_nothing_that_the_page_tells():
    assert not [field.name for field in WISHED if field.task == Task.DAILY and field.holder == Holder.PAGE]
    assert all(field.task == Task.OWN for field in FIELDS.values() if field.change_class == GUARDED)


@pytest.mark.parametrize(
    ("name", "language", "read"),
    [
        ("title", None, ("title", "vi", None)),
        ("title", "en", ("title", "en", None)),
        ("title.en", None, ("title", "en", None)),
        ("phone", "en", ("phone", "", None)),
        ("product.12.price", None, ("product.12.price", "", 12)),
        ("product.12.name.en", None, ("product.12.name", "en", 12)),
        ("product.12", None, ("product.12", "", 12)),
        ("product.new", None, ("product.new", "", None)),
    ],
)
def test_names_are_read(name, language, read):
    found = asked(name, language)
    assert (found.name, found.language, found.product) == read


@pytest.mark.parametrize(
    "name",
    ["", "nothing", "product", "product.x.price", "product.new.price", "product.1.shop", "phone.en", "title.xx", "."],
)
def test_names_of_nothing_are_not_read(name):
    assert asked(name) is None
