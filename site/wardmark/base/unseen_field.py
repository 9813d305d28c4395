"""A field that no person sees: whoever sends it filled in is a program that fills in every form.

Its name is one that no browser fills in by itself, and where one did all the same, its user is asked to send the form
once more instead of being thanked for what nobody keeps.
"""

from django.http import HttpRequest

UNSEEN_FIELD = "further_remark"


def was_filled_in(request: HttpRequest) -> bool:
    return bool(request.POST.get(UNSEEN_FIELD))
