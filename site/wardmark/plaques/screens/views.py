"""What the browser of a screen opens; nobody stands at its keyboard."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wardmark.plaques.models import Screen
from wardmark.plaques.screens.lineup import lineup


@require_safe
@never_cache
def screens(request: HttpRequest) -> HttpResponse:
    """Lead to the only screen, or let somebody choose among several."""
    found = list(Screen.objects.all())
    if len(found) == 1:
        return HttpResponseRedirect(reverse("screens:show", args=[found[0].slug]))
    return _unlisted(render(request, "plaques/screens/index.html", {"screens": found}))


@require_safe
@never_cache
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page of a screen, `?n=` counting from 0 and round again, and lead to the next after its seconds."""
    screen = get_object_or_404(Screen, slug=slug)
    slides = lineup(screen, get_language() or "").slides
    at = _number(request.GET.get("n", "")) % len(slides) if slides else 0
    context = {
        "screen": screen,
        "slide": slides[at] if slides else None,
        "next_url": f"{request.path}?n={(at + 1) % len(slides) if slides else 0}",
        "side": screen.measures.share_of_width,
    }
    return _unlisted(render(request, "plaques/screens/show.html", context))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
