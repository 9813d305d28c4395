"""System checks on the one setting that is printed on walls."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from wardmark.plaques.base_url import fault_of

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
