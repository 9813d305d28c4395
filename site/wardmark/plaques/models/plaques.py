"""Plaques: one physical thing with one code each.

A plaque is tied to its page by the page's translation key, a UUID that all translations share and that no
rename, move or deletion of the page changes. There is no foreign key, so nothing can cascade into a plaque.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wardmark.base.languages import source_language
from wardmark.base.places import Position
from wardmark.plaques.artwork.formats import format_label
from wardmark.plaques.codes import LENGTH, grouped, new_code, normalise
from wardmark.plaques.models.event_kinds import EventKind

# A plaque that hangs somewhere is looked at this often.
CHECKED_EVERY = timedelta(days=90)


class PlaqueIsForever(Exception):
    """Somebody tried to delete a plaque or to change its code. A printed code must answer for decades."""


class UnrecordedChange(Exception):
    """Somebody tried to change plaques by a way that leaves no trace in their history."""


class PlaqueState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    PRINTED = "printed", _("Printed")
    INSTALLED = "installed", _("Installed")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")
    RETIRED = "retired", _("Retired")


# What hangs on a wall, well or badly.
STANDING = frozenset({PlaqueState.INSTALLED, PlaqueState.DAMAGED})
# What has left the print shop: somebody may scan it one day.
OUT_IN_THE_WORLD = STANDING | {PlaqueState.PRINTED, PlaqueState.LOST}


class Material(models.TextChoices):
    STAINLESS_STEEL = "stainless_steel", _("Stainless steel")
    ALUMINIUM = "aluminium", _("Aluminium")
    STONE = "stone", _("Stone")
    WOOD = "wood", _("Wood")
    ACRYLIC = "acrylic", _("Acrylic")
    STICKER = "sticker", _("Sticker")
    PAPER = "paper", _("Paper")
    OTHER = "other", _("Other")


class PlaqueQuerySet(models.QuerySet):
    def delete(self):
        raise PlaqueIsForever("Plaques are never deleted: their codes are on walls.")

    def update(self, **values):
        if "code" in values:
            raise PlaqueIsForever("The code of a plaque never changes.")
        if tracked := [name for name in values if {name, f"{name}_id"} & set(Plaque.TRACKED)]:
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


class Plaque(models.Model):
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
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, for example 21.037110. Left empty, it is the page’s."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
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
        self._remember_as_stored()

    def delete(self, *args, **kwargs):
        raise PlaqueIsForever(f"Plaque {self.code} is never deleted: its code is on a wall.")

    @classmethod
    def from_db(cls, db, field_names, values):
        plaque = super().from_db(db, field_names, values)
        plaque._remember_as_stored()
        return plaque

    def refresh_from_db(self, *args, **kwargs):
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("pages", None)
        self._remember_as_stored()

    def _remember_as_stored(self) -> None:
        self._issued_code = self.__dict__.get("code")
        self._stored = {name: self.__dict__[name] for name in self.TRACKED if name in self.__dict__}

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

    @property
    def position(self) -> Position | None:
        """Its own position; None where only its page's is known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(float(self.latitude), float(self.longitude))

    def remembered_name(self, language: str | None = None) -> str:
        """The place's last known name in that language (default: the active one), else the source language's."""
        for wished in (language or get_language(), source_language(), *self.names):
            if self.names.get(wished):
                return self.names[wished]
        return ""

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages this plaque stands for, by language, live or not; untranslated copies only where that is all."""
        if self.page_key is None:
            return {}
        pages = list(Page.objects.filter(translation_key=self.page_key).select_related("locale"))
        written = [page for page in pages if page.alias_of_id is None]
        return {page.locale.language_code: page for page in written or pages}
