"""People who keep shops, and the papers in their hands."""

from datetime import datetime

from django.utils import timezone

from streets.claims.claiming import hand_in
from streets.claims.letters import Issued, issue
from streets.models import Claim, MemberRole, Shop, ShopMember
from wardmark.accounts.models import User
from wardmark.accounts.people import make_person
from wardmark.accounts.phones import Phone

# Sample numbers: of nobody's.
FIRST, SECOND, THIRD = "0900 000 001", "0900 000 002", "0900 000 003"


def a_person(number: str = FIRST, name: str = "Chị Minh Hoạ", *, password: str = "") -> User:
    person = make_person(name=name, phone=Phone.written(number), proved_at=timezone.now())
    if password:
        person.set_password(password)
        person.save()
    return person


def a_member(shop: Shop, person: User, role: MemberRole = MemberRole.OWNER) -> ShopMember:
    return ShopMember.objects.create(shop=shop, user=person, role=role)


def a_letter(shop: Shop, by: User, now: datetime | None = None) -> Issued:
    return issue(shop=shop, by=by, now=now or timezone.now())


def a_claim(shop: Shop, by: User, person: User, *, now: datetime | None = None, is_proved: bool = True) -> Claim:
    """Let a person hand in a claim with a letter of this officer's."""
    now = now or timezone.now()
    letter = a_letter(shop, by, now).letter
    phone = Phone.written(FIRST)
    return hand_in(letter=letter, person=person, phone=phone, is_phone_proved=is_proved, made_account=False, now=now)
