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


# In the order in which a shop needs them; other modules of the portal add theirs here.
ENTRIES: list[Entry] = [
    Entry("portal:special_days", gettext_lazy("Days off and Tết"), Task.DAILY),
    Entry("portal:offer", gettext_lazy("Payment, usual prices, on the spot"), Task.DAILY),
    Entry("portal:closure", gettext_lazy("Closed for a while, moved"), Task.DAILY),
    Entry("portal:card", gettext_lazy("Check my code"), Task.DAILY),
    Entry("portal:self_check", gettext_lazy("Food-safety check"), Task.DAILY, is_for_food=True),
    Entry("portal:photos", gettext_lazy("Photos"), Task.TELL),
    Entry("portal:names", gettext_lazy("Name and what you sell"), Task.TELL),
    Entry("portal:place", gettext_lazy("Address and place on the map"), Task.TELL),
    Entry("portal:contact", gettext_lazy("Phone and links"), Task.TELL),
    Entry("portal:papers", gettext_lazy("Food-safety papers"), Task.TELL, is_for_food=True),
    Entry("portal:inspections", gettext_lazy("Inspections"), Task.TELL, is_for_food=True),
    Entry("portal:payment", gettext_lazy("Payment account"), Task.OWN),
    Entry("people:people", gettext_lazy("Who helps here"), Task.DAILY),
    Entry("portal:history", gettext_lazy("What was changed"), Task.DAILY),
]


def menu_of(kept: Kept) -> list[Line]:
    """Return the screens that this member may open, in the reader's language."""
    sells_food = isinstance(kept.page and kept.page.specific, FoodVendorPage)
    key = kept.shop.page_key
    lines = [
        Line(str(entry.label), reverse(entry.name, args=[key]))
        for entry in ENTRIES
        if may_do(kept.member, entry.task) and (sells_food or not entry.is_for_food)
    ]
    if kept.may_tell:
        at = next(n for n, line in enumerate(lines) if line.address == reverse("portal:names", args=[key]))
        lines[at:at] = [Line(label, reverse("portal:words", args=[key, code])) for code, label in texts_of(kept)]
    return lines


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
