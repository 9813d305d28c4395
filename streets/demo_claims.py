"""Who keeps the demonstration's shops: a letter that is out, a claim that waits, a dispute, somebody who helps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from streets.claims.claiming import confirm, hand_in
from streets.claims.letters import issue
from streets.models import Claim, MemberRole, Shop, ShopMember
from wardmark.accounts.demo import demo_officers, demo_vendor
from wardmark.accounts.models import User
from wardmark.accounts.people import make_person
from wardmark.accounts.phones import Phone


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody who is not, with a number of nobody's."""

    name: str
    number: str

    def made(self) -> User:
        return make_person(name=self.name, phone=Phone(self.number), proved_at=timezone.now())


CLAIMANT = Sample("Người nhận quán (minh hoạ)", "+84900000011")
OTHER_CLAIMANT = Sample("Người nhận thứ hai (minh hoạ)", "+84900000012")
HELPER = Sample("Người phụ quán (minh hoạ)", "+84900000013")


def load(shops: list[Shop]) -> None:
    """Use four shops without an owner, as far as there are so many; the first is the demonstration vendor's."""
    officer, _second = demo_officers()
    own, *free = [Shop.objects.get(pk=shop.pk) for shop in shops]
    ShopMember.objects.create(shop=own, user=HELPER.made(), role=MemberRole.STAFF)
    if len(free) < 3:
        return
    now = timezone.now()
    issue(shop=free[0], by=officer, now=now - timedelta(days=2))
    _claim(free[1], CLAIMANT.made(), officer, days_ago=1)
    other = OTHER_CLAIMANT.made()
    _claim(free[2], other, officer, days_ago=3)
    _claim(free[2], demo_vendor(), officer, days_ago=2)


def make_owner(shop: Shop, sample: Sample, *, now: datetime) -> User:
    """Let somebody claim a shop with a letter, and an officer confirm it; return the new owner."""
    officer, _second = demo_officers()
    person = sample.made()
    confirm(claim=_hand_in(shop, person, officer, Phone(sample.number), now), by=officer, now=now)
    return person


def _claim(shop: Shop, person: User, officer: User, *, days_ago: int) -> None:
    _hand_in(shop, person, officer, Phone(f"+8490000002{days_ago}"), timezone.now() - timedelta(days=days_ago))


def _hand_in(shop: Shop, person: User, officer: User, phone: Phone, now: datetime) -> Claim:
    letter = issue(shop=shop, by=officer, now=now).letter
    return hand_in(letter=letter, person=person, phone=phone, is_phone_proved=True, made_account=False, now=now)
