"""What kinds of heritage sites the ward tells apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from wardmark.base.wordings import Worded, Wording


class SchemaType(models.TextChoices):
    """What a site can be in the words of schema.org, of which a temple of Vietnamese gods is none of its own."""

    LANDMARK = "LandmarksOrHistoricalBuildings", _("Historical building")
    BUDDHIST_TEMPLE = "BuddhistTemple", _("Buddhist temple")
    PLACE_OF_WORSHIP = "PlaceOfWorship", _("Place of worship")
    CHURCH = "Church", _("Church")
    CATHOLIC_CHURCH = "CatholicChurch", _("Catholic church")
    MOSQUE = "Mosque", _("Mosque")
    MUSEUM = "Museum", _("Museum")
    CEMETERY = "Cemetery", _("Cemetery")
    ATTRACTION = "TouristAttraction", _("Tourist attraction")


class HeritageKind(Orderable, Worded):
    """A pagoda, a communal house, a craft: the ward's own list, in the editors' order."""

    schema_type = models.CharField(
        _("for search engines"),
        max_length=40,
        choices=SchemaType.choices,
        default=SchemaType.LANDMARK,
        help_text=_("What search engines are told that sites of this kind are."),
    )

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Name"), min_num=1),
        FieldPanel("key"),
        FieldPanel("schema_type"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("kind of heritage site")
        verbose_name_plural = _("kinds of heritage sites")
        ordering = ["sort_order", "key"]


class HeritageKindWording(Wording):
    record = ParentalKey(HeritageKind, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("words of a kind of heritage site")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="heritage_kind_one_wording_per_language")
        ]
