"""Plaques that were printed."""

from django.conf import settings

from wardmark.plaques.artwork import FORMATS
from wardmark.plaques.models import Plaque
from wardmark.plaques.printing import mark_printed


def print_plaque(plaque: Plaque, format_key: str = "plain", *, by=None) -> None:
    """Note that the next version of a plaque's artwork was printed, with the address of now."""
    mark_printed(
        plaque=plaque,
        format=FORMATS[format_key],
        version=plaque.artwork_version + 1,
        base_url=settings.PLAQUE_BASE_URL,
        by=by,
    )
