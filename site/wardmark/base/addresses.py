"""The address under which this machine serves the site."""

from urllib.parse import urlsplit

from wagtail.models import Site


def site_address(site: Site, base_url: str) -> None:
    """Write scheme-less host and port of `base_url` into Wagtail's site record, where absolute links come from."""
    parts = urlsplit(base_url)
    address = (parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80))
    if (site.hostname, site.port) != address:
        site.hostname, site.port = address
        site.save()
