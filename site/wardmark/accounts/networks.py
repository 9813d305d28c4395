"""From which network somebody comes, as far as a request tells."""

from django.http import HttpRequest

from wardmark.base.passers_by import address_of


def network_of(request: HttpRequest | None) -> str:
    """Return the visitor's network (`passers_by.address_of`), or nothing where no request tells: a command, a test."""
    return "" if request is None else address_of(request)
