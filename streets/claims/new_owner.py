"""What happens to members and the payment account when a shop gets another owner; the caller has locked the shop."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.changes.departing import let_wishes_go
from streets.claims.history import write
from streets.models import ON_THE_WAY, KeepingEventKind, MemberRole, PaymentAccount, Shop, ShopMember
from streets.payments import refuse, suspend
from wardmark.accounts.models import User
from wardmark.base.languages import source_language


def make_owner(*, shop: Shop, person: User) -> ShopMember:
    """Let a person keep a shop as its owner, whatever this person was there before."""
    member = shop.members.not_ended().filter(user=person).first() or ShopMember(shop=shop, user=person)
    member.role = MemberRole.OWNER
    member.save()
    return member


def end(member: ShopMember, *, by: AbstractBaseUser | None, now: datetime, why: str = "") -> None:
    """End a membership; it stays on record, and what the person had wished for the page waits no longer."""
    member.ended_at = now
    member.save(update_fields=["ended_at"])
    let_wishes_go(member=member, by=by, now=now)
    write(shop=member.shop, kind=KeepingEventKind.ENDED, by=by, about=member.user, why=why, at=now)


def check_account_again(*, shop: Shop, by: AbstractBaseUser | None, gone: int | None = None) -> None:
    """Take the code of the owner before off the page: to whom a payment goes must be checked anew.

    Another officer shows it again, or the new owner enters an account. What waited from before is refused. by=None
    where the account of the officer who approved the change is gone; `gone` is the key it had.
    """
    with override(source_language()):
        why = _("The shop has another owner: whose account is it now?")
    _check_again(list(shop.payment_accounts.all()), by=by, why=why, gone=gone)


def check_accounts_of(people: Collection[int | None], *, shop: Shop, by: AbstractBaseUser) -> None:
    """Where a shop stays with one of its owners, do the same with what those who go had entered or asked for."""
    with override(source_language()):
        why = _("Who entered this account no longer keeps the shop: whose account is it?")
    entered = [one for one in shop.payment_accounts.all() if one.people_before_approval() & set(people)]
    _check_again(entered, by=by, why=why)


def withdraw_accounts_of(person: User, *, shop: Shop) -> None:
    """Take back what somebody who leaves has entered or asked for and nobody's page shows yet."""
    for account in shop.payment_accounts.on_the_way():
        if person.pk in account.people_before_approval():
            refuse(account=account, by=person, why="")


def _check_again(
    accounts: list[PaymentAccount], *, by: AbstractBaseUser | None, why: str, gone: int | None = None
) -> None:
    for account in accounts:
        if account.state in ON_THE_WAY:
            refuse(account=account, by=by, why=why)
        elif account.is_active:
            suspend(account=account, by=by, why=why, gone=gone)
