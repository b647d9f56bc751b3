"""Settings, in one file. Every deployment choice is an environment variable, read here only.

With none but a SECRET_KEY set, the platform runs by itself: SQLite on disk, no Redis, mail on the
console. DATABASE_URL moves the data to PostgreSQL; REDIS_URL gives Celery a broker and Django a
cache; EMAIL_URL (smtp://user:password@host:port, smtps:// for TLS from the start) sends real mail.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data")
DEBUG = os.environ.get("DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set. Give the platform a long random one.")
    SECRET_KEY = "only-for-development"  # noqa: S105 -- DEBUG is on, nothing is protected

SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
IS_TLS = SITE_URL.startswith("https://")
# Where mgmp/events.py is reached, mostly at SITE_URL itself. Without it phones ask by themselves.
EVENTS_URL = os.environ.get("EVENTS_URL", "").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "django_htmx",
    "django_cotton",
    "activity.apps.ActivityConfig",
    "schools",
    "accounts",
    "groups",
    "sharing",
    "sessions.apps.SessionsConfig",
    "observations",
    "reinforcement",
    "thinkpair",
    "kesraku",
    "notifications",
    "demo",
    "api",
    "frontend",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontend.middleware.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "frontend.middleware.speak_to_the_person",
    "frontend.middleware.refuse_too_much",
    "frontend.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if not IS_TLS:  # With TLS there is a reverse proxy in front, and that compresses.
    MIDDLEWARE.insert(0, "django.middleware.gzip.GZipMiddleware")
ROOT_URLCONF = "mgmp.urls"
WSGI_APPLICATION = "mgmp.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frontend.shell.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- data ---------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR}/mgmp.sqlite3",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue for the lock instead of failing; readers never wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_HANDLERS = [
    "frontend.uploads.StopAtTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Bytes of one request: five files of 10 MB with their form.
MOST_TO_TAKE = 53 * 1024 * 1024
# Attendance of a session with a thousand people has two fields for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_500

REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- work in the background ---------------------------------------------------------------------
# The activity table is the queue, so the web never talks to a broker: the broker only hands
# beat's ticks to workers. Without Redis there is none, and `celery beat` runs the tasks itself.
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "relay-activity": {"task": "activity.tasks.relay", "schedule": 5.0},
    "send-mail": {"task": "notifications.tasks.send_mail", "schedule": 30.0},
    "remind-of-sessions": {
        "task": "sessions.tasks.remind_of_sessions",
        "schedule": 900.0,
    },
    "remind-of-owed": {
        "task": "notifications.tasks.remind_of_owed",
        "schedule": 3600.0,
    },
    "make-thumbnails": {"task": "sharing.tasks.make_thumbnails", "schedule": 15.0},
    "fetch-previews": {"task": "sharing.tasks.fetch_previews", "schedule": 15.0},
    "erase-files": {"task": "sharing.tasks.erase_files", "schedule": 24 * 3600.0},
    "forget-names": {"task": "sharing.tasks.forget_names", "schedule": 24 * 3600.0},
    "erase-orphans": {"task": "activity.tasks.erase_orphans", "schedule": 24 * 3600.0},
    # In a meeting minutes count, so it looks four times a minute.
    "move-threads-on": {"task": "thinkpair.tasks.move_on", "schedule": 15.0},
    "discard-stale-pieces": {
        "task": "observations.tasks.discard_stale_pieces",
        "schedule": 24 * 3600.0,
    },
    "nudge-silent-pairs": {
        "task": "thinkpair.tasks.nudge_silent_pairs",
        "schedule": 3600.0,
    },
    "clear-sessions": {
        "task": "accounts.tasks.clear_sessions",
        "schedule": 24 * 3600.0,
    },
}

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AnyNameBackend"]
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email", "phone"]},
    },
    {"NAME": f"{_PASSWORDS}.MinimumLengthValidator"},
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
    {"NAME": f"{_PASSWORDS}.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {
    "username",
    "email",
}  # a phone number is understood as a username
ACCOUNT_ADAPTER = "frontend.signing_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "frontend.signing_in.SignInForm",
    "signup": "frontend.signing_in.SignUpForm",
}
MFA_ADAPTER = "frontend.signing_in.SecondFactorAdapter"
# The username is made from the name; people sign in by the phone number they gave.
ACCOUNT_SIGNUP_FIELDS = ["email", "password1*", "password2*"]
SILENCED_SYSTEM_CHECKS = ["account.W001"]  # it wants one of the login methods in SIGNUP_FIELDS
ACCOUNT_CHANGE_EMAIL = True  # one address for each person; a new one counts once it is confirmed
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have us write to strangers
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_TLS else "http"
# Behind the reverse proxy the address is what that one says; else all people would have one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_TLS else 0
# One school's Wi-Fi is one address for thirty teachers: attempts are counted per name as well.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/5m/ip,5/5m/key",
    "signup": "60/m/ip",
    "reset_password": "60/m/ip,3/5m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Smart MGMP"

# --- safety -------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "connect-src": [CSP.SELF, *([EVENTS_URL] if EVENTS_URL else [])],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "img-src": [CSP.SELF, "blob:"],
    "object-src": [CSP.NONE],
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_TLS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_TLS
SECURE_HSTS_SECONDS = 3600 * 24 * 365 if IS_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the reverse proxy does it
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "frontend.errors.csrf_failed"

# --- words and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Makassar"
USE_TZ = True

# --- static files -------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Smart MGMP <mgmp@localhost>")


def mailer(url: str) -> dict[str, Any]:
    """Read a mail server's address, e.g. smtp://user:password@mail.example.id:587."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp://user:password@host:587.")
    is_tls = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if is_tls else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": is_tls,
            "use_tls": not is_tls and parts.port == 587,  # noqa: PLR2004 -- the submission port
            "timeout": 20,
        },
    }


MAILERS = {"default": mailer(os.environ.get("EMAIL_URL", ""))}

# --- rooms online -------------------------------------------------------------------------------
# Each is offered where it is set; a pasted link always is. `bbb-conf --secret` tells both of BBB's.
JITSI_URL = os.environ.get("JITSI_URL", "").rstrip("/")
JITSI_APP_ID = os.environ.get("JITSI_APP_ID", "")
JITSI_SECRET = os.environ.get("JITSI_SECRET", "")
BBB_URL = os.environ.get("BBB_URL", "").rstrip("/").removesuffix("/api")
BBB_SECRET = os.environ.get("BBB_SECRET", "")

# --- API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "api.paging.Newest",
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.handle",
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Smart MGMP",
    "DESCRIPTION": "The SMART cycle of a teachers' group, as JSON.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "GroupRoleEnum": "groups.roles.Role",
        "ParticipationRoleEnum": "sessions.models.Participation.Role",
        "GroupKindEnum": "groups.models.Group.Kind",
        "SessionStatusEnum": "sessions.models.ModelSession.Status",
        "SessionKindEnum": "sessions.models.ModelSession.Kind",
        "PostKindEnum": "sharing.models.Post.Kind",
        "AudienceEnum": "sharing.models.Post.Audience",
        "ThreadScopeEnum": "thinkpair.models.Thread.Scope",
        "SeriesScopeEnum": "api.series.SCOPES",
        "InstrumentStatusEnum": "observations.models.Instrument.Status",
    },
    "GET_MOCK_REQUEST": "api.docs.as_somebody",
}

# --- logs ---------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"hide_secrets": {"()": "mgmp.logs.HideSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Its warnings tell whole addresses, and a signed one is as good as a password.
    "loggers": {"urllib3": {"level": "ERROR"}},
}
