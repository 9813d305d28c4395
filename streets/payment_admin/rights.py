"""Who may do what with a shop's account: a right of its own, and the right to edit one of the shop's pages."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from streets.models import PaymentAccount
from streets.shop_rights import may

__all__ = ["APPROVE", "REQUEST", "VIEW", "may", "may_decide", "may_see"]
VIEW = "streets.view_paymentaccount"
REQUEST = "streets.request_paymentaccount"
APPROVE = "streets.approve_paymentaccount"

User = AbstractBaseUser | AnonymousUser


def may_see(user: User) -> bool:
    """Say whether this person may look at the list: masked numbers alone."""
    return any(user.has_perm(right) for right in (VIEW, REQUEST, APPROVE))


def may_decide(user: User, account: PaymentAccount) -> bool:
    """Say whether this person may approve this account: with the right, and as a second person."""
    return may(user, account.shop, APPROVE) and user.pk not in account.people_before_approval()
