"""The programmes of a street with their criteria and all words, in one query for a page that has few to spend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from streets.models.programmes import Criterion, CriterionWording, Programme, ProgrammeWording, StreetProgramme

# What is fetched beside a programme: the way to it, and the model found there.
_BESIDE: dict[str, type[Model]] = {
    "wordings": ProgrammeWording,
    "criteria": Criterion,
    "criteria__wordings": CriterionWording,
}
_LINK = "street_links"


@dataclass(slots=True)
class JoinedProgramme:
    """A programme as one street joined it. Each dict is by primary key and in the editors' order."""

    link: StreetProgramme
    words: dict[int, ProgrammeWording] = field(default_factory=dict)
    criteria: dict[int, Criterion] = field(default_factory=dict)
    criteria_words: dict[int, CriterionWording] = field(default_factory=dict)

    def words_of(self, criterion: Criterion) -> list[CriterionWording]:
        return [words for words in self.criteria_words.values() if words.record_id == criterion.pk]


def joined_programmes(links: QuerySet | Iterable[StreetProgramme]) -> list[JoinedProgramme]:
    """Return what these links join in their order: saved ones as a queryset of one street, or those of a preview."""
    if isinstance(links, QuerySet):
        programmes = Programme.objects.filter(street_links__in=links)
        in_order = programmes.order_by("street_links__sort_order", "street_links__pk")
        return _joined(_rows(in_order, _BESIDE | {_LINK: StreetProgramme}), {})
    # A preview holds links that are not saved yet.
    asked = {link.programme_id: link for link in links}
    return _joined(_rows(Programme.objects.filter(pk__in=asked).order_by(), _BESIDE), asked)


def _rows(programmes: QuerySet, beside: dict[str, type[Model]]) -> list[tuple[int, dict[str, Any]]]:
    """Return (programme, what stands beside it in this row). A row for each combination: they are few and short."""
    columns = {way: [one.attname for one in model._meta.concrete_fields] for way, model in beside.items()}
    ordered = programmes.order_by(
        *programmes.query.order_by, "criteria__sort_order", "criteria__pk", "wordings__pk", "criteria__wordings__pk"
    )
    names = [f"{way}__{column}" for way, its_columns in columns.items() for column in its_columns]
    rows = []
    for key, *values in ordered.values_list("pk", *names):
        left = iter(values)
        found = {way: [next(left) for _column in its_columns] for way, its_columns in columns.items()}
        made = {way: model.from_db(connection.alias, columns[way], found[way]) for way, model in beside.items()}
        rows.append((key, {way: one for way, one in made.items() if one.pk is not None}))
    return rows


def _joined(rows: list[tuple[int, dict[str, Any]]], asked: dict[int, StreetProgramme]) -> list[JoinedProgramme]:
    joined = {key: JoinedProgramme(link) for key, link in asked.items()}
    for key, found in rows:
        if key not in joined:
            joined[key] = JoinedProgramme(found[_LINK])
        one = joined[key]
        kept = (one.words, one.criteria, one.criteria_words)
        for into, way in zip(kept, _BESIDE, strict=True):
            if way in found:
                into.setdefault(found[way].pk, found[way])
    return list(joined.values())
