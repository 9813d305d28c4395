"""System checks on the one setting that is printed on walls."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

# Version 4 at level Q holds 46 bytes; a longer link makes every module smaller on the same plate.
LONGEST_BASE_URL = 46 - len("/q/0000000")


def plaque_base_url(app_configs, **kwargs) -> list[CheckMessage]:
    """Check PLAQUE_BASE_URL: scheme and host in lower case, nothing after the host, short enough for version 4."""
    url = settings.PLAQUE_BASE_URL
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return [
            Error(
                f"PLAQUE_BASE_URL {url!r} is no web address.",
                hint="Write scheme and host only, for example https://ward.example",
                id="plaques.E001",
            )
        ]
    if url != url.lower() or parts.path or parts.query or parts.fragment:
        return [
            Error(
                f"PLAQUE_BASE_URL {url!r} must be scheme and host in lower case, without a path.",
                hint="Several phone cameras take HTTPS:// in capitals for plain text.",
                id="plaques.E002",
            )
        ]
    if len(url) > LONGEST_BASE_URL:
        return [
            Warning(
                f"PLAQUE_BASE_URL has {len(url)} characters; more than {LONGEST_BASE_URL} make a denser symbol.",
                hint="A shorter host name gives larger modules, which scan from further away.",
                id="plaques.W001",
            )
        ]
    return []
