"""How much a change weighs: the class of its field, or a heavier one for what it says."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.changes.claim_words import new_claims, texts_in
from streets.changes.classes import Asked, ChangeClass, Holder
from streets.hours.tet import NOTE as TET_NOTE
from streets.links import is_known_host
from streets.models import ChangeRequest, ChangeState, Closure, Shop
from wardmark.base.languages import content_languages, source_language
from wardmark.base.places import Position

# In metres: what a finger on a map may be off.
PIN_MAY_MOVE = 30
_LEFT = {Closure.MOVED, Closure.FOR_GOOD}


class Why(models.TextChoices):
    """Why a change waits for an officer."""

    FIELD = "field", _("The ward looks at this before it is public")
    LANGUAGE = "language", _("A text in another language")
    CLAIM = "claim", _("It speaks of safety, health or origin")
    LINK = "link", _("A link to a site not known here")
    FAR = "far", _("The place moves by more than 30 m")
    LEFT = "left", _("The shop leaves its address, or comes back")
    TRUST = "trust", _("The first 30 days, or 30 days after a change that was not accepted")
    PAGE = "page", _("The page is not public, or somebody works on it")


class Weight(NamedTuple):
    change_class: ChangeClass
    why: str = ""


def weigh(*, shop: Shop, asked: Asked, before: Any, after: Any, claims: Iterable[str]) -> Weight:
    """Return the class of this very change and, where it is BEFORE, why."""
    if asked.field.change_class == ChangeClass.BEFORE:
        return Weight(ChangeClass.BEFORE, Why.LANGUAGE if _is_foreign(asked.language) else Why.FIELD)
    if _says_more_in_another_language(asked, before, after):
        return Weight(ChangeClass.BEFORE, Why.LANGUAGE)
    if new_claims(before, after, claims):
        return Weight(ChangeClass.BEFORE, Why.CLAIM)
    own = _OWN.get(asked.field.name)
    return (own(shop, before, after) if own else None) or Weight(asked.field.change_class)


def _is_foreign(language: str) -> bool:
    return bool(language) and language != source_language()


def _says_more_in_another_language(asked: Asked, before: Any, after: Any) -> bool:
    if asked.field.in_languages:
        # Pictures may go and change places in any language.
        return _is_foreign(asked.language) and bool(set(texts_in(after)) - set(texts_in(before)))
    if asked.field.holder == Holder.PAGE:
        return False
    return bool(set(_foreign_words(after)) - set(_foreign_words(before)))


def _foreign_words(value: Any) -> list[str]:
    """Return the words that stand in it under the code of another language than the site's first."""
    if isinstance(value, Mapping):
        own = [
            text
            for name, text in value.items()
            if isinstance(text, str) and name in dict(content_languages()) and _is_foreign(name)
        ]
        return own + [text for part in value.values() for text in _foreign_words(part)]
    if isinstance(value, list):
        return [text for part in value for text in _foreign_words(part)]
    return []


def _links(shop: Shop, before: Any, after: Any) -> Weight | None:
    old = set((before or "").splitlines())
    new = [line for line in (after or "").splitlines() if line not in old]
    return None if all(map(is_known_host, new)) else Weight(ChangeClass.BEFORE, Why.LINK)


def _pin(shop: Shop, before: Any, after: Any) -> Weight | None:
    start = _position(_last_agreed_pin(shop, before))
    end = _position(after)
    if start is not None and end is not None and start.distance_to(end) <= PIN_MAY_MOVE:
        return None
    return Weight(ChangeClass.BEFORE, Why.FAR)


def _last_agreed_pin(shop: Shop, now_is: Any) -> Any:
    """Return where the pin was before the steps nobody has looked at: many small ones are a long way."""
    steps = ChangeRequest.objects.of_field(shop, "pin").filter(state=ChangeState.LIVE).order_by("-live_since", "-pk")
    start = now_is
    for step in steps.iterator():
        if step.decided_at or step.looked_over_at or step.after != start:
            break
        start = step.before
    return start


def _position(pin: Mapping[str, str] | None) -> Position | None:
    return pin and Position(float(pin["latitude"]), float(pin["longitude"]))


def _closure(shop: Shop, before: Any, after: Any) -> Weight | None:
    ways = {Closure((value or {}).get("closure") or "") for value in (before, after)}
    if ways & _LEFT:
        return Weight(ChangeClass.BEFORE, Why.LEFT)
    return _new_words(*((value or {}).get("closure_note") for value in (before, after)))


def _special_days(shop: Shop, before: Any, after: Any) -> Weight | None:
    return _new_words(*([day.get("note") for day in value or ()] for value in (before, after)))


def without_new_words(asked: Asked, before: Any, after: Any) -> Any:
    """Return the days of a value without what is newly written beside them; any other value as it is."""
    known = set(texts_in(before)) | set(TET_NOTE.values())

    def old(words: Mapping[str, str]) -> dict[str, str]:
        return {language: text for language, text in words.items() if text in known}

    if asked.field.name == "closure" and after:
        return after | {"closure_note": old(after["closure_note"])}
    if asked.field.name == "special_days":
        return [day | {"note": old(day["note"])} for day in after or ()]
    return after


def _new_words(before: Any, after: Any) -> Weight | None:
    """Weigh what somebody writes beside days like any other words; those of the button for Tết are the site's own."""
    is_new = set(texts_in(after)) - set(texts_in(before)) - set(TET_NOTE.values())
    return Weight(ChangeClass.SAMPLED) if is_new else None


def _allergens(shop: Shop, before: Any, after: Any) -> Weight | None:
    # To add a warning harms nobody; to take one away says that it is not in there.
    return Weight(ChangeClass.SAMPLED) if set(before or ()) - set(after or ()) else None


def _product(shop: Shop, before: Any, after: Any) -> Weight | None:
    # Nothing is told by taking a dish off the list.
    return Weight(ChangeClass.LIVE) if after is None else None


_OWN: Mapping[str, Callable[[Shop, Any, Any], Weight | None]] = {
    "links": _links,
    "pin": _pin,
    "closure": _closure,
    "special_days": _special_days,
    "product.allergens": _allergens,
    "product": _product,
}
