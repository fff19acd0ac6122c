"""Settings of the portal: the only module that reads the environment.

Without DATABASE_URL and REDIS_URL they name the embedded servers' places under the state folder
(PORTAL_VAR, else `var/`); whoever starts a process makes those servers run.
"""

import os
import re
import sys
from datetime import date
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cypmhs_portal import api_settings, demo_mode
from cypmhs_portal.embedded import places
from cypmhs_portal.launch import address

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR = places.var_folder(os.environ)

TESTING = env.bool("PORTAL_TESTING", False)
DEBUG = env.bool("DEBUG", False)
# A command typed on a developer's machine serves nobody; a web process outside the demo does.
SERVES = "gunicorn" in Path(sys.argv[0]).name or env.bool("PORTAL_PRODUCTION", False)
DATABASE_URL = env.str("DATABASE_URL", "") or places.postgres_url(VAR)
# The launcher says that it runs the demo; a command beside it finds the launcher's mark.
MARKED_DAY = None if SERVES or TESTING else demo_mode.marked_day(VAR, DATABASE_URL)
DEMO = env.bool("PORTAL_DEMO", MARKED_DAY is not None)
PRODUCTION = SERVES and not DEMO

UNSAFE_SECRET = "not-for-production"
SECRET_KEY = env.str("SECRET_KEY", UNSAFE_SECRET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Where people find the portal: what links in mails begin with.
LOCAL_ADDRESS = f"http://{env.str('HOST', address.DEFAULT_HOST)}:{env.str('PORT', str(address.DEFAULT_PORT))}"
PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", LOCAL_ADDRESS).rstrip("/")


def refuse_unsafe_production() -> None:
    """Stop a production start with a default or short secret, DEBUG, or any-host settings."""
    faults = []
    if SECRET_KEY == UNSAFE_SECRET or len(SECRET_KEY) < 40:
        faults.append("SECRET_KEY must be set to at least 40 random characters")
    if DEBUG:
        faults.append("DEBUG must not be set")
    if "*" in ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS must name the hosts, not *")
    if not re.fullmatch(r"https://[^/\s]+", PORTAL_ADDRESS):
        faults.append("PORTAL_ADDRESS must be the address people type, such as https://portal.example.org")
    if faults:
        raise ImproperlyConfigured("The portal does not start: " + "; ".join(faults) + ".")


if PRODUCTION:
    refuse_unsafe_production()
if SERVES and SECRET_KEY in ("", UNSAFE_SECRET):
    raise ImproperlyConfigured("The portal does not serve pages with a default secret. Set SECRET_KEY.")


def demo_day(text: str) -> date:
    """The day that PORTAL_TODAY names."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"PORTAL_TODAY is “{text}”; write a day like {demo_mode.DEMO_DAY}.") from error


# The demo's day. Honoured in demo mode only, and read through contracts.clock only.
PORTAL_TODAY = demo_day(env.str("PORTAL_TODAY", MARKED_DAY or demo_mode.DEMO_DAY)) if DEMO else None

INSTALLED_APPS = [
    # Before the portal's own, which take its admin pages out again.
    "oauth2_provider",
    "cypmhs_portal.apps.PortalConfig",
    "funding.apps.FundingConfig",
    "performance.apps.PerformanceConfig",
    "contracts.apps.ContractsConfig",
    "cypmhs_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "csp",
    "pgtrigger",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cypmhs_portal.middleware.PlainAddressesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cypmhs_portal.middleware.PrivateAnswersMiddleware",
]

ROOT_URLCONF = "cypmhs_portal.urls"
WSGI_APPLICATION = "cypmhs_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cypmhs_portal.context.portal",
            ],
        },
    },
]

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in limits must survive a restart and a second process, and must not need the broker.
# Rendered pages are keyed by the state they show, so each process may keep its own.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}},
}

REDIS_URL = env.str("REDIS_URL", "") or places.redis_url(VAR)
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request that only leaves a wake-up message must not hang when the broker is away.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 30, "max_retries": 1}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep recomputes": {"task": "performance.sweep_recomputes", "schedule": 30.0},
    "open the new day": {"task": "performance.open_the_day", "schedule": 3600.0},
    # By day only; what a broken mail server kept is tried again ten minutes later.
    "send reminders": {"task": "performance.send_reminders", "schedule": crontab(hour="7-18", minute="*/10")},
    # What a lost message or a broken mail server left: who is told of a notice is told at any hour.
    "send notice mails": {"task": "contracts.send_notice_mails", "schedule": crontab(minute="*/10")},
    # By night too: systems send by night.
    "send sync alerts": {"task": "performance.send_sync_alerts", "schedule": crontab(minute="*/10")},
    "time clocks anew": {"task": "contracts.retime_clocks", "schedule": crontab(hour="4", minute="10")},
    "clear what tokens and requests left": {"task": "contracts.clear_left", "schedule": crontab(hour="3", minute="20")},
}

AUTH_USER_MODEL = "contracts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "cypmhs_portal.accounts.ClosedDoorAdapter"
# One sender is slowed soon; one account only after so many failures that a stranger can hardly shut its owner out,
# and still far too few to guess a password of twelve characters.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,60/10m/key", "login": "60/m/ip", "reset_password": "10/m/ip,20/10m/key"}
# From one sender: a service may fetch the calendars of many people.
CALENDARS_A_MINUTE = 120
# An unknown address is answered like a known one, and sent nothing.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
# A session ends with the browser or after eight hours: nobody is asked to be remembered.
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
# smtp+tls://user:password@host:587; without it mails are printed, which is for trials only.
vars().update(env.email_url_config(env.str("EMAIL_URL", "consolemail://")))
# A mail server that does not answer must not hold a worker for good.
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "portal@localhost")

OAUTH2_PROVIDER_APPLICATION_MODEL = "contracts.ApiClient"
OAUTH2_PROVIDER = api_settings.OAUTH2_PROVIDER
REST_FRAMEWORK = api_settings.REST_FRAMEWORK | {"NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", False) else 0}
SPECTACULAR_SETTINGS = api_settings.SPECTACULAR_SETTINGS

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = TESTING or DEBUG
# The vendored style sheets name files that the portal leaves out on purpose.
WHITENOISE_MANIFEST_STRICT = False

# Secure cookies cannot be set over plain http, which is how the demo and the tests are reached.
SECURE = not (DEMO or TESTING or DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = SECURE and SERVES
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Limits by address count the sender, not the proxy in front of everybody.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024
# tcp://clamav:3310 or unix:///run/clamd.sock; where one is named, nothing is read that it has not looked at.
VIRUS_SCANNER = env.str("VIRUS_SCANNER", "")
# By the name of the form and its field: a list of 500,000 cases. It is read from the disk, not held in memory.
LARGER_UPLOADS = {("return_upload", "case_list"): 64 * 1024 * 1024, ("api_returns", "case_list"): 64 * 1024 * 1024}
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_BYTES
FILE_UPLOAD_HANDLERS = [
    "contracts.upload_limit.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 2

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"hide_secrets": {"()": "contracts.calendar_feed.secrets_of_feeds.HideCalendarSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hide_secrets"]}},
    # Before any handler: it says the path of what could not be answered.
    "loggers": {"django.request": {"filters": ["hide_secrets"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
}
