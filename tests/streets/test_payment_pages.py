"""What visitors meet: the card on the page, the taps, the picture, the number, the checker."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
import zxingcpp
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from streets import daily_facts
from streets.models import NameCount, NameMismatch, PaymentAccount
from streets.name_reports import forget_old
from streets.payment_code import CardWords, card, picture, symbol_of
from streets.payments import approve, lift_suspension, payload, revoke, suspend
from streets.sealing import Number
from streets.vietqr import Transfer, build
from tests.factories import FoodVendorPageFactory
from tests.streets.accounts import PAYEE, SAMPLE, active, drafted, requested
from wardmark.base.sealing import CannotBeOpened
from wardmark.base.unseen_field import UNSEEN_FIELD
from wardmark.plaques.proof import prove

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
VNPAY = "00020101021126280010A0000007750110010531484353037045802VN6304"


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def html(client, page) -> str:
    return client.get(page.get_url()).content.decode()


def say(client, account, name, *, address="203.0.113.7", browser="Chrome", **headers):
    return client.post(
        reverse("payment:name", args=[account.serial]),
        {"name": name},
        REMOTE_ADDR=address,
        HTTP_USER_AGENT=browser,
        **(OURS | headers),
    )


def state_of(account) -> str:
    return PaymentAccount.objects.get(pk=account.pk).state


# ---- the card on the page --------------------------------------------------------------------------


def test_the_page_shows_the_name_large_the_bank_and_the_last_four_but_no_number(client, account, shop):
    shown = html(client, shop)
    assert f'<p class="payment__payee">{PAYEE}</p>' in shown
    assert "5678" in shown
    assert SAMPLE.account not in shown
    assert "paid" not in shown.lower().replace("unpaid", "")


def test_the_code_on_the_page_reads_back_to_the_account(client, account, shop):
    shown = html(client, shop)
    symbol = symbol_of(account)
    assert f'viewBox="0 0 {symbol.modules} {symbol.modules}"' in shown
    side = symbol.modules * 6
    drawn = Image.new("L", (side, side), 255)
    for x, y, length in symbol.runs():
        drawn.paste(0, (x * 6, y * 6, (x + length) * 6, (y + 1) * 6))
    [read] = zxingcpp.read_barcodes(drawn)
    assert (read.text, read.ec_level) == (payload(account), "Q")
    from wardmark.plaques.artwork.svg import symbol_path

    assert symbol_path(symbol) in shown


def test_a_shop_without_an_account_says_nothing_of_payment(client, shop):
    assert 'class="payment"' not in html(client, shop)


def test_a_waiting_account_is_not_shown_nor_blamed(client, shop, editor):
    account = requested(shop.shop, editor)
    shown = html(client, shop)
    assert "Mã đang được kiểm tra lần đầu, hãy hỏi người bán." in shown
    assert account.payee_name not in shown
    assert "payment__code" not in shown


def test_a_business_that_has_left_shows_no_account(client, account, shop):
    daily_facts.close_for_good(shop=shop.shop, since=timezone.localdate(), by=None)
    shown = html(client, shop)
    assert account.payee_name not in shown
    assert 'class="payment"' not in shown


def test_a_suspended_account_hides_its_code_on_the_page_and_everywhere(client, account, shop, editor):
    suspend(account=account, by=editor, why="Xem lại")
    shown = html(client, shop)
    assert "Mã đang được kiểm tra lại, hãy hỏi người bán." in shown
    assert "payment__code" not in shown
    for name in ("code", "number", "name"):
        assert client.get(reverse(f"payment:{name}", args=[account.serial])).status_code == 410


def test_an_approved_account_comes_onto_the_page_by_the_clock_alone(client, shop, editor, second_officer):
    account = requested(shop.shop, editor)
    approve(account=account, by=second_officer)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert account.payee_name in html(client, shop)


@pytest.mark.parametrize("factory", [None, FoodVendorPageFactory])
def test_the_card_costs_no_query_of_its_own(client, street, editor, second_officer, factory, shop):
    page = factory(parent=street) if factory else shop
    html(client, page)
    with CaptureQueriesContext(connection) as without:
        html(client, page)
    active(page.shop, editor, second_officer)
    html(client, page)
    with CaptureQueriesContext(connection) as with_card:
        html(client, page)
    assert len(with_card) == len(without)
    assert len(with_card) <= 12


def test_machines_are_told_nothing_of_the_account(client, account, shop):
    data = html(client, shop).partition("application/ld+json")[2].partition("</script>")[0]
    assert "5678" not in data
    assert PAYEE not in data


# ---- right name, other name ------------------------------------------------------------------------


def test_two_payers_who_see_another_name_suspend_the_card_alone(client, account, shop):
    assert say(client, account, "other").status_code == 302
    assert state_of(account) == "active"
    say(client, account, "other", address="198.51.100.9", browser="Safari")
    assert state_of(account) == "suspended"
    event = account.events.first()
    assert (event.kind, event.by_id) == ("suspended", None)
    assert client.get(shop.get_url()).status_code == 200


def test_one_who_taps_twice_is_one(client, account):
    for _ in range(3):
        say(client, account, "other")
    assert state_of(account) == "active"
    assert NameMismatch.objects.count() == 1


def test_two_on_either_side_of_midnight_count_and_one_does_not_become_two(client, account):
    late = timezone.now().replace(hour=16, minute=50) + timedelta(days=1)
    with time_machine.travel(late, tick=False):
        say(client, account, "other")
    with time_machine.travel(late + timedelta(minutes=30), tick=False):
        say(client, account, "other")
        assert state_of(account) == "active"
        say(client, account, "other", address="198.51.100.9")
    assert state_of(account) == "suspended"


def test_two_further_apart_than_a_day_do_not_suspend(client, account):
    say(client, account, "other")
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        say(client, account, "other", address="198.51.100.9")
    assert state_of(account) == "active"


def test_a_match_is_counted_and_nothing_else(client, account):
    for n in range(3):
        say(client, account, "same", address=f"203.0.113.{n}")
    assert NameCount.objects.get().times == 3
    assert not NameMismatch.objects.exists()
    assert state_of(account) == "active"


def test_after_a_suspension_was_lifted_counting_begins_anew(client, account, editor, second_officer):
    say(client, account, "other")
    suspend(account=account, by=editor, why="Xem lại")
    lift_suspension(account=account, by=second_officer, why="Đúng tên")
    say(client, account, "other", address="198.51.100.9")
    assert state_of(account) == "active"


def test_one_network_does_not_suspend_shop_after_shop(client, street, editor, second_officer):
    accounts = [active(FoodVendorPageFactory(parent=street).shop, editor, second_officer) for _ in range(4)]
    for account in accounts:
        for browser in ("Chrome", "Safari"):
            say(client, account, "other", browser=browser)
    assert [state_of(one) for one in accounts] == ["suspended", "suspended", "active", "active"]


def test_only_our_own_pages_are_heard_and_no_program_that_fills_every_field(client, account):
    assert say(client, account, "other", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert say(client, account, "nonsense").status_code == 400
    url = reverse("payment:name", args=[account.serial])
    filled_in = client.post(url, {"name": "other", UNSEEN_FIELD: "x"}, **OURS)
    assert filled_in.status_code == 422
    assert "tap once more" in filled_in.content.decode()
    assert not NameMismatch.objects.exists()


def test_nothing_of_a_visitor_is_kept_and_hashes_go_after_a_day(client, account):
    say(client, account, "other", address="203.0.113.7", browser="Very Special Browser")
    row = str(NameMismatch.objects.values().get())
    assert "203.0.113.7" not in row
    assert "Special" not in row
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=False):
        forget_old()
    assert not NameMismatch.objects.exists()


def test_behind_a_proxy_of_ours_its_word_counts_and_nobody_elses(client, account, settings):
    settings.BEHIND_PROXY = True
    for forged in ("1.1.1.1", "2.2.2.2", "3.3.3.3"):
        say(client, account, "other", HTTP_X_FORWARDED_FOR=f"{forged}, 203.0.113.7")
    assert NameMismatch.objects.count() == 1


# ---- the picture and the number --------------------------------------------------------------------


def test_the_picture_is_a_download_that_reads_back_and_is_asked_for_each_time(client, account):
    response = client.get(reverse("payment:code", args=[account.serial]))
    assert response.headers["Content-Type"] == "image/png"
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-cache" in response.headers["Cache-Control"]
    [read] = zxingcpp.read_barcodes(Image.open(BytesIO(response.content)))
    assert read.text == payload(account)
    again = client.get(reverse("payment:code", args=[account.serial]), HTTP_IF_NONE_MATCH=response.headers["ETag"])
    assert again.status_code == 304


def test_a_picture_kept_by_a_browser_is_not_confirmed_once_it_is_suspended(client, account, editor):
    mark = client.get(reverse("payment:code", args=[account.serial])).headers["ETag"]
    suspend(account=account, by=editor, why="Xem lại")
    response = client.get(reverse("payment:code", args=[account.serial]), HTTP_IF_NONE_MATCH=mark)
    assert response.status_code == 410


@pytest.mark.parametrize("query", ["", "?as=text"])
def test_the_number_is_told_on_demand_and_stored_nowhere(client, account, query):
    response = client.get(reverse("payment:number", args=[account.serial]) + query)
    assert SAMPLE.account in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["VERY LONG " * 6, PAYEE, "HKD A"])
@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_a_counter_card_reads_back_at_print_size(kind, name, shop, editor, second_officer):
    account = active(shop.shop, editor, second_officer, payee_name=name, holder_kind="person")
    words = CardWords("Quán Thử", "Phường Thử", "PT", "https://cg.example/q/7K3M9XP", "7K3M9XP")
    file = card(account, words, kind)
    assert prove(file, kind, payload(account), level="Q").level == "Q"
    assert SAMPLE.account.encode() not in file


# ---- the checker -----------------------------------------------------------------------------------


def check(client, text="", *, shop=None, photo=None):
    sent = {"text": text} | ({"shop": shop.shop.pk} if shop else {}) | ({"photo": photo} if photo else {})
    response = client.post(reverse("payment:check"), sent)
    assert SAMPLE.account not in response.content.decode().replace(text, "") or not text
    return response


def verdicts(response) -> list[str]:
    return [one.verdict.value for one in response.context.get("found", [])]


def test_the_shops_own_code_matches(client, account, shop):
    response = check(client, payload(account) + "\r\n", shop=shop)
    assert verdicts(response) == ["matches"]
    assert SAMPLE.account not in response.content.decode()


def test_another_account_an_old_one_and_one_nobody_knows(client, account, shop, editor, second_officer):
    foreign = build(Transfer("970436", "1234567890"))
    assert verdicts(check(client, foreign, shop=shop)) == ["other"]
    assert verdicts(check(client, foreign)) == ["unknown"]
    assert verdicts(check(client, payload(account))) == ["known"]
    newer = active(shop.shop, editor, second_officer, Number("970403", "999900001111"))
    response = check(client, payload(account), shop=shop)
    assert verdicts(response) == ["old"]
    assert "do not pay" in response.content.decode()
    assert verdicts(check(client, payload(newer), shop=shop)) == ["matches"]


@pytest.mark.parametrize("typed", ["{0}", "tk {0}", "TK-{0}"])
def test_the_serial_of_a_card_is_answered_old_once_it_is(client, account, shop, editor, typed):
    typed = typed.format(account.serial.lower())
    assert verdicts(check(client, typed, shop=shop)) == ["matches"]
    suspend(account=account, by=editor, why="Xem lại")
    assert verdicts(check(client, typed, shop=shop)) == ["checked"]
    revoke(account=account, by=editor, why="Đóng")
    assert verdicts(check(client, typed, shop=shop)) == ["old"]


def test_the_same_account_in_a_new_version_still_matches(client, account, shop, editor, second_officer):
    newer = active(shop.shop, editor, second_officer, payee_name="HKD MINH HOA")
    assert verdicts(check(client, payload(newer), shop=shop)) == ["matches"]
    assert verdicts(check(client, account.serial, shop=shop)) == ["old"]


def test_a_code_with_a_surcharge_is_never_said_to_be_the_shops(client, account, shop):
    from streets.vietqr import crc16

    text = payload(account)[:-8] + "55020256045000" + "6304"
    assert verdicts(check(client, text + crc16(text), shop=shop)) == ["altered"]


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (VNPAY + "0000", "not_vietqr", "VNPAYQR"),
        ("https://cg.example/q/7K3M9XP", "plaque", "asks for no money"),
        ("https://elsewhere.example/", "not_vietqr", "not a payment code"),
        ("000201010211", "not_vietqr", "63"),
    ],
)
def test_what_is_no_vietqr_is_named(client, text, verdict, said):
    response = check(client, text)
    assert verdicts(response) == [verdict]
    assert said in response.content.decode()


def photo_of(account, shop) -> SimpleUploadedFile:
    picture_ = Image.open(BytesIO(picture(account, CardWords(shop.title)))).convert("RGB").rotate(3, fillcolor="white")
    buffer = BytesIO()
    picture_.save(buffer, "JPEG", quality=70)
    return SimpleUploadedFile("placard.jpg", buffer.getvalue(), content_type="image/jpeg")


def test_a_photo_is_read_and_not_kept(client, account, shop, settings):
    response = check(client, shop=shop, photo=photo_of(account, shop))
    assert verdicts(response) == ["matches"]
    from pathlib import Path

    uploads = Path(settings.MEDIA_ROOT)
    assert not uploads.exists() or not any(path.is_file() for path in uploads.rglob("*"))


def test_a_photo_without_a_code_and_one_that_is_none(client, shop):
    buffer = BytesIO()
    Image.new("RGB", (200, 200), "white").save(buffer, "JPEG")
    assert verdicts(check(client, photo=SimpleUploadedFile("x.jpg", buffer.getvalue()))) == ["no_code"]
    broken = check(client, photo=SimpleUploadedFile("x.jpg", buffer.getvalue()[:200]))
    assert broken.status_code == 422
    assert check(client).status_code == 422


def test_photos_are_read_so_often_a_minute(client, account, shop, monkeypatch):
    monkeypatch.setattr("streets.payment_views.MOST_PHOTOS_PER_MINUTE", 1)
    cache.clear()
    photos = [photo_of(account, shop) for _ in range(3)]
    with time_machine.travel(timezone.now().replace(second=0), tick=False) as clock:
        assert [check(client, photo=photo).status_code for photo in photos[:2]] == [200, 429]
        clock.shift(60)
        assert check(client, photo=photos[2]).status_code == 200


def test_a_draft_is_known_to_nobody_outside(client, shop, editor):
    account = drafted(shop.shop, editor)
    assert verdicts(check(client, account.serial)) == ["checked"]
    assert account.payee_name not in check(client, account.serial).content.decode()


@pytest.fixture
def lost_key(monkeypatch):
    def lost(token, *, serial):
        raise CannotBeOpened(serial)

    monkeypatch.setattr("streets.models.payment_accounts.unseal", lost)


def test_a_lost_key_takes_the_code_away_and_not_the_page(client, account, shop, lost_key):
    cache.clear()
    page = client.get(shop.url)
    assert page.status_code == 200
    assert 'class="payment__code"' not in page.content.decode()
    for view in ("code", "number"):
        assert client.get(reverse(f"payment:{view}", args=[account.serial])).status_code == 410


def test_the_code_of_a_business_that_has_left_is_given_to_nobody(client, account, monkeypatch):
    monkeypatch.setattr("streets.models.Shop.has_left_by", lambda shop, day: True)
    for view in ("code", "number", "name"):
        assert client.get(reverse(f"payment:{view}", args=[account.serial])).status_code == 410
