"""Serving files that lie where no address leads, by a view that has asked who may read them."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


def served(file: FieldFile, *, name: str, shown: bool = False) -> FileResponse:
    """Send a private file under this name, without its extension; 404 where there is none any more.

    It is downloaded, never opened within the site: a scan is a stranger's file. `shown` is for pictures that this site
    itself has drawn.
    """
    if not file:
        raise Http404
    try:
        opened = file.open("rb")
    except FileNotFoundError as gone:
        # Lost with a disk, say: the record stands without it.
        raise Http404 from gone
    extension = file.name.rpartition(".")[2]
    kind = MEDIA_TYPES.get(extension, "application/octet-stream")
    response = FileResponse(opened, as_attachment=not shown, filename=f"{name}.{extension}", content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
