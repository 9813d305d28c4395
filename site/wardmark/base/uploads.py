"""Pictures and recordings served from this machine's disk."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve


def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    return serve(request, path, document_root=settings.MEDIA_ROOT)
