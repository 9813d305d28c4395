"""The people a historical site honours: one record each, however many sites honour them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from heritage.years import YEARS_OF_HISTORY, plain_lifetime
from wardmark.base.blocks import StoryBlock
from wardmark.base.models import BasePage
from wardmark.base.search import fold
from wardmark.base.structured_data import separated, thing


class PersonKind(models.TextChoices):
    DEITY = "deity", _("Deity")
    RULER = "ruler", _("King or queen")
    GENERAL = "general", _("General")
    FOUNDER = "founder", _("Founder")
    MONK = "monk", _("Monk")
    OTHER = "other", _("Person honoured")


class PersonPage(BasePage):
    """A deity, general, founder or monk; the title is the name. Its page joins all sites that honour it."""

    kind = models.CharField(_("kind"), max_length=10, choices=PersonKind.choices, default=PersonKind.OTHER)
    other_names = models.CharField(
        _("other names"), max_length=250, blank=True, help_text=_("Titles and other spellings, with commas between.")
    )
    lifetime = models.CharField(
        _("life dates"),
        max_length=120,
        blank=True,
        help_text=_("As the sources say it, for example “died in 571”. Left empty, the page says it is not known."),
    )
    born_year = models.SmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        validators=YEARS_OF_HISTORY,
        help_text=_("For sorting; negative for BC."),
    )
    died_year = models.SmallIntegerField(_("year of death"), null=True, blank=True, validators=YEARS_OF_HISTORY)
    story = StreamField(StoryBlock(), verbose_name=_("story"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("other_names"),
                FieldPanel("lifetime"),
                FieldRowPanel([FieldPanel("born_year"), FieldPanel("died_year")]),
            ],
            _("Who it is"),
        ),
        FieldPanel("story"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("other_names"), index.SearchField("story")]
    parent_page_types = ["heritage.HeritageIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("born_year", overridable=False),
        SynchronizedField("died_year", overridable=False),
    ]

    class Meta:
        verbose_name = _("person honoured")
        verbose_name_plural = _("people honoured")

    def clean(self):
        super().clean()
        if self.born_year is not None and self.died_year is not None and self.died_year < self.born_year:
            raise ValidationError({"died_year": _("This is before the year of birth.")})

    def folded(self) -> str:
        return fold(f"{self.title} {self.other_names} {self.summary}")

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("Who is honoured here, and where else")

    def structured_data(self, request):
        born, died = plain_lifetime(self.lifetime)
        return thing(
            "Person",
            name=self.title,
            alternateName=separated(self.other_names),
            description=self.search_description or self.summary,
            url=self.get_full_url(request),
            birthDate=born,
            deathDate=died,
        )

    @property
    def kind_label(self) -> str:
        return str(PersonKind(self.kind).label)


class Honour(TranslatableMixin, Orderable):
    """That a site honours a person, and as what. Whichever translation of the person is chosen, all are meant."""

    page = ParentalKey("heritage.HeritageSitePage", on_delete=models.CASCADE, related_name="honours")
    person = models.ForeignKey(
        PersonPage, verbose_name=_("person honoured"), on_delete=models.CASCADE, related_name="honours"
    )
    role = models.CharField(
        _("honoured as"),
        max_length=120,
        blank=True,
        help_text=_("For example “thành hoàng” or “founder of the craft”."),
    )

    panels = [FieldPanel("person"), FieldPanel("role")]
    override_translatable_fields = [SynchronizedField("person", overridable=False), TranslatableField("role")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("honour")
        verbose_name_plural = _("honours")

    def __str__(self):
        return str(self.person)
