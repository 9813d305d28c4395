"""Telling people about their shop by a message to their telephone, where the ward has a gateway for it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from streets.models import Shop
from wardmark.accounts import messages
from wardmark.accounts.phone_proof import site_name
from wardmark.accounts.phones import phone_of
from wardmark.base.languages import source_language
from wardmark.base.sealing import CannotBeOpened

NO_LONGER_KEEPS = gettext_lazy("%(shop)s: you no longer keep its page.")


def tell(people: Iterable[AbstractBaseUser | None], words: Promise, **said: Any) -> None:
    """Send words, in the ward's language, to each of these once the change has happened.

    Whoever has no number reads it on the site.
    """
    if not messages.is_configured():
        return
    for person in people:
        if person is not None:
            transaction.on_commit(partial(_send, person, words, said), robust=True)


def tell_members(shop: Shop, words: Promise, *, also: Iterable[AbstractBaseUser | None] = (), **said: Any) -> None:
    """Send words about a shop to all who keep it now, and to these, each once."""
    people = {member.user_id: member.user for member in shop.members.active().select_related("user")}
    people |= {person.pk: person for person in also if person is not None}
    tell(people.values(), words, shop=shop, **said)


def _send(person: AbstractBaseUser, words: Promise, said: dict[str, Any]) -> None:
    try:
        phone = phone_of(person)
    except CannotBeOpened:
        messages.logger.error("The number of person %s cannot be read: its key is missing", person.pk)
        return
    if phone:
        with override(source_language()):
            text = _("%(site)s: %(words)s") % {"site": site_name(), "words": words % said}
        messages.send_unseen(phone=phone.number, text=text)
