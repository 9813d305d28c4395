"""Making and cancelling claim letters. A letter's code is known while it is printed, and never again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.claims.errors import InDispute, NotPossible
from streets.claims.handed_codes import give_code
from streets.claims.history import locked, write
from streets.models import ClaimLetter, CodeState, KeepingEventKind, Shop
from wardmark.base.languages import source_language


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter with its code, which must go onto paper now; nothing shows it in a log."""

    letter: ClaimLetter
    code: str = field(repr=False)


@transaction.atomic
def issue(*, shop: Shop, by: AbstractBaseUser, now: datetime) -> Issued:
    """Make a shop's letter; one that was open is cancelled, so that printing again means a new code.

    Raises NotPossible for a business that has left, InDispute.
    """
    shop = locked(shop)
    if shop.disputed_since:
        raise InDispute
    if shop.has_left_by(timezone.localdate(now)):
        raise NotPossible(_("“%(shop)s” has closed for good: nobody is there to take a letter.") % {"shop": shop})
    with override(source_language()):
        why = _("A newer letter was made.")
    for letter in shop.claim_letters.filter(state=CodeState.OPEN):
        _cancel(letter, by, why, now)
    letter = ClaimLetter(shop=shop, made_by=by)
    code = give_code(letter, now=now)
    letter.save()
    write(shop=shop, kind=KeepingEventKind.LETTER_MADE, by=by, serial=letter.serial, at=now)
    return Issued(letter, code)


@transaction.atomic
def issue_for(*, shops: Iterable[Shop], by: AbstractBaseUser, now: datetime) -> list[Issued]:
    """Make the letters of several shops, all or none."""
    return [issue(shop=shop, by=by, now=now) for shop in shops]


@transaction.atomic
def cancel(*, letter: ClaimLetter, by: AbstractBaseUser, why: str = "", now: datetime) -> None:
    """End an open letter, for example one that was lost. Raises NotPossible for one that is no longer open."""
    locked(letter.shop)
    letter = ClaimLetter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != CodeState.OPEN:
        raise NotPossible(_("Letter %(number)s is no longer open.") % {"number": letter.printed_serial})
    _cancel(letter, by, why, now)


def _cancel(letter: ClaimLetter, by: AbstractBaseUser, why: str, now: datetime) -> None:
    letter.state = CodeState.CANCELLED
    letter.save(update_fields=["state"])
    write(shop=letter.shop, kind=KeepingEventKind.LETTER_CANCELLED, by=by, serial=letter.serial, why=why, at=now)
