"""Forms for hours and special days, made of plain fields: for a keyboard, a phone, and a browser without scripts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from streets.hours import HoursError, read_special, read_week, write_special, write_week
from streets.hours.special import LONGEST_NOTE
from streets.hours.week import MOST_SPANS
from streets.hours.words import DAY_NAMES, complaint
from streets.models.opening import LONGEST_WORDS
from wardmark.base.languages import content_languages

# Spans that stand open on the form; further ones unfold.
USUAL_SPANS = 2
# Empty rows below the special days that are there already.
NEW_ROWS = 2


def _time(value: str) -> str:
    """Return a time field's value without the seconds that some browsers send."""
    return value.strip()[:5]


def _spans(data: Mapping[str, Any], name: str, number: int) -> list[list[str]]:
    """Return the spans typed in, a half-filled one included: reading it says what is missing."""
    pairs = ([_time(data.get(f"{name}-{n}-{end}") or "") for end in ("opens", "closes")] for n in range(number))
    return [pair for pair in pairs if any(pair)]


def _rows(name: str, spans: list[Any], number: int) -> list[dict[str, str]]:
    filled = [pair if isinstance(pair, list | tuple) and len(pair) == 2 else ("", "") for pair in spans]
    padded = [*filled, *[("", "")] * (number - len(filled))]
    return [
        {"name": f"{name}-{n}", "opens": opens, "closes": closes} for n, (opens, closes) in enumerate(padded[:number])
    ]


class WeekWidget(forms.Widget):
    """Seven days with their spans; a day may say that it is as Monday. Its value is the JSON of `hours.read_week`."""

    template_name = "streets/admin/week.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        week = value if isinstance(value, Mapping) else {}
        context["days"] = [
            {
                "label": label,
                "name": f"{name}-{day.lower()}",
                "is_monday": day == "Monday",
                "rows": _rows(f"{name}-{day.lower()}", week.get(day.lower()) or [], MOST_SPANS),
                "has_further": len(week.get(day.lower()) or []) > USUAL_SPANS,
            }
            for day, label in DAY_NAMES.items()
        ]
        return context

    def value_from_datadict(self, data, files, name):
        days = {day.lower(): _spans(data, f"{name}-{day.lower()}", MOST_SPANS) for day in DAY_NAMES}
        for day in days:
            if data.get(f"{name}-{day}-as-monday") or data.get(f"{name}-all-as-monday"):
                days[day] = days["monday"]
        return days if any(days.values()) else None

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-monday-0-opens" not in data

    def id_for_label(self, id_):
        return ""


class WeekField(forms.Field):
    """An ordinary week; all empty says that its hours are not known."""

    widget = WeekWidget

    def clean(self, value):
        try:
            return write_week(read_week(value))
        except HoursError as refused:
            raise ValidationError(complaint(refused)) from None

    def has_changed(self, initial, data):
        try:
            return write_week(read_week(data)) != initial
        except HoursError:
            return True


class SpecialDaysWidget(forms.Widget):
    """A row for each special day or range, some empty ones, and buttons for what is said often.

    A button saves the form with its own days added: it needs no script.
    """

    template_name = "streets/admin/special_days.html"
    tet: Any = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        said = [row for row in value or [] if isinstance(row, Mapping)]
        rows = [*said, *[{}] * NEW_ROWS]
        context["rows"] = [
            self._row(f"{name}-{number}", row) | {"is_new": number >= len(said)} for number, row in enumerate(rows)
        ]
        context |= {"count": len(rows), "tet": self.tet, "longest_note": LONGEST_NOTE}
        return context

    @staticmethod
    def _row(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        first, last, spans = row.get("from") or "", row.get("to") or "", row.get("spans") or []
        note = row.get("note") or {}
        return {
            "name": name,
            "from": first,
            "to": last if last != first else "",
            "spans": _rows(name, spans, max(USUAL_SPANS, len(spans))),
            "notes": [
                {"language": language, "own_name": own_name, "words": note.get(language, "")}
                for language, own_name in content_languages()
            ],
        }

    def value_from_datadict(self, data, files, name):
        try:
            count = min(int(data.get(f"{name}-count") or 0), 200)
        except ValueError:
            count = 0
        rows = []
        for number in range(count):
            prefix = f"{name}-{number}"
            if data.get(f"{prefix}-delete"):
                continue
            first, last = data.get(f"{prefix}-from") or "", data.get(f"{prefix}-to") or ""
            spans = _spans(data, prefix, MOST_SPANS)
            note = {language: data.get(f"{prefix}-note-{language}") or "" for language, _own in content_languages()}
            if first or last or spans or any(words.strip() for words in note.values()):
                rows.append({"from": first, "to": last or first, "spans": spans, "note": note})
        return rows

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-count" not in data

    def id_for_label(self, id_):
        return ""


class SpecialDaysField(forms.Field):
    widget = SpecialDaysWidget

    def clean(self, value):
        try:
            return write_special(read_special(value))
        except HoursError as refused:
            raise ValidationError(complaint(refused)) from None

    def has_changed(self, initial, data):
        try:
            return write_special(read_special(data)) != write_special(read_special(initial))
        except HoursError:
            return True


class WordsWidget(forms.Widget):
    """The same words in each language of the site."""

    template_name = "streets/admin/words.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        words = value if isinstance(value, Mapping) else {}
        context["longest"] = LONGEST_WORDS
        context["languages"] = [
            {"language": language, "own_name": own_name, "words": words.get(language, "")}
            for language, own_name in content_languages()
        ]
        return context

    def value_from_datadict(self, data, files, name):
        said = {language: (data.get(f"{name}-{language}") or "").strip() for language, _own in content_languages()}
        return {language: words for language, words in said.items() if words}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{language}" in data for language, _own in content_languages())

    def id_for_label(self, id_):
        return ""


class WordsField(forms.Field):
    widget = WordsWidget

    def clean(self, value):
        words = value or {}
        if any(len(said) > LONGEST_WORDS for said in words.values()):
            raise ValidationError(
                _("Please write at most %(most)s characters in each language."), params={"most": LONGEST_WORDS}
            )
        return words

    def has_changed(self, initial, data):
        return (initial or {}) != (data or {})
