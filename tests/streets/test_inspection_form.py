"""An officer writes an inspection down with what was found."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from streets.inspections import InspectionRefused, finalise
from streets.models import Finding, Inspection
from tests.factories import FoodVendorPageFactory
from tests.streets.food import an_inspection

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def shop(street):
    return FoodVendorPageFactory(parent=street).shop


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (8, 8), "white").save(written, "JPEG")
    return SimpleUploadedFile("bep.jpg", written.getvalue())


def form(shop, /, *findings: dict, initial: int = 0, **changed) -> dict:
    said = {
        "shop": shop.pk,
        "kind": "planned",
        "decision_number": "5/QĐ",
        "decision_date": days_ago(12),
        "inspected_on": days_ago(10),
        "team": "Đoàn thử",
        "outcome": "conditional",
        "follow_up_due": "",
        "note": "Nội bộ",
        "findings-TOTAL_FORMS": len(findings),
        "findings-INITIAL_FORMS": initial,
        "findings-MIN_NUM_FORMS": 0,
        "findings-MAX_NUM_FORMS": 1000,
    }
    for number, finding in enumerate(findings):
        row = {"words": "", "words_en": "", "severity": "minor", "remedy": "", "remedy_en": "", "deadline": ""}
        row |= {"remedied_on": "", "id": "", "ORDER": number + 1, "DELETE": ""}
        said |= {f"findings-{number}-{name}": value for name, value in (row | finding).items()}
    return said | changed


def add(editor_client, shop, /, *findings, **changed):
    return editor_client.post(reverse("food_inspection:add"), form(shop, *findings, **changed))


def test_an_inspection_is_kept_with_its_findings_and_their_photos(editor_client, editor, shop):
    dirty = {"words": "Bếp bẩn", "words_en": "Dirty kitchen", "severity": "major", "photo": photo()}
    saved = add(editor_client, shop, dirty, {"words": "Thiếu nắp đậy", "deadline": days_ago(3)})
    assert saved.status_code == 302
    record = Inspection.objects.get()
    assert (record.recorded_by, record.stage, record.outcome) == (editor, "internal", "conditional")
    first, second = record.findings.all()
    assert (first.words, first.severity, second.deadline) == ("Bếp bẩn", "major", days_ago(3))
    answer = editor_client.get(reverse("food_safety:finding_photo", args=[first.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("finding", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "Bẩn", "severity": "deadly"}, "severity"),
        ({"words": "Bẩn", "deadline": days_ago(11)}, "deadline"),
        ({"words": "Bẩn", "remedied_on": days_ago(11)}, "remedied_on"),
        ({"words": "Bẩn", "remedied_on": days_ago(-1)}, "remedied_on"),
        ({"words": "Bẩn", "deadline": "hôm qua"}, "deadline"),
        ({"words": "Bẩn", "photo": SimpleUploadedFile("a.jpg", b"<script>")}, "photo"),
        ({"words": "Bẩn", "photo": SimpleUploadedFile("a.svg", b"<svg/>")}, "photo"),
    ],
)
def test_a_wrong_finding_is_refused_at_its_field_and_nothing_is_half_saved(editor_client, shop, finding, field):
    if not finding["words"]:
        finding = finding | {"remedy": "Rửa"}
    refused = add(editor_client, shop, finding)
    assert refused.status_code == 200
    assert field in refused.context["form"].formsets["findings"].errors[0]
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"shop": ""}, "shop"),
        ({"shop": "999999"}, "shop"),
        ({"decision_date": days_ago(9)}, "decision_date"),
        ({"inspected_on": days_ago(-1)}, "inspected_on"),
        ({"inspected_on": ""}, "inspected_on"),
        ({"follow_up_due": days_ago(10)}, "follow_up_due"),
        ({"outcome": "A+"}, "outcome"),
    ],
)
def test_a_wrong_inspection_is_refused_at_its_field(editor_client, shop, changed, field):
    refused = add(editor_client, shop, {"words": "Bẩn", "deadline": days_ago(3)}, **changed)
    assert field in refused.context["form"].errors
    assert not Inspection.objects.exists()


def test_a_finding_is_changed_and_another_taken_away(editor_client, shop):
    record = an_inspection(shop, days_ago=10, finding="Bẩn")
    gone = record.findings.get()
    kept = Finding.objects.create(inspection=record, words="Bụi", severity="minor")
    rows = [{"words": "Bẩn", "id": gone.pk, "DELETE": "on"}, {"words": "Bụi dày", "id": kept.pk}]
    saved = editor_client.post(reverse("food_inspection:edit", args=[record.pk]), form(shop, *rows, initial=2))
    assert saved.status_code == 302
    assert [finding.words for finding in record.findings.all()] == ["Bụi dày"]


def test_whoever_changed_it_last_does_not_finalise_it(editor_client, editor, second_officer, shop):
    record = an_inspection(shop, days_ago=10, recorded_by=second_officer)
    address = reverse("food_inspection:edit", args=[record.pk])
    assert editor_client.post(address, form(shop, team="Đoàn khác", outcome="pass")).status_code == 302
    with pytest.raises(InspectionRefused):
        finalise(inspection=record, by=editor)
    assert finalise(inspection=record, by=second_officer).finalised_by == second_officer


def test_a_finalised_record_is_not_changed_through_its_form(editor_client, shop):
    record = an_inspection(shop, days_ago=10, finding="Bẩn", finalised_on=days_ago(1))
    before = Inspection.objects.values().get()
    answer = editor_client.post(reverse("food_inspection:edit", args=[record.pk]), form(shop, outcome="pass"))
    assert answer.url == reverse("food_safety:inspection", args=[record.pk])
    assert Inspection.objects.values().get() == before
    assert record.findings.count() == 1


def test_the_screen_of_a_finalised_record_still_tells_officers_all_of_it(editor_client, editor, second_officer, shop):
    record = an_inspection(shop, days_ago=10, finding="Bẩn", note="Chỉ nội bộ", recorded_by=editor)
    finalise(inspection=record, by=second_officer)
    shown = editor_client.get(reverse("food_safety:inspection", args=[record.pk])).content.decode()
    for told in ("Chỉ nội bộ", str(editor), str(second_officer), "Bẩn"):
        assert told in shown
