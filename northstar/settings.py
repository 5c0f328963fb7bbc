"""Everything read from the environment, once.

Every variable has its line in docs/operations.md; a secret NAME may also come from the file that
NAME_FILE names.
"""

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

env = environ.FileAwareEnv()

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
TESTING = env.bool("TESTING", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")

_host = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_host])
if DEMO or TESTING:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1"]
if TESTING:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

PORTAL_NAME = env.str("PORTAL_NAME", default="Klimatfärdplanen")
PORTAL_SENDERS = env.str("PORTAL_SENDERS", default="Umeå kommun, RISE och Umeå kommunföretag")
CITY_NAME = env.str("CITY_NAME", default="Umeå")
CONTACT_NAME = env.str("CONTACT_NAME", default="Projektkontoret")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="klimatfardplanen@umea.example")
if not re.fullmatch(r"(?!no-?reply)[^@\s]+@[^@\s]+", CONTACT_EMAIL, re.IGNORECASE):
    raise ImproperlyConfigured("CONTACT_EMAIL is the address where people read answers")
CONTACT_PHONE = env.str("CONTACT_PHONE", default="090-00 00 00")

INSTALLED_APPS = [
    "northstar",
    "measures",
    "learning",
    "partners",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "northstar.middleware.Numbered",  # first, so that every line about a request has its number
    "northstar.desk.counting.Counted",
    "northstar.middleware.HeadWithoutBody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "northstar.middleware.SecurityHeaders",
    "northstar.middleware.CompressedPages",
    "northstar.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "northstar.middleware.BodyLimit",  # before all that reads a body, once its page can be made
    "allauth.account.middleware.AccountMiddleware",
    "northstar.middleware.LoginByDefault",
    "northstar.middleware.Fragments",
    "northstar.middleware.NothingToRead",
]
if TESTING:  # a request that asks for the rows of a list one by one fails its test
    INSTALLED_APPS += ["zeal"]
    MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
    # Twice is no list: a row as it was and as it is now, and the session that logging out reads.
    ZEAL_NPLUSONE_THRESHOLD = 3
ROOT_URLCONF = "northstar.urls"
WSGI_APPLICATION = "northstar.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "northstar.context.portal",
            ],
            "builtins": ["northstar.templatetags.ui", "northstar.templatetags.patterns"],
        },
    }
]
FORM_RENDERER = "northstar.forms.Renderer"

# Database: kept connections in a pool for the web; workers set DATABASE_POOL=0, since Celery closes
# a pool after each task. Time limits: a page that needs longer than these has failed its reader.
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASE_POOL = env.int("DATABASE_POOL", default=0 if TESTING else 4)
# A host that is a folder of sockets arrives percent-encoded.
DATABASES["default"]["HOST"] = unquote(DATABASES["default"].get("HOST") or "")
_limits = [
    f"-c statement_timeout={env.str('STATEMENT_TIMEOUT', default='10s')}",
    f"-c lock_timeout={env.str('LOCK_TIMEOUT', default='3s')}",
    "-c idle_in_transaction_session_timeout=15s",
    # How much of a word a row must hold to be looked at for slips of the pen, in searches.
    "-c pg_trgm.word_similarity_threshold=0.3",
    # What is read often lies in memory: an index is then worth its while, above all in searches,
    # where looking at a text costs far more than the planner thinks.
    "-c random_page_cost=1.1",
]
# What DATABASE_URL says after its question mark (sslmode, options) comes last, and so holds.
_said = DATABASES["default"].get("OPTIONS", {})
_options = {"connect_timeout": 3} | _said
_options["options"] = " ".join([*_limits, _said.get("options", "")]).rstrip()
if DATABASE_POOL:
    _options["pool"] = {"min_size": 2, "max_size": max(2, DATABASE_POOL), "timeout": 5}
DATABASES["default"] |= {
    "OPTIONS": _options,
    "CONN_MAX_AGE": 0 if DATABASE_POOL else 600,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": False,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits of allauth live in the cache: never in Redis (login must work without it), and never
# culled, for a culled row is a forgotten limit. partners.tasks.sweep removes expired rows.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "northstar.formats"

# People and login
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = [
    "northstar.login.backend.Backend",
    "allauth.account.auth_backends.AuthenticationBackend",  # of logins that began before it
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "northstar.login.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code by mail is the only way in, and proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_TIMEOUT = 1800
ACCOUNT_FORMS = {
    "request_login_code": "northstar.login.forms.RequestCodeForm",
    "confirm_login_code": "northstar.login.forms.ConfirmCodeForm",
}
# In ten minutes: codes for one address, and requests from one network (/24, /64), which a whole
# house may share. They are counted by partners.limits; allauth's own count nothing more.
LOGIN_CODES_AN_ADDRESS = env.int("LOGIN_CODES_AN_ADDRESS", default=5)
LOGIN_REQUESTS_A_NETWORK = env.int("LOGIN_REQUESTS_A_NETWORK", default=200)
ACCOUNT_RATE_LIMITS = {"request_login_code": None}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_ENGINE = "northstar.login.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-sid" if IS_HTTPS else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "northstar.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# The looks of a notice, each after the word by which the admin's own stylesheet knows it.
MESSAGE_TAGS = {
    message_levels.SUCCESS: "success ok",
    message_levels.WARNING: "warning warn",
    message_levels.ERROR: "error err",
}

# Security
SECURE_SSL_REDIRECT = IS_HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
MEDIA_URL = ""
WHITENOISE_USE_FINDERS = DEBUG or TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "northstar.context.StaticFiles",
        # Collected by one user and read by another, unlike what people upload.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page of decisions about an imported list has many

# Mail
_mail = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND = "partners.post.connection.Connection"
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
EMAIL_CA = env.str("EMAIL_CA", multiline=True, default="")
MAIL_PER_MINUTE = env.int("MAIL_PER_MINUTE", default=0)
UNASKED_A_DAY = env.int("UNASKED_A_DAY", default=1)
UNASKED_A_WEEK = env.int("UNASKED_A_WEEK", default=2)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{PORTAL_NAME} <{CONTACT_EMAIL}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
# A sending service that tells what has become of letters, and by what it proves that it is the one:
# "" for neither, and then nobody is listened to.
MAIL_SERVICE = env.str("MAIL_SERVICE", default="")
MAIL_SERVICE_SECRET = env.str("MAIL_SERVICE_SECRET", default="")
if MAIL_SERVICE not in {"", "brevo", "mailgun", "mailjet", "postmark"}:
    raise ImproperlyConfigured("MAIL_SERVICE is none of brevo, mailgun, mailjet and postmark")
if MAIL_SERVICE and MAIL_SERVICE_SECRET:
    if len(MAIL_SERVICE_SECRET) < 16 or not MAIL_SERVICE_SECRET.isascii():
        raise ImproperlyConfigured("MAIL_SERVICE_SECRET needs 16 characters or more, all ASCII")
    if MAIL_SERVICE != "mailgun" and ":" not in MAIL_SERVICE_SECRET:
        raise ImproperlyConfigured("MAIL_SERVICE_SECRET of this service is user:password")

# The clock. Beat runs in UTC with intervals only: a zone with summer time stops it or floods it.
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
# What is to be done is a row, and the next sweep finds what this one left: no task has a result
# anybody reads, none is sent again by hand, and one whose worker dies is not brought back.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_PUBLISH_RETRY = False
# A sweep that hangs ends before the broker gives it to somebody else (visibility_timeout).
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 60
CELERY_ACCEPT_CONTENT = ["json"]  # never pickle: what is in the broker is not trusted
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # a long sweep keeps no other from being done next door
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20  # a stop lets the letter in flight arrive
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500  # whatever leaks is given back now and then
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # northstar.logs writes the worker's lines, too
# The worker may come up before the broker, and a broker that has gone is noticed within seconds.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# One that has become a replica may only be read: what it refuses must end no worker for good.
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
    "visibility_timeout": 120,
    "unacked_restore_interval": 60,  # rarely: what a dead worker had, the next sweep does
    "unacked_restore_throttle": 1,
}
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", default="/tmp/northstar-beat")  # noqa: S108

CLOCK_SWEEPS_EVERY_S = 20

# For a machine that watches: who knows the token reads /metrics; without one there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# Where web processes count together; the library that counts reads the same variable.
METRICS_FOLDER = env.str("PROMETHEUS_MULTIPROC_DIR", default="")

# The demo: personas, a mailbox and a clock that can be moved. All it changes stands here.
DEMO_DIR = env.path("DEMO_DIR", default=str(BASE_DIR / ".demo"))()
if DEMO:
    INSTALLED_APPS.append("northstar.demo")
    MIDDLEWARE.append("northstar.demo.frame.ChooseFirst")
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("northstar.demo.frame.bar")
    ROOT_URLCONF = "northstar.demo.urls"
    CLOCK_SWEEPS_EVERY_S = 2  # somebody has just moved the clock and looks at the mailbox
    # Read on the machine they lie on: ten seconds of work for smaller copies would win nothing.
    WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "svg", "txt", "md", "woff2", "png"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "northstar.logs.OneLine", "format": "%(levelname)s %(name)s %(message)s"}
    },
    "filters": {"refused_forms": {"()": "northstar.logs.RefusedForms"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"filters": ["refused_forms"]},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
