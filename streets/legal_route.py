"""Which paper the law asks of a food establishment: five questions, and the decision that officers take on them.

The questions lead to a route and to what about the shop exempts it; which clause of which decree says so, and by what
letter, is a record that the ward keeps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import product

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from streets.kept_words import kept
from streets.models import EXEMPT, DecreeState, ExemptionClause, FoodDecree, LegalRoute, RouteKind, Shop, Situation
from wardmark.base.models import remembered_name
from wardmark.base.public_words import NumberNamed


class YesNo(TextChoices):
    YES = "yes", gettext_lazy("Yes")
    NO = "no", gettext_lazy("No")
    UNKNOWN = "unknown", gettext_lazy("Not known")


class Place(TextChoices):
    PREMISES = "premises", gettext_lazy("Premises of its own")
    STREET = "street", gettext_lazy("On the street: a stall, a cart, the pavement")
    NOWHERE_FIXED = "nowhere_fixed", gettext_lazy("Nowhere fixed: it moves about")
    HOTEL = "hotel", gettext_lazy("Inside a hotel")
    CANTEEN = "canteen", gettext_lazy("The canteen of a school, office or factory")
    UNKNOWN = "unknown", gettext_lazy("Not known")


class Activity(TextChoices):
    SERVES = "serves", gettext_lazy("Cooks and serves food or drinks")
    TRADES = "trades", gettext_lazy("Sells food, open or weighed out")
    PREPACKAGED = "prepackaged", gettext_lazy("Sells prepackaged food only")
    GROWS = "grows", gettext_lazy("Grows, catches or breeds food")
    PREPARES = "prepares", gettext_lazy("Cleans, cuts or sorts raw food")
    PACKAGING = "packaging", gettext_lazy("Makes or sells packaging and utensils for food")
    UNKNOWN = "unknown", gettext_lazy("Not known")


@dataclass(frozen=True, slots=True)
class Answers:
    """What officers answered, question by question."""

    quality_system: YesNo
    place: Place
    activity: Activity
    is_small: YesNo
    is_registered: YesNo

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> "Answers":
        """Return the answers as they are kept with a decision. Raises ValueError or KeyError for others."""
        return cls(**{one.name: ANSWERS[one.name](kept[one.name]) for one in fields(cls)})

    def kept(self) -> dict[str, str]:
        return {one.name: str(getattr(self, one.name)) for one in fields(self)}

    def completed(self) -> Iterator["Answers"]:
        """Yield all that these answers may turn out to be once nothing is unknown."""
        possible = [
            [value] if (value := getattr(self, one.name)) != "unknown" else [v for v in ANSWERS[one.name] if v != value]
            for one in fields(self)
        ]
        return (Answers(*values) for values in product(*possible))


ANSWERS: dict[str, type[TextChoices]] = {
    "quality_system": YesNo,
    "place": Place,
    "activity": Activity,
    "is_small": YesNo,
    "is_registered": YesNo,
}
QUESTIONS: dict[str, Promise] = {
    "quality_system": gettext_lazy("Does it hold a certificate of a quality system (such as HACCP) that is in force?"),
    "place": gettext_lazy("Where does it sell?"),
    "activity": gettext_lazy("What does it do?"),
    "is_small": gettext_lazy("Is it small, as the law has it: a household, a small scale?"),
    "is_registered": gettext_lazy("Is it registered as a food business?"),
}
_WHY: dict[Situation, Promise] = {
    Situation.QUALITY_SYSTEM: gettext_lazy("It holds a certificate of a quality system that stands in its place."),
    Situation.STREET_FOOD: gettext_lazy("It sells street food."),
    Situation.NO_FIXED_PLACE: gettext_lazy("It has no fixed place of business."),
    Situation.HOTEL_RESTAURANT: gettext_lazy("It is a restaurant inside a hotel."),
    Situation.CANTEEN: gettext_lazy("It is a canteen that is not registered as a food business."),
    Situation.PREPACKAGED: gettext_lazy("It sells prepackaged food only."),
    Situation.PACKAGING: gettext_lazy("It deals in packaging and utensils for food."),
    Situation.PRIMARY_PRODUCTION: gettext_lazy("It is a small primary production."),
    Situation.PRELIMINARY_PROCESSING: gettext_lazy("It is a small preliminary processing."),
    Situation.SMALL_TRADING: gettext_lazy("It is a small trade in food."),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the answers lead to, and why, in words."""

    kind: RouteKind
    situation: Situation | None
    why: str


def propose(answers: Answers) -> Proposal:
    """Return the route that the answers lead to: a pure function.

    An exemption that is certain counts whatever else is unknown. What is unknown leaves the route undetermined only
    where it could still exempt.
    """
    situation = _exempting(answers)
    if situation is not None:
        kind = RouteKind.QUALITY_SYSTEM if situation == Situation.QUALITY_SYSTEM else RouteKind.COMMITMENT
        return Proposal(kind, situation, str(_WHY[situation]))
    if any(_exempting(possible) is not None for possible in answers.completed()):
        return Proposal(
            RouteKind.UNDETERMINED, None, _("What is not known yet could exempt it: please find that out first.")
        )
    return Proposal(RouteKind.CERTIFICATE, None, _("None of the exemptions fits these answers."))


def _exempting(answers: Answers) -> Situation | None:
    """Return what exempts for certain, the strongest first."""
    trade = answers.activity
    exempts = {
        Situation.QUALITY_SYSTEM: answers.quality_system == YesNo.YES,
        Situation.STREET_FOOD: answers.place == Place.STREET,
        Situation.NO_FIXED_PLACE: answers.place == Place.NOWHERE_FIXED,
        Situation.HOTEL_RESTAURANT: answers.place == Place.HOTEL and trade == Activity.SERVES,
        Situation.CANTEEN: answers.place == Place.CANTEEN and answers.is_registered == YesNo.NO,
        Situation.PREPACKAGED: trade == Activity.PREPACKAGED,
        Situation.PACKAGING: trade == Activity.PACKAGING,
        Situation.PRIMARY_PRODUCTION: trade == Activity.GROWS and answers.is_small == YesNo.YES,
        Situation.PRELIMINARY_PROCESSING: trade == Activity.PREPARES and answers.is_small == YesNo.YES,
        Situation.SMALL_TRADING: trade == Activity.TRADES and answers.is_small == YesNo.YES,
    }
    return next((situation for situation, holds in exempts.items() if holds), None)


# What nobody can decide upon; a decree that somebody has yet to look up may hold.
_HOLDS_NOT = frozenset({DecreeState.NOT_YET, DecreeState.SUSPENDED, DecreeState.ENDED})


class NotDecidable(Exception):
    """This decision cannot be taken; `field` names what is wrong with it, the message says why."""

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)


@transaction.atomic
def decide_route(
    *,
    shop: Shop,
    kind: RouteKind,
    by: AbstractBaseUser,
    decree: FoodDecree | None = None,
    clause: ExemptionClause | None = None,
    answers: Answers | None = None,
    note: str = "",
    on: date | None = None,
) -> LegalRoute:
    """Take a decision, which supersedes the one before. Raises NotDecidable.

    An exemption names its clause, and the clause is of the decree and fits the route; a decision against what the
    answers propose says why.
    """
    day = on or timezone.localdate()
    # One at a time: of two officers at once, the second decides upon the first one's decision.
    Shop.objects.select_for_update().get(pk=shop.pk)
    before = LegalRoute.objects.current().filter(shop=shop).first()
    _check(kind=kind, decree=decree, clause=clause, answers=answers, note=note, day=day, before=before)
    note = _kept_note(note, shop)
    if before is not None:
        before.superseded_on = day
        before.save(update_fields=["superseded_on"])
    route = LegalRoute.objects.create(
        shop=shop,
        kind=kind,
        decree=decree,
        clause=clause,
        answers=answers.kept() if answers else {},
        note=note,
        decided_by=by,
        decided_by_name=remembered_name(by),
        decided_on=day,
    )
    log(route, "streets.route.decide", user=by, data={"kind": str(kind)})
    return route


def _kept_note(note: str, shop: Shop) -> str:
    try:
        return kept(note, shop=shop)
    except NumberNamed as named:
        raise NotDecidable("note", str(named)) from named


def _check(*, kind, decree, clause, answers, note, day, before) -> None:
    if day > timezone.localdate():
        raise NotDecidable("decided_on", _("This day is still to come."))
    if before is not None and day < before.decided_on:
        raise NotDecidable("decided_on", _("The decision before it was taken later than that."))
    if decree is not None and decree.state_on(day) in _HOLDS_NOT:
        raise NotDecidable(
            "decree",
            _("On that day %(decree)s did not hold: %(state)s. Please correct its record first if that is wrong.")
            % {"decree": decree, "state": decree.state_on(day).label},
        )
    if kind in EXEMPT and clause is None:
        raise NotDecidable("clause", _("An exemption names the clause that it rests on."))
    if kind not in EXEMPT and clause is not None:
        raise NotDecidable("clause", _("Only an exemption names a clause."))
    if clause is not None:
        if decree is None or clause.decree_id != decree.pk:
            raise NotDecidable("clause", _("This clause is not of the decree chosen."))
        if (clause.situation == Situation.QUALITY_SYSTEM) != (kind == RouteKind.QUALITY_SYSTEM):
            raise NotDecidable("clause", _("This clause does not fit the route chosen."))
    if kind == RouteKind.CERTIFICATE and decree is None:
        raise NotDecidable("decree", _("Please name the decree that asks for the certificate."))
    if answers is not None and not note.strip():
        proposal = propose(answers)
        if kind != proposal.kind or (clause is not None and clause.situation != proposal.situation):
            raise NotDecidable("note", _("This is not what the answers lead to: please say why."))
