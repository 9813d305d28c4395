"""Plaques: one physical thing with one code each.

A plaque is tied to its page by the page's translation key, a UUID that all translations share and that no
rename, move or deletion of the page changes. There is no foreign key, so nothing can cascade into a plaque.
"""

import uuid

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wardmark.base.languages import source_language
from wardmark.plaques.codes import LENGTH, grouped, new_code, normalise


class PlaqueIsForever(Exception):
    """Somebody tried to delete a plaque or to change its code. A printed code must answer for decades."""


class PlaqueQuerySet(models.QuerySet):
    def delete(self):
        raise PlaqueIsForever("Plaques are never deleted: their codes are on walls.")

    def update(self, **values):
        if "code" in values:
            raise PlaqueIsForever("The code of a plaque never changes.")
        return super().update(**values)

    def primary(self) -> "PlaqueQuerySet":
        return self.filter(is_primary=True)

    def with_code(self, text: str) -> "Plaque | None":
        """Return the plaque whose code somebody typed or scanned, or None.

        Raises InvalidCode when the text cannot be a code at all.
        """
        return self.filter(code=normalise(text)).first()

    def for_page(self, page: Page) -> "Plaque | None":
        """Return the primary plaque of a page, shared by its translations."""
        return self.primary().filter(page_key=page.translation_key).first()

    def issue_primary(self, page: Page) -> "Plaque":
        """Return the page's primary plaque, made now if it has none. Safe against two processes at once."""
        plaque = self.for_page(page)
        while plaque is None:
            try:
                with transaction.atomic():
                    plaque = self.create(code=new_code(), page_key=page.translation_key, is_primary=True)
            except IntegrityError:
                # Another process was first with this page, or, once in a billion, with this code.
                plaque = self.for_page(page)
        return plaque


class Plaque(models.Model):
    """One physical thing with one code: on a gate, a stele, a counter."""

    code = models.CharField(_("code"), max_length=LENGTH, unique=True, editable=False)
    page_key = models.UUIDField(_("translation key of the page"), default=uuid.uuid4, db_index=True, editable=False)
    is_primary = models.BooleanField(_("primary"), default=True, editable=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)

    # What is remembered for the day the page is gone: {language: name} and the pages above it, nearest first.
    names = models.JSONField(_("last known names"), default=dict, editable=False)
    ancestor_keys = models.JSONField(_("pages above"), default=list, editable=False)

    objects = PlaqueQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaque")
        verbose_name_plural = _("plaques")
        constraints = [
            models.UniqueConstraint(
                fields=["page_key"], condition=models.Q(is_primary=True), name="plaques_one_primary_per_page"
            ),
            models.CheckConstraint(condition=Exact(Length("code"), LENGTH), name="plaques_code_has_seven_characters"),
        ]

    def __str__(self):
        return self.printed_code

    def save(self, *args, **kwargs):
        issued = getattr(self, "_issued_code", None)
        if issued is None and not self._state.adding and "code" in self.__dict__:
            # Fetched without its code, which was set since.
            issued = type(self).objects.values_list("code", flat=True).get(pk=self.pk)
        if issued is not None and issued != self.code:
            raise PlaqueIsForever(f"The code of plaque {issued} never changes.")
        super().save(*args, **kwargs)
        self._issued_code = self.__dict__.get("code")

    def delete(self, *args, **kwargs):
        raise PlaqueIsForever(f"Plaque {self.code} is never deleted: its code is on a wall.")

    @classmethod
    def from_db(cls, db, field_names, values):
        plaque = super().from_db(db, field_names, values)
        plaque._issued_code = plaque.__dict__.get("code")
        return plaque

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def short_link(self) -> str:
        """What the symbol holds and the plate prints, byte for byte."""
        return f"{settings.PLAQUE_BASE_URL}/q/{self.code}"

    def remembered_name(self, language: str | None = None) -> str:
        """The place's last known name in that language (default: the active one), else the source language's."""
        for wished in (language or get_language(), source_language(), *self.names):
            if self.names.get(wished):
                return self.names[wished]
        return ""

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages this plaque stands for, by language, live or not; untranslated copies only where that is all."""
        pages = list(Page.objects.filter(translation_key=self.page_key).select_related("locale"))
        written = [page for page in pages if page.alias_of_id is None]
        return {page.locale.language_code: page for page in written or pages}
