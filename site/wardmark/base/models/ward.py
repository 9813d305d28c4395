"""The ward itself: its names, its emblem and how to reach it."""

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from wardmark.base.geometry import Parts, Shape, parts_of
from wardmark.base.geometry_fields import GeometryField
from wardmark.base.languages import in_language
from wardmark.base.models.office_days import USUAL_OFFICE_HOURS, validate_office_hours
from wardmark.base.phones import dialled, validate_phone
from wardmark.base.wordings import Wording


@register_setting(icon="globe", order=10)
class WardSettings(ClusterableModel, BaseSiteSetting):
    """One ward per site. Its words per language are in `wordings`."""

    emblem = models.ForeignKey(
        "media.Picture",
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square, shown beside the ward's name. Without one the seal carries the letters below."),
    )
    seal_letters = models.CharField(
        _("letters in the seal"), max_length=3, blank=True, help_text=_("One to three capital letters.")
    )
    hotline = models.CharField(_("hotline"), max_length=30, blank=True, validators=[validate_phone])
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("official website"), blank=True)
    boundary = GeometryField(
        _("boundary on the map"),
        shape=Shape.AREAS,
        help_text=_(
            "GeoJSON of the ward’s area, for example drawn at geojson.io and copied from there. It is drawn as a soft "
            "area behind the map of places. Left empty, none is drawn."
        ),
    )

    office_hours = models.TextField(
        _("office hours"),
        max_length=500,
        default=USUAL_OFFICE_HOURS,
        validators=[validate_office_hours],
        help_text=_("One line for each group of days. The clocks of visitors’ reports are counted by them."),
    )

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Name and address"), min_num=1),
        FieldPanel("emblem"),
        FieldPanel("seal_letters"),
        FieldPanel("hotline"),
        FieldPanel("email"),
        FieldPanel("website"),
        FieldPanel("boundary"),
        FieldPanel("office_hours"),
        InlinePanel(
            "office_days",
            label=_("Day"),
            heading=_("Days the office keeps otherwise"),
            help_text=_(
                "The holidays of the Labour Code and their substitutes are known. Enter what is declared each year: "
                "other days of Tết, the day beside National Day, a swapped working day."
            ),
        ),
    ]
    select_related = ["emblem"]

    class Meta:
        verbose_name = _("the ward")

    @classmethod
    def shown(cls, request: HttpRequest) -> "WardSettings":
        """Return the settings of the site asked for, with the ward's words: one query for a request and language."""
        kept = request.__dict__.setdefault("_wards_shown", {})
        language = get_language()
        if language not in kept:
            kept[language] = cls.worded(Site.find_for_request(request)) or cls.for_request(request)
        return kept[language]

    @classmethod
    def worded(cls, site: Site | None) -> "WardSettings | None":
        """Return the settings of a site with the ward's words in the active language; None while there are no words."""
        by_record = list(WardWording.objects.filter(record__site=site).select_related("record__emblem"))
        if not by_record:
            return None
        ward = by_record[0].record
        ward.wording = in_language(by_record)
        return ward

    @cached_property
    def wording(self) -> "WardWording | None":
        """The ward's words in the active language, else in the source language."""
        return in_language(self.wordings.all())

    @cached_property
    def boundary_rings(self) -> Parts:
        """The rings of the ward's area, holes among them; none while nobody has entered it."""
        return parts_of(self.boundary)

    @property
    def hotline_dialled(self) -> str:
        return dialled(self.hotline)


class WardWording(Wording):
    record = ParentalKey(WardSettings, on_delete=models.CASCADE, related_name="wordings")
    city = models.CharField(_("city or province"), max_length=120, blank=True)
    address = models.CharField(_("address of the ward's office"), max_length=250, blank=True)
    contact = models.TextField(
        _("contact"), max_length=500, blank=True, help_text=_("Who answers, and when the office is open.")
    )

    panels = [*Wording.panels, FieldPanel("city"), FieldPanel("address"), FieldPanel("contact")]

    class Meta:
        verbose_name = _("words of the ward")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="base_ward_one_wording_per_language")
        ]
