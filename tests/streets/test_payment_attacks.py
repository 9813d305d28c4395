"""Accounts of shops that have left, lost keys, forged questions, odd files: what must neither mislead nor break."""

import logging
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from PIL import Image

from streets import payment_code
from streets.models import Closure, NameVerdict, PaymentAccount
from streets.name_reports import say_name
from streets.payments import NotPossible, approve, draft, lift_suspension, payload, request, suspend
from streets.sealing import Number
from streets.suspension_mail import tell_officers
from streets.vietqr import Transfer, build
from tests.streets.accounts import PAYEE, SAMPLE, requested
from tests.streets.test_payment_pages import check, html, state_of, verdicts
from wardmark.base.passers_by import Visitor
from wardmark.plaques.proof import NotProved

pytestmark = pytest.mark.django_db
PUBLIC = ("payment:code", "payment:number", "payment:name")


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")
    cache.clear()


def leaves(shop, closure=Closure.FOR_GOOD) -> None:
    shop.closure, shop.closed_since = closure, timezone.localdate() - timedelta(days=1)
    shop.save()


# ---- shops that have left, pages that are gone ------------------------------------------------------


@pytest.mark.parametrize("view", PUBLIC)
def test_a_business_that_has_left_gives_neither_code_nor_number(client, account, shop, view):
    leaves(shop.shop)
    response = client.get(reverse(view, args=[account.serial]))
    assert response.status_code == 410
    assert "no-store" in response.headers["Cache-Control"]
    assert SAMPLE.account not in response.content.decode()


@pytest.mark.parametrize("view", PUBLIC)
def test_a_shop_without_an_open_page_gives_neither_code_nor_number(client, account, shop, view):
    for page in shop.get_translations(inclusive=True):
        page.unpublish()
    assert client.get(reverse(view, args=[account.serial])).status_code == 410


def test_the_card_of_a_business_that_has_left_is_not_to_be_paid_to(client, account, shop):
    leaves(shop.shop)
    for typed in (payload(account), account.serial):
        assert verdicts(check(client, typed, shop=shop)) == ["old"]
        assert verdicts(check(client, typed)) == ["old"]


def test_no_counter_card_is_made_for_a_business_that_has_left(editor_client, account, shop):
    leaves(shop.shop)
    assert editor_client.get(reverse("payment_admin:card", args=[account.pk, "pdf"])).status_code == 404


def test_all_pages_deleted_no_view_breaks(client, editor_client, account, shop):
    for page in shop.get_translations(inclusive=True):
        page.delete()
    for view in PUBLIC:
        assert client.get(reverse(view, args=[account.serial])).status_code == 410
    assert client.get(reverse("payment:thanks", args=[account.serial, "other"])).status_code == 200
    assert check(client, payload(account)).status_code == 200
    assert editor_client.get(reverse("payment_admin:index")).status_code == 200
    assert editor_client.get(reverse("payment_admin:show", args=[account.pk])).status_code == 200


def test_a_draft_in_one_language_is_not_named_by_the_checker(client, account, shop):
    english = shop.get_translations().get()
    english.title = "Secret Draft"
    english.save()
    english.unpublish()
    url = reverse("payment:check")
    for response in (client.get(f"{url}?shop={shop.shop.pk}"), check(client, payload(account), shop=shop)):
        assert "Secret Draft" not in response.content.decode()
        assert shop.title in response.content.decode()
    assert "Secret Draft" not in check(client, payload(account)).content.decode()
    for view in ("payment:number", "payment:name"):
        assert "Secret Draft" not in client.get(reverse(view, args=[account.serial])).content.decode()
    assert "Secret Draft" not in client.get(reverse("payment:thanks", args=[account.serial, "same"])).content.decode()


# ---- what the ward has not confirmed -----------------------------------------------------------------


def test_a_shop_whose_first_account_waits_cannot_be_contradicted(client, shop, editor):
    requested(shop.shop, editor)
    assert verdicts(check(client, build(Transfer("970436", "1234567890")), shop=shop)) == ["unknown"]


def test_the_checker_knows_by_the_clock_alone_which_account_is_paid_to(client, account, shop, editor, second_officer):
    newer = Number("970403", "999900001111")
    approve(account=requested(shop.shop, editor, newer), by=second_officer)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert verdicts(check(client, payload(account))) == ["old"]
        assert verdicts(check(client, build(Transfer(newer.bin, newer.account)))) == ["known"]


def test_a_kept_page_is_made_anew_when_the_next_account_becomes_active(
    client, settings, account, shop, editor, second_officer
):
    settings.PAGE_CACHE_SECONDS = 300
    account = requested(shop.shop, editor, Number("970403", "999900001111"))
    approve(account=account, by=second_officer)
    with time_machine.travel(account.requested_at + timedelta(hours=24, seconds=-60), tick=False) as clock:
        assert SAMPLE.last_four in html(client, shop)
        clock.shift(61)
        shown = html(client, shop)
    assert "1111" in shown
    assert SAMPLE.last_four not in shown


# ---- two people -------------------------------------------------------------------------------------


def test_whoever_entered_it_does_not_lift_what_visitors_suspended(shop, editor, second_officer, django_user_model):
    third = django_user_model.objects.create_user("bientap3")
    with time_machine.travel(timezone.now() - timedelta(hours=25), tick=False):
        account = draft(shop=shop.shop, number=SAMPLE, payee_name=PAYEE, holder_kind="household", by=editor)
        request(account=account, by=second_officer)
    approve(account=account, by=third)
    suspend(account=account, by=None, why="Hai người")
    for person in (editor, second_officer):
        with pytest.raises(NotPossible):
            lift_suspension(account=account, by=person, why="Đúng")
    lift_suspension(account=account, by=third, why="Đã xem")
    assert state_of(account) == "active"


def test_officers_with_an_address_are_told_what_visitors_suspended(
    account, second_officer, mailoutbox, django_capture_on_commit_callbacks
):
    second_officer.email = "bientap2@example.org"
    second_officer.save()
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(2):
            visitor = Visitor(f"203.0.113.{n}", "Chrome")
            say_name(account=account, verdict=NameVerdict.OTHER, visitor=visitor)
    assert not mailoutbox, "a payer waits for no mail server"
    [queued] = DBTaskResult.objects.filter(task_path="streets.suspension_mail.tell_officers")
    tell_officers.func(*queued.args_kwargs["args"])
    [mail] = mailoutbox
    assert mail.to == ["bientap2@example.org"]
    assert account.printed_serial in mail.body
    assert SAMPLE.account not in mail.body
    assert "203.0.113" not in mail.body


def test_a_deactivated_officer_is_let_in_nowhere(editor_client, editor, account):
    editor.is_active = False
    editor.save()
    for url in (
        reverse("payment_admin:index"),
        reverse("payment_admin:show", args=[account.pk]),
        reverse("payment_admin:act", args=[account.pk, "suspend"]),
        reverse("payment_admin:card", args=[account.pk, "pdf"]),
    ):
        assert editor_client.get(url).status_code == 302
    editor_client.post(reverse("payment_admin:act", args=[account.pk, "suspend"]), {"why": "x"})
    assert state_of(account) == "active"


# ---- keys, proofs, logs -------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [[Fernet.generate_key().decode()], []])
def test_without_its_key_the_page_stays_open_and_shows_no_code(client, settings, account, shop, keys):
    settings.SEALING_KEYS, settings.SEALING_KEYS_REQUIRED = keys, True
    shown = html(client, shop.get_translations().get())
    assert "payment__code" not in shown
    for view in ("payment:code", "payment:number"):
        response = client.get(reverse(view, args=[account.serial]))
        assert response.status_code == 410
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("keys", [[Fernet.generate_key().decode()], []])
def test_without_its_key_a_shops_own_code_is_not_called_anothers(client, settings, account, shop, keys):
    own = payload(account)
    settings.SEALING_KEYS, settings.SEALING_KEYS_REQUIRED = keys, True
    assert verdicts(check(client, own, shop=shop)) == ["checked"]


def test_without_any_key_the_form_says_so_and_nothing_is_saved(editor_client, settings, shop):
    settings.SEALING_KEYS, settings.SEALING_KEYS_REQUIRED = [], True
    typed = {"shop": shop.shop.pk, "holder_kind": "household", "payee_name": PAYEE, "bank_is_right": "1"}
    url = reverse("payment_admin:new")
    response = editor_client.post(url, typed | {"bank_bin": SAMPLE.bin, "account": SAMPLE.account})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not PaymentAccount.objects.exists()


def test_without_its_key_an_officer_reads_why_there_is_no_counter_card(editor_client, settings, account):
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    response = editor_client.get(reverse("payment_admin:card", args=[account.pk, "pdf"]), follow=True)
    [(where, _status)] = response.redirect_chain
    assert where == reverse("payment_admin:show", args=[account.pk])
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not account.events.filter(kind="card_made").exists()


@pytest.mark.parametrize("view", ["payment:code", "payment_admin:card"])
def test_a_code_that_cannot_be_proved_writes_no_number_into_a_log(editor_client, account, monkeypatch, caplog, view):
    def fails(_artwork, _kind, text, **_how):
        raise NotProved(f"{text}: in its PNG 0 symbols were found, not one")

    monkeypatch.setattr(payment_code, "prove", fails)
    editor_client.raise_request_exception = False
    where = [account.serial] if view == "payment:code" else [account.pk, "pdf"]
    with caplog.at_level(logging.DEBUG):
        response = editor_client.get(reverse(view, args=where))
    assert response.status_code < 500
    assert account.printed_serial in caplog.text
    assert SAMPLE.account not in caplog.text


# ---- odd questions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["abc", "-1", "0", "9" * 17, "9" * 400, "١٢", "1 OR 1=1", "1.0", "%00", ""])
def test_forged_shops_are_nobody(client, account, asked):
    url = reverse("payment:check")
    assert client.get(f"{url}?shop={asked}").context["shop"] is None
    assert client.head(f"{url}?shop={asked}").status_code == 200
    response = client.post(url, {"text": payload(account), "shop": asked})
    assert verdicts(response) == ["known"]


@pytest.mark.parametrize("text", ["\x00", "0002\x00", "\u202e" * 50, "9" * 1001, "0" * 1000, "𝟘𝟘𝟘𝟚" * 100, "TK-" * 300])
def test_forged_texts_are_answered(client, shop, text):
    assert client.post(reverse("payment:check"), {"text": text, "shop": shop.shop.pk}).status_code in {200, 422}


@pytest.mark.parametrize(
    ("view", "method"),
    [
        *((view, method) for view in PUBLIC for method in ("put", "delete", "patch", "options")),
        *((view, "post") for view in PUBLIC if view != "payment:name"),
    ],
)
def test_other_methods_are_refused(client, account, view, method):
    assert getattr(client, method)(reverse(view, args=[account.serial])).status_code == 405


@pytest.mark.parametrize("view", PUBLIC)
def test_heads_and_serials_of_nobody(client, account, view):
    assert client.head(reverse(view, args=[account.serial])).status_code == 200
    assert client.get(reverse(view, args=["0000000"])).status_code == 404
    assert client.get(reverse(view, args=["x" * 300])).status_code == 404
    assert PaymentAccount.objects.get(pk=account.pk).events.filter(kind="suspended").count() == 0


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=a%00b", "?state=%00", "?state=nowhere", "?q=%F0%9F%92%A9", "?q=" + "a" * 3000, "?p=%00"]
)
def test_the_officers_list_stands_odd_questions(editor_client, account, query):
    assert editor_client.get(reverse("payment_admin:index") + query).status_code in {200, 404}


@pytest.mark.parametrize(
    "path", ["9" * 30 + "/", "9" * 30 + "/suspend/", "9" * 30 + "/card.pdf", "0/", "new/?shop=%00x"]
)
def test_the_officers_screens_stand_odd_addresses(editor_client, account, path):
    assert editor_client.get(reverse("payment_admin:index") + path).status_code in {200, 404}


# ---- odd files ------------------------------------------------------------------------------------------


def file_of(picture: Image.Image, kind: str, **how) -> SimpleUploadedFile:
    buffer = BytesIO()
    picture.save(buffer, kind, **how)
    return SimpleUploadedFile(f"anh.{kind.lower()}", buffer.getvalue())


def qr(account) -> Image.Image:
    symbol = payment_code.symbol_of(account)
    png = payment_code.picture(account, payment_code.CardWords("Quán"))
    assert symbol.modules
    return Image.open(BytesIO(png)).convert("L")


def test_a_code_on_a_transparent_ground_is_read(client, account, shop):
    ground = Image.new("RGBA", qr(account).size, (0, 0, 0, 0))
    ground.putalpha(qr(account).point(lambda grey: 255 - grey))
    assert verdicts(check(client, shop=shop, photo=file_of(ground, "PNG"))) == ["matches"]


@pytest.mark.parametrize("mode", ["1", "P", "LA", "I;16", "CMYK"])
def test_pictures_of_every_kind_are_read(client, account, shop, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = (
        qr(account).point(lambda grey: grey * 257, "I").convert("I;16") if mode == "I;16" else qr(account).convert(mode)
    )
    assert verdicts(check(client, shop=shop, photo=file_of(picture, kind))) == ["matches"]


@pytest.mark.parametrize(
    "sent",
    [
        ("bomb.png", lambda: file_of(Image.new("1", (30_000, 30_000)), "PNG").read()),
        ("tall.png", lambda: file_of(Image.new("L", (1, 60_000)), "PNG").read()),
        ("tiny.png", lambda: file_of(Image.new("L", (1, 1)), "PNG").read()),
        ("a.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("a.jpg", lambda: b"GIF89a" + b"\xff" * 100),
        ("a.gif", lambda: b"GIF89a\x01\x00\x01\x00\x80\x00\x00"),
        ("a.jpg", lambda: b""),
        ("a" * 300 + ".jpg", lambda: b"x"),
        ("../../a.jpg", lambda: b"\xff\xd8\xff\xe1\xff\xffExif\x00\x00"),
    ],
)
def test_odd_files_are_answered(client, shop, sent):
    name, make = sent
    response = client.post(reverse("payment:check"), {"photo": SimpleUploadedFile(name, make()), "shop": shop.shop.pk})
    assert response.status_code in {200, 422}
