"""The screen "Scans"."""

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, Page

from tests.factories import ShopPageFactory, StandardPageFactory, StreetIndexPageFactory, StreetPageFactory
from wardmark.plaques.models import Plaque, ScanCount

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 16, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def street(ward):
    return StreetPageFactory(parent=StreetIndexPageFactory(parent=ward.homes["vi"]), title="Phố Thử")


@pytest.fixture
def shop(street):
    return ShopPageFactory(parent=street, title="Phở Minh Hoạ")


def counted(page, scans: int, *, days_ago: int = 0, language: str = "vi") -> Plaque:
    plaque = Plaque.objects.for_page(page)
    hour = NOW - timedelta(days=days_ago, hours=2)
    ScanCount.objects.create(plaque=plaque, hour=hour, language=language, scans=scans)
    return plaque


def opened(client, **query):
    return client.get(reverse("plaques_admin:scans"), query)


def statistics(answer):
    return answer.context["statistics"]


def keeper_of(page, users, permission: str = "change_page"):
    """Somebody who may enter the admin and edit this page with what is under it."""
    user = users.objects.create_user(f"keeper{page.pk}", password="x")
    group = Group.objects.create(name=f"Keepers {page.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=page,
        permission=Permission.objects.get(codename=permission, content_type__app_label="wagtailcore"),
    )
    user.groups.add(group)
    return user


def test_the_ward_is_shown_for_the_last_30_days_unless_asked_otherwise(editor_client, shop, street):
    counted(shop, 5)
    counted(street, 7, days_ago=29)
    counted(street, 6, days_ago=30)
    answer = opened(editor_client)
    shown = statistics(answer)
    assert (shown.total, shown.before) == (12, 6)
    assert shown.period.first == date(2026, 4, 17)
    assert "+100 %" in answer.content.decode()
    assert '<option value="30" selected>' in answer.content.decode()


@pytest.mark.parametrize(("period", "total"), [("7", 1), ("30", 11), ("90", 111), ("365", 1111)])
def test_the_period_can_be_chosen(editor_client, shop, period, total):
    for number, days_ago in enumerate((6, 29, 89, 364)):
        counted(shop, 10**number, days_ago=days_ago)
    assert statistics(opened(editor_client, period=period)).total == total


def test_a_period_of_ones_own_counts_both_its_days(editor_client, shop):
    for days_ago in (1, 2, 3, 4):
        counted(shop, 10**days_ago, days_ago=days_ago)
    answer = opened(editor_client, period="own", first="2026-05-13", last="2026-05-14")
    assert statistics(answer).total == 1100


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"period": "own", "first": "2026-05-14", "last": "2026-05-13"}, "last"),
        ({"period": "own", "first": "2026-05-14"}, "last"),
        ({"period": "own", "last": "2026-05-14"}, "first"),
        ({"period": "own", "first": "14th of May", "last": "2026-05-14"}, "first"),
        ({"period": "own", "first": "2020-01-01", "last": "2026-05-14"}, "last"),
        ({"period": "own", "first": "2027-01-01", "last": "2027-05-14"}, "first"),
        ({"period": "1000"}, "period"),
        ({"code": "hello"}, "code"),
        ({"code": "0000000"}, "code"),
        ({"page": "999999"}, "page"),
    ],
)
@pytest.mark.parametrize("export", ["", "csv"])
def test_a_wrong_choice_is_named_at_its_field_and_nothing_is_counted(editor_client, shop, query, field, export):
    counted(shop, 5)
    answer = opened(editor_client, **query, export=export)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "error-message" in answer.content.decode()
    assert "statistics" not in answer.context
    assert "scans__number" not in answer.content.decode()


def test_a_street_is_chosen_with_all_its_shops(editor_client, shop, street, ward):
    counted(shop, 5)
    counted(street, 1)
    counted(StandardPageFactory(parent=ward.homes["vi"]), 100)
    assert statistics(opened(editor_client, page=street.pk)).total == 6
    assert statistics(opened(editor_client, page=shop.pk)).total == 5


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: f"{code[:3]}-{code[3:]}", lambda c: f"https://x.vn/q/{c}/"]
)
def test_one_plaque_is_chosen_by_its_code_however_it_is_typed(editor_client, shop, street, write):
    plaque = counted(shop, 5)
    counted(street, 1)
    assert statistics(opened(editor_client, code=write(plaque.code))).total == 5


def test_a_page_and_a_code_cannot_both_be_chosen(editor_client, shop, street):
    plaque = counted(shop, 5)
    answer = opened(editor_client, page=street.pk, code=plaque.code)
    assert list(answer.context["form"].errors) == ["code"]


def test_plaques_are_listed_most_scanned_first_with_links(editor_client, shop, street):
    quiet, busy = counted(street, 1), counted(shop, 5)
    answer = opened(editor_client)
    rows = list(answer.context["object_list"])
    assert [row.plaque for row in rows[:2]] == [busy, quiet]
    shown = answer.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[shop.pk]) in shown
    assert f"code={busy.code}" in shown
    assert "10:00" in rows[0].last_scan_shown


@pytest.mark.parametrize("ordering", ["scans", "-scans_before", "last_scan", "-code", "nonsense"])
def test_the_list_can_be_sorted_otherwise(editor_client, shop, street, ordering):
    counted(shop, 5)
    counted(street, 1)
    rows = [row.scans for row in opened(editor_client, ordering=ordering).context["object_list"]]
    assert sum(rows) == 6
    if ordering == "scans":
        assert rows == sorted(rows)


def test_each_drawing_has_a_table_that_says_the_same(editor_client, shop):
    counted(shop, 1234, language="en")
    answer = opened(editor_client, period="7")
    days, hours, languages = answer.context["charts"]
    assert [scans for _, scans in days.rows] == [0] * 6 + [1234]
    assert dict(hours.rows)["10:00"] == 1234
    assert [scans for _, scans in languages.rows] == [1234]
    assert answer.content.decode().count('data-scans="1234"') == 3


def test_a_ward_without_scans_says_so(editor_client, ward):
    answer = opened(editor_client)
    assert statistics(answer).total == 0
    assert answer.status_code == 200


def test_a_plaque_whose_page_is_gone_is_listed_by_its_last_name(editor_client, shop):
    counted(shop, 5)
    Page.objects.get(pk=shop.pk).delete()
    [row] = [row for row in opened(editor_client).context["object_list"] if row.scans]
    assert (row.place, row.edit_url) == ("Phở Minh Hoạ", None)


# ---- who may see what ---------------------------------------------------------------------------


def test_whoever_is_not_signed_in_sees_nothing(client, ward):
    assert opened(client).status_code == 302


def test_a_vendor_has_no_way_to_this_screen(client, shop, django_user_model):
    client.force_login(django_user_model.objects.create_user("chuquan"))
    assert opened(client).status_code == 302


def test_staff_without_any_page_are_sent_away_and_shown_no_menu_item(client, ward, django_user_model):
    user = django_user_model.objects.create_user("xem")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert opened(client).status_code == 302
    assert reverse("plaques_admin:scans") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_menu_of_reports_leads_here(editor_client, ward):
    assert reverse("plaques_admin:scans") in editor_client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("permission", ["change_page", "publish_page"])
def test_whoever_may_edit_one_page_sees_that_page_and_what_is_under_it(
    client, shop, street, ward, django_user_model, permission
):
    counted(shop, 5)
    counted(street, 1)
    other = StandardPageFactory(parent=ward.homes["vi"])
    hidden = counted(other, 100)
    client.force_login(keeper_of(street, django_user_model, permission))
    answer = opened(client)
    assert statistics(answer).total == 6
    assert {row.scans for row in answer.context["object_list"]} == {5, 1}
    assert hidden.printed_code not in answer.content.decode()
    assert list(opened(client, code=hidden.code).context["form"].errors) == ["code"]
    assert list(opened(client, page=other.pk).context["form"].errors) == ["page"]
    assert statistics(opened(client, page=shop.pk)).total == 5
    exported = b"".join(opened(client, export="csv").streaming_content).decode()
    assert hidden.printed_code not in exported


def test_a_page_above_ones_own_cannot_be_used_to_see_its_neighbours(client, shop, street, django_user_model):
    counted(ShopPageFactory(parent=street), 100)
    counted(shop, 5)
    client.force_login(keeper_of(shop, django_user_model))
    assert list(opened(client, page=street.pk).context["form"].errors) == ["page"]
    assert statistics(opened(client)).total == 5


def test_whoever_may_see_all_counts_without_editing_gets_no_link_to_edit(client, shop, django_user_model):
    counted(shop, 5)
    user = django_user_model.objects.create_user("thongke")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_scancount"]))
    client.force_login(user)
    answer = opened(client)
    assert statistics(answer).total == 5
    assert reverse("wagtailadmin_pages:edit", args=[shop.pk]) not in answer.content.decode()


# ---- spreadsheets -------------------------------------------------------------------------------


def test_the_list_is_taken_along_as_csv_that_excel_reads(editor_client, shop, street):
    plaque = counted(shop, 5)
    counted(shop, 3, days_ago=40)
    answer = opened(editor_client, page=shop.pk, export="csv")
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert "scans-20260417-20260516.csv" in answer.headers["Content-Disposition"]
    heading, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len(heading) == 5
    assert row == ["Phở Minh Hoạ", plaque.printed_code, "5", "3", "2026-05-16 10:00:00"]


def test_no_name_of_a_page_is_run_as_a_formula(editor_client, street):
    shop = ShopPageFactory(parent=street, title='=HYPERLINK("http://x","y")')
    counted(shop, 5)
    content = b"".join(opened(editor_client, page=shop.pk, export="csv").streaming_content).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(content))
    assert row[0].startswith("'=HYPERLINK")
    book = load_workbook(io.BytesIO(b"".join(opened(editor_client, page=shop.pk, export="xlsx").streaming_content)))
    assert book.active["A2"].data_type == "s"


def test_the_workbook_has_numbers_as_numbers_and_hours_as_the_ward_knows_them(editor_client, shop):
    counted(shop, 5)
    book = load_workbook(io.BytesIO(b"".join(opened(editor_client, page=shop.pk, export="xlsx").streaming_content)))
    row = [cell.value for cell in book.active[2]]
    assert row[2:] == [5, 0, datetime(2026, 5, 16, 10, 0)]


# ---- cost ---------------------------------------------------------------------------------------


def queries_with(plaques: int, client, street) -> int:
    for _ in range(plaques):
        counted(ShopPageFactory(parent=street), 1)
    with CaptureQueriesContext(connection) as queries:
        answer = opened(client)
    assert len(answer.context["object_list"]) > plaques
    return len(queries)


@pytest.mark.parametrize("limited", [False, True])
def test_many_plaques_cost_as_many_queries_as_few(client, editor, street, django_user_model, limited):
    client.force_login(keeper_of(street, django_user_model) if limited else editor)
    opened(client)  # fills caches
    assert queries_with(20, client, street) == queries_with(2, client, street)
