"""Routes, papers, inspections and self-checks of the demonstration's vendors, from `demo_data/food_safety.json`.

Days are counted from today, so that the demonstration always shows every state. A vendor without an entry is one about
whom nothing is recorded yet.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from streets import models
from streets.inspections import correct, finalise, reply, vet_reply, withhold
from streets.law.food_safety import enter_food_law
from streets.legal_documents import revoke_document, verify_document
from streets.legal_route import decide_route
from streets.models import (
    ExemptionClause,
    Finding,
    FoodDecree,
    Inspection,
    LegalDocument,
    RouteKind,
    SelfCheckPoint,
    Shop,
    VerifiedBy,
)
from streets.self_checks import record_self_check

DATA = Path(__file__).parent / "demo_data" / "food_safety.json"
_DAYS = {"deadline", "remedied"}


class _Officers:
    """Two invented officers: what is public needs both. Nobody can sign in as one."""

    def __init__(self) -> None:
        people = get_user_model().objects
        names = [("demo-officer-1", "Cán bộ Một"), ("demo-officer-2", "Cán bộ Hai")]
        self.first, self.second = (
            people.get_or_create(username=username, defaults={"first_name": name, "is_active": False})[0]
            for username, name in names
        )


def load_food_safety(shops: dict[str, Shop]) -> None:
    """Record what the data says of each shop by its key."""
    data = json.loads(DATA.read_text())
    enter_food_law(vars(models))
    officers = _Officers()
    for key, row in data["shops"].items():
        if key in shops:
            _record(shops[key], row, data["words"], officers)


def _day(offset: int | None):
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


def _record(shop: Shop, row: dict[str, Any], words: dict[str, str], officers: _Officers) -> None:
    decree = FoodDecree.objects.get(number=words["decree"])
    route = row["route"]
    clause = ExemptionClause.objects.filter(decree=decree, situation=route.get("situation")).first()
    kind = RouteKind(route["kind"])
    decide_route(shop=shop, kind=kind, decree=decree, clause=clause, by=officers.first, on=_day(route["days"]))
    for paper in row["papers"]:
        _paper(shop, paper, words, officers)
    for one in row.get("inspections", []):
        _inspection(shop, one, words, officers)
    if check := row.get("self_check"):
        points = SelfCheckPoint.objects.all()[: check["points"]]
        record_self_check(shop=shop, points=points, by=officers.first, by_vendor=False, on=_day(check["days"]))


def _paper(shop: Shop, row: dict[str, Any], words: dict[str, str], officers: _Officers) -> None:
    document = LegalDocument.objects.create(
        shop=shop,
        kind=row["kind"],
        quality_system=row.get("quality_system", ""),
        number=row["number"],
        authority=words["authority"],
        issued_on=_day(row["issued"]),
        expires_on=_day(row["expires"]),
        holder=shop.name,
        recorded_by=officers.first,
    )
    if row["verified"] is not None:
        verify_document(document=document, how=VerifiedBy.ORIGINAL, by=officers.second, on=_day(row["verified"]))
    if "revoked" in row:
        revoke_document(document=document, why=row["revoked_why"], by=officers.first, on=_day(row["revoked"]))


def _inspection(shop: Shop, row: dict[str, Any], words: dict[str, str], officers: _Officers) -> None:
    inspection = Inspection.objects.create(
        shop=shop,
        kind=row["kind"],
        outcome=row["outcome"],
        decision_number=words["decision"],
        decision_date=_day(row["inspected"] - 10),
        inspected_on=_day(row["inspected"]),
        follow_up_due=_day(row.get("follow_up")),
        team=words["team"],
        recorded_by=officers.first,
    )
    for number, one in enumerate(row["findings"]):
        told = {name: value for name, value in one.items() if name not in _DAYS}
        Finding.objects.create(
            inspection=inspection,
            sort_order=number,
            deadline=_day(one["deadline"]),
            remedied_on=_day(one["remedied"]),
            **told,
        )
    if row["finalised"] is None:
        return
    finalise(inspection=inspection, by=officers.second, on=_day(row["finalised"]))
    if "reply" in row:
        answer = reply(inspection=inspection, words=row["reply"], by=None, on=_day(row["finalised"] + 5))
        if not row.get("reply_waits"):
            vet_reply(reply=answer, accept=True, by=officers.first)
    if "withheld_why" in row:
        withhold(inspection=inspection, why=row["withheld_why"], by=officers.first)
    if "corrected" in row:
        _correction(inspection, row["corrected"], by=officers.first, seconded_by=officers.second)


def _correction(
    inspection: Inspection, row: dict[str, Any], *, by: AbstractBaseUser, seconded_by: AbstractBaseUser
) -> None:
    new = correct(inspection=inspection, why=row["why"], by=by)
    new.outcome = row["outcome"]
    new.save()
    new.findings.all().update(severity=row["severity"])
    finalise(inspection=new, by=seconded_by, on=_day(row["finalised"]))
