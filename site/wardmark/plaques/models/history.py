"""The history of a plaque: who changed what, when and why. It only ever grows."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from wardmark.base.models import HistoryLine
from wardmark.plaques.models.event_kinds import EventKind
from wardmark.plaques.models.plaques import Plaque


class PlaqueEvent(HistoryLine):
    """One line of a plaque's history. `changes` is {field: [old, new]}."""

    plaque = models.ForeignKey(Plaque, verbose_name=_("plaque"), on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=20, choices=EventKind.choices, editable=False)
    why = models.CharField(_("why"), max_length=500, blank=True, editable=False)
    changes = models.JSONField(_("changes"), default=dict, encoder=DjangoJSONEncoder, editable=False)

    class Meta(HistoryLine.Meta):
        verbose_name = _("line of a plaque’s history")
        verbose_name_plural = _("history of the plaques")
        indexes = [models.Index(fields=["plaque", "-at"], name="plaques_history_of_one")]

    def __str__(self):
        return f"{self.plaque_id} {self.at:%Y-%m-%d %H:%M} {self.kind}"
