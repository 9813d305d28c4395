"""Streets and the programmes they take part in."""

from collections import defaultdict

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from streets.models.shops import ShopPage
from wardmark.base.languages import in_language
from wardmark.base.listing import cards
from wardmark.base.models import IndexPage, PlacePage
from wardmark.base.wordings import Worded, Wording


class Programme(Worded):
    """A programme of the ward or the city that streets join, such as cashless commerce."""

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Name"), min_num=1),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["key"]


class ProgrammeWording(Wording):
    record = ParentalKey(Programme, on_delete=models.CASCADE, related_name="wordings")
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What the programme means for somebody walking in the street."),
    )

    panels = [*Wording.panels, FieldPanel("description")]

    class Meta:
        verbose_name = _("words of a programme")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_programme_one_wording_per_language")
        ]


class StreetIndexPage(IndexPage):
    subpage_types = ["streets.StreetPage"]
    parent_page_types = ["base.HomePage"]

    class Meta:
        verbose_name = _("list of streets")


class StreetPage(PlacePage):
    """A street of the ward, its programmes and its shops."""

    content_panels = [
        *PlacePage.content_panels,
        InlinePanel("programme_links", label=_("Programme"), heading=_("Programmes")),
    ]
    parent_page_types = ["streets.StreetIndexPage"]
    subpage_types = ["streets.ShopPage", "streets.FoodVendorPage"]

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("What this street offers, shop by shop")

    @property
    def kind_label(self) -> str:
        return gettext("Street")

    @cached_property
    def programmes(self) -> list[ProgrammeWording]:
        """The street's programmes in the visitor's words and the editors' order."""
        words: dict[int, list[ProgrammeWording]] = defaultdict(list)
        for wording in self._words_of_programmes():
            words[wording.record_id].append(wording)
        return [wording for wording in map(in_language, words.values()) if wording]

    def _words_of_programmes(self) -> list[ProgrammeWording]:
        links = self.programme_links.all()
        if isinstance(links, QuerySet):
            worded = ProgrammeWording.objects.filter(record__street_links__street=self)
            return list(worded.order_by("record__street_links__sort_order", "pk"))
        # A preview holds links that are not saved yet.
        keys = [link.programme_id for link in links]
        return sorted(ProgrammeWording.objects.filter(record__in=keys), key=lambda words: keys.index(words.record_id))

    @cached_property
    def shops(self) -> list[ShopPage]:
        """The live shops of the street, food vendors among them, in the editors' order."""
        return cards(ShopPage.objects.child_of(self))

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "programmes": self.programmes,
            "shops": self.shops,
        }


class StreetProgramme(Orderable):
    """A street takes part in a programme."""

    street = ParentalKey(StreetPage, on_delete=models.CASCADE, related_name="programme_links")
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="street_links"
    )

    panels = [FieldPanel("programme")]

    class Meta(Orderable.Meta):
        verbose_name = _("programme of a street")
        constraints = [
            models.UniqueConstraint(fields=["street", "programme"], name="streets_programme_once_per_street")
        ]

    def __str__(self):
        return str(self.programme)
