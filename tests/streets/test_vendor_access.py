"""Who may open and send what in the vendors' corner: one row for each of its addresses, and none without a row.

For each of them: not signed in, of another shop, of too small a role, no longer of the shop, and everybody while the
shop is in dispute, but to take something back or raise an alarm. They are refused, whether they look or send, and the
database is the same afterwards. The same form
sent by who may do it changes something: a refusal of nothing would prove nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import URLResolver, reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from streets.changes import applying
from streets.changes.proposing import propose
from streets.members import TASKS, Task
from streets.models import (
    Inspection,
    InspectionKind,
    MemberRole,
    Outcome,
    Product,
    SentPaper,
    ShopMember,
    VendorPicture,
)
from streets.portal import urls
from streets.portal.forms.changing import sealed
from streets.sealing import Number
from tests.factories import BankFactory, FoodVendorPageFactory, PictureFactory, translate
from tests.streets.accounts import PAYEE, active, requested
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db

DAILY, TELL, OWN = Task


@dataclass(frozen=True)
class Row:
    """What an address asks for: the task, what stands in it beside the shop, and a form that changes something there.

    `form` is None for a screen that changes nothing; one that `stays_open` is sent in a dispute too.
    """

    task: Task
    form: Callable[[Any], dict[str, Any]] | None = None
    inside: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    stays_open: bool = False


def seen(world: Any, *names: str) -> str:
    return sealed(applying.read(world.shop, names))


def of_product(world: Any) -> dict[str, Any]:
    return {"pk": world.product.pk}


def of_products_words(world: Any) -> list[str]:
    return [f"product.{world.product.pk}.{name}.{code}" for name in ("name", "note", "unit") for code in ("vi", "en")]


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)
WORDS = ("summary.vi", "story.vi", "hours_note.vi")
ROWS: dict[str, Row] = {
    "shop": Row(DAILY),
    "close_today": Row(DAILY, lambda world: {}),
    "open_today": Row(DAILY, lambda world: {}),
    "still_right": Row(DAILY, lambda world: {}),
    "hours": Row(
        DAILY,
        lambda world: {"seen": seen(world, "hours"), "hours-monday-0-opens": "06:00", "hours-monday-0-closes": "10:00"},
    ),
    "special_days": Row(
        DAILY, lambda world: {"first": (timezone.localdate() + timedelta(days=3)).isoformat(), "add": "1"}
    ),
    "closure": Row(
        DAILY,
        lambda world: {
            "seen": seen(world, "closure"),
            "closure": "temporary",
            "closed_since": timezone.localdate().isoformat(),
        },
    ),
    "products": Row(
        DAILY,
        lambda world: {
            "seen": seen(world, f"product.{world.product.pk}.price", f"product.{world.product.pk}.sold_out"),
            f"price-{world.product.pk}": "55.000",
        },
    ),
    "product_new": Row(TELL, lambda world: {"seen": seen(world, "product.new"), "name-vi": "Nem", "price": "20k"}),
    "product": Row(
        TELL,
        lambda world: {
            "seen": seen(
                world,
                *(
                    f"product.{world.product.pk}.{name}.{code}"
                    for name in ("name", "note", "unit")
                    for code in ("vi", "en")
                ),
                *(f"product.{world.product.pk}.{name}" for name in ("price", "sold_out", "allergens")),
            ),
            "name-vi": "Phở tái lăn",
        },
        of_product,
    ),
    "product_remove": Row(TELL, lambda world: {}, of_product),
    "offer": Row(
        DAILY,
        lambda world: {
            "seen": seen(world, "payment_kinds", "gives_e_invoice", "amenities", "price_range"),
            "payment_kinds": "cash",
        },
    ),
    "words": Row(
        TELL, lambda world: {"seen": seen(world, *WORDS), "story": "Quán mới."}, lambda world: {"language": "vi"}
    ),
    "names": Row(
        TELL, lambda world: {"seen": seen(world, "title", "category", "legal_name", "legal_form"), "title": "Quán Mới"}
    ),
    "place": Row(
        TELL,
        lambda world: {"seen": seen(world, "house_number", "floor", "alley", "pin"), "house_number": "12A"},
    ),
    "contact": Row(TELL, lambda world: {"seen": seen(world, "phone", "links"), "phone": "0912 345 678", "links": ""}),
    "papers": Row(
        TELL,
        lambda world: {
            "kind": "commitment",
            "issued_on": "2026-01-05",
            "file": SimpleUploadedFile("a.png", PNG, "image/png"),
        },
    ),
    "paper_withdraw": Row(TELL, lambda world: {}, lambda world: {"pk": world.paper.pk}),
    "inspections": Row(TELL),
    "answer": Row(TELL, lambda world: {"words": "Chúng tôi đã sửa."}, lambda world: {"pk": world.inspection.pk}),
    "history": Row(DAILY),
    "undo": Row(DAILY, lambda world: {}, lambda world: {"pk": world.live.pk}),
    "withdraw": Row(DAILY, lambda world: {}, lambda world: {"pk": world.waiting.pk}, stays_open=True),
    "read": Row(DAILY, lambda world: {}, stays_open=True),
    "payment": Row(OWN),
    "payment_new": Row(
        OWN,
        lambda world: {
            "bank": world.bank.pk,
            "account": "0011012345999",
            "payee_name": PAYEE,
            "holder_kind": "household",
        },
    ),
    "payment_withdraw": Row(OWN, lambda world: {}, lambda world: {"serial": world.requested.serial}, stays_open=True),
    "payment_not_mine": Row(OWN, lambda world: {}, lambda world: {"serial": world.account.serial}, stays_open=True),
}
ROWS |= {
    "photos": Row(
        TELL,
        lambda world: {
            "photos-TOTAL_FORMS": 1,
            "photos-INITIAL_FORMS": 0,
            "photos-0-picture": world.upload.picture_id,
            "photos-0-alt": "Mặt tiền",
            "seen": "[]",
        },
    ),
    "upload_photo": Row(
        TELL,
        lambda world: {
            "upload_key": "7e9f5d6c-7a0b-4a57-9a53-0d6f4bb2c9a1",
            "chosen": SimpleUploadedFile("a.png", PNG, "image/png"),
        },
    ),
    "card": Row(DAILY),
    "card_found": Row(
        DAILY, lambda world: {"finding": "damaged"}, lambda world: {"code": world.plaque.code}, stays_open=True
    ),
    "self_check": Row(DAILY, lambda world: {}),
}
CHANGING = [name for name, row in ROWS.items() if row.form]
STAYS_OPEN = [name for name, row in ROWS.items() if row.stays_open]


def names_of(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


def test_every_address_of_the_portal_has_a_row():
    of_a_shop = dict(names_of(urls.urlpatterns))
    # Of no shop; tried below.
    del of_a_shop["home"]
    assert set(of_a_shop) == set(ROWS)
    # The guard of each says the same as its row.
    assert {name: callback.task for name, callback in of_a_shop.items()} == {n: row.task for n, row in ROWS.items()}
    assert {name for name, callback in of_a_shop.items() if callback.changes} == set(CHANGING) - set(STAYS_OPEN)


@pytest.fixture
def world(street, editor, second_officer, django_user_model):
    """A shop with everything that its people can do something about, its people, and a vendor of another shop."""
    page = FoodVendorPageFactory(parent=street, title="Phở Của Tôi")
    translate(page, "My Noodles")
    shop = page.shop
    people = {}
    for name, role in (("owner", MemberRole.OWNER), ("manager", MemberRole.MANAGER), ("staff", MemberRole.STAFF)):
        people[name] = django_user_model.objects.create_user(name)
        ShopMember.objects.create(shop=shop, user=people[name], role=role)
    people["former"] = django_user_model.objects.create_user("former")
    ShopMember.objects.create(shop=shop, user=people["former"], ended_at=timezone.now())
    other = FoodVendorPageFactory(parent=street, title="Quán Người Khác")
    people["stranger"] = django_user_model.objects.create_user("stranger")
    ShopMember.objects.create(shop=other.shop, user=people["stranger"])
    product = Product.objects.create(shop=shop, name={"vi": "Phở tái"}, price=50_000)
    account = active(shop, editor, second_officer)
    waiting_account = requested(shop, people["owner"], Number("970403", "0011012345000"))
    live = change(shop, people["owner"], "amenities", ["wifi"])
    waiting = change(shop, people["owner"], "title", "Phở Khác")
    today = timezone.localdate()
    special = [{"from": today.isoformat(), "to": today.isoformat(), "spans": [], "note": {}}]
    change(shop, people["owner"], "special_days", special)
    rejected = change(shop, people["owner"], "legal_name", "Hộ kinh doanh Khác")
    type(rejected).objects.filter(pk=rejected.pk).update(
        state="rejected", reason="Chưa đúng.", decided_at=timezone.now()
    )
    shop.refresh_from_db()
    inspection = Inspection.objects.create(
        shop=shop, kind=InspectionKind.PLANNED, decision_number="1", decision_date=today, inspected_on=today,
        team="Đoàn thử", outcome=Outcome.PASS, recorded_by=editor, finalised_on=today, finalised_by=second_officer,
    )  # fmt: skip
    paper = SentPaper.objects.create(shop=shop, kind="commitment", issued_on=today, sent_by=people["owner"])
    upload = VendorPicture.objects.create(
        shop=shop, picture=PictureFactory(uploaded_by_user=people["owner"]), upload_key=uuid4()
    )
    return SimpleNamespace(
        shop=shop, product=product, account=account, requested=waiting_account, live=live, waiting=waiting, paper=paper,
        inspection=inspection, bank=BankFactory(), plaque=Plaque.objects.for_page(page), upload=upload, **people,
    )  # fmt: skip


def change(shop: Any, by: Any, name: str, value: Any) -> Any:
    now_is = applying.read(shop, [name])
    [outcome] = propose(shop=shop, by=by, values={name: value}, seen=now_is, now=timezone.now())
    return outcome.request


def prepared(world: Any, name: str) -> Any:
    """Clear the way for what one form asks: a second account cannot be asked for while one waits."""
    if name == "payment_new":
        from streets.payments import refuse

        refuse(account=world.requested, by=world.owner, why="")
    if name == "close_today":
        change(world.shop, world.owner, "special_days", [])
    return world


def kept(models: list[type[Model]] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return all that the database knows of shops, pages and their revisions."""
    of_streets = list(apps.get_app_config("streets").get_models())
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in [*of_streets, Page, Revision, *(models or [])]
    }


def address(world: Any, name: str) -> str:
    return reverse(f"portal:{name}", kwargs={"key": world.shop.page_key, **ROWS[name].inside(world)})


def refused(client, world: Any, name: str, *, status: int) -> None:
    form = ROWS[name].form(world) if ROWS[name].form else {}
    before = kept()
    assert client.get(address(world, name)).status_code == status, name
    assert client.post(address(world, name), form).status_code == status, name
    assert kept() == before, name


def test_whoever_is_not_signed_in_is_led_to_sign_in(client, world):
    for name in ROWS:
        refused(client, world, name, status=302)
        assert client.get(address(world, name)).headers["Location"].startswith(reverse("accounts:sign_in")), name


def test_the_first_screen_is_for_who_is_signed_in(client, world):
    home = reverse("portal:home")
    answer = client.get(home)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('accounts:sign_in')}?next={home}")


@pytest.mark.parametrize("who", ["owner", "manager", "staff", "stranger", "former"])
def test_the_first_screen_leads_nobody_but_to_the_own_shops(who, client, world):
    home, person = reverse("portal:home"), getattr(world, who)
    own = {str(member.shop.page_key) for member in ShopMember.objects.active().filter(user=person)}
    client.force_login(person)
    before = kept()
    shown = client.get(home, {"all": ""}).content.decode()
    assert set(re.findall(rf'href="{home}([0-9a-f-]{{36}})/', shown)) == own
    assert client.post(home).status_code == 405
    assert kept() == before


@pytest.mark.parametrize("who", ["stranger", "former"])
def test_who_does_not_keep_the_shop_is_refused(who, client, world):
    client.force_login(getattr(world, who))
    for name in ROWS:
        refused(client, world, name, status=403)


@pytest.mark.parametrize("role", [MemberRole.STAFF, MemberRole.MANAGER])
def test_a_role_that_may_not_do_the_task_is_refused(role, client, world):
    client.force_login(world.staff if role == MemberRole.STAFF else world.manager)
    for name, row in ROWS.items():
        if row.task in TASKS[role]:
            # What is only sent has no screen.
            assert client.get(address(world, name)).status_code in (200, 405), name
        else:
            refused(client, world, name, status=403)


def test_while_the_shop_is_in_dispute_nobody_changes_it(client, world):
    type(world.shop).objects.filter(pk=world.shop.pk).update(disputed_since=timezone.now())
    client.force_login(world.owner)
    for name in set(CHANGING) - set(STAYS_OPEN):
        refused(client, world, name, status=403)


def test_what_only_shows_stays_open_in_a_dispute(client, world):
    type(world.shop).objects.filter(pk=world.shop.pk).update(disputed_since=timezone.now())
    client.force_login(world.owner)
    for name in set(ROWS) - set(CHANGING):
        assert client.get(address(world, name)).status_code == 200, name


@pytest.mark.parametrize("name", STAYS_OPEN)
def test_in_a_dispute_something_is_still_taken_back_or_an_alarm_raised(name, client, world):
    type(world.shop).objects.filter(pk=world.shop.pk).update(disputed_since=timezone.now())
    client.force_login(world.owner)
    before = kept()
    answer = client.post(address(world, name), ROWS[name].form(world))
    assert answer.status_code == 302, answer.content.decode()
    assert kept() != before


@pytest.mark.parametrize("name", CHANGING)
def test_the_same_form_changes_something_for_who_may_do_it(name, client, world):
    prepared(world, name)
    client.force_login(world.owner)
    before = kept()
    answer = client.post(address(world, name), ROWS[name].form(world))
    assert answer.status_code == 302, answer.content.decode()
    assert kept() != before


@pytest.mark.parametrize(
    "name", ["product", "product_remove", "undo", "withdraw", "paper_withdraw", "answer", "card_found"]
)
def test_what_belongs_to_another_shop_is_not_found_under_ones_own(name, client, world):
    """A vendor puts the number of another shop's thing behind the own shop's key."""
    [own] = world.stranger.shop_memberships.all()
    client.force_login(world.stranger)
    theirs = reverse(f"portal:{name}", kwargs={"key": own.shop.page_key, **ROWS[name].inside(world)})
    before = kept()
    assert client.post(theirs, ROWS[name].form(world)).status_code == 404
    assert kept() == before


def test_taking_an_account_back_asks_first_who_it_is(client, world):
    client.force_login(world.owner)
    session = client.session
    session["accounts-fresh-at"] = 0
    session.save()
    place = reverse("portal:payment_withdraw", args=[world.shop.page_key, world.requested.serial])
    state = world.requested.state
    assert client.post(place).status_code == 200
    world.requested.refresh_from_db()
    assert world.requested.state == state


@pytest.mark.parametrize("name", ["payment_withdraw", "payment_not_mine"])
def test_an_account_of_another_shop_is_not_found_under_ones_own(name, client, world):
    [own] = world.stranger.shop_memberships.all()
    client.force_login(world.stranger)
    theirs = reverse(f"portal:{name}", kwargs={"key": own.shop.page_key, **ROWS[name].inside(world)})
    before = kept()
    assert client.post(theirs, {}).status_code == 404
    assert kept() == before


def test_an_unknown_shop_is_not_found(client, world):
    client.force_login(world.owner)
    key = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("portal:shop", args=[key])).status_code == 404
