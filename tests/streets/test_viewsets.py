"""The small lists in the admin: editors keep them, nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from streets.models import Programme, ShopCategory, ShopMember
from tests.factories import ProgrammeFactory, ShopCategoryFactory

pytestmark = pytest.mark.django_db
LISTS = [(ShopCategory, ShopCategoryFactory), (Programme, ProgrammeFactory)]


def address(model, action: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(action), args=args)


def words(*rows: tuple[str, str], **fields: str) -> dict[str, str]:
    """The form's fields for a record with a name in each language."""
    form = {"wordings-TOTAL_FORMS": str(len(rows)), "wordings-INITIAL_FORMS": "0", "wordings-MIN_NUM_FORMS": "1"}
    form |= {"wordings-MAX_NUM_FORMS": "1000"}
    form |= {"criteria-TOTAL_FORMS": "0", "criteria-INITIAL_FORMS": "0"} | fields
    for number, (language, name) in enumerate(rows):
        prefix = f"wordings-{number}"
        form |= {f"{prefix}-language": language, f"{prefix}-name": name, f"{prefix}-description": ""}
        form |= {f"{prefix}-id": "", f"{prefix}-DELETE": "", f"{prefix}-ORDER": ""}
    return form


@pytest.mark.parametrize("model", [ShopCategory, Programme])
def test_an_editor_adds_a_record_with_its_words(editor_client, model):
    form = words(("vi", "Bánh"), ("en", "Pastry"), key="pastry")
    assert editor_client.post(address(model, "add"), form).status_code == 302
    record = model.objects.get(key="pastry")
    assert {row.language: row.name for row in record.wordings.all()} == {"vi": "Bánh", "en": "Pastry"}


@pytest.mark.parametrize("model", [ShopCategory, Programme])
@pytest.mark.parametrize(
    "form",
    [
        words(key="nothing"),
        words(("vi", "Bánh"), ("vi", "Bánh ngọt"), key="twice"),
        words(("vi", "Bánh"), key="có dấu"),
        words(("vi", ""), key="empty"),
    ],
    ids=["no words", "one language twice", "key with accents", "empty name"],
)
def test_a_wrong_record_is_refused_and_nothing_half_saved(editor_client, model, form):
    refused = editor_client.post(address(model, "add"), form)
    assert refused.status_code == 200
    assert not model.objects.exists()


@pytest.mark.parametrize(("model", "make"), LISTS)
def test_an_editor_lists_and_deletes(editor_client, model, make):
    record = make()
    assert str(record) in editor_client.get(address(model, "list")).content.decode()
    assert editor_client.post(address(model, "delete", record.pk)).status_code == 302
    assert not model.objects.exists()


@pytest.mark.parametrize(("model", "make"), LISTS)
def test_a_longer_list_costs_no_more_queries(editor_client, model, make, django_assert_num_queries):
    make()
    editor_client.get(address(model, "list"))
    with CaptureQueriesContext(connection) as short:
        editor_client.get(address(model, "list"))
    for _ in range(8):
        make()
    with django_assert_num_queries(len(short)):
        editor_client.get(address(model, "list"))


@pytest.mark.parametrize("model", [ShopCategory, Programme, ShopMember])
@pytest.mark.parametrize("action", ["list", "add"])
def test_nobody_else_can(client, ward, django_user_model, model, action):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(django_user_model.objects.create_user("nguoila"))
        assert client.get(address(model, action)).status_code == 302
        assert client.post(address(model, action), words(("vi", "X"), key="x")).status_code in {302, 403, 405}
    assert not model.objects.exists()
