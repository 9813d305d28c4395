"""From a written record to what visitors see: finalising, withholding, correcting, answering."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from streets.kept_words import kept
from streets.models import LONGEST_REPLY, Finding, Inspection, InspectionReply, Outcome, ReplyState


class InspectionRefused(Exception):
    """This cannot be done to the record; the message says why."""


# What a correction takes over from the record it corrects, to be mended there.
_TAKEN_OVER = ("shop", "kind", "decision_number", "decision_date", "inspected_on", "team", "outcome", "follow_up_due")
_TAKEN_OVER_FINDING = ("words", "words_en", "severity", "remedy", "remedy_en", "deadline", "remedied_on")


def _locked(inspection: Inspection) -> Inspection:
    return Inspection.objects.select_for_update().get(pk=inspection.pk)


@transaction.atomic
def finalise(*, inspection: Inspection, by: AbstractBaseUser, on: date | None = None) -> Inspection:
    """Lock a record; its standstill begins. Raises InspectionRefused, NumberNamed.

    A second officer does it: what follows is public, and nobody can rewrite it. So nobody's own number is locked in.
    """
    current = _locked(inspection)
    day = on or timezone.localdate()
    if current.finalised_on:
        raise InspectionRefused(_("This record was finalised already."))
    if current.recorded_by_id == by.pk:
        raise InspectionRefused(_("Another officer than the one who wrote it must finalise it."))
    if not current.inspected_on <= day <= timezone.localdate():
        raise InspectionRefused(_("The day must lie between the inspection and today."))
    if current.outcome != Outcome.PASS and not current.findings.exists():
        raise InspectionRefused(_("Please write down what was found before you finalise it."))
    for words in _words_of(current):
        kept(words, shop=current.shop)
    current.finalised_on, current.finalised_by = day, by
    current.save(update_fields=["finalised_on", "finalised_by"])
    log(current, "streets.inspection.finalise", user=by)
    return current


def _words_of(inspection: Inspection) -> Iterator[str]:
    for record in (inspection, *inspection.findings.all()):
        yield from record.said.values()


@transaction.atomic
def withhold(*, inspection: Inspection, why: str, by: AbstractBaseUser) -> Inspection:
    """Keep a finalised record from visitors, at any time, with a reason. Raises InspectionRefused, NumberNamed."""
    current = _locked(inspection)
    if not current.finalised_on:
        raise InspectionRefused(_("This record is not finalised: visitors do not see it."))
    if current.withheld_on:
        raise InspectionRefused(_("This record is withheld already."))
    if not why.strip():
        raise InspectionRefused(_("Please say why it is withheld."))
    # Its log keeps the reason when the record is released.
    current.withheld_on, current.withheld_why = timezone.localdate(), kept(why, shop=current.shop)[:300]
    current.save(update_fields=["withheld_on", "withheld_why"])
    log(current, "streets.inspection.withhold", user=by, data={"why": current.withheld_why})
    return current


@transaction.atomic
def release(*, inspection: Inspection, by: AbstractBaseUser) -> Inspection:
    """Let visitors see a withheld record, once its standstill is over. Raises InspectionRefused."""
    current = _locked(inspection)
    if not current.withheld_on:
        raise InspectionRefused(_("This record is not withheld."))
    why = current.withheld_why
    current.withheld_on, current.withheld_why = None, ""
    current.save(update_fields=["withheld_on", "withheld_why"])
    log(current, "streets.inspection.release", user=by, data={"was_withheld": why})
    return current


@transaction.atomic
def correct(*, inspection: Inspection, why: str, by: AbstractBaseUser) -> Inspection:
    """Begin a new record that corrects a finalised one, filled with what the old one says. The old one stays.

    Raises InspectionRefused, NumberNamed. The new record has its own standstill; until it is public the old one is
    shown, unless it is withheld.
    """
    current = _locked(inspection)
    if not current.finalised_on:
        raise InspectionRefused(_("This record is not finalised: just change it."))
    if Inspection.objects.filter(corrects=current).exists():
        raise InspectionRefused(_("There is a correction already."))
    if not why.strip():
        raise InspectionRefused(_("Please say what was wrong."))
    new = Inspection.objects.create(
        **{name: getattr(current, name) for name in _TAKEN_OVER},
        corrects=current,
        corrects_why=kept(why, shop=current.shop)[:300],
        recorded_by=by,
    )
    for number, finding in enumerate(current.findings.all()):
        told = {name: getattr(finding, name) for name in _TAKEN_OVER_FINDING}
        Finding.objects.create(inspection=new, sort_order=number, **told)
    log(new, "streets.inspection.correct", user=by, data={"corrects": current.pk, "why": new.corrects_why})
    return new


@transaction.atomic
def remedied(*, finding: Finding, by: AbstractBaseUser, on: date | None = None) -> None:
    """Write down that what was found is mended; the only thing that a finalised record still learns."""
    day = on or timezone.localdate()
    if not finding.inspection.inspected_on <= day <= timezone.localdate():
        raise InspectionRefused(_("The day must lie between the inspection and today."))
    finding.remedied_on = day
    finding.save(update_fields=["remedied_on"])
    log(finding.inspection, "streets.inspection.remedied", user=by, data={"finding": finding.pk, "on": str(day)})


@transaction.atomic
def reply(
    *, inspection: Inspection, words: str, by: AbstractBaseUser | None, on: date | None = None
) -> InspectionReply:
    """Take what the vendor says to a finalised record; visitors see it once it is vetted. Raises InspectionRefused."""
    current = _locked(inspection)
    words = " ".join(words.split())
    if not current.finalised_on:
        raise InspectionRefused(_("This record is still being written."))
    if not words:
        raise InspectionRefused(_("Please write the reply."))
    if len(words) > LONGEST_REPLY:
        raise InspectionRefused(
            _("A reply has at most %(limit)s characters; this one has %(length)s.")
            % {"limit": LONGEST_REPLY, "length": len(words)}
        )
    if current.replies.exclude(state=ReplyState.REFUSED).exists():
        raise InspectionRefused(_("There is a reply to this record already."))
    answer = InspectionReply.objects.create(
        inspection=current, words=words, written_by=by, written_on=on or timezone.localdate()
    )
    log(current, "streets.inspection.reply", user=by)
    return answer


@transaction.atomic
def vet_reply(*, reply: InspectionReply, accept: bool, by: AbstractBaseUser, why: str = "") -> InspectionReply:
    """Show a reply, or say why not: for insults, names of persons and the like, never for its opinion.

    Raises InspectionRefused, NumberNamed.
    """
    current = InspectionReply.objects.select_for_update().get(pk=reply.pk)
    if current.state != ReplyState.WAITING:
        raise InspectionRefused(_("Somebody has vetted this reply already."))
    if not accept and not why.strip():
        raise InspectionRefused(_("Please say why it is not shown."))
    current.state = ReplyState.ACCEPTED if accept else ReplyState.REFUSED
    # Its log keeps the reason.
    current.refused_why = "" if accept else kept(why, shop=current.inspection.shop)[:300]
    current.vetted_by, current.vetted_on = by, timezone.localdate()
    current.save()
    log(current.inspection, "streets.inspection.vet", user=by, data={"accepted": accept, "why": current.refused_why})
    return current
