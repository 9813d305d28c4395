"""Telling officers by e-mail that payers' word, or the owner's, took a shop's code off its page.

The dashboard shows it besides. The worker writes: nobody at a counter waits for a mail server.
"""

import logging

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from streets.models import PaymentAccount
from wardmark.base.languages import source_language
from wardmark.base.work import BACKEND

logger = logging.getLogger("streets.payments")
OFFICERS = "streets.approve_paymentaccount"


@task(backend=BACKEND)
def tell_officers(account_pk: int, said_by_owner: bool = False) -> None:
    """Write to each officer who may approve and has an address, each on its own: nobody learns of another's."""
    account = PaymentAccount.objects.select_related("shop").get(pk=account_pk)
    people = get_user_model().objects.with_perm(
        OFFICERS, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    addresses = {*people.values_list("email", flat=True)} - {""}
    with override(source_language()):
        said = {"shop": account.shop, "serial": account.printed_serial}
        subject, words = (text % said for text in (_of_the_owner() if said_by_owner else _of_payers()))
    for address in sorted(addresses):
        try:
            send_mail(subject, words, None, [address])
        except OSError:
            # The dashboard shows it to whoever signs in.
            logger.warning("Officers could not be told by e-mail that account %s is suspended", account.printed_serial)


def _of_payers() -> tuple[str, str]:
    return (
        _("%(shop)s: payers saw another name"),
        _(
            "Two payers saw another name at %(shop)s within 24 hours. The code of account %(serial)s is no longer "
            "shown. Please look at the code on the counter, then lift the suspension or revoke the account."
        ),
    )


def _of_the_owner() -> tuple[str, str]:
    return (
        _("%(shop)s: “this is not my account”"),
        _(
            "The owner of %(shop)s says that account %(serial)s is not theirs. Its code is no longer shown. "
            "Please call the owner, look at the code on the counter, then lift the suspension or revoke the account."
        ),
    )
