"""Words by which a text claims that something is safe, healthy or of some origin, as a list that editors keep."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class ClaimKind(models.TextChoices):
    SAFETY = "safety", _("Safety or cleanness")
    HEALTH = "health", _("Health")
    ORIGIN = "origin", _("Origin or way of growing")
    CERTIFICATE = "certificate", _("Certificate or label")


class ClaimWord(models.Model):
    """Words that an officer looks at before visitors read them. Found with and without accents, as whole words."""

    words = models.CharField(
        _("words"),
        max_length=80,
        unique=True,
        help_text=_("In lower case and with its accents, for example “an toàn”. Whole words are looked for."),
    )
    kind = models.CharField(_("what they claim"), max_length=12, choices=ClaimKind.choices)

    panels = [FieldRowPanel([FieldPanel("words"), FieldPanel("kind")])]

    class Meta:
        verbose_name = _("claim in words")
        verbose_name_plural = _("claims in words")
        ordering = ["kind", "words"]

    def __str__(self):
        return self.words

    def clean(self):
        super().clean()
        self.words = " ".join(self.words.lower().split())
        if not any(letter.isalnum() for letter in self.words):
            raise ValidationError({"words": _("Please write at least one word.")})
