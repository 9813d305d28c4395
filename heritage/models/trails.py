"""Trails: places of any kind in the order somebody walks them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from heritage.blocks import HeritageStoryBlock, unsourced
from heritage.trail_editing import LeftOutPanel, PlaceChooserPanel, StopsPanel, on_it_already
from wardmark.base.listing import cards
from wardmark.base.models import BasePage, IndexPage, Photographed, PlacePage
from wardmark.base.structured_data import image, item_list, thing

if TYPE_CHECKING:
    from heritage.walking import Walk

# One place is no trail; and who plans more than this plans for several days.
FEWEST_STOPS, MOST_STOPS = 2, 20
FARTHEST_M = 10_000


class TrailIndexPage(IndexPage):
    """The list of the ward's trails."""

    subpage_types = ["heritage.TrailPage"]
    parent_page_types = ["base.HomePage"]

    class Meta:
        verbose_name = _("list of trails")

    @cached_property
    def trails(self) -> list["TrailPage"]:
        return cards(TrailPage.objects.child_of(self))

    @property
    def entries(self) -> list[BasePage]:
        return self.trails

    @property
    def counted(self) -> str:
        number = len(self.trails)
        return ngettext("%(trails)s trail", "All %(trails)s trails", number) % {"trails": number}


class TrailPage(Photographed, BasePage):
    """A walk from plaque to plaque: a story, and stops that may be heritage sites, streets and shops.

    It is no place: it stands nowhere. Its own plaque, as every page has one, is printed on its leaflet.
    """

    story = StreamField(HeritageStoryBlock(), verbose_name=_("introduction"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        Photographed.photo_panel,
        FieldPanel("story"),
        StopsPanel(
            "stops",
            label=_("Stop"),
            heading=_("Stops in walking order"),
            help_text=_("A place whose page is not published, or not open to everybody, is left out for visitors."),
            min_num=FEWEST_STOPS,
            max_num=MOST_STOPS,
        ),
        LeftOutPanel(),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("story")]
    parent_page_types = ["heritage.TrailIndexPage"]
    subpage_types: list[str] = []
    shown_together = ("photo",)
    shown_on_card = shown_in_parts = ("photo__renditions",)

    class Meta:
        verbose_name = _("trail")
        verbose_name_plural = _("trails")

    def what_hinders_publishing(self) -> dict[str, list[str]]:
        """Too few stops, a place twice, or a claim without a source."""
        hindrances = super().what_hinders_publishing()
        if complaints := what_hinders_stops(self.stops.all()):
            hindrances["stops"] = complaints
        if missing := unsourced([self.story]):
            hindrances["story"] = [*(said.complaint for said in missing), *hindrances.get("story", [])]
        return hindrances

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("A walk from plaque to plaque, with the way to each")

    @cached_property
    def walk(self) -> "Walk":
        """The stops as visitors see them, asked for once for all that the page says of them."""
        from heritage.stops_seen import walk_on

        return walk_on(self)

    @property
    def link_photo(self):
        return self.photo

    def structured_data(self, request):
        return thing(
            "TouristTrip",
            name=self.title,
            description=self.search_description or self.summary,
            url=self.get_full_url(request),
            image=image(self, self.photo, request),
            itinerary=item_list([stop.page for stop in self.walk.stops], request),
        )

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"walk": self.walk}


class TrailStop(TranslatableMixin, Orderable):
    """One place on a trail, and how to go on from there. Whichever translation is chosen, all are meant.

    A deleted place takes its stops along: Wagtail names the trails before it deletes, and they go on without it.
    """

    trail = ParentalKey(TrailPage, on_delete=models.CASCADE, related_name="stops")
    place = models.ForeignKey(Page, verbose_name=_("place to stop at"), on_delete=models.CASCADE, related_name="+")
    way_on = models.CharField(
        _("way on"),
        max_length=120,
        blank=True,
        help_text=_("To the next stop, for example “along Trần Thái Tông” or “through the market’s back gate”."),
    )
    metres_on = models.PositiveIntegerField(
        _("metres on"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(FARTHEST_M)],
        help_text=_(
            "To the next stop, as somebody has walked it. Left empty, the straight line is measured, and the page "
            "says so."
        ),
    )

    panels = [PlaceChooserPanel("place"), FieldRowPanel([FieldPanel("way_on"), FieldPanel("metres_on")])]
    override_translatable_fields = [
        SynchronizedField("place", overridable=False),
        TranslatableField("way_on"),
        SynchronizedField("metres_on", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("stop")
        verbose_name_plural = _("stops")

    def __str__(self):
        return str(self.place)

    def clean(self):
        super().clean()
        model = self.place.specific_class if self.place_id else None
        if self.place_id and not (model and issubclass(model, PlacePage)):
            raise ValidationError({"place": _("A stop is a place: a heritage site, a street or a shop.")})


def what_hinders_stops(stops: Iterable[TrailStop]) -> list[str]:
    """Say what keeps a trail with these stops from being published."""
    complaints, met = [], set()
    for stop in stops:
        if stop.place.translation_key in met:
            complaints.append(on_it_already(stop.place))
        met.add(stop.place.translation_key)
    if len(met) < FEWEST_STOPS:
        complaints.append(
            ngettext("A trail needs at least %(num)d stop.", "A trail needs at least %(num)d stops.", FEWEST_STOPS)
            % {"num": FEWEST_STOPS}
        )
    return complaints
