"""What every template may say about the ward."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wardmark.base.models import WardSettings
from wardmark.base.navigation import language_links


def ward(request: HttpRequest) -> dict:
    """Offer `ward` (the site settings) and `language_links`; neither costs a query until it is used."""
    return {
        "ward": SimpleLazyObject(lambda: WardSettings.shown(request)),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
    }
