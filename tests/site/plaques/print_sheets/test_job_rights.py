"""Whose print jobs somebody sees, fetches and cancels."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import HeritageSitePageFactory, StandardPageFactory
from tests.site.plaques.print_sheets.orders import made, order
from wardmark.plaques.models import JobState, Plaque, PrintJob
from wardmark.plaques.print_sheets.job_rights import jobs_open_to

pytestmark = pytest.mark.django_db

LIST = reverse("plaques_admin:print_jobs")


@pytest.fixture
def mine(editor, ward):
    """The one page that the editor may edit."""
    page = StandardPageFactory(parent=ward.homes["vi"])
    editor.groups.get().page_permissions.update(page=page)
    return page


@pytest.fixture
def job_of(heritage, mine, editor):
    """Return a function that orders a job, by somebody else, of the named plaques."""
    foreign = HeritageSitePageFactory(parent=heritage)

    def gone(parent) -> Plaque:
        page = StandardPageFactory(parent=parent)
        plaque = Plaque.objects.for_page(page)
        page.delete()
        return plaque

    makers = {
        "mine": lambda: Plaque.objects.for_page(mine),
        "foreign": lambda: Plaque.objects.for_page(foreign),
        "blank": Plaque.objects.issue,
        "gone under mine": lambda: gone(mine),
        "gone under foreign": lambda: gone(heritage),
    }
    return lambda *names: order([makers[name]() for name in names])


def by(job: PrintJob, user) -> PrintJob:
    PrintJob.objects.filter(pk=job.pk).update(made_by=user)
    return job


@pytest.mark.parametrize(
    ("names", "is_open"),
    [
        (["mine"], True),
        (["blank"], True),
        (["mine", "blank", "gone under mine"], True),
        (["foreign"], False),
        (["mine", "foreign"], False),
        (["gone under foreign"], False),
        (["mine", "gone under foreign"], False),
    ],
)
def test_a_job_is_open_to_whoever_might_have_ordered_every_plaque_of_it(editor_client, editor, job_of, names, is_open):
    job = made(job_of(*names))
    open_job = order([Plaque.objects.issue()])
    for name in ("print_job", "print_job_progress", "print_job_download"):
        answer = editor_client.get(reverse(f"plaques_admin:{name}", args=[job.pk]))
        assert answer.status_code == (200 if is_open else 404)
    address = reverse("plaques_admin:print_job", args=[job.pk])
    listed = editor_client.get(LIST).content.decode()
    assert (address in listed) == is_open
    assert reverse("plaques_admin:print_job", args=[open_job.pk]) in listed


def test_a_foreign_job_is_not_cancelled(editor_client, job_of):
    job = job_of("foreign")
    assert editor_client.post(reverse("plaques_admin:print_job_cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_ones_own_job_stays_open_whatever_it_has(editor, job_of):
    job = by(job_of("foreign", "gone under foreign"), editor)
    assert list(jobs_open_to(editor)) == [job]


def test_superusers_see_all_and_nobody_without_the_right_sees_any(editor, admin_user, job_of):
    job = by(job_of("foreign"), editor)
    assert list(jobs_open_to(admin_user)) == [job]
    editor.groups.get().permissions.remove(Permission.objects.get(codename="add_printjob"))
    assert not jobs_open_to(type(editor).objects.get(pk=editor.pk)).exists()


def test_the_list_costs_the_same_queries_for_one_job_and_for_many(editor_client, job_of):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            editor_client.get(LIST)
        return len(queries)

    job_of("mine", "gone under mine")
    editor_client.get(LIST)
    few = count()
    for _more in range(4):
        job_of("mine", "blank", "gone under mine")
        job_of("foreign", "gone under foreign")
    assert count() == few
