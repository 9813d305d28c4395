"""The way of a vendor who has got a letter: in from the paper, then one change of each kind to the public page.

The vendor holds a phone of 360 px, the officers sit at the admin's screens. What cannot be waited for here, a day or
ten minutes, is made older in the demonstration.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from streets.claims.handed_codes import ALPHABET
from tests.browser.conftest import PHONE, open_admin
from tests.browser.demo_site import DemoSite
from tests.browser.places import CLAIMED_SHOP
from tests.browser.test_passkeys import make_sign_in_older

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 740}
# Made up, as all of the demonstration.
NAME, NUMBER, PASSWORD = "Chủ quán bún đậu (minh hoạ)", "0900 000 077", "dau-ran-mam-tom"
DISMISSAL = "Giấy tờ gửi kèm chưa thấy tên này, mời quán gửi thêm."
# The shop as the test needs it: with an account whose code stands on its page. Prints the keys of shop and page.
WITH_AN_ACCOUNT = """
from streets.demo_payments import _as_of_yesterday
from streets.models import Shop
from streets.payments import approve, draft, request
from streets.sealing import Number
from wardmark.accounts.demo import demo_officers
first, second = demo_officers()
shop = Shop.objects.get(name="{shop}")
number = Number(bin="970403", account="0011012345678")
account = draft(shop=shop, number=number, payee_name="{payee}", holder_kind="household", by=first)
request(account=account, by=first)
_as_of_yesterday(account)
approve(account=account, by=second)
print(shop.pk, shop.page_key)
"""
PAYEE, NEW_PAYEE = "HO KINH DOANH BUN DAU MINH HOA", "HO KINH DOANH BUN DAU MINH HOA HAI"
LET_THE_DAY_PASS = """
from streets.demo_payments import _as_of_yesterday
from streets.models import PaymentAccount
_as_of_yesterday(PaymentAccount.objects.get(shop={shop}, state="pending"))
"""
MEMBERS = """
from streets.models import ShopMember
for member in ShopMember.objects.active().filter(shop={shop}):
    print(member.role, member.user.get_full_name())
"""
# Another owner, whom 40 days without a refusal have made trusted. The first change of each person is looked over.
SECOND, SECOND_NUMBER, THIRD_NUMBER = "Chủ quán thứ hai (minh hoạ)", "0900 000 078", "0900 000 079"
A_TRUSTED_OWNER = """
from datetime import timedelta
from django.utils import timezone
from streets.models import ChangeRequest, MemberRole, Shop, ShopMember
from wardmark.accounts.people import make_person
from wardmark.accounts.phones import Phone
long_ago = timezone.now() - timedelta(days=40)
person = make_person(name="{name}", phone=Phone.written("{number}"), proved_at=long_ago)
person.set_password("{password}")
person.save()
member = ShopMember.objects.create(shop_id={shop}, user=person, role=MemberRole.OWNER)
ShopMember.objects.filter(pk=member.pk).update(since=long_ago)
ChangeRequest.objects.filter(shop={shop}, state="rejected").update(decided_at=long_ago)
print(person.pk)
"""
WHO_GOES_AGAIN = """
from django.utils import timezone
from streets.models import ShopMember
from wardmark.accounts.models import SignInPhone
for member in ShopMember.objects.active().filter(user={person}):
    member.ended_at = timezone.now()
    member.save()
SignInPhone.objects.filter(person={person}).delete()
"""
LET_THE_DAY_OF_A_NUMBER_PASS = """
from datetime import timedelta
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.phone_changes import apply_due
change = PhoneChange.objects.waiting().get(person={person})
change.requested_at -= timedelta(hours=24)
change.save()
apply_due()
"""


@dataclass(frozen=True)
class Kept:
    """A shop whose vendor has come the whole way from the letter; `signed_in` is what the phone's browser keeps."""

    shop: int
    key: str
    link: str
    signed_in: Any


def address(name: str, *args: Any) -> str:
    """Return an address as a reader of Vietnamese has it."""
    with override("vi"):
        return reverse(name, args=args)


def words(msgid: str, **parts: str) -> str:
    with override("vi"):
        said = gettext(msgid)
    # A catalogue without it would let every test of these words pass on English.
    assert said != msgid
    return said % parts


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


# ---- in from the paper ----------------------------------------------------------------------------


def print_letter(officer: Page, shop: int) -> Path:
    officer.goto(address("claim_admin:shop", shop))
    with officer.expect_download() as printed:
        officer.locator(f"form[action='{address('claim_admin:print_letter', shop)}'] button").click()
    return printed.value.path()


def read_letter(pdf: Path) -> tuple[str, str]:
    """Return the address in the letter's symbol, as a camera reads it, and the code, as a vendor does."""
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        [symbol] = zxingcpp.read_barcodes(document[0].render(scale=2, grayscale=True).to_pil())
    [page] = PdfReader(pdf).pages
    said = page.extract_text()
    assert CLAIMED_SHOP.titles["vi"] in said
    [code] = re.findall(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", said)
    assert code.replace("-", "") not in symbol.text.upper()
    return symbol.text, code


def message_to(demo_site: DemoSite, number: str) -> str:
    """Return the digits of the newest message to a number, from the file that is the demonstration's telephone."""
    lines = (demo_site.var / "messages.jsonl").read_text().splitlines()
    told = [row["text"] for row in map(json.loads, lines) if row["phone"] == number]
    [digits] = re.findall(r"\b\d{6}\b", told[-1])
    return digits


def hand_in(phone: Page, link: str, code: str, demo_site: DemoSite) -> None:
    """Come from the scanned address to a claim that waits."""
    phone.goto(urlsplit(link).path)
    phone.fill("[name=code]", code.lower())
    phone.fill("[name=name]", NAME)
    phone.fill("[name=phone]", NUMBER)
    send(phone)
    serial = urlsplit(link).path.strip("/").rpartition("/")[2]
    phone.wait_for_url(f"**{address('claims:prove', serial)}")
    phone.fill("[name=code]", message_to(demo_site, "+84" + NUMBER.replace(" ", "")[1:]))
    send(phone)
    phone.wait_for_url(f"**{address('claims:secure', serial)}")
    phone.fill("[name=password]", PASSWORD)
    phone.locator("form:has([name=password]) button").click()
    phone.wait_for_url(f"**{address('claims:waiting')}")
    expect(phone.locator("[data-claim=pending]")).to_contain_text(CLAIMED_SHOP.titles["vi"])


def is_nobodys_yet(phone: Page, key: str) -> None:
    """A claim alone opens nothing."""
    assert phone.goto(address("portal:shop", key)).status == 403
    phone.goto(address("portal:home"))
    expect(phone.locator(f"a[href='{address('portal:shop', key)}']")).to_have_count(0)
    expect(phone.locator(f"main a[href='{address('claims:waiting')}']")).to_be_visible()


def confirm(officer: Page) -> None:
    """Confirm the claim from the list, with one tap."""
    officer.goto(address("claim_admin:index"))
    row = officer.locator("tr").filter(has_text=NAME)
    expect(row).to_contain_text(CLAIMED_SHOP.titles["vi"])
    row.locator("form button").click()
    expect(row).to_have_count(0)


@pytest.fixture(scope="session")
def those_who_came() -> list[Kept]:
    """Nobody, or the vendor of this demonstration, whose number has an account from then on."""
    return []


@pytest.fixture(scope="module")
def kept(chromium: Browser, demo_site: DemoSite, those_who_came: list[Kept]) -> Kept:
    """The vendor, brought in once, however often tests of other files come in between."""
    if not those_who_came:
        those_who_came.append(bring_in(chromium, demo_site))
    return those_who_came[0]


def bring_in(chromium: Browser, demo_site: DemoSite) -> Kept:
    """Bring the vendor in, from the officer's print to the shop's first screen."""
    question = WITH_AN_ACCOUNT.format(shop=CLAIMED_SHOP.titles["vi"], payee=PAYEE)
    shop, key = demo_site.ask(question).split()
    officer = open_admin(chromium, demo_site, "officer")
    phone = chromium.new_context(**PHONE | {"base_url": demo_site.url, "locale": "vi-VN", "viewport": SMALL}).new_page()
    try:
        link, code = read_letter(print_letter(officer, int(shop)))
        hand_in(phone, link, code, demo_site)
        is_nobodys_yet(phone, key)
        confirm(officer)
        phone.goto(address("claims:waiting"))
        phone.locator("[data-claim=confirmed] a").click()
        phone.wait_for_url(f"**{address('portal:shop', key)}")
        expect(phone.locator(".portal__daily")).to_be_visible()
        return Kept(int(shop), key, link, phone.context.storage_state())
    finally:
        phone.context.close()
        officer.context.close()


def sign_in_with(phone: Page, number: str, kept: Kept) -> None:
    """Sign in with a number and the password, which leads to the one shop that is kept."""
    phone.goto(address("portal:home"))
    phone.fill("[name=username]", number)
    phone.fill("[name=password]", PASSWORD)
    phone.locator("main form:has([name=password]) button[type=submit]").last.click()
    phone.wait_for_url(f"**{address('portal:shop', kept.key)}")


def test_the_letter_leads_to_an_owner_and_then_opens_nothing_more(kept, open_phone, demo_site):
    assert f"owner {NAME}\n" in demo_site.ask(MEMBERS.format(shop=kept.shop))
    stranger = open_phone(viewport=SMALL)
    assert stranger.goto(urlsplit(kept.link).path).status == 410
    expect(stranger.locator("main [name=code]")).to_have_count(0)


def test_the_vendor_comes_back_with_number_and_password(kept, open_phone):
    sign_in_with(open_phone(viewport=SMALL), NUMBER, kept)


# ---- one change of each kind ----------------------------------------------------------------------


@pytest.fixture
def phone(kept, open_phone) -> Page:
    """The vendor's phone, signed in, on the shop's first screen."""
    phone = open_phone(viewport=SMALL, storage_state=kept.signed_in)
    phone.goto(address("portal:shop", kept.key))
    return phone


@pytest.fixture
def second_owner(kept, demo_site) -> Iterator[str]:
    """A trusted owner beside the one of the letter, for one test; the key of the person."""
    said = {"shop": kept.shop, "name": SECOND, "number": SECOND_NUMBER, "password": PASSWORD}
    person = demo_site.ask(A_TRUSTED_OWNER.format(**said)).strip()
    yield person
    demo_site.ask(WHO_GOES_AGAIN.format(person=person))


@pytest.fixture
def visitor(open_phone) -> Page:
    """Somebody else's phone on the shop's public page."""
    visitor = open_phone(viewport=SMALL)
    visitor.goto(CLAIMED_SHOP.paths["vi"])
    return visitor


def open_decision(officer: Page, text: str, *, among: str = "index") -> None:
    """Open the one change that waits, or is to be looked over, and has a text in it."""
    officer.goto(address(f"changes_admin:{among}"))
    officer.locator("article").filter(has_text=text).locator("h2 a").click()
    expect(officer.locator("main")).to_contain_text(text)


def accept(officer: Page) -> None:
    officer.locator("button[name=accept]").click()
    officer.wait_for_url(f"**{address('changes_admin:index')}")


def refuse(officer: Page, *, back_to: str = "index") -> None:
    # Without a reason nobody is refused.
    officer.locator("button[name=refuse]").click()
    expect(officer.locator("[name=reason][aria-invalid=true], .error-message")).not_to_have_count(0)
    officer.fill("[name=reason]", DISMISSAL)
    officer.locator("button[name=refuse]").click()
    officer.wait_for_url(f"**{address(f'changes_admin:{back_to}')}")


def read_the_refusal(phone: Page, kept: Kept, text: str) -> None:
    phone.goto(address("portal:shop", kept.key))
    refused = phone.locator("section[aria-labelledby=rejected]")
    expect(refused).to_contain_text(text)
    expect(refused.locator(".portal__reason")).to_contain_text(DISMISSAL)
    refused.locator("form button").click()
    expect(refused).to_have_count(0)
    # Read is not forgotten.
    phone.goto(address("portal:history", kept.key))
    expect(phone.locator(".portal__rows > li").filter(has_text=text)).to_contain_text(DISMISSAL)


def describe(phone: Page, kept: Kept, text: str) -> None:
    phone.goto(address("portal:words", kept.key, "vi"))
    phone.fill("[name=summary]", text)
    phone.locator(".portal__send").click()


def show_who_it_is(phone: Page) -> None:
    phone.fill("[name=confirm-password]", PASSWORD)
    phone.locator("button[value=password]").click()


def take_back(phone: Page, kept: Kept) -> None:
    phone.locator(f".portal__message form[action^='{address('portal:history', kept.key)}'] button").click()
    phone.wait_for_url(f"**{address('portal:history', kept.key)}")


def test_closed_today_is_public_at_once_and_taken_back(kept, phone, visitor):
    today = visitor.locator(".hours__today")
    before = today.inner_text()
    phone.locator(f"form[action='{address('portal:close_today', kept.key)}'] button").click()
    expect(phone.locator(f"form[action='{address('portal:open_today', kept.key)}'] button")).to_be_visible()
    visitor.reload()
    expect(visitor.locator(".opening--closed")).to_be_visible()
    assert today.inner_text() != before
    take_back(phone, kept)
    visitor.reload()
    expect(today).to_have_text(before, use_inner_text=True)


def test_a_price_is_public_at_once_and_taken_back(kept, phone, visitor):
    price = visitor.locator(".products__price").first
    before = price.inner_text()
    phone.locator(f".portal__daily a[href='{address('portal:products', kept.key)}']").click()
    phone.locator("[name^=price-]").first.fill("72k")
    phone.locator(".portal__send").click()
    expect(phone.locator(".portal__message form button")).to_be_visible()
    visitor.reload()
    expect(price).to_contain_text("72.000")
    take_back(phone, kept)
    visitor.reload()
    expect(price).to_have_text(before, use_inner_text=True)


def test_a_description_of_a_new_vendor_waits_and_is_public_once_an_officer_agrees(kept, phone, visitor, sign_in):
    text = "Mẹt bún đậu hai người, thêm rau kinh giới và tía tô."
    describe(phone, kept, text)
    expect(phone.locator(".portal__message--waits[role=status]")).to_be_visible()
    expect(phone.locator("section[aria-labelledby=waiting]")).to_contain_text(text)
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(text)

    officer = sign_in("officer")
    open_decision(officer, text)
    accept(officer)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(text)
    phone.goto(address("portal:shop", kept.key))
    expect(phone.locator("section[aria-labelledby=waiting]")).to_have_count(0)


def test_a_description_of_a_trusted_vendor_is_public_at_once_and_taken_back_when_it_is_looked_over(
    kept, second_owner, open_phone, visitor, sign_in
):
    phone, text = open_phone(viewport=SMALL), "Đậu rán giòn tại bàn, mắm tôm pha sẵn."
    sign_in_with(phone, SECOND_NUMBER, kept)
    describe(phone, kept, text)
    expect(phone.locator(".portal__message[role=status] form button")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(text)

    officer = sign_in("officer")
    open_decision(officer, text, among="look_over")
    refuse(officer, back_to="look_over")
    expect(officer.locator("article").filter(has_text=text)).to_have_count(0)
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(text)
    read_the_refusal(phone, kept, text)


def test_a_public_phone_waits_and_is_called_once_an_officer_agrees(kept, phone, visitor, sign_in):
    number = "024 0000 0088"
    calls = visitor.locator("a[href='tel:+842400000088']")
    phone.goto(address("portal:contact", kept.key))
    phone.fill("[name=phone]", number)
    phone.locator(".portal__send").click()
    expect(phone.locator(".portal__message--waits[role=status]")).to_be_visible()
    visitor.reload()
    expect(calls).to_have_count(0)

    officer = sign_in("officer")
    open_decision(officer, number)
    accept(officer)
    visitor.reload()
    expect(calls.first).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "field", "text", "why"),
    [
        ("names", "title", "Bún đậu Minh Hoạ Gia Truyền", "The ward looks at this before it is public"),
        ("words/vi", "story", "Rau hữu cơ, an toàn cho trẻ nhỏ.", "It speaks of safety, health or origin"),
    ],
    ids=["name", "claim of safety"],
)
def test_what_is_looked_at_first_is_refused_with_a_reason_that_the_vendor_reads(
    kept, phone, visitor, sign_in, screen, field, text, why
):
    name, *language = screen.split("/")
    phone.goto(address(f"portal:{name}", kept.key, *language))
    phone.fill(f"[name={field}]", text)
    phone.locator(".portal__send").click()
    expect(phone.locator(".portal__message--waits[role=status]")).to_contain_text(words(why))

    officer = sign_in("officer")
    open_decision(officer, text)
    refuse(officer)
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(text)
    read_the_refusal(phone, kept, text)


def test_a_new_account_asks_who_it_is_hides_the_code_and_is_shown_after_a_day_and_an_officer(
    kept, phone, visitor, sign_in, demo_site
):
    expect(visitor.locator(".payment__code")).to_be_visible()
    make_sign_in_older(demo_site)
    phone.goto(address("portal:payment", kept.key))
    phone.locator(f"a[href='{address('portal:payment_new', kept.key)}']").click()
    show_who_it_is(phone)
    phone.select_option("[name=bank]", index=1)
    phone.fill("[name=account]", "0011012345678")
    phone.fill("[name=payee_name]", NEW_PAYEE)
    phone.locator("[name=holder_kind][value=household]").check()
    phone.locator(".portal__send").click()
    phone.wait_for_url(f"**{address('portal:payment', kept.key)}")
    expect(phone.locator(".portal__card--waits")).to_contain_text(NEW_PAYEE)

    visitor.reload()
    expect(visitor.locator(".payment__code, .payment__payee")).to_have_count(0)
    hidden = "The code is not shown until the ward has checked the new one. Please ask the seller how to pay."
    expect(visitor.locator(".payment")).to_contain_text(words(f"This shop is changing its account. {hidden}"))

    demo_site.ask(LET_THE_DAY_PASS.format(shop=kept.shop))
    officer = sign_in("officer")
    officer.goto(address("payment_admin:index"))
    officer.locator("tr").filter(has_text=NEW_PAYEE).locator("a").first.click()
    officer.locator("a[href$='/approve/']").click()
    officer.fill("[name=why]", "Đã so với giấy đăng ký hộ kinh doanh.")
    officer.locator("form.plaque-form button[type=submit]").click()
    visitor.reload()
    expect(visitor.locator(".payment__code")).to_be_visible()
    expect(visitor.locator(".payment__payee")).to_have_text(NEW_PAYEE)


def ask_for_another_number(phone: Page, demo_site: DemoSite) -> None:
    """Show who it is, then prove the new number with the code that a message brings to it."""
    make_sign_in_older(demo_site)
    phone.goto(address("accounts:phone"))
    show_who_it_is(phone)
    phone.fill("[name=phone]", THIRD_NUMBER)
    send(phone)
    phone.fill("[name=code]", message_to(demo_site, "+84900000079"))
    send(phone)
    phone.wait_for_url(f"**{address('accounts:home')}")
    expect(phone.locator(f"form[action='{address('accounts:cancel_phone_change')}'] button")).to_be_visible()


def approve_the_number(officer: Page) -> None:
    officer.goto(address("phone_admin:index"))
    officer.locator("tr").filter(has_text=SECOND).locator("a").first.click()
    officer.locator("button[value=approve]").click()
    officer.wait_for_url(f"**{address('phone_admin:index')}")


def test_an_owners_other_number_hides_the_code_and_counts_after_a_day_and_an_officer(
    kept, second_owner, open_phone, visitor, sign_in, demo_site
):
    expect(visitor.locator(".payment__code")).to_be_visible()
    phone = open_phone(viewport=SMALL)
    sign_in_with(phone, SECOND_NUMBER, kept)
    ask_for_another_number(phone, demo_site)
    visitor.reload()
    expect(visitor.locator(".payment__code, .payment__payee")).to_have_count(0)

    # An officer's yes alone does not do.
    approve_the_number(sign_in("officer"))
    visitor.reload()
    expect(visitor.locator(".payment__code")).to_have_count(0)
    demo_site.ask(LET_THE_DAY_OF_A_NUMBER_PASS.format(person=second_owner))
    visitor.reload()
    expect(visitor.locator(".payment__code")).to_be_visible()
    # All devices are signed out; the new number opens the shop.
    phone.goto(address("accounts:home"))
    expect(phone.locator("[name=username]")).to_be_visible()
    sign_in_with(open_phone(viewport=SMALL), THIRD_NUMBER, kept)
