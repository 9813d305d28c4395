"""Settings of the test suite. `DATABASE_URL` chooses the database, as everywhere."""

import tempfile
from pathlib import Path

from wardmark.settings.base import *

DEBUG = False
SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Thirty-two bytes with the code: a version 3 symbol, as a ward's own host name should allow.
PLAQUE_BASE_URL = WAGTAILADMIN_BASE_URL = "https://cg.example"

# A real file, so that write-ahead logging, locks and threads behave as in production.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": Path(DATABASES["default"]["NAME"]).with_name("test.sqlite3")}
    # Nothing here has to outlive a power cut, so no commit waits for the disk: tests kill processes, never the machine.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"

# Uploads of a test run are thrown away with it.
MEDIA_ROOT = tempfile.mkdtemp(prefix="wardmark-test-uploads-")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tempfile.mkdtemp(prefix="wardmark-test-documents-")},
    },
    # No collectstatic before each run; the production storage has tests of its own.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Tests of pages see what they change at once; the cache of pages has tests of its own.
PAGE_CACHE_SECONDS = 0
# As in production, whatever DEBUG would be on this machine.
OFFLINE_READING = True
CACHES["shared"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}

# What is sent to telephones, tests read in MemoryGateway.sent.
MESSAGES = {"BACKEND": "wardmark.accounts.messages.gateways.MemoryGateway"}
OTP_WEBAUTHN_RP_ID, OTP_WEBAUTHN_ALLOWED_ORIGINS = "cg.example", ["https://cg.example"]

# Hashing a password slowly is the point in production and a waste here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
