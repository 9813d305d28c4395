"""A plaque's history in words: who, when, what changed from what to what, and why."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from media.models import Picture
from wardmark.plaques.artwork.formats import format_label
from wardmark.plaques.models import AlertKind, EventKind, Plaque, PlaqueEvent
from wardmark.plaques.whereabouts import pages_by_key

NOTHING = "–"
_PAGE_KEYS = {"page_key", "forward_key"}
# It only goes with another page, which the line tells of.
_UNTOLD = {"is_primary"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in words; `old` and `new` are a dash where there was nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history as people read it; `who` is empty for the site itself and for visitors."""

    at: datetime
    kind: str
    what: str
    who: str
    why: str
    changes: list[Change]


def told(events: Iterable[PlaqueEvent]) -> list[Line]:
    """Put events into words, in three queries at most whatever their number."""
    events = list(events)
    names = _Names(events)
    return [
        Line(
            at=event.at,
            kind=event.kind,
            what=event.get_kind_display(),
            who=event.who or _by_nobody(event),
            why=event.why,
            changes=[
                Change(_label(field), names.said(field, old), names.said(field, new))
                for field, (old, new) in event.changes.items()
                if field not in _UNTOLD
            ],
        )
        for event in events
    ]


def _by_nobody(event: PlaqueEvent) -> str:
    return _("a visitor or the site itself") if event.kind == EventKind.ALERT_RAISED else _("the site itself")


def _label(field: str) -> str:
    if field == "alert":
        return _("Alert")
    name = field.removesuffix("_id")
    return capfirst(str(Plaque._meta.get_field(name).verbose_name))


class _Names:
    """The names of what events speak of by key, fetched together."""

    def __init__(self, events: Iterable[PlaqueEvent]):
        keys: dict[str, set] = {"page": set(), "photo_id": set(), "replaced_by_id": set()}
        for event in events:
            for field, values in event.changes.items():
                kind = "page" if field in _PAGE_KEYS else field
                if kind in keys:
                    keys[kind] |= {value for value in values if value}
        page_keys = {uuid.UUID(str(key)) for key in keys["page"]}
        pages = pages_by_key(page_keys) if page_keys else {}
        self.pages = {key: page.get_admin_display_title() for key, page in pages.items()}
        for plaque in Plaque.objects.filter(page_key__in=page_keys - pages.keys()) if page_keys - pages.keys() else ():
            self.pages.setdefault(plaque.page_key, plaque.remembered_name())
        self.photos = (
            dict(Picture.objects.filter(pk__in=keys["photo_id"]).values_list("pk", "title")) if keys["photo_id"] else {}
        )
        self.codes = (
            {plaque.pk: plaque.printed_code for plaque in Plaque.objects.filter(pk__in=keys["replaced_by_id"])}
            if keys["replaced_by_id"]
            else {}
        )

    def said(self, field: str, value: Any) -> str:
        """Return a value of the history as people say it."""
        if value is None or value == "":
            return NOTHING
        words = {
            **dict.fromkeys(_PAGE_KEYS, lambda: self.pages.get(uuid.UUID(str(value))) or _("a page that is gone")),
            "photo_id": lambda: self.photos.get(value) or _("a photo that is gone"),
            "replaced_by_id": lambda: self.codes.get(value, NOTHING),
            "printed_format": lambda: format_label(value),
            "alert": lambda: str(dict(AlertKind.choices).get(value, value)),
        }
        return words[field]() if field in words else _in_words(Plaque._meta.get_field(field), value)


def _in_words(field: models.Field, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    # A DateTimeField is a DateField too.
    if isinstance(field, models.DateTimeField):
        at = parse_datetime(value) if isinstance(value, str) else value
        return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else str(value)
    if isinstance(field, models.DateField):
        day = value if isinstance(value, date) else parse_date(str(value))
        return date_format(day, "SHORT_DATE_FORMAT") if day else str(value)
    return str(value)
