"""What a member finds on the shop's first screen, below what is done every day: one entry for each screen."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from streets.members import Task, may_do
from streets.models import FoodVendorPage
from streets.portal.guard import Kept
from wardmark.base.languages import content_languages, source_language, translated_name


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen by its URL name. `is_for_food`: only where the shop sells food."""

    name: str
    label: Any
    task: Task
    is_for_food: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    lines: list[Line]


# Stands for one screen in each language of the shop's pages.
TEXTS = Entry("portal:words", "", Task.TELL)

# In the order in which a shop needs them.
GROUPS: list[tuple[Any, list[Entry]]] = [
    (
        gettext_lazy("Every day"),
        [
            Entry("portal:special_days", gettext_lazy("Days off and Tết"), Task.DAILY),
            Entry("portal:closure", gettext_lazy("Closed for a while, moved"), Task.DAILY),
            Entry("portal:card", gettext_lazy("Check my code"), Task.DAILY),
            Entry("portal:self_check", gettext_lazy("Food-safety check"), Task.DAILY, is_for_food=True),
        ],
    ),
    (
        gettext_lazy("What guests read"),
        [
            Entry("portal:photos", gettext_lazy("Photos"), Task.TELL),
            TEXTS,
            Entry("portal:names", gettext_lazy("Name and what you sell"), Task.TELL),
            Entry("portal:offer", gettext_lazy("Payment, usual prices, on the spot"), Task.DAILY),
            Entry("portal:contact", gettext_lazy("Phone and links"), Task.TELL),
            Entry("portal:place", gettext_lazy("Address and place on the map"), Task.TELL),
        ],
    ),
    (
        gettext_lazy("Papers and payment"),
        [
            Entry("portal:papers", gettext_lazy("Food-safety papers"), Task.TELL, is_for_food=True),
            Entry("portal:inspections", gettext_lazy("Inspections"), Task.TELL, is_for_food=True),
            Entry("portal:payment", gettext_lazy("Payment account"), Task.OWN),
        ],
    ),
    (
        gettext_lazy("Helpers and history"),
        [
            Entry("people:people", gettext_lazy("Who helps here"), Task.DAILY),
            Entry("portal:history", gettext_lazy("What was changed"), Task.DAILY),
        ],
    ),
]


def menu_of(kept: Kept) -> list[Group]:
    """Return the screens that this member may open, in the reader's language; no group that is empty."""
    sells_food = isinstance(kept.page and kept.page.specific, FoodVendorPage)
    groups = []
    for label, entries in GROUPS:
        open_ones = [one for one in entries if may_do(kept.member, one.task) and (sells_food or not one.is_for_food)]
        groups.append(Group(str(label), [line for entry in open_ones for line in _lines(entry, kept)]))
    return [group for group in groups if group.lines]


def _lines(entry: Entry, kept: Kept) -> list[Line]:
    key = kept.shop.page_key
    if entry is TEXTS:
        return [Line(label, reverse(entry.name, args=[key, code])) for code, label in texts_of(kept)]
    return [Line(str(entry.label), reverse(entry.name, args=[key]))]


def texts_of(kept: Kept) -> list[tuple[str, str]]:
    """Return each language of the site that the shop has a page in, with what the screen of its texts is called."""
    there = {page.locale.language_code for page in kept.shop.pages.all()}
    return [
        (
            code,
            _("Description")
            if code == source_language()
            else _("Texts in %(language)s") % {"language": translated_name(code)},
        )
        for code, _own_name in content_languages()
        if code in there
    ]
