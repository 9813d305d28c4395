"""What every template may say about the ward."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wardmark.base.models import WardSettings
from wardmark.base.navigation import language_links


def ward(request: HttpRequest) -> dict:
    """Offer `ward` (the site settings), `language_links`, neither with a query until it is used, `offline_reading`."""
    return {
        "ward": SimpleLazyObject(lambda: WardSettings.shown(request)),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "offline_reading": settings.OFFLINE_READING,
    }
