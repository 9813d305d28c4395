"""What a report is about, as the address of its form names it: a page, a plaque, both or nothing."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from wardmark.base.languages import ladder
from wardmark.base.listing import closed_paths, outside
from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.models import Plaque
from wardmark.plaques.models.states import OUT_IN_THE_WORLD

# A page with more of them asks for none.
MOST_OFFERED = 6


@dataclass(frozen=True)
class Subject:
    """A page that everybody may read and a plaque of ours; whatever else an address named is left out."""

    page: Page | None
    plaque: Plaque | None

    @classmethod
    def named(cls, *, page: str, code: str) -> "Subject":
        plaque = _plaque(code)
        found = _open_page(page) or (_open_page(str(plaque.page_key)) if plaque else None)
        if plaque and found and plaque.page_key != found.translation_key:
            # Two things that do not belong together: the code is what somebody held a phone to.
            found = _open_page(str(plaque.page_key))
        return cls(found, plaque)

    @property
    def name(self) -> str:
        if self.page:
            return self.page.title
        return self.plaque.remembered_name() if self.plaque else ""

    @property
    def fields(self) -> dict[str, str]:
        """What a form or an address carries to name it again."""
        page = {"page": str(self.page.translation_key)} if self.page else {}
        return page | ({"code": self.plaque.code} if self.plaque else {})

    @property
    def query(self) -> str:
        return urlencode(self.fields)

    @cached_property
    def plaques(self) -> list[Plaque]:
        """The plaques that may be meant where none was named: those of the page that hang somewhere."""
        if self.plaque or not self.page:
            return []
        hanging = Plaque.objects.of_page(self.page).filter(state__in=OUT_IN_THE_WORLD)
        found = list(hanging[: MOST_OFFERED + 1])
        return found if len(found) <= MOST_OFFERED else []

    def with_plaque(self, code: str) -> "Subject":
        """Return it with that plaque of the page, or with the only one there is."""
        if self.plaque or not self.plaques:
            return self
        chosen = self.plaques[0] if len(self.plaques) == 1 else None
        return Subject(self.page, next((one for one in self.plaques if one.code == code), chosen))


def _plaque(code: str) -> Plaque | None:
    try:
        return Plaque.objects.with_code(code)
    except InvalidCode:
        return None


def _open_page(key: str) -> Page | None:
    """Return the page that everybody may read, in the language of the visitor or the next on the ladder."""
    try:
        pages = Page.objects.live().filter(translation_key=UUID(key), depth__gt=1)
    except ValueError:
        return None
    found = {page.locale.language_code: page for page in outside(pages.select_related("locale"), closed_paths())}
    return next((found[code] for code in (*ladder(get_language() or ""), *found) if code in found), None)
