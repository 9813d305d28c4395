import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from tests.site.plaques.print_sheets.orders import files_of, made, order, plaques
from wardmark.plaques.models import PrintJob
from wardmark.plaques.models.print_jobs import FILES_KEPT
from wardmark.plaques.print_sheets import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(heritage) -> PrintJob:
    return order(plaques(1, heritage))


def test_clearing_bears_a_worker_that_writes_at_the_same_moment(job, monkeypatch):
    listdir = FileSystemStorage.listdir
    files.store(job, "part-1-0.pdf", b"half")

    def listed_before_the_worker_wrote(storage, path):
        found = listdir(storage, path)
        files.store(job, "part-1-1.pdf", b"late")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "listdir", listed_before_the_worker_wrote)
        assert files.clear(job)
    assert files_of(job) == ["part-1-1.pdf"]
    assert files.clear(job)
    assert files_of(job) == []


def test_what_could_not_be_removed_is_tried_again_with_the_old_files(job, monkeypatch):
    def away(storage, name):
        raise OSError("the store is away")

    job = made(job)
    PrintJob.objects.filter(pk=job.pk).update(ended_at=timezone.now() - FILES_KEPT)
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", away)
        assert not files.clear(job)
        assert files.clear_old_jobs() == 0
    assert files.clear_old_jobs() == 1
    assert files_of(job) == []
