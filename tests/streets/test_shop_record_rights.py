"""Every screen of food safety and of shops, for everybody who might knock."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry

from streets.food_admin import urls as food_urls
from streets.food_admin.viewsets import InspectionViewSet, LegalDocumentViewSet
from streets.models import (
    FactChange,
    Finding,
    Inspection,
    LegalDocument,
    LegalRoute,
    PaperReminder,
    SelfCheck,
    SentPaper,
    Shop,
)
from streets.viewsets import ShopViewSet
from tests.factories import FoodVendorPageFactory, StreetPageFactory
from tests.streets.food import a_paper, an_inspection

pytestmark = pytest.mark.django_db
SECRET = b"%PDF-1.4 not for everybody"

# Which record each address is about; "" where it is about none.
FOOD = {
    "shop": "shop",
    "route": "shop",
    "self_check": "shop",
    "verify": "paper",
    "revoke": "paper",
    "document_file": "paper",
    "sent_file": "sent",
    "take_paper": "sent",
    "refuse_paper": "sent",
    "finding_photo": "finding",
    "remedied": "finding",
    "inspection": "inspection",
    "finalise": "inspection",
    "withhold": "inspection",
    "release": "inspection",
    "correct": "inspection",
    "reply": "inspection",
    "vet": "reply",
    "waiting": "",
    "reminder_done": "reminder",
    "expiring": "",
    "expiring_results": "",
}
VIEWSETS = {"food_document": ("paper", LegalDocumentViewSet), "food_inspection": ("draft", InspectionViewSet)}
OF_ONE_RECORD = ("edit", "delete", "history", "usage")
# For all screens at once: what a screen does not ask for it does not read.
FILLED = {
    "why": "x",
    "words": "x",
    "how": "original",
    "accept": "1",
    "points": [],
    "kind": "commitment",
    "holder": "Quán",
}
# What only somebody above the ward's editors does.
NOT_FOR_EDITORS = {"food_document:delete", "food_inspection:delete", "shop:delete", "shop:add"}


@pytest.fixture
def records(street):
    """One record of each kind, with private files."""
    shop = FoodVendorPageFactory(parent=street).shop
    today = timezone.localdate()
    paper = a_paper(shop, verified_on=None, verified_how="")
    paper.file.save("giay.pdf", ContentFile(SECRET))
    sent = SentPaper.objects.create(shop=shop, kind="commitment", issued_on=today)
    sent.file.save("anh-giay.pdf", ContentFile(SECRET))
    inspection = an_inspection(shop, finding="Bẩn", finalised_on=today)
    draft = an_inspection(shop, finding="Bụi")
    finding = draft.findings.get()
    finding.photo.save("anh.jpg", ContentFile(SECRET))
    return {
        "shop": shop.pk,
        "paper": paper.pk,
        "sent": sent.pk,
        "inspection": inspection.pk,
        "draft": draft.pk,
        "finding": finding.pk,
        "reply": inspection.replies.create(words="Đã sửa", written_on=today).pk,
        "reminder": PaperReminder.objects.create(
            document=paper, days_before=30, expires_on=today + timedelta(days=30), made_on=today
        ).pk,
    }


@pytest.fixture
def people(editor, street, records, django_user_model):
    vendor = django_user_model.objects.create_user("chu-quan")
    Shop.objects.get(pk=records["shop"]).members.create(user=vendor)
    elsewhere = django_user_model.objects.create_user("noi-khac")
    [group] = editor.groups.all()
    own = type(group).objects.create(name="elsewhere")
    own.permissions.set(group.permissions.all())
    other = StreetPageFactory(parent=street.get_parent())
    for permission in GroupPagePermission.objects.filter(group=group):
        GroupPagePermission.objects.create(group=own, page=other, permission=permission.permission)
    elsewhere.groups.add(own)
    return {"nobody": None, "vendor": vendor, "elsewhere": elsewhere, "editor": editor}


def addresses(records) -> dict[str, tuple[str, bool]]:
    """Each screen by its name: its address, and whether it is about one record."""
    found = {
        f"food_safety:{name}": (reverse(f"food_safety:{name}", args=[records[kind]] if kind else []), bool(kind))
        for name, kind in FOOD.items()
    }
    viewsets = VIEWSETS | {"shop": ("shop", ShopViewSet)}
    for namespace, (kind, viewset) in viewsets.items():
        for action in (*OF_ONE_RECORD, "list", "add"):
            name = (Shop.snippet_viewset if viewset is ShopViewSet else _viewset(viewset)).get_url_name(action)
            if viewset is ShopViewSet and action in {"add", "delete"}:
                continue
            is_one = action in OF_ONE_RECORD
            found[f"{namespace}:{action}"] = (reverse(name, args=[records[kind]] if is_one else []), is_one)
    return found


def _viewset(viewset):
    return viewset.model.snippet_viewset


def everything() -> tuple:
    """What a screen might have changed."""
    models = (
        LegalDocument,
        SentPaper,
        LegalRoute,
        Inspection,
        Finding,
        SelfCheck,
        PaperReminder,
        FactChange,
        ModelLogEntry,
    )
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def test_the_table_knows_every_address():
    assert set(FOOD) == {pattern.name for pattern in food_urls.urlpatterns}


@pytest.mark.parametrize("name", ["nobody", "vendor", "elsewhere"])
def test_what_somebody_may_not_touch_opens_tells_and_changes_nothing(client, people, records, name):
    if people[name]:
        client.force_login(people[name])
    before = everything()
    filled = FILLED | {"on": timezone.localdate(), "issued_on": timezone.localdate()}
    for screen, (address, is_one) in addresses(records).items():
        # A colleague sees the ward's lists; a record of another's shop is the other's.
        if name == "elsewhere" and not is_one:
            continue
        for answer in (client.get(address), client.post(address, filled)):
            assert answer.status_code in {302, 403, 405}, screen
            assert SECRET not in answer.getvalue(), screen
    confirm = reverse("confirm_shop", args=[records["shop"], "officer"])
    assert client.post(confirm).status_code in {302, 403}
    assert everything() == before


def test_every_screen_opens_for_an_editor(client, people, records):
    client.force_login(people["editor"])
    for screen, (address, _is_one) in addresses(records).items():
        expected = 302 if screen in NOT_FOR_EDITORS else 200
        assert client.get(address).status_code == expected, screen


@pytest.mark.parametrize("pk", ["0", "999999999", "99999999999999999999999"])
def test_a_record_that_is_not_there_is_not_found_and_breaks_nothing(client, people, pk):
    client.force_login(people["editor"])
    for name, kind in FOOD.items():
        if kind:
            address = reverse(f"food_safety:{name}", args=[1]).replace("/1/", f"/{pk}/")
            assert client.get(address).status_code == 404, name
            assert client.post(address, {}).status_code in {404, 405}, name


def test_nobody_keeps_a_record_of_a_shop_elsewhere(client, people, records):
    client.force_login(people["elsewhere"])
    today = timezone.localdate()
    form = {"shop": records["shop"], "kind": "commitment", "issued_on": today, "holder": "Quán"}
    refused = client.post(reverse("food_document:add"), form)
    assert "shop" in refused.context["form"].errors
    assert LegalDocument.objects.count() == 1


@pytest.mark.parametrize("screen", ["take_paper", "refuse_paper"])
def test_a_paper_that_was_sent_is_decided_with_the_same_form_by_who_may(client, people, records, screen):
    client.force_login(people["editor"])
    filled = FILLED | {"issued_on": timezone.localdate()}
    assert client.post(reverse(f"food_safety:{screen}", args=[records["sent"]]), filled).status_code == 302
    assert not SentPaper.objects.get(pk=records["sent"]).is_waiting


@pytest.mark.parametrize(
    ("screen", "model", "kind"), [("document_file", LegalDocument, "paper"), ("sent_file", SentPaper, "sent")]
)
def test_a_scan_that_is_lost_is_not_found(client, people, records, screen, model, kind):
    client.force_login(people["editor"])
    paper = model.objects.get(pk=records[kind])
    paper.file.storage.delete(paper.file.name)
    assert client.get(reverse(f"food_safety:{screen}", args=[paper.pk])).status_code == 404


@pytest.mark.parametrize(("model", "kind"), [(LegalDocument, "paper"), (SentPaper, "sent")])
def test_a_scan_has_no_address_of_its_own(client, records, settings, model, kind):
    name = model.objects.get(pk=records[kind]).file.name
    for prefix in (settings.MEDIA_URL, "/uploads/", "/documents/", "/media/"):
        assert SECRET not in client.get(f"{prefix.rstrip('/')}/{name}").getvalue()


def test_a_finalised_record_is_deleted_by_nobody(admin_client, ward, records):
    for address in (
        reverse("food_inspection:delete", args=[records["inspection"]]),
        reverse("wagtail_bulk_action", args=["streets", "inspection", "delete"]) + f"?id={records['inspection']}",
    ):
        assert admin_client.post(address).status_code in {200, 302}
        assert Inspection.objects.filter(pk=records["inspection"]).exists()


@pytest.mark.parametrize("asked", ["²", "x", "0", "99999999999999999999999", "-1"])
def test_a_form_for_a_shop_that_is_not_there_opens_empty(client, people, asked):
    client.force_login(people["editor"])
    for name in ("food_document:add", "food_inspection:add"):
        assert client.get(reverse(name), {"shop": asked}).status_code == 200
