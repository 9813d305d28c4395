"""Whether the shop is closed beyond its hours: for a while, moved, or for good."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from streets.models import Closure, Shop
from streets.models.opening import LONGEST_WORDS
from streets.portal.forms.changing import ChangeForm, line, lines
from streets.portal.forms.hours import DayInput
from wardmark.base.languages import source_language


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class ClosureForm(ChangeForm):
    """One choice and what belongs to it; what belongs to another choice is left out of the wish."""

    carries = {"closure": "closure"}

    closure = forms.ChoiceField(
        label=_("How is it?"), choices=Closure.choices, required=False, widget=forms.RadioSelect
    )
    closed_since = forms.DateField(label=_("Since (first day)"), widget=DayInput, required=False)
    closed_until = forms.DateField(
        label=_("Until (last day of rest)"),
        widget=DayInput,
        required=False,
        help_text=_("Only for a while, and only if you know it."),
    )
    moved_to_address = line(
        _("New address"),
        Shop._meta.get_field("moved_to_address").max_length,
        help_text=_("Only if you have moved."),
    )
    note = lines(
        _("A word to your guests"),
        LONGEST_WORDS,
        help_text=_("Not needed. The ward may look at these words, in the first 30 days before they are public."),
    )

    def to_form(self, values: Mapping[str, Any]) -> dict[str, Any]:
        said = values["closure"]
        return said | {"note": said["closure_note"].get(source_language(), "")}

    def to_wish(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        state = cleaned["closure"]
        before = self.now_is["closure"]
        if not state:
            empty = {"closed_since": None, "closed_until": None, "closure_note": {}}
            return {"closure": {"closure": "", **empty, "moved_to": None, "moved_to_address": ""}}
        # Words in other languages and the link to another shop's page stay, as long as the state is the same.
        is_same = state == before["closure"]
        others = before["closure_note"] if is_same else {}
        note = {language: words for language, words in others.items() if language != source_language()}
        if own := cleaned["note"].strip():
            note[source_language()] = own
        address = cleaned["moved_to_address"].strip() if state == Closure.MOVED else ""
        return {
            "closure": {
                "closure": state,
                "closed_since": _iso(cleaned["closed_since"]),
                "closed_until": _iso(cleaned["closed_until"]) if state == Closure.TEMPORARY else None,
                "closure_note": note,
                "moved_to": before["moved_to"] if is_same and not address else None,
                "moved_to_address": address,
            }
        }
