"""Streets: where each runs, what it joins, and the shops along it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from streets.joined_programmes import joined_programmes
from streets.measures import tallies
from streets.models.shop_pages import ShopPage
from streets.scoreboard import ProgrammeBoard, months_of, scoreboard
from streets.shop_filter import ShopFilter
from streets.shown_opening import shown_on_card
from streets.street_shops import StreetShops, draw_photos, shops_of
from wardmark.base import national_phones
from wardmark.base.geometry import Shape, parts_of
from wardmark.base.geometry_fields import GeometryField
from wardmark.base.lines import Line
from wardmark.base.models import IndexPage, PlacePage
from wardmark.base.page_cache import keep_no_longer_than
from wardmark.base.phones import validate_phone
from wardmark.base.places import Position
from wardmark.base.structured_data import Data, thing
from wardmark.base.ward_map import WardMap


class StreetIndexPage(IndexPage):
    subpage_types = ["streets.StreetPage"]
    parent_page_types = ["base.HomePage"]

    class Meta:
        verbose_name = _("list of streets")


class StreetPage(PlacePage):
    """A street of the ward, its programmes and its shops."""

    line = GeometryField(
        _("line on the map"),
        shape=Shape.LINES,
        help_text=_(
            "One position per line along the middle of the street, latitude first, for example 21.030915, 105.788062; "
            "an empty line begins another part. GeoJSON of a line, for example drawn at geojson.io, does as well."
        ),
    )

    segment_from = models.CharField(
        _("from"), max_length=120, blank=True, help_text=_("Where the part of the street begins that joined in.")
    )
    segment_to = models.CharField(_("to"), max_length=120, blank=True)
    hotline = models.CharField(
        _("hotline"),
        max_length=30,
        blank=True,
        validators=[validate_phone],
        help_text=_("A public number for whoever shops or sells here."),
    )
    wifi_name = models.CharField(
        _("free wifi"),
        max_length=32,
        blank=True,
        help_text=_("The name of the open network, as a phone shows it."),
    )

    content_panels = [
        *PlacePage.content_panels,
        FieldPanel("line"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("segment_from"), FieldPanel("segment_to")]),
                FieldRowPanel([FieldPanel("hotline"), FieldPanel("wifi_name")]),
            ],
            _("Street"),
        ),
        InlinePanel("programme_links", label=_("Programme"), heading=_("Programmes")),
    ]
    parent_page_types = ["streets.StreetIndexPage"]
    subpage_types = ["streets.ShopPage", "streets.FoodVendorPage"]
    line_field = "line"
    # Its photo is drawn together with those of its shops.
    shown_in_parts = ()
    override_translatable_fields = [
        *PlacePage.override_translatable_fields,
        SynchronizedField("line", overridable=False),
        SynchronizedField("hotline", overridable=False),
        SynchronizedField("wifi_name", overridable=False),
    ]

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")

    def clean(self):
        errors = {}
        try:
            super().clean()
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
        if bool(self.segment_from) != bool(self.segment_to):
            empty = "segment_to" if self.segment_from else "segment_from"
            errors[empty] = _("A part of a street has two ends: please enter both or none.")
        try:
            self.hotline = national_phones.normalised(self.hotline) if self.hotline else ""
        except ValidationError as refused:
            errors["hotline"] = refused.error_list
        if errors:
            raise ValidationError(errors)

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("What this street offers, shop by shop")

    @property
    def kind_label(self) -> str:
        return gettext("Street")

    @property
    def position(self) -> Position | None:
        """Its own position if somebody entered one, else half way along its line."""
        line = self.map_line
        return super().position or (line.middle if line else None)

    @property
    def map_line(self) -> Line | None:
        parts = parts_of(self.line)
        return Line(parts, name=self.title, page=self) if parts else None

    def structured_data(self, request: HttpRequest) -> Data:
        wifi = thing("LocationFeatureSpecification", name="Wi-Fi", value=True) if self.wifi_name else None
        told = thing(self.schema_type, telephone=self.hotline_dialled, amenityFeature=wifi)
        return super().structured_data(request) | told

    @property
    def hotline_dialled(self) -> str:
        return national_phones.to_dial(self.hotline)

    @property
    def hotline_shown(self) -> str:
        return national_phones.shown(self.hotline) if self.hotline else ""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        today = timezone.localdate(now)
        shops = shops_of(self, self.listed_translations(), today=today)
        shop_filter = ShopFilter(request.GET, shops.cards, now=now)
        found = shop_filter.found()
        for shop in found:
            shop.opening = shown_on_card(shop.shop, moment=now)
            keep_no_longer_than(request, shop.opening.true_until)
        draw_photos([self.photo, *(shop.photo for shop in found)])
        boards = self._scoreboard(shops, today=today)
        return context | {
            "programmes": boards,
            "has_scores": any(board.scores for board in boards),
            "counted_on": today,
            "shop_filter": shop_filter,
            "shops": found,
            "all_shops": shops.cards,
            "ward_map": self._map(found),
        }

    def _scoreboard(self, shops: StreetShops, *, today: date) -> list[ProgrammeBoard]:
        programmes = joined_programmes(self.programme_links.all())
        # A street in no programme has no figures to show.
        snapshots = ()
        if programmes:
            snapshots = months_of(self.translation_key, is_illustrative=self.is_illustrative, today=today)
        return scoreboard(programmes, tallies=tallies(shops.facts), snapshots=snapshots, today=today)

    def _map(self, shops: list[ShopPage]) -> WardMap:
        """Draw the street and these shops. It has no name there and opens nothing: the visitor reads its page."""
        parts = parts_of(self.line)
        return WardMap.of(shops, lines=[Line(parts)] if parts else [])
