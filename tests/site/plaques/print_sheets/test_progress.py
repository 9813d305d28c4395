import pytest
from django.utils.translation import override

from wardmark.plaques.models import FileKind, JobState, Output, PrintJob, SheetSize
from wardmark.plaques.print_sheets.progress import words

ON_SHEETS = {"output": Output.SHEETS, "sheet_size": SheetSize.A3}
AS_FILES = {"output": Output.FILES, "file_kind": FileKind.SVG}


@pytest.mark.parametrize(("made_as", "said"), [(ON_SHEETS, "Joining the sheets."), (AS_FILES, "Packing the files.")])
def test_what_is_put_together_is_called_by_its_name(made_as, said):
    with override("en"):
        assert words(PrintJob(state=JobState.RUNNING, total=2, drawn=1, refused=1, **made_as)) == said
