"""The lists of what the ward has, and the home page that holds them; both draw a map."""

from collections.abc import Iterable
from operator import attrgetter

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page

from wardmark.base.listing import cards, listed
from wardmark.base.models.pages import BasePage
from wardmark.base.models.places import PlacePage
from wardmark.base.models.ward import WardSettings
from wardmark.base.structured_data import (
    Data,
    item_list,
    postal_address,
    search_action,
    thing,
)
from wardmark.base.ward_map import WardMap


def map_of(places: Iterable[PlacePage], request: HttpRequest) -> WardMap:
    """Draw these places with their lines in the ward that the request asks."""
    places = list(places)
    lines = [line for line in (place.map_line for place in places) if line]
    return WardMap.of(places, lines=lines, boundary=WardSettings.shown(request).boundary_rings)


class IndexPage(BasePage):
    """A list of pages of one kind, right under the home page: of places, unless a type of list says otherwise."""

    max_count_per_parent = 1
    web_page_type = "CollectionPage"
    link_kind = "website"

    class Meta:
        abstract = True

    def structured_data(self, request: HttpRequest) -> Data:
        return item_list(self.entries, request)

    @cached_property
    def places(self) -> list[PlacePage]:
        """The live places of this list, in the editors' order."""
        kinds = {model.kind() for model in self.allowed_subpage_models() if issubclass(model, PlacePage)}
        places = [place for kind in kinds for place in cards(kind.objects.child_of(self))]
        return sorted(places, key=attrgetter("path"))

    @property
    def entries(self) -> list[BasePage]:
        """What the list holds. Only what is among `places` too is drawn on maps."""
        return self.places

    @property
    def counted(self) -> str:
        """How many entries there are, for the link that leads to all of them."""
        number = len(self.entries)
        return ngettext("%(places)s place", "All %(places)s places", number) % {"places": number}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["ward_map"] = map_of(self.places, request)
        return context


class HomePage(BasePage):
    """The index of the ward: what there is, where it lies, and a search box."""

    is_home = True

    parent_page_types = ["wagtailcore.Page"]
    link_kind = "website"

    class Meta:
        verbose_name = _("home page")

    def structured_data(self, request: HttpRequest) -> Data:
        """The ward itself, and how its site is searched."""
        ward, address = self.shown_ward(request), self.get_full_url(request)
        name = ward.wording.name if ward.wording else self.title
        return thing(
            "GovernmentOrganization",
            name=name,
            url=address,
            telephone=ward.hotline_dialled,
            email=ward.email,
            sameAs=ward.website,
            address=postal_address(ward.wording.address if ward.wording else "", ward),
            subjectOf=thing("WebSite", name=name, url=address, potentialAction=search_action(self, request)),
        )

    @cached_property
    def sections(self) -> list[IndexPage]:
        """The lists under this page, whichever apps bring them; their own fields are not fetched, as none is shown."""
        lists = [model for model in self.allowed_subpage_models() if issubclass(model, IndexPage)]
        sections = listed(Page.objects.child_of(self)).exact_type(*lists).order_by("path") if lists else []
        return [section.specific_deferred for section in sections]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = self.sections
        context["ward_map"] = map_of([place for section in self.sections for place in section.places], request)
        return context
