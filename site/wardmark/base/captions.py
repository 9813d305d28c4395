"""The captions of films, as `<track>` fetches them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from media.models import Audio


@require_safe
def captions(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """Send the captions of a film to who knows their mark, which stands only in a page that shows it.

    Counting keys would else find the words of films that no page shows yet.
    """
    film = get_object_or_404(Audio.objects.exclude(captions=""), pk=pk)
    if version != film.captions_version:
        raise Http404
    response = HttpResponse(film.captions, content_type="text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = settings.UPLOADS_CACHE_CONTROL
    return response
