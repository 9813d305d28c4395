"""What a vendor sends besides changes: papers, answers to inspections, and another account to be paid to."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from streets.food_card import food_card
from streets.inspections import vet_reply
from streets.models import (
    AccountState,
    Inspection,
    InspectionReply,
    LegalDocument,
    MemberRole,
    PaymentAccount,
    ReplyState,
    SentPaper,
    ShopMember,
)
from streets.models.shops import PaymentStanding
from streets.payments import NotPossible, activate_if_due, approve, disown, lift_suspension
from streets.placard_check import Verdict, check_text
from streets.sealing import Number
from streets.sent_papers import PaperNotTaken, refuse_paper, send_paper, take_paper, withdraw_paper
from streets.suspension_mail import tell_officers
from tests.factories import BankFactory, FoodVendorPageFactory
from tests.streets.accounts import PAYEE, SAMPLE, active, requested

pytestmark = pytest.mark.django_db

OTHER = Number("970403", "0011012345999")


def photo(kind: str = "JPEG", name: str = "a.jpg", **options) -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, kind, **options)
    return SimpleUploadedFile(name, kept.getvalue())


@pytest.fixture
def vendor(django_user_model):
    return django_user_model.objects.create_user("chuquan", password="chuquan-1")


@pytest.fixture
def page(street, vendor):
    page = FoodVendorPageFactory(parent=street, title="Phở Của Tôi")
    ShopMember.objects.create(shop=page.shop, user=vendor)
    return page


@pytest.fixture
def shop(page):
    return page.shop


@pytest.fixture
def vendor_client(client, vendor, page):
    client.force_login(vendor)
    return client


def address(shop, name, *args) -> str:
    return reverse(f"portal:{name}", args=[shop.page_key, *args])


# ---- papers ------------------------------------------------------------------------------------------


def sent(vendor_client, shop, **values):
    form = {"kind": "commitment", "issued_on": "2026-01-05", "file": photo()} | values
    return vendor_client.post(address(shop, "papers"), form)


def test_a_photographed_paper_waits_and_is_told_to_nobody(vendor_client, shop):
    assert sent(vendor_client, shop).status_code == 302
    [paper] = SentPaper.objects.all()
    assert (paper.state, paper.file.name.startswith("food-safety/")) == ("waiting", True)
    assert not LegalDocument.objects.exists()
    assert food_card(shop.pk).papers == []


def test_the_camera_s_notes_are_taken_out_of_a_paper(vendor_client, shop):
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    sent(vendor_client, shop, file=photo(exif=exif.tobytes()))
    with Image.open(SentPaper.objects.get().file.open()) as kept:
        assert not kept.getexif()


def test_a_phone_s_own_kind_of_picture_becomes_one_that_officers_can_open(vendor_client, shop):
    sent(vendor_client, shop, file=photo("HEIF", "IMG_1.heic"))
    assert SentPaper.objects.get().file.name.endswith(".jpg")


@pytest.mark.parametrize(
    "wrong",
    [
        {"file": SimpleUploadedFile("a.pdf", b"no pdf")},
        {"file": SimpleUploadedFile("a.jpg", b"<script>")},
        {"issued_on": "2126-01-01"},
        {"issued_on": "2026-01-05", "expires_on": "2025-01-05"},
        {"kind": "licence to print money"},
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_kept(wrong, vendor_client, shop):
    answer = sent(vendor_client, shop, **wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not SentPaper.objects.exists()


def test_only_so_many_papers_wait_at_once(vendor_client, shop, monkeypatch):
    monkeypatch.setattr("streets.sent_papers.MOST_WAITING", 1)
    sent(vendor_client, shop)
    assert sent(vendor_client, shop).status_code == 422
    assert SentPaper.objects.count() == 1


def test_who_may_not_tell_sends_no_paper_and_in_a_dispute_nobody(shop, vendor, django_user_model):
    staff = django_user_model.objects.create_user("nhanvien")
    ShopMember.objects.create(shop=shop, user=staff, role=MemberRole.STAFF)
    facts = {"shop": shop, "kind": "commitment", "file": photo(), "issued_on": timezone.localdate()}
    with pytest.raises(PermissionDenied):
        send_paper(by=staff, **facts)
    type(shop).objects.update(disputed_since=timezone.now())
    with pytest.raises(PaperNotTaken):
        send_paper(by=vendor, **facts)


def waiting_paper(shop, vendor, **facts) -> SentPaper:
    given = {"kind": "commitment", "issued_on": timezone.localdate()} | facts
    return send_paper(shop=shop, by=vendor, file=photo(), **given)


def test_an_officer_takes_a_paper_over_with_its_file(client, editor, shop, vendor):
    paper = waiting_paper(shop, vendor, number="12/CK")
    client.force_login(editor)
    assert [row.what for row in client.get(reverse("food_safety:waiting")).context["to_take"]] == [paper]
    assert client.get(reverse("food_safety:sent_file", args=[paper.pk])).status_code == 200
    there = reverse("food_safety:take_paper", args=[paper.pk])
    form = client.get(there).context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"holder": "Phở Của Tôi", "authority": "Phường"}
    answer = client.post(there, said)
    [document] = LegalDocument.objects.all()
    assert answer.headers["Location"] == reverse("food_document:edit", args=[document.pk])
    paper.refresh_from_db()
    assert (document.number, document.verified_on, document.recorded_by) == ("12/CK", None, editor)
    assert (paper.state, paper.document, paper.file.name) == ("taken", document, "")
    assert document.file.storage.exists(document.file.name)


def test_a_paper_that_cannot_be_is_not_taken_over_and_goes_on_waiting(shop, vendor, editor):
    paper = waiting_paper(shop, vendor, kind="certificate")
    with pytest.raises(PaperNotTaken):
        take_paper(paper=paper, by=editor, holder="Phở Của Tôi")
    paper.refresh_from_db()
    assert paper.is_waiting


def test_a_refused_paper_tells_the_shop_why_and_its_photo_is_gone(
    vendor_client, editor, shop, vendor, django_capture_on_commit_callbacks
):
    paper = waiting_paper(shop, vendor)
    name, storage = paper.file.name, paper.file.storage
    assert storage.exists(name)
    with pytest.raises(PaperNotTaken):
        refuse_paper(paper=paper, by=editor, why=" ")
    with django_capture_on_commit_callbacks(execute=True):
        refuse_paper(paper=paper, by=editor, why="Ảnh mờ, không đọc được.")
    assert not storage.exists(name)
    home = address(shop, "shop")
    assert "Ảnh mờ, không đọc được." in vendor_client.get(home).content.decode()
    vendor_client.post(address(shop, "read"))
    assert "Ảnh mờ, không đọc được." not in vendor_client.get(home).content.decode()
    assert "Ảnh mờ, không đọc được." in vendor_client.get(address(shop, "papers")).content.decode()


def test_a_paper_is_taken_back_before_anybody_looked(vendor_client, shop, vendor, django_capture_on_commit_callbacks):
    paper = waiting_paper(shop, vendor)
    name, storage = paper.file.name, paper.file.storage
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        vendor_client.post(address(shop, "paper_withdraw", paper.pk))
    paper.refresh_from_db()
    assert (paper.state, paper.file.name) == ("withdrawn", "")
    assert not storage.exists(name)
    with pytest.raises(PaperNotTaken):
        withdraw_paper(paper=paper, by=vendor)


@pytest.mark.parametrize("name", ["sent_file", "take_paper", "refuse_paper"])
def test_only_officers_who_keep_papers_of_this_shop_see_what_was_sent(name, vendor_client, shop, vendor):
    paper = waiting_paper(shop, vendor)
    assert vendor_client.get(reverse(f"food_safety:{name}", args=[paper.pk])).status_code in (302, 403)
    paper.refresh_from_db()
    assert paper.is_waiting


# ---- inspections -------------------------------------------------------------------------------------


@pytest.fixture
def inspection(shop, editor, second_officer):
    """Finalised today: in standstill, seen by the shop and not by visitors."""
    today = timezone.localdate()
    return Inspection.objects.create(
        shop=shop,
        kind="planned",
        decision_number="1",
        decision_date=today,
        inspected_on=today,
        team="Đoàn thử",
        outcome="pass",
        note="Ghi chú nội bộ",
        recorded_by=editor,
        finalised_on=today,
        finalised_by=second_officer,
    )


def test_a_record_in_standstill_is_read_and_answered_by_the_shop(
    vendor_client, shop, vendor, inspection, second_officer
):
    html = vendor_client.get(address(shop, "inspections")).content.decode()
    assert address(shop, "answer", inspection.pk) in html
    there = address(shop, "answer", inspection.pk)
    assert "Ghi chú nội bộ" not in vendor_client.get(there).content.decode()
    assert vendor_client.post(there, {"words": "Chúng tôi đã sửa ngay."}).status_code == 302
    [answer] = InspectionReply.objects.all()
    assert (answer.state, answer.written_by, answer.inspection) == (ReplyState.WAITING, vendor, inspection)
    assert food_card(shop.pk).inspections == []
    vet_reply(reply=answer, accept=True, by=second_officer)
    assert vendor_client.post(there, {"words": "Còn nữa."}).status_code == 422
    assert InspectionReply.objects.count() == 1


def test_a_refused_answer_is_told_with_its_reason_and_another_one_may_follow(
    vendor_client, shop, inspection, second_officer
):
    there = address(shop, "answer", inspection.pk)
    vendor_client.post(there, {"words": "Cán bộ tên X sai."})
    vet_reply(reply=InspectionReply.objects.get(), accept=False, by=second_officer, why="Nêu tên người.")
    assert "Nêu tên người." in vendor_client.get(address(shop, "inspections")).content.decode()
    assert vendor_client.post(there, {"words": "Chúng tôi đã sửa."}).status_code == 302


def test_an_empty_or_too_long_answer_is_refused_and_kept(vendor_client, shop, inspection):
    for words in ("", "x" * 501):
        answer = vendor_client.post(address(shop, "answer", inspection.pk), {"words": words})
        assert answer.status_code == 422
        assert answer.context["form"]["words"].value() == words


def test_a_record_that_is_still_being_written_is_nobody_s_in_the_portal(vendor_client, shop, inspection, editor):
    today = timezone.localdate()
    draft = Inspection.objects.create(
        shop=shop,
        kind="planned",
        decision_number="2",
        decision_date=today,
        inspected_on=today,
        team="X",
        outcome="pass",
    )
    assert vendor_client.get(address(shop, "answer", draft.pk)).status_code == 404


# ---- the account that guests pay to ------------------------------------------------------------------


@pytest.fixture
def account(shop, editor, second_officer):
    account = active(shop, editor, second_officer)
    shop.refresh_from_db()
    return account


def ask(vendor_client, shop, **values):
    form = {"bank": BankFactory().pk, "account": OTHER.account, "payee_name": PAYEE, "holder_kind": "household"}
    return vendor_client.post(address(shop, "payment_new"), form | values)


def test_an_account_asked_for_by_the_shop_hides_the_code_of_before_until_a_second_person_has_looked(
    vendor_client, page, shop, account, second_officer
):
    assert "payment__code" in vendor_client.get(page.get_url()).content.decode()
    assert ask(vendor_client, shop).status_code == 302
    shop.refresh_from_db()
    assert (shop.payment_standing, shop.active_account) == (PaymentStanding.CHANGING, None)
    html = vendor_client.get(page.get_url()).content.decode()
    assert "payment__code" not in html
    assert 'class="payment"' in html
    for name in ("payment:code", "payment:number", "payment:name"):
        assert vendor_client.get(reverse(name, args=[account.serial])).status_code == 410
    assert check_text(account.printed_serial, shop=shop).verdict == Verdict.CHECKED
    [waiting] = PaymentAccount.objects.filter(state=AccountState.PENDING)
    approve(account=waiting, by=second_officer)
    assert not activate_if_due(shop=shop)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert activate_if_due(shop=shop)
    shop.refresh_from_db()
    assert (shop.payment_standing, shop.active_account) == (PaymentStanding.ACTIVE, waiting)


def test_an_account_entered_by_an_officer_leaves_the_page_as_it_is(shop, account, editor):
    requested(shop, editor, OTHER)
    shop.refresh_from_db()
    assert (shop.payment_standing, shop.active_account) == (PaymentStanding.ACTIVE, account)


def test_the_code_is_shown_again_once_the_request_is_taken_back(vendor_client, shop, account):
    ask(vendor_client, shop)
    [waiting] = PaymentAccount.objects.filter(state=AccountState.PENDING)
    vendor_client.post(address(shop, "payment_withdraw", waiting.serial))
    shop.refresh_from_db()
    waiting.refresh_from_db()
    assert (waiting.state, shop.active_account) == (AccountState.REVOKED, account)


def test_the_shop_s_own_people_are_no_second_person(shop, vendor, account, second_officer):
    waiting = requested(shop, vendor, OTHER)
    ShopMember.objects.create(shop=shop, user=second_officer, role=MemberRole.STAFF, ended_at=timezone.now())
    with pytest.raises(NotPossible):
        approve(account=waiting, by=second_officer)
    disown(account=account, by=vendor)
    with pytest.raises(NotPossible):
        lift_suspension(account=account, by=second_officer, why="Đã xem.")


def test_an_account_that_is_not_the_owner_s_goes_at_once(vendor_client, page, shop, account):
    vendor_client.post(address(shop, "payment_not_mine", account.serial))
    account.refresh_from_db()
    assert account.state == AccountState.SUSPENDED
    assert "payment__code" not in vendor_client.get(page.get_url()).content.decode()
    vendor_client.get(address(shop, "payment"))
    again = vendor_client.post(address(shop, "payment_not_mine", account.serial), follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["error"]


def test_officers_are_told_of_the_alarm_by_e_mail(
    vendor, shop, account, second_officer, mailoutbox, django_capture_on_commit_callbacks
):
    type(second_officer).objects.filter(pk=second_officer.pk).update(email="canbo@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        disown(account=account, by=vendor)
    [task] = DBTaskResult.objects.filter(task_path="streets.suspension_mail.tell_officers")
    tell_officers.func(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    [mail] = mailoutbox
    assert mail.to == ["canbo@example.org"]
    assert account.printed_serial in mail.body
    assert account.last_four not in mail.body


def test_a_request_of_somebody_else_is_refused_by_the_owner_and_not_withdrawn(vendor_client, shop, editor):
    waiting = requested(shop, editor, OTHER)
    vendor_client.post(address(shop, "payment_withdraw", waiting.serial))
    waiting.refresh_from_db()
    assert waiting.state == AccountState.PENDING
    vendor_client.post(address(shop, "payment_not_mine", waiting.serial))
    waiting.refresh_from_db()
    assert waiting.state == AccountState.REVOKED


def test_an_account_is_asked_for_only_with_a_fresh_sign_in(vendor_client, shop):
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        answer = ask(vendor_client, shop)
    assert answer.status_code == 200
    assert 'name="confirm-password"' in answer.content.decode()
    # What was typed is not lost by being asked.
    assert OTHER.account in answer.content.decode()
    assert not PaymentAccount.objects.exists()


WRONG = [{"account": "12-34"}, {"payee_name": "Quán 😀"}, {"bank": "0"}, {"holder_kind": "x"}]


@pytest.mark.parametrize("wrong", WRONG)
def test_an_account_that_no_code_can_carry_is_refused_beside_it(wrong, vendor_client, shop):
    answer = ask(vendor_client, shop, **wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert not PaymentAccount.objects.exists()


def test_the_screen_of_the_account_tells_the_last_four_and_no_more(vendor_client, shop, account):
    ask(vendor_client, shop)
    html = vendor_client.get(address(shop, "payment")).content.decode()
    assert SAMPLE.account[-4:] in html
    assert SAMPLE.account not in html
    assert OTHER.account not in html
