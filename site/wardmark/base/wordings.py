"""Short texts of a record in each language, kept beside each other in one form.

For small lists an editor keeps (programmes, categories) one record with its words in all languages is easier to
keep right than one record per language.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel

from wardmark.base.languages import content_languages, in_language


class Wording(models.Model):
    """The words of one record in one language. Subclasses add the ParentalKey named `record`."""

    language = models.CharField(_("language"), max_length=10, choices=content_languages)
    name = models.CharField(_("name"), max_length=120)

    panels = [FieldPanel("language"), FieldPanel("name")]

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Worded(ClusterableModel):
    """A record whose words are in `wordings`; show it through `wording`, never through its key."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("A short name for data exchange, without spaces or accents. Never shown to visitors."),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.wording or self.key)

    @property
    def wording(self):
        """The words in the active language, else in the source language; None while nothing is written."""
        return in_language(self.wordings.all())
