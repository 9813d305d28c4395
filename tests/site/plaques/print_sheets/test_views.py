from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import GroupPagePermission

from tests.factories import HeritageSitePageFactory, StandardPageFactory
from tests.site.plaques.print_sheets.orders import content, files_of, made, order
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.models import JobState, Output, Plaque, PrintJob, SheetSize
from wardmark.plaques.models.print_jobs import FILES_KEPT
from wardmark.plaques.print_sheets import ordering
from wardmark.plaques.print_sheets.files import clear, clear_old_jobs

pytestmark = pytest.mark.django_db

FORM = reverse("plaques_admin:print")
LIST = reverse("plaques_admin:print_jobs")
PAGES_OF_A_JOB = ("print_job", "print_job_progress", "print_job_download")
CARD = {"format_key": "counter-card", "made_as": "SRA3"}


def url(name: str, job: PrintJob) -> str:
    return reverse(f"plaques_admin:{name}", args=[job.pk])


def bulk(*pages) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'print_plaques'])}?{ids}&next=/admin/"


def codes_of(job: PrintJob) -> list[str]:
    return [piece.plaque.code for piece in job.pieces.select_related("plaque")]


def may_edit_only(editor, page) -> None:
    GroupPagePermission.objects.filter(group__user=editor).update(page=page)


@pytest.fixture
def street(heritage):
    """A page with two under it."""
    return [heritage, *(HeritageSitePageFactory(parent=heritage) for _ in range(2))]


# ---- ordering ------------------------------------------------------------------------------------


def test_pages_of_a_listing_are_printed_in_the_order_of_the_tree(editor_client, street):
    chosen = [street[2], street[1]]
    assert editor_client.get(bulk(*chosen)).status_code == 200
    response = editor_client.post(bulk(*chosen), CARD)
    job = PrintJob.objects.get()
    assert response.headers["Location"] == url("print_job", job)
    assert (job.output, job.sheet_size, job.total, job.state) == (Output.SHEETS, SheetSize.SRA3, 2, JobState.QUEUED)
    assert codes_of(job) == [Plaque.objects.for_page(page).code for page in street[1:]]


def test_the_page_listing_offers_to_print(editor_client, street):
    listing = editor_client.get(reverse("wagtailadmin_explore", args=[street[0].pk])).content.decode()
    assert bulk().split("?", maxsplit=1)[0] in listing


def test_a_whole_street_is_printed(editor_client, street):
    further = Plaque.objects.issue(page_key=street[1].translation_key)
    editor_client.post(FORM, CARD | {"which": "under", "page": street[0].pk})
    job = PrintJob.objects.get()
    first, second, third = (Plaque.objects.for_page(page).code for page in street)
    assert codes_of(job) == [first, second, further.code, third]


def test_only_what_was_not_printed_yet_is_printed_where_asked(editor_client, street):
    made(order([Plaque.objects.for_page(street[1])]))
    editor_client.post(FORM, CARD | {"which": "under", "page": street[0].pk, "only_planned": "on"})
    assert codes_of(PrintJob.objects.first()) == [Plaque.objects.for_page(page).code for page in (street[0], street[2])]


def test_all_planned_plaques_and_the_blank_ones_are_printed(editor_client, street):
    blank = Plaque.objects.issue()
    editor_client.post(FORM, CARD | {"which": "planned"})
    codes = codes_of(PrintJob.objects.get())
    assert codes[-1] == blank.code
    assert set(codes) == set(Plaque.objects.planned().values_list("code", flat=True))


def test_plaques_chosen_elsewhere_are_offered_and_printed(editor_client, street):
    chosen = [Plaque.objects.for_page(page) for page in street[1:]]
    both = ",".join(str(plaque.pk) for plaque in chosen)
    again = editor_client.post(FORM, {"which": "given", "plaque": both}).content.decode()
    assert f'name="plaque" value="{both}"' in again
    editor_client.post(FORM, CARD | {"which": "given", "plaque": both})
    assert codes_of(PrintJob.objects.get()) == [plaque.code for plaque in chosen]


def test_too_many_plaques_are_refused_with_a_way_that_can_be_gone(editor_client, street, monkeypatch):
    monkeypatch.setattr(ordering, "MOST_PLAQUES", 2)
    response = editor_client.post(FORM, CARD | {"which": "planned"})
    assert len(response.context["form"].non_field_errors()) == 1
    assert not PrintJob.objects.exists()
    editor_client.post(FORM, CARD | {"which": "under", "page": street[1].pk})
    assert PrintJob.objects.get().total == 1


def test_retired_plaques_are_left_out(editor_client, editor, street):
    gone = Plaque.objects.for_page(street[1])
    retire(plaque=gone, why="x", by=editor)
    editor_client.post(bulk(*street), CARD)
    assert gone.code not in codes_of(PrintJob.objects.get())


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"which": "planned", "format_key": "relic-plate", "made_as": "A4"}, "made_as"),
        ({"which": "planned", "format_key": "tattoo", "made_as": "A4"}, "format_key"),
        ({"which": "planned", "format_key": "plain", "made_as": "exe"}, "made_as"),
        ({"which": "under", **CARD}, "page"),
        ({"which": "under", "page": "999999", **CARD}, "page"),
        ({"which": "given", **CARD}, "which"),
        ({"which": "given", "plaque": ["999999", "x", "9" * 40], **CARD}, "which"),
        (CARD, "which"),
    ],
)
def test_what_cannot_be_printed_is_said_next_to_the_field_and_nothing_is_ordered(editor_client, street, asked, field):
    response = editor_client.post(FORM, asked)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not PrintJob.objects.exists()


def test_a_format_too_large_for_the_sheet_gives_the_figures(editor_client, street):
    response = editor_client.post(bulk(street[1]), {"format_key": "relic-plate", "made_as": "A4"})
    assert response.status_code == 200
    assert "200 × 300 mm" in response.content.decode()
    assert not PrintJob.objects.exists()


def test_the_form_says_beforehand_that_it_will_be_a_proof(editor_client, street, settings):
    for address in (FORM, bulk(street[1])):
        assert "help-warning" not in editor_client.get(address).content.decode()
    settings.PLAQUE_BASE_URL = "http://127.0.0.1:8000"
    for address in (FORM, bulk(street[1])):
        page = editor_client.get(address).content.decode()
        assert "help-warning" in page
        assert "http://127.0.0.1:8000" in page


# ---- permissions ---------------------------------------------------------------------------------


def test_a_visitor_is_asked_to_sign_in(client, street):
    job = made(order([Plaque.objects.for_page(street[1])]))
    for address in (
        FORM,
        LIST,
        *(url(name, job) for name in ("print_job", "print_job_progress", "print_job_download")),
    ):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))
    assert client.post(url("print_job_cancel", job)).status_code == 302


def test_staff_without_the_permission_order_see_and_fetch_nothing(editor_client, editor, street):
    job = made(order([Plaque.objects.for_page(street[1])]))
    editor.groups.get().permissions.remove(Permission.objects.get(codename="add_printjob"))
    for address in (
        FORM,
        LIST,
        *(url(name, job) for name in ("print_job", "print_job_progress", "print_job_download")),
    ):
        response = editor_client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("wagtailadmin_home")
    editor_client.post(bulk(street[1]), CARD)
    editor_client.post(FORM, CARD | {"which": "planned"})
    assert PrintJob.objects.count() == 1
    assert LIST not in editor_client.get(reverse("wagtailadmin_home")).content.decode()


def test_plaques_of_pages_somebody_may_not_edit_are_not_printed(editor_client, editor, street, ward):
    mine = StandardPageFactory(parent=ward.homes["vi"])
    may_edit_only(editor, mine)
    foreign = Plaque.objects.for_page(street[1])
    with override("en"):
        said = editor_client.post(FORM, CARD | {"which": "given", "plaque": foreign.pk}).content.decode()
    assert foreign.printed_code in said
    editor_client.post(bulk(street[1]), CARD)
    assert not PrintJob.objects.exists()
    editor_client.post(FORM, CARD | {"which": "under", "page": ward.homes["vi"].pk})
    assert codes_of(PrintJob.objects.get()) == [Plaque.objects.for_page(mine).code]
    editor_client.post(FORM, CARD | {"which": "planned"})
    assert codes_of(PrintJob.objects.first()) == [Plaque.objects.for_page(mine).code]


def test_orders_and_cancelling_need_the_form_of_this_site(client, editor, street):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    job = order([Plaque.objects.for_page(street[1])])
    for address in (FORM, bulk(street[1]), url("print_job_cancel", job)):
        assert strict.post(address, CARD | {"which": "planned"}).status_code == 403
    assert PrintJob.objects.get().state == JobState.QUEUED


# ---- a job's page --------------------------------------------------------------------------------


def test_a_job_is_found_again_followed_and_fetched(editor_client, street, client):
    job = order([Plaque.objects.for_page(page) for page in street])
    assert url("print_job", job) in editor_client.get(LIST).content.decode()
    page = editor_client.get(url("print_job", job)).content.decode()
    assert "<progress" in page
    assert url("print_job_cancel", job) in page
    assert editor_client.get(url("print_job_progress", job)).json()["isOpen"]
    assert editor_client.get(url("print_job_download", job)).status_code == 404

    job = made(job)
    page = editor_client.get(url("print_job", job)).content.decode()
    assert "<progress" not in page
    assert url("print_job_download", job) in page
    assert editor_client.get(url("print_job_progress", job)).json() | {"words": ""} == {
        "percent": 100,
        "isOpen": False,
        "words": "",
    }
    response = editor_client.get(url("print_job_download", job))
    assert b"".join(response.streaming_content) == content(job)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="wardmark-{job.pk}-counter-card-')
    assert "no-store" in response.headers["Cache-Control"]


def test_a_file_that_is_gone_is_answered_in_words(editor_client, street):
    job = made(order([Plaque.objects.for_page(street[1])]))
    clear(job)
    response = editor_client.get(url("print_job_download", job), headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "The file is no longer there" in response.content.decode()


def test_a_plaque_retired_while_it_was_printed_is_named_as_not_to_be_hung_up(editor_client, street):
    plaque = Plaque.objects.for_page(street[1])
    job = made(order([plaque]))
    job.pieces.update(refusal="retired meanwhile")
    page = editor_client.get(url("print_job", job)).content.decode()
    assert "retired meanwhile" in page
    assert plaque.printed_code in page


def test_no_address_of_a_public_file_leads_to_the_result(client, street, settings):
    job = made(order([Plaque.objects.for_page(street[1])]))
    for prefix in (settings.MEDIA_URL, "/documents/", "/"):
        assert client.get(f"{prefix}{job.result.name}", follow=True).status_code in {302, 404}


def test_a_waiting_job_is_cancelled_by_its_button_once(editor_client, street, django_capture_on_commit_callbacks):
    job = order([Plaque.objects.for_page(street[1])])
    assert editor_client.get(url("print_job_cancel", job)).status_code == 405
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            editor_client.post(url("print_job_cancel", job))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "<progress" not in editor_client.get(url("print_job", job)).content.decode()


def test_a_finished_job_stays_finished(editor_client, street):
    job = made(order([Plaque.objects.for_page(street[1])]))
    editor_client.post(url("print_job_cancel", job))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert files_of(job)


def test_what_was_refused_is_listed_with_its_reason(editor_client, heritage):
    long = HeritageSitePageFactory(parent=heritage, title="Đình 福")
    fine = HeritageSitePageFactory(parent=heritage)
    job = made(order([Plaque.objects.for_page(page) for page in (fine, long)]))
    page = editor_client.get(url("print_job", job)).content.decode()
    assert Plaque.objects.for_page(long).printed_code in page
    assert job.pieces.exclude(refusal="").get().refusal[:30] in page


def test_a_waiting_job_says_that_no_worker_runs(editor_client, street):
    job = order([Plaque.objects.for_page(street[1])])
    assert "help-critical" in editor_client.get(url("print_job", job)).content.decode()
    assert "help-critical" in editor_client.get(LIST).content.decode()
    made(job)
    assert "help-critical" not in editor_client.get(url("print_job", job)).content.decode()


def test_names_on_the_page_are_text(editor_client, heritage):
    page = HeritageSitePageFactory(parent=heritage, title="<script>alert(1)</script> 福")
    job = made(order([Plaque.objects.for_page(page)]))
    assert "<script>alert" not in editor_client.get(url("print_job", job)).content.decode()


def test_files_are_kept_for_thirty_days_and_the_job_for_ever(editor_client, street):
    old, new = (made(order([Plaque.objects.for_page(page)])) for page in street[1:])
    PrintJob.objects.filter(pk=old.pk).update(ended_at=timezone.now() - FILES_KEPT)
    PrintJob.objects.filter(pk=new.pk).update(ended_at=timezone.now() - FILES_KEPT + timedelta(hours=1))
    assert clear_old_jobs() == 1
    assert clear_old_jobs() == 0
    assert (files_of(old), bool(files_of(new))) == ([], True)
    assert editor_client.get(url("print_job_download", old)).status_code == 404
    assert url("print_job_download", old) not in editor_client.get(url("print_job", old)).content.decode()
    assert url("print_job", old) in editor_client.get(LIST).content.decode()


def test_the_list_costs_no_query_for_a_job(editor_client, street):
    chosen = [Plaque.objects.for_page(street[1])]
    made(order(chosen))
    editor_client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        editor_client.get(LIST)
    for _more in range(5):
        order(chosen)
    with CaptureQueriesContext(connection) as many:
        assert editor_client.get(LIST).content.decode().count("print/jobs/") > 5
    # One more: with a job that waits, whether a worker runs.
    assert len(many) <= len(few) + 1


def test_the_bulk_form_costs_no_query_for_a_page(editor_client, heritage):
    pages = [HeritageSitePageFactory(parent=heritage) for _ in range(8)]
    editor_client.get(bulk(*pages[:1]))
    counts = []
    for chosen in (pages[:2], pages):
        with CaptureQueriesContext(connection) as queries:
            editor_client.get(bulk(*chosen))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_roles_give_editors_the_permission_and_the_admin_can_give_it_to_others(editor, admin_client):
    call_command("setup_roles")
    assert editor.has_perm("plaques.add_printjob")
    offered = Permission.objects.filter(codename__in=["add_printjob", "view_chorerun"])
    form = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert all(f'value="{permission.pk}"' in form for permission in offered)
