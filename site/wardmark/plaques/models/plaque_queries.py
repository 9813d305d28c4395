"""Finding plaques, and issuing new ones."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from wagtail.models import Page

from wardmark.plaques.codes import new_code, normalise
from wardmark.plaques.models.states import OUT_IN_THE_WORLD, STANDING, PlaqueState

if TYPE_CHECKING:
    from wardmark.plaques.models.plaques import Plaque

# A plaque that hangs somewhere is looked at this often.
CHECKED_EVERY = timedelta(days=90)


class PlaqueIsForever(Exception):
    """Somebody tried to delete a plaque or to change its code. A printed code must answer for decades."""


class UnrecordedChange(Exception):
    """Somebody tried to change plaques by a way that leaves no trace in their history."""


class PlaqueQuerySet(models.QuerySet):
    def delete(self):
        raise PlaqueIsForever("Plaques are never deleted: their codes are on walls.")

    def update(self, **values):
        if "code" in values:
            raise PlaqueIsForever("The code of a plaque never changes.")
        if tracked := [name for name in values if {name, f"{name}_id"} & set(self.model.TRACKED)]:
            raise UnrecordedChange(f"{', '.join(tracked)}: change plaques one by one, with history.changing().")
        return super().update(**values)

    def primary(self) -> "PlaqueQuerySet":
        return self.filter(is_primary=True)

    def blank(self) -> "PlaqueQuerySet":
        """Those that no page has yet."""
        return self.filter(page_key=None)

    def planned(self) -> "PlaqueQuerySet":
        return self.filter(state=PlaqueState.PLANNED)

    def standing(self) -> "PlaqueQuerySet":
        """Those that hang somewhere, well or badly."""
        return self.filter(state__in=STANDING)

    def out_in_the_world(self) -> "PlaqueQuerySet":
        return self.filter(state__in=OUT_IN_THE_WORLD)

    def unchecked(self, *, today: date | None = None) -> "PlaqueQuerySet":
        """Those that hang somewhere and that nobody looked at for 90 days, or ever since they were hung up."""
        since = (today or timezone.localdate()) - CHECKED_EVERY
        hung_long_ago = models.Q(installed_on=None) | models.Q(installed_on__lte=since)
        never_since = models.Q(last_checked_on=None) | models.Q(last_checked_on__lte=since)
        return self.standing().filter(hung_long_ago & never_since)

    def with_code(self, text: str) -> "Plaque | None":
        """Return the plaque whose code somebody typed or scanned, or None.

        Raises InvalidCode when the text cannot be a code at all.
        """
        return self.filter(code=normalise(text)).first()

    def of_page(self, page: Page) -> "PlaqueQuerySet":
        """All plaques of a page and its translations, the primary one first."""
        return self.filter(page_key=page.translation_key).order_by("-is_primary", "pk")

    def for_page(self, page: Page) -> "Plaque | None":
        """Return the primary plaque of a page, shared by its translations."""
        return self.primary().filter(page_key=page.translation_key).first()

    def issue_primary(self, page: Page) -> "Plaque":
        """Return the page's primary plaque, made now if it has none. Safe against two processes at once."""
        plaque = self.for_page(page)
        if plaque is not None:
            return plaque
        try:
            return self._issue(page_key=page.translation_key, is_primary=True)
        except IntegrityError:
            # Another process was first with this page.
            plaque = self.for_page(page)
            if plaque is None:
                raise
            return plaque

    def issue(self, *, by: AbstractBaseUser | None = None, **fields: Any) -> "Plaque":
        """Return a new plaque that is no page's primary one, with a code that was never used."""
        return self._issue(issued_by=by, **fields)

    def _issue(self, *, issued_by: AbstractBaseUser | None = None, **fields: Any) -> "Plaque":
        while True:
            plaque = self.model(code=new_code(), **fields)
            plaque.issued_by = issued_by
            try:
                with transaction.atomic():
                    plaque.save(force_insert=True)
            except IntegrityError:
                # Once in a billion the code is taken.
                if not self.filter(code=plaque.code).exists():
                    raise
            else:
                return plaque
