"""When a shop is open, on its own row: no list and no page pays a query for it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.hours import (
    HoursError,
    Special,
    SpecialDays,
    State,
    Week,
    midnight_before,
    put,
    read_special,
    read_week,
    state_at,
)
from streets.hours.state import WARD_ZONE
from streets.hours.words import complaint
from wardmark.base.languages import ladder

# As long as the hours that pages once had in words.
LONGEST_WORDS = 500


class Closure(models.TextChoices):
    """Why a shop is closed beyond its hours."""

    NONE = "", _("In business")
    TEMPORARY = "temporary", _("Temporarily closed")
    MOVED = "moved", _("Moved")
    FOR_GOOD = "for_good", _("Closed for good")


class Opening(models.Model):
    """The hours of a week, special days, and whether the shop is closed, moved or gone.

    Words are kept by language code: `{"vi": "…", "en": "…"}`. Rules that change these fields stand in `daily_facts`.
    """

    hours = models.JSONField(_("opening hours"), null=True, blank=True, default=None)
    special_days = models.JSONField(_("special days"), blank=True, default=list)
    hours_note = models.JSONField(
        _("note on the hours"),
        blank=True,
        default=dict,
        help_text=_("What a table cannot say, for example that the shop closes once everything is sold."),
    )
    closure = models.CharField(
        _("state"), max_length=10, choices=Closure.choices, blank=True, default="", db_index=True
    )
    closed_since = models.DateField(_("since"), null=True, blank=True, help_text=_("The first day."))
    closed_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day of rest, if it is known; the day after, the page says so by itself no more."),
    )
    closure_note = models.JSONField(_("note for visitors"), blank=True, default=dict)
    moved_to = models.ForeignKey(
        "streets.Shop",
        verbose_name=_("continues as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="moved_from",
        help_text=_("The shop of this site that it is now; its page is linked."),
    )
    moved_to_address = models.CharField(
        _("new address"), max_length=250, blank=True, help_text=_("Where it is now, if it has no page here.")
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        errors: dict[str, Any] = {}
        for name, read in (("hours", read_week), ("special_days", read_special)):
            try:
                read(getattr(self, name))
            except HoursError as refused:
                errors[name] = complaint(refused)
        for name in ("hours_note", "closure_note"):
            if not _are_words(getattr(self, name)):
                errors[name] = _("Please write at most %(most)s characters in each language.") % {"most": LONGEST_WORDS}
        errors |= self._wrong_closure()
        if errors:
            raise ValidationError(errors)

    def _wrong_closure(self) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        if self.closure and self.closed_since is None:
            errors["closed_since"] = _("Please say since when.")
        if self.closed_until and self.closure != Closure.TEMPORARY:
            errors["closed_until"] = _("Only a shop that is temporarily closed opens again.")
        elif self.closed_until and self.closed_since and self.closed_until < self.closed_since:
            errors["closed_until"] = _("The last day must not come before the first.")
        if self.closure == Closure.MOVED:
            if bool(self.moved_to_id) == bool(self.moved_to_address):
                errors["moved_to_address"] = _(
                    "Please choose the shop it is now, or write its new address: one of both."
                )
            elif self.moved_to_id and self._leads_back():
                errors["moved_to"] = _("That shop itself has moved here: visitors would walk in a circle.")
        elif self.moved_to_id or self.moved_to_address:
            errors["closure"] = _("A new address belongs to a shop that has moved.")
        return errors

    def _leads_back(self) -> bool:
        seen, shop = {self.pk}, self.moved_to
        while shop is not None:
            if shop.pk in seen:
                return True
            seen.add(shop.pk)
            shop = shop.moved_to
        return False

    @property
    def week(self) -> Week | None:
        """The hours of an ordinary week; None while they are not known."""
        try:
            return read_week(self.hours)
        except HoursError:
            return None

    @property
    def special(self) -> Special:
        try:
            return read_special(self.special_days)
        except HoursError:
            return ()

    def closure_on(self, day: date) -> Closure:
        """Why it is closed on a day beyond its hours; a temporary closure ends by itself with its last day."""
        begun = self.closed_since is not None and self.closed_since <= day
        over = self.closure == Closure.TEMPORARY and self.closed_until is not None and self.closed_until < day
        return Closure(self.closure) if begun and not over else Closure.NONE

    def has_left_by(self, day: date) -> bool:
        """Whether its business is no longer at this place on a day; one that rests for a while has not left."""
        return self.closure_on(day) in (Closure.MOVED, Closure.FOR_GOOD)

    def state_at(self, moment: datetime) -> State:
        """Open, closed or unknown at an aware moment, and until when; a closed business has no end here."""
        today = moment.astimezone(WARD_ZONE).date()
        if self.closure_on(today):
            return State(False)
        if not self.closure or self.closed_since is None:
            return state_at(self.week, self.special, moment)
        # No span begins on a day of a closure, past or to come; a night before it ends when it begins.
        last = self.closed_until if self.closure == Closure.TEMPORARY else None
        closed = SpecialDays(self.closed_since, last or date.max)
        state = state_at(self.week, put(self.special, closed), moment)
        begins = midnight_before(self.closed_since) if self.closed_since > today else None
        if state.is_open and begins and (state.until is None or state.until > begins):
            return State(True, begins)
        return state

    def is_open_at(self, moment: datetime) -> bool | None:
        """Say whether it is open at an aware moment; None where that is not known. It costs no query."""
        return self.state_at(moment).is_open


def in_words(words: Mapping[str, str], language: str) -> tuple[str, str]:
    """Return the words in that language, else in the next one there is, and the language they are in."""
    found = next((code for code in (*ladder(language), *words) if words.get(code)), "")
    return (words[found], found) if found else ("", "")


def _are_words(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(words, str) and len(words) <= LONGEST_WORDS for words in value.values()
    )
