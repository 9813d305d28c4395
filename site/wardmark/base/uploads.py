"""Pictures and recordings served from this machine's disk."""

from os import fstat
from posixpath import normpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from wardmark.base.byte_ranges import in_part

# Where an earlier version kept documents, which may be private.
NOT_SERVED = "documents"
# What a machine's own list of types may not know or name otherwise; players ask for these.
MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "opus": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send an upload or a part of it, but nothing from the folder that once held documents, however it is spelt."""
    if NOT_SERVED in normpath(path).split("/"):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    # A changed picture gets a new name, here as in a bucket.
    response.headers["Cache-Control"] = settings.UPLOADS_CACHE_CONTROL
    if not isinstance(response, FileResponse):
        return response
    if media_type := MEDIA_TYPES.get(path.rpartition(".")[2].lower()):
        response.headers["Content-Type"] = media_type
    about = fstat(response.file_to_stream.fileno())
    response.headers["ETag"] = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    return in_part(request, response, size=about.st_size)
