"""Django's settings. Every firm's own choices lie in its database; here is what the program needs to start."""

import hashlib
import secrets
from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from tryggve.config import database, env
from tryggve.lib import folders as folder
from tryggve.lib.language import BUILT_LOCALE

django_stubs_ext.monkeypatch()
env.refuse_unknown()

FOLDERS = folder.current()
BUILT = BUILT_LOCALE.parent

# Signs sessions and forms, encrypts nothing. Before the first start there is no session to keep.
SECRET_KEY = (
    FOLDERS.secret_key_file.read_text().strip()
    if FOLDERS.secret_key_file.is_file()
    else secrets.token_urlsafe(48)
)
DEBUG = False
# What links in mail begin with, never what a request calls this computer; empty: where ``up`` answers.
ORIGIN = env.origin()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [urlsplit(ORIGIN).hostname])]
# Whose word is believed about who comes, by which name and whether encrypted; of nobody else's header anything is.
TRUSTED_PROXIES = env.trusted_proxies()
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_tasks",
    "django_tasks_db",
    "tryggve.vault",
    "tryggve.audit",
    "tryggve.accounts",
    "tryggve.ui",  # before allauth: our templates win
    "tryggve.notices",
    "tryggve.privacy",
    "tryggve.routines",
    "tryggve.routines.duties",
    "tryggve.controls",
    "tryggve.domains.setup",
    "tryggve.domains.access",
    "tryggve.domains.customers",
    "tryggve.domains.rights",
    "tryggve.domains.outreach",
    "tryggve.domains.backups",
    "tryggve.domains.datamap",
    "tryggve.domains.exposure",
    "tryggve.domains.incidents",
    "tryggve.domains.protection",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "tryggve.ui.security.SecurityHeaders",
    "tryggve.accounts.proxies.TrustedProxies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tryggve.accounts.middleware.OwnLanguage",
    "tryggve.accounts.middleware.DeviceCookie",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tryggve.ui.fragments.FragmentRedirects",
    "tryggve.ui.errors.RefusalPages",
    "tryggve.domains.setup.middleware.UnclaimedGate",
    "tryggve.accounts.gate.PermissionGate",
    "tryggve.domains.setup.middleware.UnlockDoor",
]

ROOT_URLCONF = "tryggve.config.urls"
WSGI_APPLICATION = "tryggve.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tryggve.domains.setup.context.firm",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": database.database_of(FOLDERS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by the processes, so that limits on guessing hold for all of them together.
CACHES = {
    "default": {
        "BACKEND": "tryggve.lib.shared_cache.SharedCache",
        "LOCATION": FOLDERS.run / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # with few, a guesser could push out his own count
    }
}
TASKS = {"default": {"BACKEND": "tryggve.routines.backend.IdsOnlyBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_SHORTEST_PASSWORD = {"min_length": 12}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": _SHORTEST_PASSWORD},
    # In place of Django's for common passwords and likeness to names, which know few that are this long.
    {"NAME": "tryggve.accounts.passwords.validator.HardToGuess", "OPTIONS": _SHORTEST_PASSWORD},
]
ACCOUNT_ADAPTER = "tryggve.domains.access.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "tryggve.domains.access.forms.sign_in.SignIn"}
# By account first: a flood at one account leaves no count for each of the addresses that it comes from.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,10/m/ip"}
MFA_ADAPTER = "tryggve.domains.access.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is two factors: the device, and finger, face or PIN
SOCIALACCOUNT_ADAPTER = "tryggve.domains.access.social_adapter.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SAML_METADATA = env.saml_metadata()
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "setup:home"
SECOND_FACTOR_URL = "access:second-factor"  # where to set one up
STEP_UP_URL = "access:confirm"  # where to use it once more
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# Browsers share cookies between the ports of one host: two firms on one computer keep theirs apart.
_FIRM = hashlib.sha256(str(FOLDERS.data).encode()).hexdigest()[:8]
# Behind an encrypted address no cookie is sent or taken in clear, and none of another host's (RFC 6265bis §4.1.3.2).
COOKIES_ARE_SECURE = ORIGIN.startswith("https://")
_PREFIX = "__Host-" if COOKIES_ARE_SECURE else ""
SESSION_COOKIE_NAME = f"{_PREFIX}tryggve_{_FIRM}"
SESSION_COOKIE_SECURE = COOKIES_ARE_SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = f"{_PREFIX}tryggve_device_{_FIRM}"
# Customers at their own pages: no session of ours, and known by another name than who works here.
PORTAL_COOKIE_NAME = f"{_PREFIX}tryggve_portal_{_FIRM}"
PORTAL_DOOR_COOKIE_NAME = f"{_PREFIX}tryggve_door_{_FIRM}"
CSRF_COOKIE_NAME = f"{_PREFIX}tryggve_form_{_FIRM}"
CSRF_COOKIE_SECURE = COOKIES_ARE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tryggve.ui.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "tryggve_language"
LANGUAGE_COOKIE_SECURE = COOKIES_ARE_SECURE
LANGUAGE_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "en"
LANGUAGES = [("sv", _("Swedish")), ("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BUILT_LOCALE]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BUILT / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[0-9A-Za-z]{8,}\.\w+$"  # the names carry a hash of what is in them

# Uploads stay in memory or are sealed: nothing readable about a customer touches the disk.
FILE_UPLOAD_HANDLERS = ["tryggve.vault.uploads.SealingUploadHandler"]
LARGEST_UPLOAD_BYTES = 64 * 1024 * 1024  # all files of one request together
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "tryggve.lib.logs.JsonLine"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django writes addresses with what was asked for and whole tracebacks; ours carry ids only.
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.db.backends.base": {"handlers": ["nowhere"], "propagate": False},
        # What can't be set on a page is told with the page's own words, and pages hold a recovery kit.
        "weasyprint": {"handlers": ["nowhere"], "propagate": False},
        "fontTools": {"handlers": ["nowhere"], "propagate": False},
        "tryggve": {"level": "INFO"},
    },
}
