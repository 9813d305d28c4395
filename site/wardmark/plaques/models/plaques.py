"""Plaques: one physical thing with one code each.

A plaque is tied to its page by the page's translation key, a UUID that all translations share and that no
rename, move or deletion of the page changes. There is no foreign key, so nothing can cascade into a plaque.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wardmark.base.languages import ladder
from wardmark.base.models import Positioned
from wardmark.plaques.artwork.formats import format_label
from wardmark.plaques.codes import LENGTH, grouped
from wardmark.plaques.models.event_kinds import EventKind
from wardmark.plaques.models.plaque_queries import PlaqueIsForever, PlaqueQuerySet, UnrecordedChange
from wardmark.plaques.models.states import STANDING, Material, PlaqueState


class Plaque(Positioned):
    """One physical thing with one code: on a gate, a stele, a counter. Change it within `history.changing()`."""

    # What the history tells of; the rest is memory kept by the site itself.
    TRACKED = (
        "page_key",
        "is_primary",
        "label",
        "latitude",
        "longitude",
        "height_cm",
        "material",
        "photo_id",
        "width_mm",
        "height_mm",
        "state",
        "installed_on",
        "next_check_on",
        "last_checked_on",
        "replaced_by_id",
        "retired_on",
        "retired_why",
        "forward_key",
        "printed_at",
        "printed_format",
        "printed_base_url",
        "artwork_version",
    )

    code = models.CharField(_("code"), max_length=LENGTH, unique=True, editable=False)
    # None: a blank plaque, printed before anybody knew where it would hang.
    page_key = models.UUIDField(_("page"), null=True, blank=True, db_index=True, editable=False)
    is_primary = models.BooleanField(_("primary"), default=False, editable=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)

    label = models.CharField(
        _("place"), max_length=80, blank=True, help_text=_("Where it hangs, for example “main gate” or “stele no. 2”.")
    )
    height_cm = models.PositiveSmallIntegerField(
        _("height above the ground"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(1000)],
        help_text=_("In centimetres, to the middle of the symbol. People read well at 120 to 150."),
    )
    material = models.CharField(_("material"), max_length=20, choices=Material.choices, blank=True)
    photo = models.ForeignKey(
        "media.Picture",
        verbose_name=_("photo of the plaque"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("As it hangs. Visitors compare it with what they see, so a pasted-over code is found out."),
    )
    width_mm = models.PositiveSmallIntegerField(_("width"), null=True, blank=True, help_text=_("In millimetres."))
    height_mm = models.PositiveSmallIntegerField(_("height"), null=True, blank=True, help_text=_("In millimetres."))

    state = models.CharField(
        _("state"), max_length=20, choices=PlaqueState.choices, default=PlaqueState.PLANNED, editable=False
    )
    installed_on = models.DateField(_("installed on"), null=True, blank=True, editable=False)
    last_checked_on = models.DateField(_("last checked on"), null=True, blank=True, editable=False)
    next_check_on = models.DateField(_("next check"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
        editable=False,
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)
    retired_why = models.CharField(_("why it was retired"), max_length=200, blank=True, editable=False)
    # Where it leads while its own page is gone: the translation key of another page.
    forward_key = models.UUIDField(_("leads instead to"), null=True, blank=True, editable=False)

    printed_at = models.DateTimeField(_("printed on"), null=True, blank=True, editable=False)
    printed_format = models.CharField(_("format"), max_length=40, blank=True, editable=False)
    printed_base_url = models.CharField(_("printed address"), max_length=120, blank=True, editable=False)
    artwork_version = models.PositiveIntegerField(_("artwork version"), default=0, editable=False)

    # What is remembered for the day the page is gone: {language: name} and the pages above it, nearest first.
    names = models.JSONField(_("last known names"), default=dict, editable=False)
    ancestor_keys = models.JSONField(_("pages above"), default=list, editable=False)

    objects = PlaqueQuerySet.as_manager()

    # Who had it made, for the first line of its history.
    issued_by: AbstractBaseUser | None = None
    # Set by history.changing(), which writes down what is changed.
    is_being_recorded = False
    # Within it: what the line of history says beyond the changes, {field: value}, such as how a spare was printed.
    also_told: Mapping[str, Any] = MappingProxyType({})

    class Meta:
        verbose_name = _("plaque")
        verbose_name_plural = _("plaques")
        # Nobody is ever given the right to delete one.
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["page_key"], condition=models.Q(is_primary=True), name="plaques_one_primary_per_page"
            ),
            models.CheckConstraint(condition=Exact(Length("code"), LENGTH), name="plaques_code_has_seven_characters"),
            models.CheckConstraint(
                condition=models.Q(is_primary=False) | models.Q(page_key__isnull=False),
                name="plaques_primary_has_a_page",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | ~models.Q(replaced_by=models.F("pk")),
                name="plaques_not_replaced_by_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(state="retired", retired_on__isnull=False)
                | ~models.Q(state="retired") & models.Q(retired_on=None, replaced_by=None),
                name="plaques_only_retired_are_replaced",
            ),
        ]
        indexes = [models.Index(fields=["state", "last_checked_on"], name="plaques_by_state_and_check")]

    def __str__(self):
        return self.printed_code

    def save(self, *args, **kwargs):
        issued = getattr(self, "_issued_code", None)
        if issued is None and not self._state.adding and "code" in self.__dict__:
            # Fetched without its code, which was set since.
            issued = type(self).objects.values_list("code", flat=True).get(pk=self.pk)
        if issued is not None and issued != self.code:
            raise PlaqueIsForever(f"The code of plaque {issued} never changes.")
        if not self._state.adding and not self.is_being_recorded and (changes := self.changes()):
            raise UnrecordedChange(f"{', '.join(changes)}: change a plaque within history.changing().")
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new:
                self.events.create(kind=EventKind.ISSUED, by=self.issued_by)
        self._remember_as_stored(kwargs.get("update_fields"))

    def delete(self, *args, **kwargs):
        raise PlaqueIsForever(f"Plaque {self.code} is never deleted: its code is on a wall.")

    @classmethod
    def from_db(cls, db, field_names, values):
        plaque = super().from_db(db, field_names, values)
        plaque._remember_as_stored()
        return plaque

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        self.__dict__.pop("pages", None)
        self._remember_as_stored(fields)

    def _remember_as_stored(self, fields: Iterable[str] | None = None) -> None:
        """Note the values as the database has them: all of them, or those of these fields alone."""
        known = {name: self.__dict__[name] for name in self.TRACKED if name in self.__dict__}
        if fields is None:
            self._issued_code = self.__dict__.get("code")
            self._stored = known
            return
        names = set(fields)
        if "code" in names:
            self._issued_code = self.__dict__.get("code")
        self._stored |= {name: value for name, value in known.items() if {name, name.removesuffix("_id")} & names}

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Return what was changed since it was fetched: {field: (old, new)}."""
        return {
            name: (old, self.__dict__[name])
            for name, old in self._stored.items()
            if name in self.__dict__ and self.__dict__[name] != old
        }

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def short_link(self) -> str:
        """What the symbol holds and the plate prints, byte for byte."""
        return f"{settings.PLAQUE_BASE_URL}/q/{self.code}"

    @property
    def printed_format_label(self) -> str:
        return format_label(self.printed_format)

    @property
    def is_blank(self) -> bool:
        return self.page_key is None

    @property
    def is_retired(self) -> bool:
        return self.state == PlaqueState.RETIRED

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    def remembered_name(self, language: str | None = None) -> str:
        """The place's last known name in that language (default: the active one), else the next on the ladder."""
        for wished in (*ladder(language or get_language() or ""), *self.names):
            if self.names.get(wished):
                return self.names[wished]
        return ""

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages this plaque stands for, by language; see `pages_with`."""
        return pages_with(self.page_key)


def pages_with(key: UUID | None) -> dict[str, Page]:
    """Return the pages of a translation key by language, live or not; untranslated copies only where that is all."""
    if key is None:
        return {}
    pages = list(Page.objects.filter(translation_key=key).select_related("locale"))
    written = [page for page in pages if page.alias_of_id is None]
    return {page.locale.language_code: page for page in written or pages}
