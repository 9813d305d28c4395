"""Where uploads live: this machine's disk, or an S3-compatible store once `MEDIA_S3_BUCKET` is set."""

from typing import Any
from urllib.parse import urlsplit

from environ import Env

LOCAL: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def upload_storage(env: Env) -> dict[str, Any]:
    """Return Django's description of the upload storage that the `MEDIA_S3_*` variables ask for.

    Files are never overwritten, so that an old page's picture stays what it was. Addresses carry no
    signature: a signed one would die in a cached page.
    """
    bucket = env.str("MEDIA_S3_BUCKET", default="")
    if not bucket:
        return LOCAL
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("MEDIA_S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("MEDIA_S3_REGION", default="") or None,
            "access_key": env.str("MEDIA_S3_ACCESS_KEY_ID", default="") or None,
            "secret_key": env.str("MEDIA_S3_SECRET_ACCESS_KEY", default="") or None,
            "custom_domain": env.str("MEDIA_S3_PUBLIC_HOST", default="") or None,
            "querystring_auth": False,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }


def upload_origins(storage: dict[str, Any]) -> list[str]:
    """Return the origins a browser must be allowed to load uploads from, beside this site's own."""
    options = storage.get("OPTIONS", {})
    if options.get("custom_domain"):
        return [f"https://{options['custom_domain'].split('/')[0]}"]
    if options.get("endpoint_url"):
        parts = urlsplit(options["endpoint_url"])
        return [f"{parts.scheme}://{parts.netloc}"]
    if options.get("bucket_name"):
        return [f"https://{options['bucket_name']}.s3.amazonaws.com"]
    return []
