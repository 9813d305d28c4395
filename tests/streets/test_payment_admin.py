"""The officers' screens: who may do what, what a form says, and what a list costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission

from streets.models import AccountState, Bank, PayeeNameRule, PaymentAccount, ShopMember
from streets.payments import payload, suspend
from streets.sealing import Number
from streets.vietqr import Transfer, build, crc16
from tests.factories import ShopPageFactory, StreetPageFactory
from tests.streets.accounts import PAYEE, SAMPLE, active, drafted, requested
from tests.streets.test_payment_pages import photo_of

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture(autouse=True)
def _lists(settings):
    translation.activate("en")
    Bank.objects.all().delete()
    PayeeNameRule.objects.all().delete()
    Bank.objects.create(bin="970403", short_name="Sacombank", name="Sacombank", source="thử")


@pytest.fixture
def people(editor, second_officer, shop, street, django_user_model):
    """Everybody who might knock, by name."""
    vendor = django_user_model.objects.create_user("chu-quan")
    ShopMember.objects.create(shop=shop.shop, user=vendor)
    elsewhere = django_user_model.objects.create_user("noi-khac")
    [group] = editor.groups.all()
    other = StreetPageFactory(parent=street.get_parent())
    own = type(group).objects.create(name="elsewhere")
    own.permissions.set(group.permissions.all())
    for permission in GroupPagePermission.objects.filter(group=group):
        GroupPagePermission.objects.create(group=own, page=other, permission=permission.permission)
    elsewhere.groups.add(own)
    return {"nobody": None, "vendor": vendor, "elsewhere": elsewhere, "requester": editor, "second": second_officer}


def sign_in(client, person) -> None:
    client.logout()
    if person is not None:
        client.force_login(person)


def is_in(response) -> bool:
    return response.status_code == 200


ALLOWED = {
    "index": {"elsewhere", "requester", "second"},
    "new": {"elsewhere", "requester", "second"},
    "show": {"elsewhere", "requester", "second"},
    "approve": {"second"},
    "refuse": {"requester", "second"},
}


@pytest.mark.parametrize("view", ALLOWED)
def test_who_gets_in_to_what(client, people, shop, editor, view):
    account = requested(shop.shop, editor)
    urls = {
        "index": reverse("payment_admin:index"),
        "new": reverse("payment_admin:new"),
        "show": reverse("payment_admin:show", args=[account.pk]),
        "approve": reverse("payment_admin:act", args=[account.pk, "approve"]),
        "refuse": reverse("payment_admin:act", args=[account.pk, "refuse"]),
    }
    for name, person in people.items():
        sign_in(client, person)
        assert is_in(client.get(urls[view])) == (name in ALLOWED[view]), (view, name)


@pytest.mark.parametrize("action", ["suspend", "revoke"])
def test_who_may_act_on_an_active_account(client, people, account, action):
    for name in ("nobody", "vendor", "elsewhere"):
        sign_in(client, people[name])
        client.post(reverse("payment_admin:act", args=[account.pk, action]), {"why": "x"})
        assert PaymentAccount.objects.get(pk=account.pk).is_active
        assert client.get(reverse("payment_admin:card", args=[account.pk, "pdf"])).status_code == 302
    sign_in(client, people["second"])
    client.post(reverse("payment_admin:act", args=[account.pk, action]), {"why": "x"})
    assert not PaymentAccount.objects.get(pk=account.pk).is_active


def test_the_full_number_is_for_whoever_may_approve_and_is_written_down(client, people, account):
    url = reverse("payment_admin:show", args=[account.pk])
    for name, person in people.items():
        sign_in(client, person)
        assert SAMPLE.account not in client.get(url).content.decode()
        may = name in {"requester", "second"}
        assert (SAMPLE.account in client.post(url).content.decode()) == may, name
    assert account.events.filter(kind="number_shown").count() == 2
    sign_in(client, people["second"])
    assert SAMPLE.account not in client.get(reverse("payment_admin:index")).content.decode()


def entered(client, shop, **said):
    form = {"shop": shop.shop.pk, "holder_kind": "household", "payee_name": PAYEE} | said
    return client.post(reverse("payment_admin:new"), form)


def test_the_form_offers_the_banks_by_name(editor_client):
    offered = editor_client.get(reverse("payment_admin:new")).content.decode()
    assert 'list="banks"' in offered
    assert f'<option value="{SAMPLE.bin}">Sacombank' in offered


def test_an_officer_pastes_a_code_with_a_scanners_line_end(editor_client, shop):
    text = build(Transfer(SAMPLE.bin, SAMPLE.account)) + "\r\n"
    assert entered(editor_client, shop, text=text, payee_name="Hộ kinh doanh Nguyễn Minh Hoạ").status_code == 302
    account = PaymentAccount.objects.get()
    assert (account.state, account.payee_name, account.number()) == ("pending", PAYEE, SAMPLE)


def test_an_officer_photographs_the_placard(editor_client, account, shop):
    other = ShopPageFactory(parent=shop.get_parent())
    assert entered(editor_client, other, photo=photo_of(account, shop)).status_code == 302
    new = PaymentAccount.objects.get(shop=other.shop)
    assert new.fingerprint == account.fingerprint
    page = editor_client.get(reverse("payment_admin:show", args=[new.pk])).content.decode()
    assert "Trùng tài khoản" in page


def test_an_officer_keeps_a_draft(editor_client, shop):
    entered(editor_client, shop, bank_bin=SAMPLE.bin, account=SAMPLE.account, draft="1")
    assert PaymentAccount.objects.get().state == AccountState.DRAFT


def with_crc(text: str) -> str:
    return text + crc16(text)


PLAIN = build(Transfer(SAMPLE.bin, SAMPLE.account))


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"text": PLAIN[:-1] + "X"}, "text", "63"),
        ({"text": "00020101021126280010A0000007750110010531484353037045802VN63040000"}, "text", "VNPAYQR"),
        ({"text": with_crc(PLAIN[:-8] + "55020256045000" + "6304")}, "text", "phụ phí"),
        ({"text": build(Transfer(SAMPLE.bin, SAMPLE.account, amount=5000))}, "text", "cố định"),
        ({"bank_bin": "970403", "account": "12-34"}, "account", "38.01.01"),
        ({"account": "1234"}, "bank_bin", "bank"),
        ({}, "__all__", "một trong ba"),
        ({"text": PLAIN, "account": "1"}, "__all__", "một trong ba"),
        ({"text": PLAIN, "payee_name": "中文"}, "payee_name", "ký tự"),
        ({"text": PLAIN, "payee_name": ""}, "payee_name", "payee"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_saved(editor_client, shop, said, field, words):
    refused = entered(editor_client, shop, **said)
    assert words in str(refused.context["form"].errors[field])
    assert not PaymentAccount.objects.exists()


def test_a_bank_nobody_knows_warns_and_is_let_through_when_it_was_checked(editor_client, shop):
    said = {"bank_bin": "999999", "account": "1234567"}
    warned = entered(editor_client, shop, **said)
    assert "999999" in str(warned.context["form"].errors["bank_is_right"])
    assert entered(editor_client, shop, **said, bank_is_right="on").status_code == 302
    assert PaymentAccount.objects.get().bank is None


def test_a_whole_life_through_the_screens(client, people, shop, editor, second_officer):
    sign_in(client, editor)
    entered(client, shop, text=PLAIN)
    account = PaymentAccount.objects.get()
    url = reverse("payment_admin:act", args=[account.pk, "approve"])
    sign_in(client, second_officer)
    assert client.post(url, {"why": ""}).status_code == 302
    account.refresh_from_db()
    assert (account.state, account.approved_by) == ("pending", second_officer)


def test_the_card_is_a_file_and_a_line_of_history(client, account, second_officer):
    client.force_login(second_officer)
    response = client.get(reverse("payment_admin:card", args=[account.pk, "pdf"]))
    assert response.content.startswith(b"%PDF")
    assert account.events.first().kind == "card_made"


def test_the_dashboard_and_the_list_show_what_payers_suspended_first(
    editor_client, account, shop, editor, second_officer
):
    active(ShopPageFactory(parent=shop.get_parent()).shop, editor, second_officer, Number("970403", "77"))
    suspend(account=account, by=None, why="Hai khách báo khác tên")
    assert "vì người trả tiền thấy khác tên" in editor_client.get(HOME).content.decode()
    listed = editor_client.get(reverse("payment_admin:index"))
    assert listed.context["accounts"][0].pk == account.pk
    assert "Người trả tiền thấy khác tên." in listed.content.decode()


def test_a_longer_list_costs_no_more_queries(editor_client, street, editor):
    url = reverse("payment_admin:index")
    requested(ShopPageFactory(parent=street).shop, editor)
    drafted(ShopPageFactory(parent=street).shop, editor)
    editor_client.get(url)
    with CaptureQueriesContext(connection) as short:
        editor_client.get(url)
    for _ in range(6):
        requested(ShopPageFactory(parent=street).shop, editor)
    with CaptureQueriesContext(connection) as long:
        editor_client.get(url)
    assert len(long) == len(short)
    assert payload(PaymentAccount.objects.first())
