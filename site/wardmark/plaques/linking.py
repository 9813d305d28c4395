"""Which page a plaque leads to: blank ones are given a page on site, those on walls only with a second person."""

import uuid
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.memory import remember
from wardmark.plaques.models import Decision, EventKind, LinkRequest, Plaque, PlaqueEvent, PlaqueState

MOST_BLANKS = 1000


@transaction.atomic
def issue_blanks(*, count: int, by: AbstractBaseUser | None, label: str = "") -> list[Plaque]:
    """Return so many new plaques without a page, to be printed before it is known where they will hang.

    Raises NotPossible beyond 1,000 at once.
    """
    if not 1 <= count <= MOST_BLANKS:
        raise NotPossible(_("Between 1 and %(most)d at once, please.") % {"most": MOST_BLANKS})
    return [Plaque.objects.issue(by=by, label=label) for _number in range(count)]


@transaction.atomic
def issue_further(*, page: Page, by: AbstractBaseUser | None, label: str) -> Plaque:
    """Return a further plaque of a page: another gate, another stele. Raises NotPossible without a place."""
    if not label.strip():
        raise NotPossible(_("Please say where it will hang: it is how people tell it from the others."))
    plaque = Plaque.objects.issue(by=by, page_key=page.translation_key, label=label.strip())
    remember(page)
    plaque.refresh_from_db()
    return plaque


def link_blank(*, plaque: Plaque, page: Page, by: AbstractBaseUser, label: str = "") -> None:
    """Give a blank plaque its page. Raises NotPossible when it has one already, perhaps since a moment ago."""
    with transaction.atomic():
        with changing(plaque, kind=EventKind.LINKED, by=by) as current:
            if not current.is_blank:
                raise NotPossible(_("This plaque was given to a page already."))
            if current.is_retired:
                raise NotPossible(_("This plaque is retired. If it is back in use, say so in the admin first."))
            current.page_key = page.translation_key
            current.label = label.strip() or current.label
        remember(page)
    plaque.refresh_from_db()


def needs_second_person(plaque: Plaque) -> bool:
    """Say whether another page needs a second person's word: what is or was more than a plan, people may rely on."""
    was_made = plaque.state != PlaqueState.PLANNED or plaque.installed_on or plaque.printed_at
    return not plaque.is_blank and bool(was_made)


@transaction.atomic
def relink(*, plaque: Plaque, page: Page, by: AbstractBaseUser, why: str) -> LinkRequest | None:
    """Lead a plaque to another page: at once while it is only planned, else ask for a second person's approval.

    Returns the request, or None where it is done. Raises NotPossible without a reason, for the page it leads to
    already, and while another request is open.
    """
    if not why.strip():
        raise NotPossible(_("Please say why."))
    # As it is now, not as it was when the form was opened: somebody may have hung it up meanwhile.
    plaque.refresh_from_db(from_queryset=Plaque.objects.select_for_update())
    if page.translation_key == plaque.page_key:
        raise NotPossible(_("The plaque leads to this page already."))
    if not needs_second_person(plaque):
        _give(plaque, page.translation_key, by=by, why=why)
        return None
    try:
        with transaction.atomic():
            request = LinkRequest.objects.create(
                plaque=plaque, page_key=page.translation_key, page_title=page.title, why=why.strip(), asked_by=by
            )
    except IntegrityError as error:
        raise NotPossible(_("Another page was asked for already, and waits for a second person.")) from error
    _tell(request, EventKind.LINK_ASKED, by, why)
    return request


@transaction.atomic
def approve(*, request: LinkRequest, by: AbstractBaseUser) -> None:
    """Lead the plaque to the page asked for. Raises NotPossible for the person who asked, and when it was decided."""
    if request.asked_by_id == by.pk:
        raise NotPossible(_("A second person must approve this: you asked for it yourself."))
    if not Page.objects.filter(translation_key=request.page_key).exists():
        raise NotPossible(_("That page is gone by now. Please refuse, and ask for another one."))
    _decide(request, Decision.APPROVED, by)
    _give(request.plaque, request.page_key, by=by, why=request.why)


@transaction.atomic
def refuse(*, request: LinkRequest, by: AbstractBaseUser, why: str = "") -> None:
    """Leave the plaque as it is; whoever asked may withdraw so. Raises NotPossible when it was decided."""
    decision = Decision.WITHDRAWN if request.asked_by_id == by.pk else Decision.REFUSED
    _decide(request, decision, by)
    _tell(request, EventKind.LINK_REFUSED, by, why)


@transaction.atomic
def lead_elsewhere(*, plaques: Iterable[Plaque], page: Page, by: AbstractBaseUser | None, why: str = "") -> None:
    """Let plaques whose page goes away lead to another page while theirs is gone; they stay that page's.

    No second person is asked: the page they stood for is gone, whoever may delete it decides what helps its visitors.
    """
    for plaque in plaques:
        with changing(plaque, kind=EventKind.FORWARDED, by=by, why=why, always=False) as current:
            current.forward_key = page.translation_key


def _give(plaque: Plaque, page_key: uuid.UUID, *, by: AbstractBaseUser, why: str) -> None:
    left = plaque.page_key if plaque.is_primary else None
    with changing(plaque, kind=EventKind.LINKED, by=by, why=why) as current:
        current.is_primary = False
        current.page_key = page_key
        current.forward_key = None
    # The page it was the primary plaque of gets another one; the page it comes to lends it its name.
    for key in filter(None, (left, page_key)):
        page = Page.objects.filter(translation_key=key, alias_of=None).first()
        if page is not None:
            remember(page)
    plaque.refresh_from_db()


def _decide(request: LinkRequest, decision: Decision, by: AbstractBaseUser) -> None:
    decided = LinkRequest.objects.open().filter(pk=request.pk)
    if not decided.update(decision=decision, decided_by=by, decided_at=timezone.now()):
        raise NotPossible(_("Somebody else has decided this already."))
    request.refresh_from_db()


def _tell(request: LinkRequest, kind: EventKind, by: AbstractBaseUser, why: str) -> None:
    changes = {"page_key": [request.plaque.page_key, request.page_key]}
    PlaqueEvent.objects.create(plaque=request.plaque, kind=kind, by=by, why=why.strip()[:500], changes=changes)
