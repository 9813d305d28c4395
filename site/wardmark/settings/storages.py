"""Where files live: on this machine's disk, or in S3-compatible buckets once `MEDIA_S3_BUCKET` is set."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

# A changed file gets a new name: what has been fetched once never changes.
FOR_EVER = "public, max-age=31536000, immutable"
ON_DISK = "django.core.files.storage.FileSystemStorage"


def upload_storage(env: Env) -> dict[str, Any]:
    """Return Django's description of the storage for pictures and recordings, which everybody may read.

    Files are never overwritten, so that an old page's picture stays what it was. Addresses carry no
    signature: a signed one would die in a cached page.
    """
    bucket = env.str("MEDIA_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": ON_DISK}
    options = _bucket(env, bucket) | {
        "custom_domain": env.str("MEDIA_S3_PUBLIC_HOST", default="") or None,
        "querystring_auth": False,
        "object_parameters": {"CacheControl": FOR_EVER},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def document_storage(env: Env, folder: Path) -> dict[str, Any]:
    """Return Django's description of the storage for documents, which only the application reads.

    On disk that is a folder of their own, under no address. Raises ImproperlyConfigured where pictures have a
    bucket and documents have none: a bucket that everybody may read is no place for them.
    """
    if not env.str("MEDIA_S3_BUCKET", default=""):
        return {"BACKEND": ON_DISK, "OPTIONS": {"location": folder}}
    bucket = env.str("MEDIA_S3_DOCUMENTS_BUCKET", default="")
    if not bucket or bucket == env.str("MEDIA_S3_BUCKET"):
        raise ImproperlyConfigured(
            "MEDIA_S3_BUCKET needs MEDIA_S3_DOCUMENTS_BUCKET, another bucket: everybody may read the first, "
            "nobody the second."
        )
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _bucket(env, bucket)}


def _bucket(env: Env, name: str) -> dict[str, Any]:
    return {
        "bucket_name": name,
        "endpoint_url": env.str("MEDIA_S3_ENDPOINT_URL", default="") or None,
        "region_name": env.str("MEDIA_S3_REGION", default="") or None,
        "access_key": env.str("MEDIA_S3_ACCESS_KEY_ID", default="") or None,
        "secret_key": env.str("MEDIA_S3_SECRET_ACCESS_KEY", default="") or None,
        "file_overwrite": False,
        # What is read from it lies on disk beyond this size: a print job's file may be a gigabyte.
        "max_memory_size": 8 * 2**20,
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
