"""A page about something that stands somewhere."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.search import index

from media.models import Picture
from wardmark.base.blocks import StoryBlock
from wardmark.base.lines import Line
from wardmark.base.listing import listed
from wardmark.base.map_links import MapLink, map_links
from wardmark.base.models.pages import BasePage
from wardmark.base.models.photographed import Photographed
from wardmark.base.models.positioned import Positioned
from wardmark.base.navigation import standing_links
from wardmark.base.nearby import Neighbour, near_map, nearest
from wardmark.base.opening_hours import read_opening_hours
from wardmark.base.places import Position
from wardmark.base.search import fold
from wardmark.base.standing import standing_at
from wardmark.base.structured_data import (
    Data,
    coordinates,
    image,
    opening_hours,
    postal_address,
    thing,
)


class PlacePage(Positioned, Photographed, BasePage):
    """A page about something that stands somewhere and can carry a plaque.

    Another app adds a part to every place's page with the hook `register_place_page_part`: a function of the page and
    the request that returns a `page_parts.PagePart`, or None for nothing.
    """

    address = models.CharField(_("address"), max_length=250, blank=True)
    opening_hours = models.TextField(
        _("opening hours"),
        max_length=500,
        blank=True,
        help_text=_("One line per period, for example “Daily: 06:00–18:00”."),
    )
    story = StreamField(StoryBlock(), verbose_name=_("story"), blank=True)

    # In one order here, in another where a kind of place asks for it.
    where_panels = [FieldPanel("address"), FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])]
    place_panels = [
        Photographed.photo_panel,
        MultiFieldPanel([*where_panels, FieldPanel("opening_hours")], _("Where and when")),
    ]
    content_panels = [*BasePage.content_panels, *place_panels, FieldPanel("story")]
    search_fields = [*BasePage.search_fields, index.SearchField("address"), index.SearchField("story")]

    # What it is in the words of schema.org; a type knows better, or a record of its kind does.
    schema_type = "Place"
    # Its number on the map drawn beside a list of places; none while it is on no map.
    map_number: int | None = None

    # The field that holds its line on the map, of a kind of place that has one.
    line_field = ""

    shown_together = ("photo",)
    shown_on_card = ("photo__renditions",)
    shown_in_parts = shown_on_card

    class Meta:
        abstract = True

    def folded(self) -> str:
        return fold(f"{self.title} {self.summary} {self.address}")

    def clean(self):
        errors = {}
        try:
            super().clean()
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
        if (self.latitude is None) != (self.longitude is None):
            empty = "latitude" if self.latitude is None else "longitude"
            errors[empty] = _("A position needs both latitude and longitude.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def kind(cls) -> type["PlacePage"]:
        """The type whose table holds all places of this kind: that of a food vendor is the shop."""
        return next(
            model for model in reversed(cls.__mro__) if issubclass(model, PlacePage) and not model._meta.abstract
        )

    @property
    def kind_label(self) -> str:
        """What it is, in one or two words, for the line above its name."""
        return ""

    @property
    def map_line(self) -> Line | None:
        """What a map draws of a place that is longer than a point; it costs no query."""
        return None

    @property
    def status_label(self) -> str:
        """A confirmed fact worth a line of its own under the name, else empty."""
        return ""

    @property
    def link_photo(self) -> Picture | None:
        return self.photo

    def structured_data(self, request: HttpRequest) -> Data:
        names = [*self.own_other_names, *(page.title for page in self.listed_translations())]
        return thing(
            self.schema_type,
            name=self.title,
            alternateName=[name for name in dict.fromkeys(names) if name != self.title],
            description=self.search_description or self.summary,
            url=self.get_full_url(request),
            address=postal_address(self.address, self.shown_ward(request)),
            geo=coordinates(self.position),
            image=image(self, self.photo, request),
            openingHoursSpecification=self.hours_for_machines(),
        )

    def hours_for_machines(self) -> list[Data]:
        """Return the opening hours in the words of schema.org, as far as they are known."""
        return opening_hours(read_opening_hours(self.opening_hours))

    @property
    def own_other_names(self) -> list[str]:
        """Further names of the place in the page's own language."""
        return []

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        others = [link for link in context["language_links"] if not link.is_current and not link.is_copy]
        context["other_names"] = [link for link in others if link.title and link.title != self.title]
        standing = standing_at(request.META.get("QUERY_STRING", ""))
        seen_from = standing or self.position
        neighbours = context["neighbours"] = self.neighbours(seen_from)
        context["stands_at_plaque"] = standing is not None
        if standing is not None:
            context["language_links"] = standing_links(context["language_links"], standing)
        context["near_map"] = near_map(neighbours, seen_from)
        parts = (part_of(self, request) for part_of in hooks.get_hooks("register_place_page_part"))
        context["parts"] = [part for part in parts if part is not None]
        return context

    @staticmethod
    def kinds() -> list[type["PlacePage"]]:
        """Every kind of place this site has, whichever app brings it."""
        return list(dict.fromkeys(model.kind() for model in get_page_models() if issubclass(model, PlacePage)))

    @property
    def map_links(self) -> list[MapLink]:
        """The ways to open this place in a map app; none while nobody has entered its position."""
        return map_links(self.position, self.title) if self.position else []

    def neighbours(self, seen_from: Position | None, *, limit: int = 5) -> list[Neighbour]:
        """Return the places of any kind nearest to a position; the pages beside this one where that is unknown."""
        if seen_from is not None:
            return nearest(self.kinds(), self, seen_from, closed=self.closed_to_some(), limit=limit)
        # By name only, as those nearby: what else a card shows would cost queries.
        siblings = listed(Page.objects.sibling_of(self, inclusive=False).type(self.kind())).order_by("path")[:limit]
        return [Neighbour(page, None, None) for page in siblings]
