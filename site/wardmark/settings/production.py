"""Production: refuses to start without what a ward must decide itself, and trusts only https."""

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from wardmark.plaques.base_url import fault_of

env = Env()
REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "PLAQUE_BASE_URL")
missing = [name for name in REQUIRED if not env.str(name, default="").strip()]
if missing:
    raise ImproperlyConfigured(
        f"DJANGO_ENV=production needs {', '.join(missing)}. docs/operators-guide.md says what each is for."
    )

if fault := fault_of(env.str("PLAQUE_BASE_URL").rstrip("/"), public=True):
    raise ImproperlyConfigured(f"{fault.message} {fault.hint}")

# Only now: the base settings make what a development machine lacks, a secret key on its disk among it.
from wardmark.settings.base import *  # noqa: E402

DEBUG = False
SEALING_KEYS_REQUIRED = True
# Without a gateway nobody is told to wait for a message: officers confirm telephone numbers.
MESSAGES = message_gateway(env, default="none", file=VAR / "messages.jsonl")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Health checks and proxies on the machine itself speak plain http.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    # Only when a proxy of ours always sets this header itself: anybody else could forge it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
