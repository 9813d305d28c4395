"""Settings of every environment. With no variable set they suit development on this machine.

Variables: DEBUG, SECRET_KEY, SEALING_KEYS, ALLOWED_HOSTS, PLAQUE_BASE_URL, CONTENT_LANGUAGES, DATABASE_URL, REDIS_URL,
PAGE_CACHE_SECONDS, OFFLINE_READING, MEDIA_S3_*, MESSAGE_GATEWAY*, HOST, PORT, VAR_DIR. docs/operators-guide.md
says what each does.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from wardmark.settings.languages import named
from wardmark.settings.local import LOOPBACK, local_base_url, local_secret_key
from wardmark.settings.message_gateway import message_gateway
from wardmark.settings.passkeys import passkey_host, passkey_origins
from wardmark.settings.storages import FOR_EVER, document_storage, upload_origins, upload_storage

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
# What the site writes: uploads, SQLite, collected static files. Never inside the source tree's packages.
VAR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))

# ---- this machine -------------------------------------------------------------------------------

_host = env.str("HOST", default="127.0.0.1")
# Error pages with settings and sources are for this machine's own developer only: not where a proxy brings visitors in.
_is_public = any(env.str(name, default="") for name in ("ALLOWED_HOSTS", "PLAQUE_BASE_URL"))
DEBUG = env.bool("DEBUG", default=_host in LOOPBACK and not _is_public)
SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret_key(VAR / "secret-key")
# Encrypt account and telephone numbers, the newest first. Without any, a key is derived from SECRET_KEY: for this
# machine's own trials only, so production requires them.
SEALING_KEYS = env.list("SEALING_KEYS", default=[])
SEALING_KEYS_REQUIRED = False
# Whether a proxy of ours stands in front, whose word about the visitor's address counts.
BEHIND_PROXY = False

# Printed on every plaque: scheme and host in lower case, no slash at the end.
PLAQUE_BASE_URL = (
    env.str("PLAQUE_BASE_URL", default="") or local_base_url(_host, env.str("PORT", default="8000"))
).rstrip("/")
# The host printed on plaques is always answered: forgotten in the list, it would turn every scan into an error.
ALLOWED_HOSTS = [
    *(env.list("ALLOWED_HOSTS", default=[]) or ["localhost", "127.0.0.1", "[::1]"]),
    urlsplit(PLAQUE_BASE_URL).hostname or "localhost",
]

# ---- applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "streets",
    "heritage",
    "wardmark.accounts",
    "wardmark.reports",
    "wardmark.plaques",
    "wardmark.base",
    "wardmark.design",
    "media",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "modelsearch",
    "django_filters",
    "django_tasks_db",
    "django_otp",
    "django_otp_webauthn",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wardmark.base.middleware.GZipTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "wardmark.base.security.AdminContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wardmark.base.middleware.LanguagePrefixMiddleware",
    "wardmark.base.page_cache.PageCacheMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wardmark.base.publishing.NotReadyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Calls views itself: the last.
    "streets.changes.in_turn.PagesInTurn",
]

ROOT_URLCONF = "wardmark.urls"
WSGI_APPLICATION = "wardmark.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "wardmark.base.context.ward",
            ]
        },
    }
]

# ---- services: embedded by default, real ones by one variable each -------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'wardmark.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured with 6 publishing processes: 1,403 "database is locked" with Django's defaults, none so.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Opened anew for each request, SQLite empties its write-ahead log each time the last connection closes: 7 ms and more.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
# `default` may be each process's own; what stands in `shared` all processes must agree on.
if REDIS_URL:
    # Two wards may share a server: the host on the plaques tells their keys apart.
    _redis = {
        "BACKEND": "wardmark.base.cache.FailOpenRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": urlsplit(PLAQUE_BASE_URL).netloc,
    }
    CACHES = {"default": _redis, "shared": _redis}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # About 30 kB for a page: 30 MB in each process at the most.
            "OPTIONS": {"MAX_ENTRIES": 1000},
        },
        "shared": {
            "BACKEND": "wardmark.base.cache.CountingFileCache",
            "LOCATION": VAR / "cache",
        },
        # Deleted in one process, a rendition would live on in the memory of the others.
        "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
# How long a page is kept for visitors who are not signed in, in seconds; 0 makes every page anew.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=0 if DEBUG else 300)
# Whether visitors may keep pages on their device; off, what they kept is taken away at their next visit. Not while
# developing: files there keep their names when they change.
OFFLINE_READING = env.bool("OFFLINE_READING", default=not DEBUG)
# Models and whole apps that no page shows; every other model's changes make all pages anew.
NEVER_ON_A_PAGE = {
    "accounts",
    "base.ChoreRun",
    "base.OfficeDay",
    "contenttypes",
    "django_otp_webauthn",
    "django_tasks_database",
    "modelsearch",
    "plaques.LinkRequest",
    "plaques.PlaqueAlert",
    "plaques.PlaqueCheck",
    "plaques.PlaqueEvent",
    "plaques.PrintJob",
    "plaques.PrintPart",
    "plaques.PrintPiece",
    "plaques.ScanCount",
    "plaques.Screen",
    "plaques.ScreenPage",
    "reports.FileToRemove",
    "reports.ReportEvent",
    "reports.ReportPhoto",
    "reports.SubjectRequest",
    "reports.VisitorReport",
    "sessions",
    "streets.AssistedSession",
    "streets.CardCheck",
    "streets.ChangeRequest",
    "streets.Claim",
    "streets.ClaimLetter",
    "streets.ClaimWord",
    "streets.Dispute",
    "streets.FactChange",
    "streets.KeepingEvent",
    "streets.MemberInvitation",
    "streets.NameCount",
    "streets.NameMismatch",
    "streets.OwnershipChange",
    "streets.PaymentEvent",
    "streets.PaperReminder",
    "streets.StaleNotice",
    "streets.VendorPicture",
    "streets.SentPaper",
    "streets.VendorChangeTask",
    "wagtail_localize",
    "wagtailadmin",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "wagtailcore.PageSubscription",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Revision",
    "wagtailcore.Task",
    "wagtailcore.TaskState",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowState",
    "wagtailusers",
}
# A visitor's own page draws what is missing; only what is taken away leaves a dead address.
ON_A_PAGE_ONCE_DELETED = {"media.PictureRendition"}

# Of what trusted shops publish themselves, officers look over one in so many afterwards, besides each person's first.
LOOK_OVER_ONE_IN = env.int("LOOK_OVER_ONE_IN", default=5)

# Work that outlasts a request. Wagtail's own tasks are small and stay in the request: a page that is published is in
# search at once, worker or not. `manage.py work` takes what is in `jobs`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
# Who is answered differently that scans a plaque of their own: wardmark/plaques/own_scans.py.
OWN_SCANS = ["streets.portal.card.answer_to_member"]
# What the worker does again and again: wardmark/base/chores.py.
CHORES = {
    "take-up-print-jobs": {
        "function": "wardmark.plaques.print_sheets.reaper.take_up_left_jobs",
        "every": timedelta(minutes=1),
        "title": _("Take up print jobs that a stopped worker left"),
    },
    "watch-for-silence": {
        "function": "wardmark.plaques.watching.watch_for_silence",
        "every": timedelta(days=1),
        "title": _("Look for plaques whose scans have stopped"),
    },
    "clear-print-jobs": {
        "function": "wardmark.plaques.print_sheets.files.clear_old_jobs",
        "every": timedelta(days=1),
        "title": _("Remove the files of print jobs older than 30 days"),
    },
    "note-translations": {
        "function": "wardmark.base.translating.note_missing",
        "every": timedelta(days=1),
        "title": _("Note the state of translations not looked at yet"),
    },
    "draw-placeholders": {
        "function": "media.photos.draw_missing_placeholders",
        "every": timedelta(days=1),
        "title": _("Draw what stands in for pictures while they load"),
    },
    "take-street-figures": {
        "function": "streets.snapshots.take_snapshots",
        "every": timedelta(hours=1),
        "title": _("Count each street’s figures once a month"),
    },
    "activate-payment-accounts": {
        "function": "streets.payments.activate_due",
        "every": timedelta(minutes=1),
        "title": _("Let approved payment accounts become active"),
    },
    "forget-name-mismatches": {
        "function": "streets.name_reports.forget_old",
        "every": timedelta(hours=1),
        "title": _("Forget who saw another payee’s name more than 24 hours ago"),
    },
    "pass-shops-on": {
        "function": "streets.claims.ownership.complete_due",
        "every": timedelta(minutes=1),
        "title": _("Let approved ownership changes of shops take effect"),
    },
    "forget-lapsed-invitations": {
        "function": "streets.claims.forgetting.forget_lapsed",
        "every": timedelta(days=1),
        "title": _("Forget the numbers of invitations that have lapsed"),
    },
    "remind-of-papers": {
        "function": "streets.food_reminders.remind_of_expiring",
        "every": timedelta(days=1),
        "title": _("Remind of food-safety papers that expire"),
    },
    "forget-askers": {
        "function": "wardmark.reports.subject_requests.forget_askers",
        "every": timedelta(days=1),
        "title": _("Forget who asked about personal data, 30 days after the answer"),
    },
    "erase-reports": {
        "function": "wardmark.reports.erasing.erase_old",
        "every": timedelta(hours=1),
        "title": _("Erase telephone numbers 30 days and photos 180 days after a report is closed"),
    },
    "clear-vendors-photos": {
        "function": "streets.vendor_pictures.clear_unused",
        "every": timedelta(days=1),
        "title": _("Remove vendors’ photos that nothing uses"),
    },
    "ask-whether-still-right": {
        "function": "streets.stale.ask_whether_still_right",
        "every": timedelta(days=1),
        "title": _("Ask vendors whether their pages are still right"),
    },
    "forget-sign-in-attempts": {
        "function": "wardmark.accounts.throttling.forget_old",
        "every": timedelta(hours=1),
        "title": _("Forget who tried to sign in more than a day ago"),
    },
    "forget-one-time-codes": {
        "function": "wardmark.accounts.phone_proof.forget_old",
        "every": timedelta(hours=1),
        "title": _("Forget one-time codes of more than a day ago"),
    },
    "clear-ended-sessions": {
        "function": "wardmark.accounts.sessions.clear_ended",
        "every": timedelta(days=1),
        "title": _("Remove sign-ins that have ended"),
    },
    "change-sign-in-phones": {
        "function": "wardmark.accounts.phone_changes.apply_due",
        "every": timedelta(minutes=1),
        "title": _("Let changed sign-in phones count"),
    },
    "clear-expired-counts": {
        "function": "wardmark.base.cache.remove_expired",
        "every": timedelta(hours=1),
        "title": _("Drop the salts and counts whose time is over"),
    },
    "forget-done-tasks": {
        "function": "wardmark.base.work.forget_done_tasks",
        "every": timedelta(days=1),
        "title": _("Forget background tasks done more than 30 days ago"),
    },
}

# Who keeps telephone numbers, for requests about personal data: wardmark/base/personal_data.py.
PERSONAL_DATA_HOLDERS = [
    "wardmark.reports.held_data.HeldInReports",
    # Before the accounts: it locks all shops that it is about, theirs too.
    "streets.held_data.HeldInStreets",
    "wardmark.accounts.held_data.HeldInAccounts",
]

# Where sealed texts stand, for a change of SEALING_KEYS: wardmark/base/resealing.py.
SEALED = [
    "wardmark.accounts.resealing.sealed",
    "wardmark.reports.resealing.sealed",
    "streets.resealing.sealed",
]

MEDIA_ROOT = VAR / "uploads"
MEDIA_URL = "/uploads/"
UPLOADS_CACHE_CONTROL = FOR_EVER
STORAGES = {
    "default": upload_storage(env),
    "documents": document_storage(env, VAR / "documents"),
    "staticfiles": {"BACKEND": "wardmark.design.storage.FlattenedManifestStorage"},
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True

# ---- languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
# The site's own words are complete in these; in any further language of the contents, English ones stand in.
INTERFACE_LANGUAGES = named(["vi", "en"])
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = named(env.list("CONTENT_LANGUAGES", default=["vi", "en"]))
# Set only when a visitor uses the language switch; read where an address names no language.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
# Each language with the country it is written for, as Open Graph names it.
LANGUAGE_LOCALES = {"vi": "vi_VN", "en": "en_US"}
# Vietnamese for what Wagtail and other packages have in English only. The earlier folder wins: the site's own words do.
BORROWED_WORDS = ROOT / "site" / "wardmark" / "borrowed_words"
LOCALE_PATHS = [ROOT / "site" / "wardmark" / "locale", BORROWED_WORDS]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = ["wardmark.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# ---- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["wardmark.accounts.backends.PhoneOrNameBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
# Who carries codes to telephones: here whoever works on this machine reads them in the terminal or in a file.
MESSAGES = message_gateway(env, default="console" if DEBUG else "file", file=VAR / "messages.jsonl")
# A passkey belongs to the host whose plaques people scan, and to no other. A browser takes no number for a host's name.
OTP_WEBAUTHN_RP_ID = passkey_host(PLAQUE_BASE_URL)
OTP_WEBAUTHN_RP_NAME = "Wardmark"
OTP_WEBAUTHN_ALLOWED_ORIGINS = passkey_origins(PLAQUE_BASE_URL)
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = True
# Whose change of sign-in phone a second officer must approve.
PHONE_CHANGE_NEEDS_OFFICER = "streets.members.keeps_a_shop"
# Called with the person's key inside the transaction, before a change is written or locked: takes what comes first.
PHONE_CHANGE_IN_TURN = "streets.owners_phones.in_turn"

# ---- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Wardmark"
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "base/password_required.html"  # noqa: S105 - a path, no password
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = WAGTAIL_PASSWORD_REQUIRED_TEMPLATE
WAGTAILADMIN_BASE_URL = PLAQUE_BASE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = INTERFACE_LANGUAGES
# A day is the ward's for everybody: nobody's own zone may move the end of a paper or the month of a figure.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# No request of the admin leaves this site.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAIL_ALLOW_UNICODE_SLUGS = False
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}}

WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A phone's 50 megapixel photograph needs shrinking first; a 128 MP bomb took 717 MB of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.WardDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Audio",
    "MEDIA_FORM_BASE": "media.forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "opus"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
# Where a story may lead to for a film: what the site is called, and the hosts that are it. Nothing is loaded from them.
VIDEO_SITES = {
    "YouTube": ("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"),
    "Vimeo": ("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# ---- what a browser may do ----------------------------------------------------------------------

UPLOAD_ORIGINS = upload_origins(STORAGES["default"])
_pictures = [SELF, *UPLOAD_ORIGINS]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": _pictures,
        "media-src": _pictures,
        "font-src": [SELF],
        # A kept page keeps its photos and recording: fetched by a script, from where they lie.
        "connect-src": _pictures,
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's own screens carry inline scripts and styles; only signed-in staff ever get this policy.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [*_pictures, "data:", "blob:"],
    "media-src": [*_pictures, "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wardmark.base.views.csrf_failure"

# ---- e-mail --------------------------------------------------------------------------------------

# Nothing is sent until a server is named: smtp://user:password@host:587/?tls=True
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

# ---- logs ---------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would print the same lines again.
        "django": {"handlers": [], "level": "WARNING"},
        "wardmark": {"level": "INFO"},
        "django_tasks_db": {"level": "WARNING"},
        # What it says of a second try quotes the address asked, in which a gateway's provider may want its token.
        "urllib3": {"level": "ERROR"},
        "heritage": {"level": "INFO"},
        "streets": {"level": "INFO"},
    },
}

# The words of the editors' two languages, so that `makemessages` finds them.
_LANGUAGE_NAMES = (_("Vietnamese"), _("English"))
