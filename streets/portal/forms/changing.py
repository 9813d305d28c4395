"""The form of a wish: it shows what is, and asks `streets.changes` for what differs from what was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from streets.changes import applying
from streets.models import Shop

SALT = "portal.seen"


@dataclass(frozen=True, slots=True)
class Entered:
    """What was filled in and counts nowhere yet, and what was seen when it was, by the names of `streets.changes`."""

    values: Mapping[str, Any]
    seen: Mapping[str, Any]


NOTHING_ENTERED = Entered({}, {})


def sealed(seen: Mapping[str, Any]) -> str:
    """Return what a form showed as text for a hidden field, which comes back as it was or not at all."""
    return signing.dumps(dict(seen), salt=SALT, compress=True)


class ChangeForm(forms.Form):
    """Fields of a shop on one screen. `carries` names for each field of the form the one of `streets.changes` it is.

    A field of the form whose value has another shape there is translated by `to_form` and `to_wish`. `entered` is what
    was filled in before and counts nowhere yet, with what was seen then: the form shows it instead of what is.
    """

    carries: ClassVar[Mapping[str, str]] = {}
    # Of the fields whose names in `streets.changes` end with one.
    language = ""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shop: Shop, entered: Entered = NOTHING_ENTERED, **kwargs: Any) -> None:
        self.shop = shop
        self.now_is = applying.read(shop, self.wishes())
        self.entered = {name: value for name, value in entered.values.items() if name in self.now_is}
        self.saw = self.now_is | {name: entered.seen[name] for name in self.entered if name in entered.seen}
        shown = self.to_form(self.now_is | self.entered)
        kwargs["initial"] = shown | {"seen": sealed(self.saw)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def fields_carried(self) -> Mapping[str, str]:
        return self.carries

    def wishes(self) -> list[str]:
        """The names in `streets.changes` of all that this form offers."""
        return list(dict.fromkeys(self.fields_carried().values()))

    def to_form(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields of the form show of these values."""
        return {field: values[name] for field, name in self.fields_carried().items()}

    def to_wish(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was filled in, in the forms of `streets.changes`."""
        return {name: cleaned[field] for field, name in self.fields_carried().items()}

    def clean_seen(self) -> dict[str, Any]:
        try:
            seen = signing.loads(self.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature:
            raise ValidationError(_("This form is too old. Please look at it once more, then send it again.")) from None
        return seen

    def wanted(self) -> dict[str, Any]:
        """Return what differs from what the form showed: what was left alone, or never shown, is nobody's wish."""
        seen = self.cleaned_data["seen"]
        wish = self.to_wish(self.cleaned_data)
        return {name: value for name, value in wish.items() if name in seen and value != seen[name]}

    def complain(self, refused: ValidationError) -> None:
        """Say next to each field what `streets.changes` has against it, which leaves the language out of the names."""
        by_name = {}
        for field, name in self.fields_carried().items():
            if field in self.fields:
                by_name |= {name: field, name.removesuffix(f".{self.language}"): field}
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            self.add_error(by_name.get(name), errors)

    @property
    def has_stale_seal(self) -> bool:
        return "seen" in self.errors


WORDS = {"class": "input", "rows": 3}
LINE = {"class": "input"}


def line(label: Any, longest: int, *, required: bool = False, help_text: Any = "", **attrs: Any) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs=LINE | attrs),
    )


def lines(label: Any, longest: int, *, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs=WORDS | {"rows": rows}),
    )


def choices(label: Any, keys: Any, *, help_text: Any = "") -> forms.MultipleChoiceField:
    """Return boxes to tick, one for each of the keys."""
    return forms.MultipleChoiceField(
        label=label, choices=keys.choices, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )
