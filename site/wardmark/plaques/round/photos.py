"""The photo taken on a round: kept with what it shows, or not at all."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from media.models import Picture
from media.photos import keep_photo, warm
from wardmark.base.languages import source_language
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import Plaque
from wardmark.plaques.round.forms import Looked
from wardmark.plaques.round.screen import name_of


def with_photo(request: HttpRequest, plaque: Plaque, form: Looked, record: Callable[..., Any]) -> None:
    """Store the photo of a form and hand it to a rule, both or neither."""
    upload = form.cleaned_data["photo"]
    if not upload:
        record()
        return
    photo: Picture | None = None
    try:
        with transaction.atomic():
            photo = keep_photo(file=upload, name=f"plaque-{plaque.code}", by=request.user, **_words_of(plaque))
            record(photo=photo)
            # Visitors compare with it from now on, and shall not wait while it is drawn.
            transaction.on_commit(partial(warm, photo), robust=True)
    except NotPossible:
        if photo is not None:
            photo.file.delete(save=False)
        raise


def _words_of(plaque: Plaque) -> dict[str, str]:
    """Return title and alternative text of a photo taken today, in the language everything is written in first."""
    with translation.override(source_language()):
        day = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
        where = f"{name_of(plaque)}, {plaque.label}" if plaque.label else name_of(plaque)
        title = _("Plaque %(code)s, %(day)s") % {"code": plaque.printed_code, "day": day}
        words = _("The plaque %(code)s as it hung on %(day)s: %(where)s") % {
            "code": plaque.printed_code,
            "day": day,
            "where": where,
        }
    return {"title": title, "description": words[:255]}
