"""What is known of a page as a translation, noted when it or its source is published."""

from django.db import models


class TranslationState(models.Model):
    """How far one page says what its source says. It stands beside the page, for a revision must not bring it back.

    A page without one is in the source language, or was never published as a translation. `basis` is the hash of the
    source's words that this was made from. Nobody sees these fields: base.translation_notes has the words.
    """

    class Words(models.TextChoices):
        WHOLE = "whole"
        PARTLY = "partly"
        NONE = "none"

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="translation_state")
    source = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="translation_states")
    basis = models.CharField(max_length=64)
    words = models.CharField(max_length=10, choices=Words)
    is_machine_made = models.BooleanField(default=False)
    is_older = models.BooleanField(default=False)

    # No use of a page that an editor should be told of.
    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.page}: {self.words}"
