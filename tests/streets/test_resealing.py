"""After a change of keys one command seals everything anew, wherever it stands."""

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from streets.claims.membership import invite, phone_of_invitation
from streets.claims.settling import phone_of_claim
from streets.models import Claim, MemberInvitation, MemberRole, PaymentAccount
from tests.streets.accounts import SAMPLE, requested
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_claim, a_member, a_person
from wardmark.accounts import phone_changes, phones
from wardmark.accounts.models import PhoneChange, SignInPhone
from wardmark.accounts.phones import Phone
from wardmark.base import resealing
from wardmark.reports.erasing import erase_phone
from wardmark.reports.models import ReportKind, SubjectRequest, VisitorReport
from wardmark.reports.receiving import receive
from wardmark.reports.subject_requests import enter

pytestmark = pytest.mark.django_db
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
KEPT = Phone.written(THIRD).number
# Every field of a model that keeps a sealed text, with the fingerprint beside it.
SEALED = {
    (SignInPhone, "sealed"): "fingerprint",
    (PhoneChange, "sealed"): "fingerprint",
    (VisitorReport, "phone_sealed"): "phone_print",
    (SubjectRequest, "sealed_asker"): None,
    (PaymentAccount, "sealed"): "fingerprint",
    (Claim, "sealed_phone"): "phone_mark",
    (MemberInvitation, "sealed_phone"): "phone_mark",
}


@pytest.fixture
def rows(shop, editor, settings):
    """One row of each kind, sealed with the old key, before which the new one stands now."""
    settings.SEALING_KEYS = [OLD]
    now = timezone.now()
    owner = a_person(SECOND)
    a_member(shop.shop, owner)
    phone_changes.request(person=owner, phone=Phone.written(THIRD), proved_at=now, cancel_address="{token}")
    invite(shop=shop.shop, by=owner, phone=Phone.written(THIRD), role=MemberRole.STAFF, now=now)
    a_claim(shop.shop, editor, a_person(FIRST))
    requested(shop.shop, editor)
    receive(
        kind=ReportKind.OTHER, text="Có rác.", language="vi", visitor=None, phone=THIRD, has_consent=True, form_key=None
    )
    enter(right="look_up", channel="phone", asker="Bà Thử", received_at=now, by=editor)
    settings.SEALING_KEYS = [NEW, OLD]


def columns() -> dict:
    return {
        (model, field): list(model.objects.order_by("pk").values_list("pk", field, *([mark] if mark else [])))
        for (model, field), mark in SEALED.items()
    }


def test_no_sealed_text_of_any_model_is_forgotten():
    found = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if "sealed" in field.name and field.model is model
    }
    assert found == set(SEALED)


def test_with_the_new_key_alone_everything_can_be_read_and_found(rows, settings):
    before = columns()
    call_command("reseal")
    settings.SEALING_KEYS = [NEW]
    assert all(set(after).isdisjoint(before[place]) for place, after in columns().items())
    assert PaymentAccount.objects.get().number() == SAMPLE
    assert phones.holder_of(Phone.written(SECOND)) == PhoneChange.objects.get().person
    assert Phone.unsealed(PhoneChange.objects.get().sealed, whom=f"change {PhoneChange.objects.get().key}")
    assert phone_of_claim(Claim.objects.with_phone(Phone.written(FIRST)).get()).shown == FIRST
    assert phone_of_invitation(MemberInvitation.objects.with_phone(Phone.written(THIRD)).get()).shown == THIRD
    assert VisitorReport.objects.with_phone(KEPT).get().phone() == KEPT
    assert SubjectRequest.objects.get().asker() == "Bà Thử"


def test_a_second_time_nothing_is_written(rows):
    assert resealing.reseal_all().done == 8
    first = columns()
    assert resealing.reseal_all() == resealing.Resealed(done=0, lost=[])
    assert columns() == first


def test_what_was_stopped_is_taken_up_where_it_stood(rows):
    texts = iter(list(resealing.all_sealed()))
    assert next(texts).reseal()
    assert next(texts).reseal()
    assert resealing.reseal_all().done == 6


def test_what_cannot_be_opened_is_named_and_keeps_nothing_else_waiting(rows, settings):
    report = VisitorReport.objects.get()
    VisitorReport.objects.update(phone_sealed="gAAAAA")
    with pytest.raises(CommandError) as said:
        call_command("reseal")
    assert f"#{report.pk}" in str(said.value)
    assert KEPT not in str(said.value)
    settings.SEALING_KEYS = [NEW]
    assert PaymentAccount.objects.get().number() == SAMPLE
    assert SubjectRequest.objects.get().asker() == "Bà Thử"


def test_with_no_key_that_opens_anything_every_text_is_named(rows, settings):
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    assert len(resealing.reseal_all().lost) == 8


def test_what_was_erased_since_it_was_listed_does_not_come_back(rows, editor):
    texts = list(resealing.all_sealed())
    erase_phone(report=VisitorReport.objects.get(), by=editor)
    phone_changes.cancel(change=PhoneChange.objects.get(), by=None)
    signing_in = SignInPhone.objects.order_by("pk").first()
    phones.give_phone(person=signing_in.person, phone=Phone("+84900000099"), proved_at=timezone.now())
    SubjectRequest.objects.update(sealed_asker="")
    for text in texts:
        text.reseal()
    assert VisitorReport.objects.get().phone_sealed == PhoneChange.objects.get().sealed == ""
    assert SubjectRequest.objects.get().sealed_asker == ""
    assert phones.phone_of(signing_in.person).number == "+84900000099"
