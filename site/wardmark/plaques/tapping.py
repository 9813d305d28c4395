"""What a visitor says of a plaque with one tap, without signing in."""

from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.models import AlertKind, Plaque
from wardmark.plaques.scans import without_waiting_long

# So many people may say the same of one plaque in a minute and be counted; each process counts for itself.
MOST_PER_MINUTE = 5


def is_from_our_own_page(request: HttpRequest) -> bool:
    """Say whether the form was sent from a page of this site, by what the browser itself writes into the request.

    `Sec-Fetch-Site` (Fetch Metadata) no page can forge; browsers older than that still send `Origin` with every form.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def tap(*, plaque: Plaque, kind: AlertKind) -> bool:
    """Raise or count an alert; return False, with nothing written, beyond so many a minute for this plaque and kind.

    Nothing of the visitor is looked at or kept, so that nobody can be shut out either. Raises DatabaseError where the
    database is busy for longer than a visitor can be kept waiting.
    """
    minute = int(timezone.now().timestamp()) // 60
    free = (cache.add(f"tap-{plaque.code}-{kind}-{minute}-{n}", True, 60) for n in range(MOST_PER_MINUTE))
    if not any(free):
        return False
    with without_waiting_long():
        raise_alert(plaque=plaque, kind=kind)
    return True
