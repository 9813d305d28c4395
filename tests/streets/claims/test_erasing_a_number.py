"""A vendor's number, erased on request: proved by reading the whole database, revisions, logs and sheets.

Under one number, written in as many ways as people write it, lies all that the ward can hold of a vendor. What stays of
a vendor by docs/decisions/0031-clocks-and-rights.md, the number of an open account and a public one, is not among it.
"""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Revision

from streets.models import Claim, MemberInvitation
from tests.factories import FoodVendorPageFactory
from tests.site.reports.inbox.officers import reported
from tests.streets.claims.people import a_letter
from tests.streets.claims.test_claim_flow import code_in, knock, prove, secure
from tests.whole_database import whole_database
from wardmark.accounts import phone_changes, phone_proof
from wardmark.accounts.models import OneTimeCode, PhoneChange, SignInPhone, User
from wardmark.accounts.phones import Phone
from wardmark.reports.models import SubjectRequest, VisitorReport

pytestmark = pytest.mark.django_db
PHONE = Phone("+84900000857")
# Local, international or without either, whatever stands between the digits.
WRITTEN = re.compile(r"[^0-9,]{0,3}".join("900000857"))
ASKER = "Chị Telltale, gọi lại số 0900 000 857"


@pytest.fixture
def data_officer(editor):
    """Somebody who answers requests about personal data and has no other right."""
    person = User.objects.create_user("baove")
    person.groups.add(Group.objects.get(name="Data protection officers"))
    return person


@pytest.fixture
def root(ward):
    """Who may open every screen and every sheet."""
    return User.objects.create_superuser("quantri")


def claim(client, sent, shop, editor) -> None:
    """Come from the paper to a claim that waits; then the account is closed."""
    issued = a_letter(shop, editor)
    assert knock(client, issued, name="Chị Telltale", phone="0900.000.857").status_code == 302
    assert prove(client, issued, code_in(sent)).status_code == 302
    assert secure(client, issued).status_code == 302
    User.objects.filter(sign_in_phone__fingerprint=PHONE.fingerprint()).update(is_active=False)


def invite(client, shop, owner) -> None:
    client.force_login(owner)
    invited = {"phone": "+84 900-000-857", "role": "staff"}
    assert client.post(reverse("people:invite", args=[shop.page_key]), invited).status_code < 400


@pytest.fixture
def everything_under_it(client, page, shop, street, editor, owner, stranger, sent) -> None:
    """One of each: a claim, a closed account, an invitation, a waiting change, a code, a visitor's report."""
    claim(type(client)(), sent, FoodVendorPageFactory(parent=street, title="Quán Khác").shop, editor)
    invite(type(client)(), shop, owner)
    phone_changes.request(
        person=stranger, phone=Phone.written("0084 900 000 857"), proved_at=None, cancel_address="https://x/{token}/"
    )
    phone_proof.begin(phone=Phone.written("(+84) 900 000 857"), purpose="sign-in", request=None)
    reported(page, phone="0900/000/857", text="Gọi tôi số 0900 000 857 nhé")
    page.save_revision(user=editor).publish()


def marks() -> list[str]:
    """Return what the number was kept as: encrypted, and its fingerprints."""
    [signing_in] = SignInPhone.objects.filter(fingerprint=PHONE.fingerprint())
    [claimed] = Claim.objects.with_phone(PHONE)
    [invited] = MemberInvitation.objects.with_phone(PHONE)
    [wanted] = PhoneChange.objects.waiting()
    report = VisitorReport.objects.get()
    codes = OneTimeCode.objects.values_list("phone_mark", flat=True)
    sealed = [signing_in.sealed, claimed.sealed_phone, invited.sealed_phone, wanted.sealed, report.phone_sealed]
    return [*sealed, PHONE.fingerprint(), report.phone_print, *codes]


def database() -> str:
    sessions = "\n".join(repr(session.get_decoded()) for session in Session.objects.all())
    return f"{whole_database()}\n{sessions}"


def sheets(client) -> Iterator[tuple[str, str]]:
    """Yield every list that comes as a spreadsheet, by its address: one that is added is read too."""
    for address in lists_for_sheets(get_resolver().url_patterns):
        answer = client.get(address, {"export": "csv"})
        if answer.headers["Content-Type"].startswith("text/csv"):
            yield address, b"".join(answer).decode()


def lists_for_sheets(patterns, prefix: str = "/") -> Iterator[str]:
    for one in patterns:
        address = prefix + str(one.pattern).lstrip("^").removesuffix("$")
        if hasattr(one, "url_patterns"):
            yield from lists_for_sheets(one.url_patterns, address)
        elif issubclass(getattr(one.callback, "view_class", object), SpreadsheetExportMixin) and "<" not in address:
            yield address


def test_erased_through_the_screen_no_form_of_the_number_is_left_anywhere(
    client, everything_under_it, data_officer, root, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(0)
    before, kept_as = database(), marks()
    assert len(set(kept_as)) >= 8
    assert WRITTEN.search(before)
    assert all(mark in before for mark in kept_as)

    client.force_login(data_officer)
    said = {"right": "erasure", "channel": "office", "asker": ASKER}
    said["received_at"] = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    client.post(reverse("subject_requests:new"), said)
    pk = SubjectRequest.objects.get().pk
    looked = client.post(reverse("subject_requests:look_up", args=[pk]), {"phone": "84 900 000 857"})
    assert [one["record"].kept_because for one in looked.context["held"]] == [""] * 5
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("subject_requests:erase", args=[pk]), {"phone": "0900 000857", "sure": "on"})
    again = client.post(reverse("subject_requests:look_up", args=[pk]), {"phone": "0900 000 857"})
    assert again.context["held"] == []
    client.post(reverse("subject_requests:answer", args=[pk]), {"words": "Đã xoá."})

    client.force_login(root)
    exports = dict(sheets(client))
    for name in ("report_inbox:index", "subject_requests:index", "wagtailadmin_reports:site_history"):
        assert reverse(name) in exports
    revisions = repr(list(Revision.objects.values_list("content", flat=True)))
    left = {"the database": database(), "revisions": revisions, "the log": caplog.text, **exports}
    for place, words in left.items():
        assert not WRITTEN.search(words), place
        assert "Telltale, gọi" not in words, place
        for mark in kept_as:
            assert mark not in words, place
