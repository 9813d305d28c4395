"""Taking in papers that a shop sends, and what an officer makes of them."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from streets.members import Task, required
from streets.models import DocumentKind, LegalDocument, SentPaper, SentPaperState, Shop
from streets.models.sent_papers import MOST_WAITING


class PaperNotTaken(Exception):
    """This cannot be done to a paper that was sent; the message says why."""


@transaction.atomic
def send_paper(
    *,
    shop: Shop,
    kind: DocumentKind,
    file: File,
    issued_on: date,
    by: AbstractBaseUser,
    number: str = "",
    expires_on: date | None = None,
) -> SentPaper:
    """Keep a paper for an officer to look at; `file` was judged by `private_files`. Nobody else is shown it.

    Raises PermissionDenied for who may not send one, PaperNotTaken in a dispute or where too many wait already, and
    ValidationError for days that cannot be.
    """
    required(by, shop, Task.TELL)
    shop = Shop.objects.select_for_update().get(pk=shop.pk)
    if shop.disputed_since:
        raise PaperNotTaken(_("Nothing can be sent until it is settled who keeps this shop."))
    if shop.sent_papers.waiting().count() >= MOST_WAITING:
        raise PaperNotTaken(
            _("%(most)d papers wait already. Please send more once the ward has looked at them.")
            % {"most": MOST_WAITING}
        )
    paper = SentPaper(
        shop=shop, kind=kind, number=number.strip(), issued_on=issued_on, expires_on=expires_on, sent_by=by
    )
    paper.full_clean(exclude=["file"])
    paper.file = file
    paper.save()
    return paper


@transaction.atomic
def take_paper(*, paper: SentPaper, by: AbstractBaseUser, **read_off: Any) -> LegalDocument:
    """Make a legal document of it, which still has to be verified; its file goes along.

    `read_off` are fields of LegalDocument as the officer reads them off the paper; what is left out is as the shop
    wrote it. Raises PaperNotTaken, also for what no paper can be.
    """
    current = _waiting(paper)
    told = {name: getattr(current, name) for name in ("kind", "number", "issued_on", "expires_on")} | read_off
    document = LegalDocument(shop=current.shop, recorded_by=by, file=current.file.name, **told)
    try:
        document.full_clean(exclude=["recorded_by", "file"])
    except ValidationError as refused:
        raise PaperNotTaken(" ".join(refused.messages)) from refused
    document.save()
    current.file, current.document = "", document
    _decide(current, SentPaperState.TAKEN, by=by)
    log(document, "wagtail.create", user=by)
    return document


@transaction.atomic
def refuse_paper(*, paper: SentPaper, by: AbstractBaseUser, why: str) -> None:
    """Say why a paper is not taken; the shop reads it, and the file is deleted. Raises PaperNotTaken."""
    if not why.strip():
        raise PaperNotTaken(_("Please say why: the shop reads it."))
    current = _waiting(paper)
    current.reason = why.strip()[:300]
    _without_file(current)
    _decide(current, SentPaperState.REFUSED, by=by)


@transaction.atomic
def withdraw_paper(*, paper: SentPaper, by: AbstractBaseUser) -> None:
    """Take a paper back that nobody has looked at yet; the file is deleted. Raises PermissionDenied, PaperNotTaken."""
    required(by, paper.shop, Task.TELL)
    current = _waiting(paper)
    _without_file(current)
    _decide(current, SentPaperState.WITHDRAWN, by=by)


def _waiting(paper: SentPaper) -> SentPaper:
    current = SentPaper.objects.select_for_update().get(pk=paper.pk)
    if not current.is_waiting:
        raise PaperNotTaken(_("Somebody has decided on this paper already."))
    return current


def _without_file(paper: SentPaper) -> None:
    name, storage = paper.file.name, paper.file.storage
    paper.file = ""
    if name:
        # Once it is certain that the paper no longer needs it.
        transaction.on_commit(lambda: storage.delete(name), robust=True)


def _decide(paper: SentPaper, state: SentPaperState, *, by: AbstractBaseUser) -> None:
    paper.state, paper.decided_by, paper.decided_at = state, by, timezone.now()
    paper.save()
