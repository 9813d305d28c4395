"""Pictures and recordings served from this machine's disk."""

from posixpath import normpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# Where an earlier version kept documents, which may be private.
NOT_SERVED = "documents"


def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send an upload, but nothing from the folder that once held documents, however the path is spelt."""
    if NOT_SERVED in normpath(path).split("/"):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    # A changed picture gets a new name, here as in a bucket.
    response.headers["Cache-Control"] = settings.UPLOADS_CACHE_CONTROL
    return response
