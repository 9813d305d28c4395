"""Who gets what of the claims' and the people's addresses: one row for each, and none without a row."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLResolver, reverse
from django.utils import timezone
from django.utils.html import escape

from streets.claims import assisting, people_urls, urls
from streets.claims.errors import StaffCannotClaim
from streets.claims.handed_codes import grouped
from streets.claims.membership import invite
from streets.claims.ownership import ask
from streets.members import TASKS, Task, membership
from streets.models import AssistedSession, ClaimLetter, MemberInvitation, MemberRole, Product, Shop
from tests.factories import FoodVendorPageFactory, StreetPageFactory, translate
from tests.streets.claims.people import a_letter, a_member, a_person
from tests.streets.claims.test_claim_admin import only_there
from wardmark.accounts.phones import Phone

pytestmark = pytest.mark.django_db
DAILY, TELL, OWN = Task
WRONG = "ACDE-FHJK"
PASSWORD = "ba-tu-de-nho-7"


@dataclass(frozen=True)
class Row:
    """The task it takes, a form that changes something, what stands in the address, and whether a dispute closes it.

    One that `asks_first` wants to know who it is from somebody who signed in long ago.
    """

    task: Task
    form: Callable[[Any], dict[str, Any]] | None = None
    inside: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    changes: bool = True
    asks_first: bool = False


def of_the_staff(world: Any) -> dict[str, Any]:
    return {"pk": membership(world.staff, world.shop).pk}


ROWS: dict[str, Row] = {
    "people": Row(DAILY, changes=False),
    "invite": Row(OWN, lambda world: {"phone": "0912 000 001", "role": "staff"}, asks_first=True),
    "role": Row(OWN, lambda world: {"role": "manager"}, of_the_staff, asks_first=True),
    "end": Row(OWN, lambda world: {}, of_the_staff, asks_first=True),
    "cancel": Row(OWN, lambda world: {}, lambda world: {"serial": world.invitation.serial}),
    "leave": Row(DAILY, lambda world: {}, changes=False),
    "pass_on": Row(OWN, lambda world: {"member": membership(world.manager, world.shop).pk}, asks_first=True),
    "take_back": Row(OWN, lambda world: {}),
    "entered": Row(TELL, lambda world: {"shown": world.session.mark}),
}
# The officer's own, tried below, with what stands in the address.
ASSISTED: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            *("assisted", "assisted_send", "assisted_drop", "assisted_strike", "assisted_names", "assisted_hours"),
            *("assisted_closure", "assisted_products", "assisted_product_new", "assisted_offer", "assisted_place"),
            *("assisted_contact", "assisted_photos", "assisted_upload_photo"),
        ),
        lambda world: {},
    ),
    "assisted_words": lambda world: {"language": "vi"},
    "assisted_product": lambda world: {"pk": world.product.pk},
    "assisted_product_remove": lambda world: {"pk": world.product.pk},
}
# Sent from another screen; they have none of their own.
ONLY_SENT = {"assisted_send", "assisted_drop", "assisted_strike", "assisted_product_remove", "assisted_upload_photo"}
# What who gets of a paper's address that has typed no code in this browser: the door, or the way back to it. Each step
# of who has typed it is gone in tests/streets/claims/test_claim_flow.py.
PAPERS: dict[str, dict[str | None, int]] = {
    "start": {None: 200, "owner": 200, "stranger": 200, "editor": 403},
    "letter": {None: 200, "owner": 200, "stranger": 200, "editor": 403},
    "invitation": {None: 200, "owner": 200, "stranger": 200, "editor": 403},
    "prove": {None: 302, "owner": 302, "stranger": 302, "editor": 403},
    "secure": {None: 302, "owner": 302, "stranger": 302, "editor": 403},
    "waiting": {None: 302, "owner": 200, "stranger": 200, "editor": 200},
}


def names_of(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


def test_no_address_is_forgotten():
    people = dict(names_of(people_urls.urlpatterns))
    assert people.keys() == ROWS.keys() | ASSISTED.keys()
    assert {name: people[name].task for name in ROWS} == {name: row.task for name, row in ROWS.items()}
    assert {name for name in ROWS if people[name].changes} == {name for name, row in ROWS.items() if row.changes}
    assert dict(names_of(urls.urlpatterns)).keys() == PAPERS.keys()


@pytest.fixture
def world(street, editor):
    page = FoodVendorPageFactory(parent=street, title="Phở Của Tôi")
    translate(page, "My Noodles")
    shop = page.shop
    people = {
        name: a_person(f"0900 000 10{number}", name)
        for number, name in enumerate(("owner", "manager", "staff", "former", "stranger"))
    }
    for name in ("owner", "manager", "staff"):
        a_member(shop, people[name], MemberRole(name))
    former = a_member(shop, people["former"])
    former.ended_at = timezone.now()
    former.save()
    a_member(FoodVendorPageFactory(parent=street, title="Quán Người Khác").shop, people["stranger"])
    now = timezone.now()
    invited = invite(shop=shop, by=people["owner"], phone=Phone.written("0911 000 001"), role="staff", now=now)
    session = assisting.begin(vendor=membership(people["owner"], shop), by=editor, now=now)
    AssistedSession.objects.filter(pk=session.pk).update(
        wishes={"values": {"amenities": ["wifi"]}, "seen": {"amenities": []}}
    )
    product = Product.objects.create(shop=shop, name={"vi": "Phở tái"}, price=50_000)
    return SimpleNamespace(
        shop=shop, invitation=invited.invitation, session=session, editor=editor, product=product, **people
    )


def kept() -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("streets").get_models()
    }


def address(world: Any, name: str) -> str:
    return reverse(f"people:{name}", kwargs={"key": world.shop.page_key, **ROWS[name].inside(world)})


def prepared(world: Any, name: str) -> None:
    if name == "take_back":
        old, new = membership(world.owner, world.shop), membership(world.manager, world.shop)
        ask(old_owner=old, new_owner=new, by=world.owner, now=timezone.now())
    if name == "leave":
        a_member(world.shop, a_person("0900 000 199", "Chủ thứ hai"))


def sign_in(client, person) -> None:
    """Sign in as somebody who has just shown who it is."""
    client.force_login(person)
    session = client.session
    session["accounts-fresh-at"] = timezone.now().timestamp()
    session.save()


def leave_open(client, person) -> None:
    """Hold the phone of somebody who signed in long ago."""
    client.force_login(person)
    session = client.session
    session["accounts-fresh-at"] = 0
    session.save()


def is_asked(answer) -> bool:
    return 'id="confirm"' in answer.content.decode()


def refused(client, world: Any, name: str, *, status: int) -> None:
    form = ROWS[name].form(world) if ROWS[name].form else {}
    before = kept()
    assert client.get(address(world, name)).status_code == status, name
    assert client.post(address(world, name), form).status_code == status, name
    assert kept() == before, name


def test_whoever_is_not_signed_in_is_led_to_sign_in(client, world):
    for name in ROWS:
        refused(client, world, name, status=302)


@pytest.mark.parametrize("who", ["stranger", "former", "editor"])
def test_who_does_not_keep_the_shop_is_refused(who, client, world):
    sign_in(client, getattr(world, who))
    for name in ROWS:
        refused(client, world, name, status=403)


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_a_role_that_may_not_do_the_task_is_refused(role, client, world):
    sign_in(client, getattr(world, role))
    for name, row in ROWS.items():
        if row.task in TASKS[MemberRole(role)]:
            assert client.get(address(world, name)).status_code in (200, 405), name
        else:
            refused(client, world, name, status=403)


def test_while_the_shop_is_in_dispute_nobody_changes_who_keeps_it(client, world):
    Shop.objects.filter(pk=world.shop.pk).update(disputed_since=timezone.now())
    sign_in(client, world.owner)
    for name, row in ROWS.items():
        if row.changes:
            refused(client, world, name, status=403)
    before = kept()
    assert client.get(address(world, "people")).status_code == 200
    assert client.post(address(world, "leave")).status_code == 302
    assert kept() == before


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.form])
def test_the_same_form_changes_something_for_who_may_do_it(name, client, world):
    prepared(world, name)
    sign_in(client, world.owner)
    before = kept()
    answer = client.post(address(world, name), ROWS[name].form(world))
    # An invitation shows its code once, so nothing leads on from there.
    assert answer.status_code == (200 if name == "invite" else 302), answer.content.decode()
    assert kept() != before


@pytest.mark.parametrize("name", ["role", "end", "cancel"])
def test_what_belongs_to_another_shop_is_not_found_under_ones_own(name, client, world):
    [own] = world.stranger.shop_memberships.all()
    sign_in(client, world.stranger)
    theirs = reverse(f"people:{name}", kwargs={"key": own.shop.page_key, **ROWS[name].inside(world)})
    before = kept()
    assert client.post(theirs, ROWS[name].form(world)).status_code == 404
    assert kept() == before


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.form])
def test_an_open_phone_gives_nobody_the_shop_and_takes_it_from_nobody(name, client, world):
    """What only takes back, confirms what an officer entered, or lets oneself go, asks nothing."""
    prepared(world, name)
    leave_open(client, world.owner)
    before = kept()
    answer = client.post(address(world, name), ROWS[name].form(world))
    assert is_asked(answer) == ROWS[name].asks_first
    assert (kept() == before) == ROWS[name].asks_first


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.asks_first])
def test_what_was_sent_goes_on_once_it_is_shown_who_it_is(name, client, world):
    world.owner.set_password(PASSWORD)
    world.owner.save()
    leave_open(client, world.owner)
    before = kept()
    asking = client.post(address(world, name), ROWS[name].form(world))
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asking.content.decode()))
    shown = held | {"confirm-by": "password", "confirm-password": PASSWORD}
    assert is_asked(client.post(address(world, name), shown | {"confirm-password": "sai"}))
    assert kept() == before
    answer = client.post(address(world, name), shown)
    assert not is_asked(answer)
    assert DONE[name](world), answer.content.decode()


DONE: dict[str, Callable[[Any], bool]] = {
    "invite": lambda world: MemberInvitation.objects.filter(
        shop=world.shop, role="staff", phone_mark__in=Phone.written("0912 000 001").fingerprints()
    ).exists(),
    "role": lambda world: membership(world.staff, world.shop).role == MemberRole.MANAGER,
    "end": lambda world: membership(world.staff, world.shop) is None,
    "pass_on": lambda world: world.shop.ownership_changes.waiting().get().new_owner == world.manager,
}


# ---- the officer's tablet -----------------------------------------------------------------------------------


def of_the_officer(world: Any, name: str) -> str:
    return reverse(f"people:{name}", kwargs={"key": world.shop.page_key, **ASSISTED[name](world)})


@pytest.mark.parametrize("who", [None, "owner", "staff", "stranger", "second", "elsewhere"])
def test_only_the_officer_who_began_it_enters_anything(client, world, who, second_officer, street):
    if who == "second":
        client.force_login(second_officer)
    elif who == "elsewhere":
        only_there(world.editor, StreetPageFactory(parent=street.get_parent(), title="Phố Khác"))
        client.force_login(world.editor)
    elif who:
        client.force_login(getattr(world, who))
    before = kept()
    status = 302 if who is None else 403
    for name in ASSISTED:
        assert client.get(of_the_officer(world, name)).status_code == status, name
        assert client.post(of_the_officer(world, name), {"code": WRONG}).status_code == status, name
    assert kept() == before


def test_the_officer_who_began_it_gets_in(client, world):
    client.force_login(world.editor)
    for name in ASSISTED:
        assert client.get(of_the_officer(world, name)).status_code == (405 if name in ONLY_SENT else 200), name
    assert client.post(of_the_officer(world, "assisted_drop")).status_code == 302
    assert client.get(of_the_officer(world, "assisted")).status_code == 403


# ---- papers -------------------------------------------------------------------------------------------------


def of_a_paper(world: Any, name: str, serial: str = "") -> str:
    if name in {"start", "waiting"}:
        return reverse(f"claims:{name}")
    return reverse(f"claims:{name}", args=[serial or world.papers[name]])


@pytest.fixture
def papers(world, street, editor):
    letter = a_letter(FoodVendorPageFactory(parent=street, title="Quán Chưa Ai Nhận").shop, editor).letter
    world.papers = dict.fromkeys(PAPERS, letter.serial) | {"invitation": world.invitation.serial}
    return world


@pytest.mark.parametrize("who", [None, "owner", "stranger", "editor"])
def test_a_paper_opens_its_door_and_nothing_behind_it(client, papers, who):
    if who:
        client.force_login(getattr(papers, who))
    before = kept()
    form = {"code": "", "phone": "", "name": "", "number": "", "password": "rau-muong-xao-toi", "passkey": "1"}
    for name, expected in PAPERS.items():
        address = of_a_paper(papers, name)
        answer = client.get(address)
        assert answer.status_code == expected[who], name
        if answer.status_code == 302:
            door = reverse("accounts:sign_in") if name == "waiting" else of_a_paper(papers, "letter")
            assert answer.headers["Location"].startswith(door), name
        assert client.post(address, form).status_code in {302, 403, 405, 422}, name
    assert kept() == before


def test_an_unknown_paper_is_not_found(client, papers):
    for serial in ("0000000", "khong-co", "9" * 30):
        for name in ("letter", "invitation"):
            assert client.get(of_a_paper(papers, name, serial)).status_code == 404, (name, serial)


def test_an_officer_is_told_at_once_and_led_back_to_the_paper_by_signing_out(client, papers):
    for name in PAPERS.keys() - {"waiting"}:
        client.force_login(papers.editor)
        address = of_a_paper(papers, name)
        told = client.get(address).content.decode()
        assert escape(str(StaffCannotClaim())) in told, name
        assert 'name="code"' not in told, name
        assert 'name="number"' not in told, name
        out = client.post(reverse("accounts:sign_out"), {"next": address})
        assert out.headers["Location"] == address, name
        assert client.get(address).status_code == PAPERS[name][None], name


def test_a_letter_opens_no_invitation_and_an_invitation_no_letter(client, world, street, editor):
    issued = a_letter(FoodVendorPageFactory(parent=street).shop, editor)
    assert client.get(reverse("claims:invitation", args=[issued.letter.serial])).status_code == 404
    assert client.get(reverse("claims:letter", args=[world.invitation.serial])).status_code == 404
    assert client.post(reverse("claims:letter", args=[world.invitation.serial]), {"code": grouped(issued.code)})
    assert ClaimLetter.objects.get().state == "open"
