"""Uploads served from this machine's disk."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.static import serve

# Documents may be private: Wagtail's own address asks who may read them.
NOT_SERVED = "documents"


def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send an upload, but never a document, however its path is spelt."""
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        inside = Path(safe_join(root, path)).relative_to(root)
    except (SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    if inside.parts[:1] == (NOT_SERVED,):
        raise Http404
    return serve(request, inside.as_posix(), document_root=root)
