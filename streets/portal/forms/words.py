"""What the page tells in words, in one language at a time; and what the shop is called."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from streets.changes.page_values import LONGEST_DESCRIPTION
from streets.models import Shop, ShopCategory, ShopPage
from streets.models.opening import LONGEST_WORDS
from streets.models.shop_pages import LegalForm
from streets.portal.forms.changing import ChangeForm, line, lines
from wardmark.base.languages import source_language

_LONGEST = {name: ShopPage._meta.get_field(name).max_length for name in ("title", "summary", "legal_name")}


class WordsForm(ChangeForm):
    """The texts of the page in one language; its name too, but for the first language, where `NamesForm` has it."""

    title = line(pgettext_lazy("of a shop", "Name of the shop"), _LONGEST["title"])
    summary = lines(_("In short"), _LONGEST["summary"], help_text=_("One or two sentences, shown in lists."))
    story = lines(_("Description"), LONGEST_DESCRIPTION, rows=8)
    hours_note = lines(
        _("Note on the hours"), LONGEST_WORDS, help_text=_("For example “Closes once everything is sold”."), rows=2
    )

    def __init__(self, *args: Any, shop: Shop, language: str, **kwargs: Any) -> None:
        self.language = language
        super().__init__(*args, shop=shop, **kwargs)
        for name in ("title", "summary", "story", "hours_note"):
            self.fields[name].widget.attrs["lang"] = language
        if language == source_language():
            del self.fields["title"]
        else:
            self.fields["title"].required = True

    def fields_carried(self) -> Mapping[str, str]:
        names = ["summary", "story", "hours_note"]
        if self.language != source_language():
            names.insert(0, "title")
        return {name: f"{name}.{self.language}" for name in names}


class NamesForm(ChangeForm):
    """What the shop is called, what it is, and as what it is registered."""

    carries = {"title": "title", "category": "category", "legal_name": "legal_name", "legal_form": "legal_form"}

    title = line(pgettext_lazy("of a shop", "Name of the shop"), _LONGEST["title"], required=True)
    category = forms.ChoiceField(
        label=_("What you sell"), required=False, widget=forms.Select(attrs={"class": "input"})
    )
    legal_name = line(_("Registered name"), _LONGEST["legal_name"], help_text=_("As on the business licence."))
    legal_form = forms.ChoiceField(
        label=_("Registered as"),
        choices=LegalForm.choices,
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.key, str(one)) for one in ShopCategory.objects.prefetch_related("wordings")]
        self.fields["category"].choices = [("", _("Not said")), *sorted(known, key=lambda one: one[1])]
