"""Historical sites of the ward."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from wardmark.base.models import IndexPage, PlacePage


class Rank(models.TextChoices):
    """The ranks of the law on cultural heritage, and what is known of a site without one."""

    NATIONAL_SPECIAL = "national_special", _("Special national heritage site")
    NATIONAL = "national", _("National heritage site")
    CITY = "city", _("City heritage site")
    INVENTORIED = "inventoried", _("Inventoried heritage site")
    UNKNOWN = "unknown", _("Rank not yet confirmed")


RANKED = frozenset({Rank.NATIONAL_SPECIAL, Rank.NATIONAL, Rank.CITY})


class HeritageIndexPage(IndexPage):
    subpage_types = ["heritage.HeritageSitePage"]
    parent_page_types = ["base.HomePage"]

    class Meta:
        verbose_name = _("list of heritage sites")


class HeritageSitePage(PlacePage):
    """One historical site: what stands there, and by which decision it is ranked."""

    rank = models.CharField(_("rank"), max_length=20, choices=Rank.choices, default=Rank.UNKNOWN)
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

    content_panels = [
        *PlacePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("rank"),
                FieldPanel("rank_decision"),
                FieldRowPanel([FieldPanel("ranked_on"), FieldPanel("rank_year")]),
            ],
            _("Rank"),
        ),
    ]
    parent_page_types = ["heritage.HeritageIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *PlacePage.override_translatable_fields,
        SynchronizedField("rank_decision", overridable=False),
    ]

    class Meta:
        verbose_name = _("heritage site")
        verbose_name_plural = _("heritage sites")

    def clean(self):
        super().clean()
        if self.ranked_on:
            if self.ranked_on > timezone.localdate():
                raise ValidationError({"ranked_on": _("This day is still to come.")})
            self.rank_year = self.ranked_on.year
        if self.rank not in RANKED and (self.rank_year or self.rank_decision):
            raise ValidationError({"rank": _("A decision belongs to a rank: please choose the rank it gave.")})

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("The story of this place, from its beginnings to today")

    @property
    def kind_label(self) -> str:
        return gettext("Heritage site")

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
