"""Histories: who did what, and when. Whatever they tell of, they only ever grow."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.base.people import person_name

LONGEST_REMEMBERED_NAME = 150


class LineIsForever(Exception):
    """Somebody tried to change or delete a line of a history."""


def remembered_name(person: AbstractBaseUser) -> str:
    """Return the name to keep beside a person, whose account may go while what they did stays."""
    return person_name(person)[:LONGEST_REMEMBERED_NAME]


class HistoryQuerySet(models.QuerySet):
    def update(self, **values: Any) -> int:
        raise LineIsForever("A history is never rewritten.")

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        raise LineIsForever("A history is never rewritten.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LineIsForever("A history is never deleted.")


class HistoryLine(models.Model):
    """One line of a history. Which thing it is about and what happened to it are its children's to say."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    # None: the site itself, or somebody without an account. The name outlives the account.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    who = models.CharField(_("name at the time"), max_length=LONGEST_REMEMBERED_NAME, blank=True, editable=False)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LineIsForever("A history is never rewritten.")
        if self.by_id and not self.who:
            self.who = remembered_name(self.by)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise LineIsForever("A history is never deleted.")
