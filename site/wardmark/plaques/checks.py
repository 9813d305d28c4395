"""System checks on the one setting that is printed on walls, and on the walls themselves."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, transaction

from wardmark.plaques.base_url import fault_of
from wardmark.plaques.moved_address import printed_elsewhere

# Version 4 at level Q holds 46 bytes; a longer link makes every module smaller on the same plate.
LONGEST_BASE_URL = 46 - len("/q/0000000")


def plaque_base_url(app_configs, **kwargs) -> list[CheckMessage]:
    """Check PLAQUE_BASE_URL: scheme and host in lower case, nothing after the host, short enough for version 4."""
    url = settings.PLAQUE_BASE_URL
    if fault := fault_of(url, public=False):
        return [Error(fault.message, hint=fault.hint, id=fault.id)]
    if len(url) > LONGEST_BASE_URL:
        return [
            Warning(
                f"PLAQUE_BASE_URL has {len(url)} characters; more than {LONGEST_BASE_URL} make a denser symbol.",
                hint="A shorter host name gives larger modules, which scan from further away.",
                id="plaques.W001",
            )
        ]
    return []


def plaques_printed_elsewhere(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """Warn of plaques on walls that carry another address than PLAQUE_BASE_URL. Silent before the tables are there."""
    if not databases:
        return []
    try:
        with transaction.atomic():
            elsewhere = printed_elsewhere()
    except DatabaseError:
        # Migrations ask for checks too, before they have made the tables.
        return []
    return [
        Warning(
            f"{number} plaques on walls carry {url} and go dead unless that address still leads here.",
            hint="Keep the old address and let it answer with this site, or print these plaques anew.",
            id="plaques.W002",
        )
        for url, number in elsewhere.items()
    ]
