"""The list of kinds in the admin: editors keep it, nobody else; without any kind everything works."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heritage.models import HeritageKind
from tests.factories import HeritageKindFactory, HeritageSitePageFactory

pytestmark = pytest.mark.django_db


def address(action: str, *args) -> str:
    return reverse(HeritageKind.snippet_viewset.get_url_name(action), args=args)


def form(*rows: tuple[str, str], key: str, schema_type: str = "BuddhistTemple") -> dict[str, str]:
    fields = {"wordings-TOTAL_FORMS": str(len(rows)), "wordings-INITIAL_FORMS": "0", "key": key}
    fields["schema_type"] = schema_type
    for number, (language, name) in enumerate(rows):
        prefix = f"wordings-{number}"
        fields |= {f"{prefix}-language": language, f"{prefix}-name": name, f"{prefix}-id": "", f"{prefix}-DELETE": ""}
    return fields


def test_an_editor_adds_a_kind_in_both_languages(editor_client):
    assert editor_client.post(address("add"), form(("vi", "Lăng"), ("en", "Tomb"), key="lang")).status_code == 302
    kind = HeritageKind.objects.get(key="lang")
    assert {row.name for row in kind.wordings.all()} == {"Lăng", "Tomb"}
    assert kind.schema_type == "BuddhistTemple"


@pytest.mark.parametrize(
    "wrong",
    [
        form(key="nothing"),
        form(("vi", "Lăng"), ("vi", "Mộ"), key="twice"),
        form(("vi", "Lăng"), key="có dấu"),
        # A đền is never told to be a temple of another religion.
        form(("vi", "Đền"), key="den", schema_type="HinduTemple"),
    ],
)
def test_a_wrong_kind_is_refused_and_nothing_half_saved(editor_client, wrong):
    assert editor_client.post(address("add"), wrong).status_code == 200
    assert not HeritageKind.objects.exists()


def test_kinds_stand_in_the_editors_order(editor_client):
    last, first = HeritageKindFactory(sort_order=2), HeritageKindFactory(sort_order=1)
    assert list(HeritageKind.objects.all()) == [first, last]


def test_a_kind_in_use_is_not_deleted(editor_client, heritage):
    kind = HeritageKindFactory()
    HeritageSitePageFactory(parent=heritage, kind_of_site=kind)
    editor_client.post(address("delete", kind.pk))
    assert HeritageKind.objects.filter(pk=kind.pk).exists()


def test_a_longer_list_costs_no_more_queries(editor_client, django_assert_num_queries):
    HeritageKindFactory()
    editor_client.get(address("list"))
    with CaptureQueriesContext(connection) as short:
        editor_client.get(address("list"))
    for _ in range(8):
        HeritageKindFactory()
    with django_assert_num_queries(len(short)):
        editor_client.get(address("list"))


@pytest.mark.parametrize("action", ["list", "add"])
def test_nobody_else_can(client, ward, django_user_model, action):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(django_user_model.objects.create_user("nguoila"))
        assert client.get(address(action)).status_code == 302
        assert client.post(address(action), form(("vi", "X"), key="x")).status_code in {302, 403, 405}
    assert not HeritageKind.objects.exists()


def test_an_editor_changes_their_order(editor_client):
    kinds = [HeritageKindFactory(sort_order=number) for number in range(2)]
    assert editor_client.post(f"{address('reorder', kinds[1].pk)}?position=0").status_code == 200
    assert list(HeritageKind.objects.all()) == kinds[::-1]
    # The list offers it to them.
    listed = editor_client.get(address("list"), {"ordering": "sort_order"}).content.decode()
    assert "heritagekind/reorder/" in listed
