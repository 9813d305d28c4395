"""What somebody is shown who scans a plaque that is their own, though they are none of the ward's staff.

Which people have plaques of their own, other apps know: `settings.OWN_SCANS` names functions that take the request of
a signed-in person and the plaque, and return what to answer, or None for whoever it is no business of. Such a scan is
no visitor's, and is not counted.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.module_loading import import_string

from wardmark.base.languages import wished_languages
from wardmark.plaques.models import Plaque
from wardmark.plaques.round.guard import carries_a_session

Answers = Callable[[HttpRequest, Plaque], HttpResponse | None]


def for_own_people(request: HttpRequest, code: str) -> HttpResponse | None:
    """Return the first answer there is, in the person's language; a visitor costs no query."""
    if not settings.OWN_SCANS or not carries_a_session(request) or not request.user.is_authenticated:
        return None
    plaque = Plaque.objects.filter(code=code).first()
    if plaque is None:
        return None
    functions: list[Answers] = [import_string(name) for name in settings.OWN_SCANS]
    with translation.override(wished_languages(request)[0]):
        return next((answer for ask in functions if (answer := ask(request, plaque)) is not None), None)
