"""What shops sell, as a list that editors keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel

from streets.vocabularies import SCHEMA_TYPES, validate_osm_tag
from wardmark.base.wordings import Worded, Wording


class ShopCategory(Worded):
    """What a shop sells, in a visitor's words and in those of maps and search engines."""

    osm_tag = models.CharField(
        _("for maps"),
        max_length=160,
        blank=True,
        validators=[validate_osm_tag],
        help_text=_("The tag of OpenStreetMap, for example amenity=cafe."),
    )
    schema_type = models.CharField(
        _("for search engines"),
        max_length=40,
        choices=SCHEMA_TYPES,
        blank=True,
        help_text=_("What search engines are told that such shops are, in the words of schema.org."),
    )

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Name"), min_num=1),
        FieldPanel("key"),
        FieldPanel("osm_tag"),
        FieldPanel("schema_type"),
    ]

    class Meta:
        verbose_name = _("shop category")
        verbose_name_plural = _("shop categories")
        ordering = ["key"]


class ShopCategoryWording(Wording):
    record = ParentalKey(ShopCategory, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("words of a shop category")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_category_one_wording_per_language")
        ]
