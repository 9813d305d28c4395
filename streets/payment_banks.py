"""Accounts entered while nobody knew their bank, and the bank that was entered since."""

from streets.models import Bank, PaymentAccount
from wardmark.base.page_cache import forget_pages


def on_bank_saved(sender, instance: Bank, **kwargs) -> None:
    if PaymentAccount.objects.link_bank(instance):
        forget_pages()
