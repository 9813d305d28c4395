import csv
import io

import pytest
from django.core.files.storage import storages
from django.utils.translation import override

from tests.site.plaques.print_sheets.orders import (
    archive,
    content,
    further_plaques,
    links_on_sheets,
    made,
    order,
    plaques,
)
from wardmark.plaques.models import FileKind, JobState, PrintJob, SheetSize

pytestmark = pytest.mark.django_db


def files_of(job: PrintJob) -> list[str]:
    try:
        return storages["documents"].listdir(job.folder)[1]
    except FileNotFoundError:
        return []


def test_every_symbol_of_a_sheet_is_the_short_link_of_its_plaque_in_order(heritage):
    chosen = plaques(8, heritage)
    job = made(order(chosen))
    assert (job.state, job.drawn, job.proved, job.percent) == (JobState.DONE, 8, 8, 100)
    read = links_on_sheets(content(job))
    assert [len(sheet) for sheet in read] == [6, 2]
    assert [link for sheet in read for link in sheet] == [plaque.short_link for plaque in chosen]
