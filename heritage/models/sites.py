"""Historical sites of the ward."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from heritage.access import Wheelchair
from heritage.blocks import HeritageStoryBlock, names_a_source, unsourced
from heritage.models.audio_guides import guide_panels, guides_of, what_hinders_guides
from heritage.models.festivals import Festival, soonest_first
from heritage.models.kinds import HeritageKind, SchemaType
from heritage.ranks import GIVEN_BY, RANKED, Authority, Rank
from heritage.reading_time import WORDS_IN_30_SECONDS, count_words
from heritage.years import YEARS_OF_HISTORY
from wardmark.base.models import IndexPage, PlacePage
from wardmark.base.search import fold
from wardmark.base.stories import told_together
from wardmark.base.story_recordings import recording_keys
from wardmark.base.structured_data import separated, thing

# A short list is read at the gate; a long one is not.
MANNERS_AT_MOST = 8
MANNER_LETTERS = 100

THE_SAME_IN_ALL_LANGUAGES = (
    "kind_of_site",
    "han_nom_name",
    "era_from",
    "era_to",
    "steps",
    "wheelchair",
    "keeper_contact",
    "rank",
    "rank_authority",
    "rank_decision",
    "ranked_on",
    "rank_year",
)


class HeritageIndexPage(IndexPage):
    subpage_types = ["heritage.HeritageSitePage", "heritage.PersonPage"]
    parent_page_types = ["base.HomePage"]

    class Meta:
        verbose_name = _("list of heritage sites")


class HeritageSitePage(PlacePage):
    """One historical site: what stands there, and by which decision it is ranked.

    It is told in three layers: the summary, which a visitor reads in 30 seconds; the story, in two minutes; and the
    rest in depth. It is published with the first layer written and a source for every claim, see
    `what_hinders_publishing`.
    """

    kind_of_site = models.ForeignKey(
        HeritageKind,
        verbose_name=_("kind"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sites",
    )
    also_called = models.CharField(
        _("other names"),
        max_length=250,
        blank=True,
        help_text=_("Separated by commas. Visitors find the page by them too."),
    )
    han_nom_name = models.CharField(
        _("name in Hán-Nôm"),
        max_length=60,
        blank=True,
        help_text=_("In its own characters, the same in all languages."),
    )
    era = models.CharField(
        _("era"),
        max_length=200,
        blank=True,
        help_text=_("In words, as exactly as it is known: “early Lê, 15th century”."),
    )
    era_from = models.SmallIntegerField(
        _("era from year"),
        null=True,
        blank=True,
        validators=YEARS_OF_HISTORY,
        help_text=_("For sorting only, never shown. Before Christ: a negative number."),
    )
    era_to = models.SmallIntegerField(
        _("era to year"),
        null=True,
        blank=True,
        validators=YEARS_OF_HISTORY,
        help_text=_("For sorting only, never shown. The same year again when it is one year."),
    )
    steps = models.PositiveSmallIntegerField(
        _("steps at the way in"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(999)],
        help_text=_("0 for none. Leave it empty while nobody has counted them."),
    )
    wheelchair = models.CharField(
        _("wheelchairs get in"), max_length=10, choices=Wheelchair.choices, default=Wheelchair.UNKNOWN
    )
    access_note = models.CharField(
        _("more about the way in"), max_length=200, blank=True, help_text=_("For example “side gate without steps”.")
    )
    manners = models.TextField(
        _("manners"),
        max_length=900,
        blank=True,
        help_text=_("One request per line, for example “Take off your shoes”."),
    )
    keeper_contact = models.TextField(
        _("keeper’s contact"),
        max_length=500,
        blank=True,
        help_text=_("For the ward’s staff only: never shown to visitors and never found by a search."),
    )
    rank = models.CharField(_("rank"), max_length=20, choices=Rank.choices, default=Rank.UNKNOWN)
    rank_authority = models.CharField(
        _("ranked by"),
        max_length=20,
        choices=Authority.choices,
        blank=True,
        help_text=_("Only who may give the rank is accepted. Leave it empty while the decision has not been seen."),
    )
    rank_decision = models.CharField(
        _("decision"), max_length=120, blank=True, help_text=_("Number of the decision that ranked the site.")
    )
    ranked_on = models.DateField(_("ranked on"), null=True, blank=True)
    rank_year = models.PositiveSmallIntegerField(
        _("year of ranking"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1945), MaxValueValidator(2200)],
        help_text=_("When only the year is known. Filled in from the day above."),
    )
    story = StreamField(HeritageStoryBlock(), verbose_name=_("2 minutes"), blank=True)
    in_depth = StreamField(HeritageStoryBlock(), verbose_name=_("in depth"), blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind_of_site"), FieldPanel("also_called"), FieldPanel("han_nom_name")],
            _("Kind and names"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "summary",
                    heading=_("30 seconds"),
                    help_text=_(
                        "What a visitor in front of the gate reads first, also shown in lists and search results. "
                        "At most 60 words; needed to publish."
                    ),
                ),
                FieldPanel("story", help_text=_("Unfolds when tapped. Every claim needs a source to be published.")),
                FieldPanel("in_depth", help_text=_("For who wants to know it all. Unfolds when tapped.")),
            ],
            _("The story in three layers"),
        ),
        *guide_panels(),
        FieldPanel("promise"),
        *PlacePage.place_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("steps"), FieldPanel("wheelchair")]),
                FieldPanel("access_note"),
                FieldPanel("manners"),
            ],
            _("Going in"),
        ),
        MultiFieldPanel(
            [FieldPanel("era", heading=_("In words")), FieldRowPanel([FieldPanel("era_from"), FieldPanel("era_to")])],
            _("Era"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("rank"), FieldPanel("rank_authority")]),
                FieldPanel("rank_decision"),
                FieldRowPanel([FieldPanel("ranked_on"), FieldPanel("rank_year")]),
            ],
            _("Rank"),
        ),
        InlinePanel("honours", heading=_("People honoured"), label=_("Person honoured")),
        InlinePanel("festivals", heading=_("Festivals"), label=_("Festival")),
        MultiFieldPanel([FieldPanel("keeper_contact")], _("For staff only")),
    ]
    search_fields = [
        *PlacePage.search_fields,
        index.SearchField("also_called"),
        index.SearchField("han_nom_name"),
        index.SearchField("in_depth"),
    ]
    parent_page_types = ["heritage.HeritageIndexPage"]
    subpage_types: list[str] = []
    shown_together = (*PlacePage.shown_together, "kind_of_site")
    shown_on_card = (*PlacePage.shown_on_card, "kind_of_site__wordings")
    # The photo's sizes come with those of the story's pictures.
    shown_in_parts = ("kind_of_site__wordings",)
    override_translatable_fields = [
        *PlacePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in THE_SAME_IN_ALL_LANGUAGES),
    ]

    class Meta:
        verbose_name = _("heritage site")
        verbose_name_plural = _("heritage sites")

    def folded(self) -> str:
        return f"{super().folded()} {fold(f'{self.also_called} {self.han_nom_name}')}"

    def clean(self):
        super().clean()
        errors = self._rank_errors() | self._era_errors()
        manners = self.manners_lines
        if len(manners) > MANNERS_AT_MOST or any(len(line) > MANNER_LETTERS for line in manners):
            errors["manners"] = _("At most %(lines)s lines of %(letters)s letters each, please.") % {
                "lines": MANNERS_AT_MOST,
                "letters": MANNER_LETTERS,
            }
        if errors:
            raise ValidationError(errors)

    def _rank_errors(self) -> dict:
        if self.ranked_on:
            if self.ranked_on > timezone.localdate():
                return {"ranked_on": _("This day is still to come.")}
            self.rank_year = self.ranked_on.year
        if self.rank not in RANKED:
            if self.rank_year or self.rank_decision:
                return {"rank": _("A decision belongs to a rank: please choose the rank it gave.")}
            if self.rank_authority:
                return {"rank_authority": _("Without a rank nobody has decided: please choose the rank.")}
            return {}
        giver = GIVEN_BY[Rank(self.rank)]
        if self.rank_authority and self.rank_authority != giver:
            right = {"rank": Rank(self.rank).label, "authority": giver.label}
            return {"rank_authority": _("The rank “%(rank)s” is given by: %(authority)s.") % right}
        return {}

    def _era_errors(self) -> dict:
        this_year = timezone.localdate().year
        errors = {
            name: _("This year is still to come.")
            for name in ("era_from", "era_to")
            if getattr(self, name) is not None and getattr(self, name) > this_year
        }
        if errors:
            return errors
        if self.era_to is not None and self.era_from is None:
            return {"era_from": _("An era that ends has a beginning: please enter its year.")}
        if self.era_to is not None and self.era_from is not None and self.era_to < self.era_from:
            return {"era_to": _("The end of the era must not come before its beginning.")}
        if self.era_from is not None and not self.era.strip():
            return {"era": _("Please say the era in words too: visitors never see the years alone.")}
        return {}

    def what_hinders_publishing(self) -> dict[str, list[str]]:
        """The first layer missing or too long, a claim without a source, an era nobody vouches for."""
        hindrances = super().what_hinders_publishing()
        words = count_words(self.summary)
        if not words:
            hindrances["summary"] = [gettext("Please write what a visitor should know within 30 seconds.")]
        elif words > WORDS_IN_30_SECONDS:
            said = ngettext(
                "This text has %(words)d word; 30 seconds hold at most %(most)d.",
                "This text has %(words)d words; 30 seconds hold at most %(most)d.",
                words,
            )
            hindrances["summary"] = [said % {"words": words, "most": WORDS_IN_30_SECONDS}]
        for name, layer in (("story", self.story), ("in_depth", self.in_depth)):
            if missing := unsourced([layer]):
                hindrances[name] = [*(said.complaint for said in missing), *hindrances.get(name, [])]
        if self.era_from is not None and not names_a_source([self.story, self.in_depth]):
            hindrances["era"] = [gettext("The era is dated, but the page names no source: add a claim or a source.")]
        if complaints := [said for _guide, said in what_hinders_guides(self.audio_guides.select_related("audio"))]:
            hindrances["audio_guides"] = complaints
        return hindrances

    def what_hinders_rows(self, name, rows):
        if name == "audio_guides":
            for guide, said in what_hinders_guides(rows):
                yield guide, "audio", said

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("The story of this place, from its beginnings to today")

    @property
    def kind_label(self) -> str:
        return str(self.kind_of_site) if self.kind_of_site else gettext("Heritage site")

    @property
    def schema_type(self) -> str:
        return self.kind_of_site.schema_type if self.kind_of_site else SchemaType.LANDMARK

    @property
    def own_other_names(self) -> list[str]:
        return [*separated(self.also_called), *filter(None, [self.han_nom_name])]

    def structured_data(self, request):
        data = super().structured_data(request)
        # Where they are held is this very place: said again in short, for each stands on its own to a calendar.
        where = thing("Place", name=self.title, address=data["address"], geo=data.get("geo"))
        held = [festival.structured_data(where, data["url"]) for festival in self.festivals_soonest_first]
        return data | ({"event": known} if (known := [event for event in held if event]) else {})

    @cached_property
    def festivals_soonest_first(self) -> list[Festival]:
        return soonest_first(self.festivals.all())

    @property
    def is_ranked(self) -> bool:
        return self.rank in RANKED

    @property
    def status_label(self) -> str:
        """The rank with its date, as exactly as it is known: “National heritage site · ranked 21/01/1989”."""
        rank = str(Rank(self.rank).label)
        if self.rank not in RANKED:
            return rank
        if self.ranked_on:
            return gettext("%(rank)s · ranked on %(day)s") % {
                "rank": rank,
                "day": date_format(self.ranked_on, "SHORT_DATE_FORMAT"),
            }
        if self.rank_year:
            return gettext("%(rank)s · ranked in %(year)s") % {"rank": rank, "year": self.rank_year}
        return rank

    @property
    def decision_label(self) -> str:
        """The decision that ranked the site: its number, who took it, or both; empty while neither is known."""
        authority = str(Authority(self.rank_authority).label) if self.rank_authority else ""
        return " · ".join(part for part in (self.rank_decision, authority) if part)

    @property
    def manners_lines(self) -> list[str]:
        return [line.strip() for line in self.manners.splitlines() if line.strip()]

    @property
    def access_lines(self) -> list[str]:
        """What is known of the way in, one short line each; nothing is said of what nobody has looked at."""
        lines = []
        if self.steps is not None:
            counted = ngettext("%(count)d step", "%(count)d steps", self.steps) % {"count": self.steps}
            lines.append(counted if self.steps else gettext("No steps"))
        wheelchair = {
            Wheelchair.YES: gettext("Wheelchairs get in"),
            Wheelchair.LIMITED: gettext("Wheelchairs get in partly"),
            Wheelchair.NO: gettext("Wheelchairs do not get in"),
        }
        if self.wheelchair in wheelchair:
            lines.append(wheelchair[Wheelchair(self.wheelchair)])
        return [*lines, self.access_note] if self.access_note else lines

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        stories = [self.story, self.in_depth]
        context["guides"], recordings = guides_of(self, besides=recording_keys(stories))
        layers = told_together(stories, besides=[self.photo], recordings=recordings)
        context["two_minutes"], context["in_depth"] = layers
        return context
