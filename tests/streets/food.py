"""Food-safety records for tests: what a test does not say is plausible."""

from datetime import date, timedelta

from django.utils import timezone

from streets.models import (
    ExemptionClause,
    ExemptionClauseWording,
    Finding,
    FoodDecree,
    FoodDecreeWording,
    Inspection,
    LegalDocument,
    Shop,
)


def a_decree(number: str = "1/2001/NĐ-CP") -> FoodDecree:
    decree, is_new = FoodDecree.objects.get_or_create(
        number=number, defaults={"key": f"decree-{FoodDecree.objects.count()}", "in_force_from": date(2001, 1, 1)}
    )
    if is_new:
        FoodDecreeWording.objects.create(record=decree, language="vi", name="Nghị định thử")
        FoodDecreeWording.objects.create(record=decree, language="en", name="Trial decree")
    return decree


def a_clause(situation: str = "street_food", *, decree: FoodDecree | None = None, letter: str = "x") -> ExemptionClause:
    clause = ExemptionClause.objects.create(
        decree=decree or a_decree(), article="9.9", letter=letter, situation=situation
    )
    ExemptionClauseWording.objects.create(record=clause, language="vi", name="Hàng rong thử")
    ExemptionClauseWording.objects.create(record=clause, language="en", name="Trial street food")
    return clause


def a_paper(shop: Shop, **fields) -> LegalDocument:
    """A verified certificate issued 100 days ago."""
    today = timezone.localdate()
    plausible = {
        "kind": "certificate",
        "number": "1/2026",
        "issued_on": today - timedelta(days=100),
        "expires_on": today + timedelta(days=900),
        "holder": shop.name,
        "verified_on": today - timedelta(days=90),
        "verified_how": "original",
    }
    return LegalDocument.objects.create(shop=shop, **(plausible | fields))


def an_inspection(shop: Shop, *, days_ago: int = 60, finding: str = "", **fields) -> Inspection:
    """A record that met the requirements; not finalised unless `finalised_on` is given."""
    day = timezone.localdate() - timedelta(days=days_ago)
    finalised_on = fields.pop("finalised_on", None)
    plausible = {
        "kind": "planned",
        "outcome": "pass",
        "decision_number": "5/QĐ",
        "decision_date": day - timedelta(days=3),
        "inspected_on": day,
        "team": "Đoàn thử",
    }
    inspection = Inspection.objects.create(shop=shop, **(plausible | fields))
    if finding:
        Finding.objects.create(inspection=inspection, words=finding, severity="minor")
    if finalised_on:
        inspection.finalised_on = finalised_on
        inspection.save()
    return inspection
