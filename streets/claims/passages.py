"""What a browser has shown on its way through a claim or an invitation, kept in its session for an hour.

The code was typed right, for this letter; whose number it is, sealed; whether the number was proved. Nothing of it
counts without the letter, which is looked at again when the claim is handed in.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpRequest

from streets.models import ClaimLetter, HandedCode, MemberInvitation
from wardmark.accounts.phones import Phone
from wardmark.base.sealing import CannotBeOpened

_KEY = "claim-passage"
LASTS = timedelta(hours=1)
KINDS: dict[str, type[HandedCode]] = {"letter": ClaimLetter, "invitation": MemberInvitation}


@dataclass(frozen=True, slots=True)
class Passage:
    """One browser on its way. `phone` is None for somebody who is signed in already."""

    kind: str
    serial: str
    until: float
    name: str = ""
    phone: Phone | None = None
    is_proved: bool = False

    @property
    def is_claim(self) -> bool:
        return self.kind == "letter"

    def row(self) -> HandedCode:
        """Return the letter or the invitation as it is now."""
        return KINDS[self.kind].objects.select_related("shop").get(serial=self.serial)


def begin(request: HttpRequest, *, row: HandedCode, name: str, phone: Phone, now: datetime) -> None:
    kind = next(kind for kind, model in KINDS.items() if isinstance(row, model))
    _keep(request, Passage(kind, row.serial, (now + LASTS).timestamp(), name, phone))


def passage_of(request: HttpRequest, serial: str, *, now: datetime) -> Passage | None:
    """Return how far this browser has come with this letter or invitation; None where it must begin anew."""
    kept = request.session.get(_KEY)
    if not kept or kept["serial"] != serial or kept["until"] < now.timestamp() or kept["kind"] not in KINDS:
        return None
    try:
        phone = Phone.unsealed(kept["phone"], whom=f"passage {serial}")
    except CannotBeOpened:
        return None
    return Passage(kept["kind"], serial, kept["until"], kept["name"], phone, kept["proved"])


def note_proved(request: HttpRequest, passage: Passage) -> Passage:
    proved = replace(passage, is_proved=True)
    _keep(request, proved)
    return proved


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def _keep(request: HttpRequest, passage: Passage) -> None:
    request.session[_KEY] = {
        "kind": passage.kind,
        "serial": passage.serial,
        "until": passage.until,
        "name": passage.name,
        "phone": passage.phone.sealed_for(f"passage {passage.serial}"),
        "proved": passage.is_proved,
    }
