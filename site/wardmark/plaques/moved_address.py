"""Plaques on walls that carry another address than `PLAQUE_BASE_URL`: they die with it."""

from django.conf import settings
from django.db.models import Count

from wardmark.plaques.models import Plaque


def printed_elsewhere() -> dict[str, int]:
    """Return how many plaques that are out in the world carry which other address, most first, in one query."""
    elsewhere = Plaque.objects.out_in_the_world().exclude(printed_base_url__in=["", settings.PLAQUE_BASE_URL])
    counted = elsewhere.order_by().values_list("printed_base_url").annotate(plaques=Count("pk"))
    return dict(counted.order_by("-plaques", "printed_base_url"))
