"""The card of food safety, papers, measures, reminders and the officers' screens."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from pypdf import PdfWriter

from streets import models
from streets.food_card import food_card
from streets.food_measures import inspected_lately, is_food_establishment, papers_in_order, route_is_determined
from streets.food_reminders import remind_of_expiring
from streets.law.food_safety import enter_food_law
from streets.legal_documents import PaperRefused, revoke_document, verify_document
from streets.legal_route import decide_route
from streets.models import LegalDocument, LegalRoute, PaperReminder, RouteKind, SelfCheck, Shop, ShopMember, ShopPage
from streets.self_checks import record_self_check
from tests.factories import FoodVendorPageFactory, ShopPageFactory, translate
from tests.streets.food import a_clause, a_decree, a_paper, an_inspection

pytestmark = pytest.mark.django_db


def blank_pdf() -> bytes:
    pdf, written = PdfWriter(), BytesIO()
    pdf.add_blank_page(9, 9)
    pdf.write(written)
    return written.getvalue()


BLANK_PDF = blank_pdf()
DAY = timedelta(days=1)


@pytest.fixture
def vendor(street):
    return FoodVendorPageFactory(parent=street)


@pytest.fixture
def shop(vendor):
    return vendor.shop


def exempt(shop: Shop, by) -> LegalRoute:
    clause = a_clause()
    return decide_route(shop=shop, kind=RouteKind.COMMITMENT, decree=clause.decree, clause=clause, by=by)


# ---- the page -----------------------------------------------------------------------------------


def test_an_exempt_vendor_never_reads_that_something_is_missing(client, vendor, editor):
    exempt(vendor.shop, editor)
    shown = client.get(translate(vendor, "Noodles").url).content.decode()
    assert "exempt by law" in shown
    assert "Trial street food" in shown
    assert "9.9.x" in shown
    assert "issing" not in shown
    assert "no certificate on record" not in shown


def test_nothing_recorded_is_told_as_unknown(client, vendor):
    shown = client.get(translate(vendor, "Noodles").url).content.decode()
    assert "have not determined that yet" in shown
    assert "has not recorded a paper" in shown
    assert "No inspection has been published" in shown
    assert "paper__status" not in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"in_force_until": -1}, "no longer in force"),
        ({"suspended_until": 0}, "suspended at present"),
        ({"unknown_after": -1}, "has yet to be looked up"),
        ({"in_force_from": 1}, "not in force yet"),
    ],
)
def test_the_card_says_whether_its_decree_holds_today(client, vendor, editor, changed, said):
    exempt(vendor.shop, editor)
    decree, today = a_decree(), timezone.localdate()
    for name, days in changed.items():
        setattr(decree, name, today + days * DAY)
    decree.save()
    shown = client.get(translate(vendor, "Noodles").url).content.decode()
    every = ("no longer in force", "suspended at present", "has yet to be looked up", "not in force yet")
    assert [words for words in every if words in shown] == ([said] if said else [])
    assert "issing" not in shown


def test_a_point_added_later_makes_no_old_self_check_look_worse(shop, editor):
    enter_food_law(vars(models))
    points = list(models.SelfCheckPoint.objects.all())
    record_self_check(shop=shop, points=points[:9], by=editor, by_vendor=True)
    assert [point.is_met for point in food_card(shop.pk).self_check.points].count(False) == 1
    added = models.SelfCheckPoint.objects.create(key="later", sort_order=99)
    models.SelfCheckPointWording.objects.create(record=added, language="vi", name="Điểm mới")
    told = food_card(shop.pk).self_check
    assert (told.met, told.asked) == (9, 10)
    assert all(point.is_met for point in told.points)


@pytest.mark.parametrize(
    ("fields", "said", "style"),
    [
        ({}, "In force", "in-force"),
        ({"expires_on": 180}, "In force, expires soon", "expiring"),
        ({"expires_on": -1}, "No longer in force", "open"),
        ({"verified_on": None}, "Handed in, not verified yet", "open"),
        ({"revoked_on": 0}, "Revoked", "open"),
    ],
)
def test_a_paper_is_told_as_it_stands_today(client, vendor, fields, said, style):
    today = timezone.localdate()
    fields = {name: value if value is None else today + value * DAY for name, value in fields.items()}
    a_paper(vendor.shop, **fields)
    shown = client.get(translate(vendor, "Noodles").url).content.decode()
    assert f'paper__status--{style}">{said}<' in shown


def test_the_whole_card_is_one_query_however_much_is_recorded(shop, editor):
    enter_food_law(vars(models))
    exempt(shop, editor)
    for days in (30, 60, 90, 400):
        a_paper(shop, number=str(days))
        an_inspection(shop, days_ago=days, finding="Bẩn", finalised_on=timezone.localdate() - 25 * DAY)
    record_self_check(shop=shop, points=models.SelfCheckPoint.objects.all()[:7], by=editor, by_vendor=True)
    with CaptureQueriesContext(connection) as asked:
        card = food_card(shop.pk)
    assert len(asked) == 1
    assert (card.self_check.met, card.self_check.asked) == (7, 10)
    assert sum(point.is_met for point in card.self_check.points) == 7
    assert len(card.inspections) == 3
    assert card.inspections_in_all == 4


# ---- papers ------------------------------------------------------------------------------------


def test_a_certificate_gets_three_years_where_no_end_is_given(shop):
    paper = LegalDocument(shop=shop, kind="certificate", number="1", holder=shop.name)
    with time_machine.travel("2026-03-01T05:00:00Z", tick=False):
        paper.issued_on = timezone.datetime(2024, 2, 29).date()
        paper.clean()
    assert f"{paper.expires_on}" == "2027-02-28"


def test_a_paper_to_another_name_needs_a_reason(shop, editor):
    paper = a_paper(shop, holder="Người khác", verified_on=None, verified_how="")
    with pytest.raises(PaperRefused):
        verify_document(document=paper, how="original", by=editor)
    paper.other_holder_why = "Giấy đứng tên chủ hộ"
    paper.save()
    assert verify_document(document=paper, how="original", by=editor).status == "valid"


def test_accents_and_case_make_no_other_name(shop, editor):
    paper = a_paper(shop, holder=f"  {shop.name.upper()}. ", verified_on=None, verified_how="")
    assert verify_document(document=paper, how="register", by=editor).verified_by == editor


def test_a_changed_paper_waits_to_be_verified_again(shop):
    paper = a_paper(shop)
    paper.number = "2/2026"
    paper.save()
    assert paper.status == "pending"


def test_revoking_needs_a_reason_and_keeps_the_paper(shop, editor):
    paper = a_paper(shop)
    with pytest.raises(PaperRefused):
        revoke_document(document=paper, why=" ", by=editor)
    assert revoke_document(document=paper, why="Cấp nhầm", by=editor).status == "revoked"


def test_the_database_tells_the_same_status_as_the_page_on_every_day_that_turns_one(shop):
    """Told for each paper on the days around each of its own."""
    day = timezone.localdate()
    ends = (None, day, day + 180 * DAY)
    papers = [
        a_paper(shop, issued_on=day - 9 * DAY, expires_on=end, verified_on=verified, revoked_on=revoked)
        for end in ends
        for verified in (None, day - 9 * DAY, day)
        for revoked in (None, day, day + DAY)
    ]
    papers.append(a_paper(shop, issued_on=day, expires_on=None, verified_on=day - DAY))
    turns = {day + days * DAY for days in (-10, -9, -2, -1, 0, 1, 2, 179, 180, 181)}
    for today in turns:
        told = dict(LegalDocument.objects.with_status_on(today).values_list("pk", "told_status"))
        assert told == {paper.pk: paper.status_on(today) for paper in papers}
        in_force = set(LegalDocument.objects.in_force_on(today).values_list("pk", flat=True))
        assert in_force == {pk for pk, status in told.items() if status in {"valid", "expiring"}}


@pytest.mark.parametrize("status", ["pending", "valid", "expiring", "expired", "revoked"])
def test_officers_list_papers_by_their_status_today(editor_client, shop, status):
    today = timezone.localdate()
    a_paper(shop, number="P-pending", verified_on=None)
    a_paper(shop, number="P-valid")
    a_paper(shop, number="P-expiring", expires_on=today + 180 * DAY)
    a_paper(shop, number="P-expired", expires_on=today - DAY)
    a_paper(shop, number="P-revoked", revoked_on=today)
    shown = editor_client.get(reverse("food_document:list"), {"status": status}).content.decode()
    assert [one for one in ("pending", "valid", "expiring", "expired", "revoked") if f"P-{one}" in shown] == [status]


def test_a_status_that_is_none_breaks_no_list(editor_client, shop):
    a_paper(shop)
    for query in ({"status": "fine"}, {"expires_on_from": "x"}, {"kind": "'"}, {"p": "-1"}, {"ordering": "nothing"}):
        assert editor_client.get(reverse("food_document:list"), query).status_code in {200, 404}
    for query in ({"kind": "x"}, {"expires_on_from": "x"}, {"export": "pdf"}, {"p": "999"}):
        assert editor_client.get(reverse("food_safety:expiring"), query).status_code in {200, 404}


# ---- measures ----------------------------------------------------------------------------------


def test_measures_equal_a_recount_one_by_one(street, editor):
    today = timezone.localdate()
    ShopPageFactory(parent=street)
    clause, decree = a_clause(), a_decree()
    for number in range(8):
        shop = FoodVendorPageFactory(parent=street).shop
        if number % 4 == 1:
            decide_route(shop=shop, kind=RouteKind.CERTIFICATE, decree=decree, by=editor)
        if number % 4 == 2:
            decide_route(shop=shop, kind=RouteKind.COMMITMENT, decree=decree, clause=clause, by=editor)
        if number % 4 == 3:
            decide_route(shop=shop, kind=RouteKind.UNDETERMINED, by=editor)
        if number < 5:
            a_paper(shop, kind="commitment" if number % 2 == 0 else "certificate")
            an_inspection(shop, days_ago=30 + 100 * number, finalised_on=today - 22 * DAY)
        if number == 6:
            a_paper(shop, kind="commitment", verified_on=None)
    pages = ShopPage.objects.child_of(street).filter(is_food_establishment("shop"))
    assert pages.count() == 8
    in_order, determined, lately = 0, 0, 0
    for page in pages:
        route = page.shop.legal_routes.filter(superseded_on=None).exclude(kind="undetermined").first()
        determined += route is not None
        in_order += route is not None and any(
            paper.kind == route.kind and paper.status in {"valid", "expiring"} for paper in page.shop.documents.all()
        )
        lately += any(
            one.stage == "published" and one.inspected_on > today - 365 * DAY for one in page.shop.inspections.all()
        )
    assert pages.filter(route_is_determined(today, "shop")).count() == determined == 4
    assert pages.filter(papers_in_order(today, "shop")).count() == in_order == 2
    assert pages.filter(inspected_lately(today, "shop")).count() == lately == 4
    assert Shop.objects.filter(Q(papers_in_order(today))).count() == 2


def test_what_a_correction_takes_back_is_counted_no_more(shop, editor):
    today = timezone.localdate()
    wrong = an_inspection(shop, days_ago=60, finalised_on=today - 50 * DAY)
    assert Shop.objects.filter(inspected_lately(today)).exists()
    an_inspection(shop, days_ago=800, corrects=wrong, finalised_on=today - 21 * DAY)
    assert not Shop.objects.filter(inspected_lately(today)).exists()
    assert Shop.objects.filter(inspected_lately(today - DAY)).exists()


def test_the_figure_and_the_card_agree_on_what_is_older_than_a_year(shop):
    record = an_inspection(shop, days_ago=60, finalised_on=timezone.localdate() - 30 * DAY)
    inspected_on = record.inspected_on
    for day in (inspected_on + days * DAY for days in (364, 365, 366, 367)):
        [told] = food_card(shop.pk, day=day).inspections
        assert Shop.objects.filter(inspected_lately(day)).exists() != told.is_old


# ---- reminders ---------------------------------------------------------------------------------


def test_each_threshold_is_told_once_even_after_days_without_a_worker(
    shop, editor, django_user_model, django_capture_on_commit_callbacks
):
    editor.email = "canbo@example.com"
    editor.save()
    keeper = django_user_model.objects.create_user("chuquan", email="quan@example.com")
    ShopMember.objects.create(shop=shop, user=keeper)
    today = timezone.localdate()
    a_paper(shop, expires_on=today + 200 * DAY)
    noon = timezone.localtime().replace(hour=12)
    told = []
    for later in (0, 19, 20, 21, 28, 120, 171, 172, 201):
        with (
            time_machine.travel(noon + later * DAY, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            told.append(remind_of_expiring())
    assert told == [0, 0, 1, 0, 0, 1, 1, 0, 0]
    assert set(PaperReminder.objects.values_list("days_before", flat=True)) == {180, 90, 30}
    assert PaperReminder.objects.filter(done_at=None).count() == 1
    assert sorted(message.to[0] for message in mail.outbox) == ["canbo@example.com"] * 3 + ["quan@example.com"] * 3


def test_thresholds_that_were_missed_are_told_as_the_nearest(shop):
    a_paper(shop, expires_on=timezone.localdate() + 25 * DAY)
    assert remind_of_expiring() == 1
    assert PaperReminder.objects.get().days_before == 30


def test_a_replaced_paper_is_not_reminded_of(shop):
    today = timezone.localdate()
    a_paper(shop, expires_on=today + 25 * DAY)
    a_paper(shop, number="2", expires_on=today + 900 * DAY)
    assert remind_of_expiring() == 0


def test_a_reminder_of_a_paper_that_was_replaced_or_revoked_waits_for_nobody(editor_client, shop, editor):
    today = timezone.localdate()
    papers = [a_paper(FoodVendorPageFactory(parent=shop.page.get_parent()).shop, expires_on=today + 25 * DAY)]
    papers += [a_paper(shop, expires_on=today + 25 * DAY)]
    assert remind_of_expiring() == 2
    a_paper(shop, number="2", expires_on=today + 900 * DAY)
    assert [one.document for one in editor_client.get(reverse("food_safety:waiting")).context["reminders"]] == papers[
        :1
    ]
    revoke_document(document=papers[0], why="Cấp nhầm", by=editor)
    assert not editor_client.get(reverse("food_safety:waiting")).context["reminders"]


def test_a_vendor_reads_in_the_portal_what_expires(client, shop, django_user_model):
    keeper = django_user_model.objects.create_user("chuquan")
    ShopMember.objects.create(shop=shop, user=keeper)
    day = timezone.localdate() + 25 * DAY
    a_paper(shop, expires_on=day)
    remind_of_expiring()
    client.force_login(keeper)
    assert f"{day:%d/%m/%Y}" in client.get(reverse("portal:home"), follow=True).content.decode()


# ---- the officers' screens ---------------------------------------------------------------------

QUESTIONS = {
    "quality_system": "no",
    "place": "street",
    "activity": "serves",
    "is_small": "yes",
    "is_registered": "no",
}


def test_the_wizard_proposes_and_an_officer_decides(editor_client, editor, shop):
    clause = a_clause()
    address = reverse("food_safety:route", args=[shop.pk])
    assert editor_client.get(address).status_code == 200
    assert editor_client.post(address, {"place": "street"}).status_code == 200
    proposed = editor_client.post(address, QUESTIONS)
    assert proposed.context["proposal"].kind == RouteKind.COMMITMENT
    assert not LegalRoute.objects.exists()
    decision = {"kind": "commitment", "decree": clause.decree_id, "clause": clause.pk, "on": timezone.localdate()}
    refused = editor_client.post(address, QUESTIONS | decision | {"kind": "certificate", "clause": "", "decide": "1"})
    assert refused.context["decision"].errors
    assert editor_client.post(address, QUESTIONS | decision | {"decide": "1"}).status_code == 302
    route = LegalRoute.objects.get()
    assert (route.kind, route.clause, route.decided_by, route.answers) == ("commitment", clause, editor, QUESTIONS)


def screens(shop: Shop) -> list[str]:
    paper, record = a_paper(shop, verified_on=None), an_inspection(shop, finding="Bẩn")
    finished = an_inspection(shop, finalised_on=timezone.localdate())
    answer = finished.replies.create(words="Đã sửa", written_on=timezone.localdate())
    return [
        reverse("food_safety:shop", args=[shop.pk]),
        reverse("food_safety:route", args=[shop.pk]),
        reverse("food_safety:self_check", args=[shop.pk]),
        reverse("food_safety:verify", args=[paper.pk]),
        reverse("food_safety:revoke", args=[paper.pk]),
        reverse("food_safety:inspection", args=[record.pk]),
        reverse("food_safety:inspection", args=[finished.pk]),
        *(
            reverse(f"food_safety:{deed}", args=[finished.pk])
            for deed in ("finalise", "withhold", "release", "correct", "reply")
        ),
        reverse("food_safety:vet", args=[answer.pk]),
        reverse("food_safety:remedied", args=[record.findings.get().pk]),
        reverse("food_safety:waiting"),
        reverse("food_safety:expiring"),
        reverse("food_document:list"),
        reverse("food_document:add") + f"?shop={shop.pk}",
        reverse("food_document:edit", args=[paper.pk]),
        reverse("food_inspection:list"),
        reverse("food_inspection:add") + f"?shop={shop.pk}",
        reverse("food_inspection:edit", args=[record.pk]),
        reverse("wagtailadmin_pages:edit", args=[shop.page.pk]),
        reverse("wagtailadmin_home"),
    ]


@pytest.mark.parametrize(
    ("deed", "heading", "way"),
    [("shop", "Food safety", 2), ("route", "Legal route", 3), ("self_check", "Self-check", 3)],
)
def test_a_screen_is_headed_by_what_it_is_for_and_leads_back_to_the_shops_record(
    editor_client, shop, deed, heading, way
):
    items = editor_client.get(reverse(f"food_safety:{deed}", args=[shop.pk])).context["breadcrumbs_items"][-way:]
    assert (items[-1]["label"], items[-1]["sublabel"]) == (gettext(heading), shop.name)
    assert [item["url"] for item in items[:-1]] == [
        reverse("food_safety:waiting"),
        reverse("food_safety:shop", args=[shop.pk]),
    ][: way - 1]


def test_every_screen_opens_for_an_officer(editor_client, shop):
    for address in screens(shop):
        assert editor_client.get(address).status_code == 200, address


def test_no_screen_opens_for_anybody_else(client, ward, shop, django_user_model):
    addresses = screens(shop)
    for signed_in in (False, True):
        if signed_in:
            client.force_login(django_user_model.objects.create_user("nguoila"))
        for address in addresses:
            assert client.get(address).status_code in {302, 403}, address
            assert client.post(address, {}).status_code in {302, 403, 405}, address
    assert not LegalRoute.objects.exists()
    assert not SelfCheck.objects.exists()


def test_a_finalised_record_opens_no_form(editor_client, shop):
    record = an_inspection(shop, finalised_on=timezone.localdate())
    answer = editor_client.get(reverse("food_inspection:edit", args=[record.pk]))
    assert answer.url == reverse("food_safety:inspection", args=[record.pk])


@pytest.mark.parametrize("name", ["food_document:list", "food_inspection:list", "food_safety:expiring"])
def test_a_longer_list_costs_no_more_queries(editor_client, street, name, django_assert_num_queries):
    def add():
        shop = FoodVendorPageFactory(parent=street).shop
        a_paper(shop)
        an_inspection(shop)

    add()
    editor_client.get(reverse(name))
    with CaptureQueriesContext(connection) as short:
        editor_client.get(reverse(name))
    for _ in range(5):
        add()
    with django_assert_num_queries(len(short)):
        editor_client.get(reverse(name))


def paper_form(shop: Shop, /, **changed) -> dict:
    today = timezone.localdate()
    form = {"shop": shop.pk, "kind": "certificate", "number": "7/2026", "authority": "UBND", "holder": shop.name}
    return (
        form
        | {"issued_on": today, "expires_on": "", "scope": "", "quality_system": "", "other_holder_why": ""}
        | changed
    )


def test_an_officer_records_a_paper_with_its_scan_that_only_officers_read(editor_client, editor, client, shop):
    scan = SimpleUploadedFile("giấy.pdf", BLANK_PDF)
    saved = editor_client.post(reverse("food_document:add"), paper_form(shop, file=scan))
    assert saved.status_code == 302
    paper = LegalDocument.objects.get()
    assert (paper.recorded_by, paper.status) == (editor, "pending")
    assert paper.expires_on.year == timezone.localdate().year + 3
    address = reverse("food_safety:document_file", args=[paper.pk])
    assert b"".join(editor_client.get(address).streaming_content) == BLANK_PDF
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"holder": "Người khác"}, "holder"),
        ({"number": ""}, "number"),
        ({"file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "file"),
        ({"file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff broken")}, "file"),
        ({"file": SimpleUploadedFile("a.html", b"<p>")}, "file"),
        ({"kind": "quality"}, "quality_system"),
        ({"issued_on": "9999-12-31"}, "issued_on"),
        ({"issued_on": "29/02/2025"}, "issued_on"),
        ({"shop": "999999"}, "shop"),
    ],
)
def test_a_wrong_paper_is_refused_at_its_field(editor_client, shop, changed, field):
    refused = editor_client.post(reverse("food_document:add"), paper_form(shop, **changed))
    assert field in refused.context["form"].errors
    assert not LegalDocument.objects.exists()


def test_the_report_of_what_expires_runs_no_formula(editor_client, shop):
    a_paper(shop, number="=HYPERLINK(1)")
    answer = editor_client.get(reverse("food_safety:expiring"), {"export": "csv"})
    assert "'=HYPERLINK(1)" in b"".join(answer.streaming_content).decode()
    assert editor_client.get(reverse("food_safety:expiring"), {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize("what", ["decree", "clause", "point"])
def test_law_that_a_decision_or_a_check_rests_on_is_not_deleted(editor_client, editor, shop, what):
    if what == "point":
        record = models.SelfCheckPoint.objects.create(key="diem-thu")
        record_self_check(shop=shop, points=[record], by=editor, by_vendor=True)
    else:
        record = getattr(exempt(shop, editor), what)
    address = reverse(record.snippet_viewset.get_url_name("delete"), args=[record.pk])
    assert editor_client.post(address).status_code in {200, 302}
    name = record._meta.model_name
    bulk = reverse("wagtail_bulk_action", args=["streets", name, "delete"]) + f"?id={record.pk}"
    assert editor_client.post(bulk).status_code in {200, 302}
    assert type(record).objects.filter(pk=record.pk).exists()
