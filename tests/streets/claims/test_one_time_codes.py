"""A code whose time is over, that was used or mistyped five times opens nothing: a row for each view that takes one.

It is refused in words, and nothing that is kept has changed: no row of the database, nothing in the browser's session.
The same code in its time, sent for the first time, changes something: a refusal of nothing would prove nothing.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.forms.forms import DeclarativeFieldsMetaclass
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django_otp_webauthn.models import WebAuthnCredential

from streets.changes import applying
from streets.claims import assisting, handed_codes
from streets.claims.errors import CodeLapsed, CodeSpent, CodeUsed
from streets.claims.forms import HandedCodeField
from streets.claims.membership import invite
from streets.members import membership
from streets.models import AssistedSession, ClaimLetter, HandedCode, MemberInvitation, MemberRole, Shop, ShopMember
from tests.factories import FoodVendorPageFactory
from tests.streets.claims.people import FIRST, THIRD, a_letter, a_member
from tests.streets.claims.test_access import leave_open
from wardmark.accounts import phone_changes, phone_proof, reauthentication
from wardmark.accounts.forms import CodeField
from wardmark.accounts.models import Attempt, PhoneChange, User
from wardmark.accounts.phones import Phone

pytestmark = pytest.mark.django_db

UNKNOWN, WANTED = "0900 000 008", "0900 000 009"
PASSWORD = "banh-mi-pate-nong"
MISTYPED = "ACDE-FHJK"


@dataclass
class World:
    """Who is there, the browser in use, and the paper that was made last."""

    client: Client
    sent: list[tuple[str, str]]
    shop: Shop
    free_shop: Shop
    editor: User
    owner: User
    person: User
    helper: User
    paper: HandedCode | None = None

    def post(self, view: str, /, *args: Any, **form: Any) -> Any:
        return self.client.post(reverse(view, args=args), form)

    @property
    def digits(self) -> str:
        """The code in the newest message, of whichever kind."""
        return re.search(r"\b(?:\d{6}|[0-9A-Z]{4}-[0-9A-Z]{4})\b", self.sent[-1][1])[0]


@pytest.fixture
def world(client, sent, shop, editor, owner, person, stranger, street):
    free = FoodVendorPageFactory(parent=street, title="Quán Chưa Ai Nhận").shop
    return World(client, sent, shop, free, editor, owner, person, stranger)


@dataclass(frozen=True)
class Way:
    """How a code comes to somebody, `bring`, and is typed at one address, `send`.

    `use` is how it is used up, where that takes more than typing it; `clear` puts away what else would stand against
    using it a second time. `said` is what is read where its time is over, where it was used, mistyped too often.
    """

    bring: Callable[[World], str]
    send: Callable[[World, str], Any]
    lasts: timedelta
    said: dict[str, Callable[[World], str]]
    use: Callable[[World, str], Any] | None = None
    clear: Callable[[World], Any] = field(default=lambda world: None)


OVER, USED, SPENT = "its time is over", "it was used", "it was mistyped five times"


def always(words: str) -> dict[str, Callable[[World], str]]:
    """Whoever tries learns nothing of why: for codes by message."""
    return dict.fromkeys((OVER, USED, SPENT), lambda world: gettext(words))


WRONG_OR_OVER = always("This code is wrong or over. Please check it, or have a new one sent.")
WRONG_OR_OLD = always("This code is wrong or too old. Please look at the newest message.")
OF_PAPER: dict[str, Callable[[World], str]] = {
    OVER: lambda world: str(CodeLapsed(world.paper.valid_until)),
    USED: lambda world: str(CodeUsed()),
    SPENT: lambda world: str(CodeSpent()),
}
ENDED = always("Nothing more can be entered or confirmed here.")


# ---- codes by message ---------------------------------------------------------------------------------------


def ask_for_code(name: str) -> Callable[[World], str]:
    def bring(world: World) -> str:
        assert world.post(name, phone=FIRST).status_code == 200
        return world.digits

    return bring


def ask_for_another_number(world: World) -> str:
    world.client.force_login(world.person)
    world.post("accounts:phone", phone=WANTED)
    return world.digits


def take_the_wish_back(world: World) -> None:
    phone_changes.cancel(change=PhoneChange.objects.waiting().get(), by=world.person)


def knock_with_a_letter(world: World) -> str:
    issued = a_letter(world.free_shop, world.editor)
    world.paper = issued.letter
    world.post("claims:letter", issued.letter.serial, code=issued.code, name="Chị Mới", phone=UNKNOWN)
    return world.digits


def an_open_phone(world: World) -> str:
    member = a_member(world.shop, world.helper, MemberRole.STAFF)
    leave_open(world.client, world.owner)
    of_the_helper(world, member, "send")
    return world.digits


def of_the_helper(world: World, member: ShopMember, by: str, code: str = "") -> Any:
    form = {"role": "manager", "confirm-held": "POST", "confirm-by": by, "confirm-code": code}
    return world.post("people:role", world.shop.page_key, member.pk, **form)


def make_staff_again(world: World) -> None:
    ShopMember.objects.filter(user=world.helper).update(role=MemberRole.STAFF)


# ---- codes on paper -----------------------------------------------------------------------------------------


def a_letter_in_hand(world: World) -> str:
    issued = a_letter(world.free_shop, world.editor)
    world.paper = issued.letter
    return issued.code


def an_invitation_in_hand(world: World) -> str:
    invited = invite(
        shop=world.shop, by=world.owner, phone=Phone.written(THIRD), role=MemberRole.STAFF, now=timezone.now()
    )
    world.paper = invited.invitation
    return invited.code


def signed_in(bring: Callable[[World], str]) -> Callable[[World], str]:
    def bring_to_a_member(world: World) -> str:
        world.client.force_login(world.helper)
        return bring(world)

    return bring_to_a_member


def type_it(view: str, /, **more: str) -> Callable[[World, str], Any]:
    return lambda world, code: world.post(view, world.paper.serial, code=code, **more)


def somebody_else_uses(name: str) -> Callable[[World, str], Any]:
    """Typed by who is not signed in it is used up only steps later, with the account."""

    def use(world: World, code: str) -> Any:
        other = Client()
        other.force_login(world.helper)
        return other.post(reverse(name, args=[world.paper.serial]), {"code": code})

    return use


def enter_for_the_owner(world: World) -> str:
    now = timezone.now()
    session = assisting.begin(vendor=membership(world.owner, world.shop), by=world.editor, now=now)
    seen = applying.read(world.shop, ["amenities"])
    assisting.keep(session=session, values={"amenities": ["wifi"]}, seen=seen, now=now)
    world.paper = session
    world.client.force_login(world.editor)
    world.post("people:assisted_send", world.shop.page_key)
    return world.digits


NEW = {"name": "Bạn Mới", "phone": THIRD}
# Of a view that is reached in two ways the second has its own words behind a comma.
WAYS: dict[str, Way] = {
    "accounts:sign_in_by_code": Way(
        ask_for_code("accounts:sign_in_by_code"),
        lambda world, code: world.post("accounts:sign_in_by_code", phone=FIRST, code=code),
        phone_proof.LASTS,
        WRONG_OR_OVER,
    ),
    "accounts:forgotten_password": Way(
        ask_for_code("accounts:forgotten_password"),
        lambda world, code: world.post(
            "accounts:forgotten_password", phone=FIRST, code=code, new_password1=PASSWORD, new_password2=PASSWORD
        ),
        phone_proof.LASTS,
        WRONG_OR_OVER,
    ),
    "accounts:phone": Way(
        ask_for_another_number,
        lambda world, code: world.post("accounts:phone", phone=WANTED, code=code),
        phone_proof.LASTS,
        WRONG_OR_OVER,
        clear=take_the_wish_back,
    ),
    # Here for every view that asks first who it is.
    "people:role": Way(
        an_open_phone,
        lambda world, code: of_the_helper(world, membership(world.helper, world.shop), "code", code),
        phone_proof.LASTS,
        WRONG_OR_OVER,
        clear=make_staff_again,
    ),
    "claims:prove": Way(knock_with_a_letter, type_it("claims:prove"), phone_proof.LASTS, WRONG_OR_OLD),
    "claims:letter": Way(
        a_letter_in_hand,
        type_it("claims:letter", **NEW),
        handed_codes.LASTS,
        OF_PAPER,
        use=somebody_else_uses("claims:letter"),
    ),
    "claims:letter, signed in": Way(
        signed_in(a_letter_in_hand), type_it("claims:letter"), handed_codes.LASTS, OF_PAPER
    ),
    "claims:invitation": Way(
        an_invitation_in_hand,
        type_it("claims:invitation", **NEW),
        handed_codes.LASTS,
        OF_PAPER,
        use=somebody_else_uses("claims:invitation"),
    ),
    "claims:invitation, signed in": Way(
        signed_in(an_invitation_in_hand), type_it("claims:invitation"), handed_codes.LASTS, OF_PAPER
    ),
    "people:assisted": Way(
        enter_for_the_owner,
        lambda world, code: world.post("people:assisted", world.shop.page_key, code=code),
        assisting.LASTS,
        ENDED,
    ),
}


# ---- what each is put to ------------------------------------------------------------------------------------


def kept(client: Client) -> dict[str, Any]:
    """Return all that is kept of shops and people, and of this browser; not how often somebody has knocked."""
    models = [*apps.get_app_config("streets").get_models(), *apps.get_app_config("accounts").get_models()]
    rows = {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in [*models, WebAuthnCredential]
        if model is not Attempt
    }
    return rows | {"the session": dict(client.session)}


def browser_with(session: dict[str, Any]) -> Client:
    """Return another browser that has come exactly as far."""
    client = Client()
    there = client.session
    there.update(session)
    there.save()
    return client


def mistyped(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}" if code.isdigit() else MISTYPED


def read(answer: Any) -> str:
    return unescape(answer.content.decode())


def refused(world: World, way: Way, code: str, case: str) -> None:
    before = kept(world.client)
    answer = way.send(world, code)
    with override("vi"):
        words = way.said[case](world)
    assert answer.status_code in {200, 403, 410, 422}
    assert words in read(answer)
    assert kept(world.client) == before


@pytest.fixture(params=WAYS)
def way(request) -> Way:
    return WAYS[request.param]


def test_the_right_code_changes_something(way, world):
    code = way.bring(world)
    before = kept(world.client)
    answer = way.send(world, code)
    assert answer.status_code == 302, read(answer)
    assert kept(world.client) != before


def test_a_code_whose_time_is_over_is_refused(way, world):
    code = way.bring(world)
    session = dict(world.client.session)
    with time_machine.travel(timezone.now() + way.lasts + timedelta(seconds=1), tick=False):
        world.client = browser_with(session)
        refused(world, way, code, OVER)


def test_a_used_code_sent_again_is_refused(way, world):
    code = way.bring(world)
    session = dict(world.client.session)
    assert (way.use or way.send)(world, code).status_code == 302
    way.clear(world)
    world.client = browser_with(session)
    refused(world, way, code, USED)


def test_the_sixth_try_is_refused_though_it_is_right(way, world):
    code = way.bring(world)
    for _ in range(5):
        assert way.send(world, mistyped(code)).status_code != 302
    refused(world, way, code, SPENT)


# ---- that none is forgotten ---------------------------------------------------------------------------------

OURS = ("wardmark.", "streets.", "heritage.", "media.")
CODE_FIELDS = (CodeField, HandedCodeField)
CHECKS = {phone_proof.check, handed_codes.try_code}
# The page that asks first who it is stands before many views; `people:role` is tried for all of them.
ASKED_BEFORE_A_VIEW = reauthentication._fault_of


def is_ours(thing: Any) -> bool:
    return f"{getattr(thing, '__module__', '')}.".startswith(OURS)


def names_in(code: CodeType) -> set[str]:
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return set(code.co_names).union(*map(names_in, inner))


def named_by(thing: Any) -> Iterator[Any]:
    """Return what a function or a class of ours is made of: what it calls, wraps, inherits and has for methods."""
    if inspect.isclass(thing):
        for part in (part for base in thing.__mro__ if is_ours(base) for part in vars(base).values()):
            yield getattr(part, "__func__", getattr(part, "fget", part))
        return
    names = names_in(thing.__code__)
    for value in (thing.__globals__[name] for name in names if name in thing.__globals__):
        if isinstance(value, ModuleType):
            yield from (vars(value)[name] for name in names if name in vars(value))
        yield value
    for cell in thing.__closure__ or ():
        yield cell.cell_contents


def is_for_a_code(thing: Any) -> bool:
    """Say whether this is the check of a code, or a form that asks for one."""
    fields = thing.base_fields.values() if isinstance(thing, DeclarativeFieldsMetaclass) else ()
    return thing in CHECKS or any(isinstance(one, CODE_FIELDS) for one in fields)


def takes_a_code(view: Any) -> bool:
    """Say whether a view comes, by whatever is called on its way, to the check of a code or to a form for one."""
    to_see, seen = [view], set()
    while to_see:
        thing = to_see.pop()
        if not isinstance(thing, FunctionType | type) or not is_ours(thing) or thing in seen:
            continue
        seen.add(thing)
        if is_for_a_code(thing):
            return True
        if thing is not ASKED_BEFORE_A_VIEW:
            to_see += named_by(thing)
    return False


def views_in(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from views_in(pattern.url_patterns, f"{namespace}{inside}")
        else:
            yield f"{namespace}{pattern.name}", pattern.callback


def test_no_view_that_takes_a_code_is_forgotten():
    taking = {name for name, view in views_in(get_resolver().url_patterns) if takes_a_code(view)}
    tried = {name.partition(",")[0] for name in WAYS}
    assert taking == tried - {"people:role"}


def test_every_kind_of_paper_with_a_code_is_among_them():
    assert set(HandedCode.__subclasses__()) == {ClaimLetter, MemberInvitation, AssistedSession}
