"""The history of a plaque: who changed what, when and why. It only ever grows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.models.event_kinds import EventKind
from wardmark.plaques.models.plaques import Plaque


class HistoryIsForever(Exception):
    """Somebody tried to change or delete a line of a plaque's history."""


class PlaqueEventQuerySet(models.QuerySet):
    def update(self, **values):
        raise HistoryIsForever("A plaque's history is never rewritten.")

    def delete(self):
        raise HistoryIsForever("A plaque's history is never deleted.")


class PlaqueEvent(models.Model):
    """One line of a plaque's history. `changes` is {field: [old, new]}."""

    plaque = models.ForeignKey(Plaque, verbose_name=_("plaque"), on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    kind = models.CharField(_("what"), max_length=20, choices=EventKind.choices, editable=False)
    # Staff may leave and their accounts go; who it was stays readable. None: the site itself, or a visitor.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    who = models.CharField(_("name at the time"), max_length=150, blank=True, editable=False)
    why = models.CharField(_("why"), max_length=500, blank=True, editable=False)
    changes = models.JSONField(_("changes"), default=dict, encoder=DjangoJSONEncoder, editable=False)

    objects = PlaqueEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a plaque’s history")
        verbose_name_plural = _("history of the plaques")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plaque", "-at"], name="plaques_history_of_one")]

    def __str__(self):
        return f"{self.plaque_id} {self.at:%Y-%m-%d %H:%M} {self.kind}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise HistoryIsForever("A plaque's history is never rewritten.")
        if self.by_id and not self.who:
            self.who = (self.by.get_full_name() or self.by.get_username())[:150]
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise HistoryIsForever("A plaque's history is never deleted.")
