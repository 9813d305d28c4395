"""Whose pictures a shop may show: those on its page already, and those that its own people sent."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.models import Picture
from streets.changes.applying import now_is
from streets.changes.classes import Asked
from streets.models import Shop


def refuse_pictures_of_others(*, shop: Shop, said: Iterable[tuple[Asked, Any]]) -> None:
    """Raise ValidationError, by the names of the fields, for a picture that is none of the shop's."""
    errors = {}
    for one, value in said:
        if one.field.name == "photos":
            wished = {row["picture"] for row in value}
            shown = {row["picture"] for row in now_is(shop, one) or ()}
            if not wished - shown <= sent_by_its_people(shop, wished - shown):
                errors[one.said] = _("One of these photos is not yours. Please take or choose it again.")
    if errors:
        raise ValidationError(errors)


def sent_by_its_people(shop: Shop, numbers: Iterable[int]) -> set[int]:
    """Return those of the pictures that somebody sent who keeps the shop, or kept it."""
    people = shop.members.values("user")
    return set(Picture.objects.filter(pk__in=list(numbers), uploaded_by_user__in=people).values_list("pk", flat=True))
