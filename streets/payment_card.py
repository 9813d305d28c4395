"""What a shop's page says of its account."""

from dataclasses import dataclass

from django.utils import timezone

from streets.models import AccountState, PaymentAccount, Shop
from streets.models.shops import PaymentStanding
from streets.payment_code import CodeUnavailable, ShownCode
from streets.payments import settle


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """The account is there only while it is active: before and in between only that it is being checked."""

    shop: Shop
    account: PaymentAccount | None

    @classmethod
    def of(cls, shop: Shop | None) -> "PaymentCard | None":
        """Return what is to be shown; None where the ward knows of no account. It costs no query of its own.

        None too where the business has left: nobody there can say what a payment was for.
        """
        if shop is None or shop.has_left_by(timezone.localdate()):
            return None
        settle(shop)
        return cls(shop, shop.active_account) if shop.payment_standing else None

    @property
    def is_suspended(self) -> bool:
        return self.shop.payment_standing == PaymentStanding.SUSPENDED

    @property
    def is_changing_hands(self) -> bool:
        return self.shop.is_changing_hands

    @property
    def is_changing(self) -> bool:
        return self.shop.payment_standing == PaymentStanding.CHANGING

    @property
    def is_changing_account(self) -> bool:
        """Whether another account waits; asked only where the code is hidden."""
        return self.is_changing and self.shop.payment_accounts.filter(state=AccountState.PENDING).exists()

    @property
    def code(self) -> ShownCode | None:
        """The drawn code; None also where its number cannot be read: a lost key must not take the whole page away."""
        if self.account is None:
            return None
        code = ShownCode(self.account)
        try:
            code.drawn  # noqa: B018
        except CodeUnavailable:
            return None
        return code
