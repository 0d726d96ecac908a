"""Everything the installation decides, read from the environment (docs/start.md)."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from jonction.config import environment

# --- Environment ---------------------------------------------------------------------------
ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = environment.folder(Path(os.environ.get("JONCTION_DATA_DIR") or ROOT / "data").absolute())
SECRET_KEY = environment.secret_key(
    Path(os.environ.get("JONCTION_SECRET_KEY_FILE") or DATA_DIR / "secret.key")
)
DATABASES = {
    "default": environment.database(
        os.environ.get("JONCTION_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'jonction.sqlite3'}"
    )
}
JONCTION_DEMO = environment.flag("JONCTION_DEMO", default=False)
ALLOWED_HOSTS = environment.hosts(os.environ.get("JONCTION_HOSTS") or "localhost,127.0.0.1,[::1]")
SITE_ADDRESS = environment.address(
    os.environ.get("JONCTION_ADDRESS", ""), ALLOWED_HOSTS, os.environ.get("JONCTION_PORT") or "8000"
)
mail_url = os.environ.get("JONCTION_EMAIL_URL") or "console:"
globals().update(environment.mail(mail_url))
DEFAULT_FROM_EMAIL = environment.sender(mail_url, SITE_ADDRESS)
FILES_DIR = environment.storage(os.environ.get("JONCTION_STORAGE_URL") or "", DATA_DIR / "fichiers")
DEBUG = False

# --- Applications --------------------------------------------------------------------------
INSTALLED_APPS = [
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "treebeard",
    "django_tasks",
    "django_tasks_db",
    "jonction.core",
    "jonction.ui",
    "jonction.accounts",
    "jonction.imports",
    "jonction.territories",
    "jonction.governance",
    "jonction.cycle",
    "jonction.ethics",
    "jonction.support",
    "jonction.home",
    "jonction.demo",
    "jonction.config",
    "django.forms",  # after ours, whose templates come first; and allauth as well
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jonction.accounts.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jonction.core.http.RefusalMiddleware",
    "jonction.core.http.LegibleMiddleware",
    "jonction.core.memory.MemoryMiddleware",
]
ROOT_URLCONF = "jonction.config.urls"
WSGI_APPLICATION = "jonction.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Pages ---------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # cotton and template-partials both rewrite the loaders when left to themselves
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jonction.ui.context.shell",
            ],
        },
    }
]
IMPORT_READERS = [
    "jonction.support.imports.JournalReader",
    "jonction.governance.imports.OrganisationReader",
    "jonction.governance.imports.FigureReader",
]
LARGEST_IMPORT = 20_000_000  # bytes
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "jonction.core.uploads.Sparing",
]
FORM_RENDERER = "jonction.ui.forms.FormRenderer"
# « for_all »: what a visitor without account may open, and hence sees
NAVIGATION: list[dict[str, Any]] = [
    {"label": _("Mon bureau"), "url_name": "home:desk"},
    {"label": _("Couverture"), "url_name": "support:coverage_list"},
    {"label": _("Journal"), "url_name": "support:intervention_list"},
    {
        "label": _("Accompagnement"),
        "below": [
            {"label": _("Besoins"), "url_name": "support:need_list"},
            {"label": _("Mandats"), "url_name": "support:mandate_list"},
            {"label": _("Ressources"), "url_name": "support:resource_list"},
            {"label": _("Libérations"), "url_name": "support:release_list"},
            {"label": _("Répertoire public"), "url_name": "support:directory", "for_all": True},
            {"label": _("Exigences"), "url_name": "support:filing_list"},
            {"label": _("Jumelage"), "url_name": "support:round_list"},
            {"label": _("Passations"), "url_name": "support:handover_list"},
            {"label": _("Profils de départ"), "url_name": "support:profile_list"},
            {"label": _("Équité"), "url_name": "support:equity_list"},
            {"label": _("Équilibre"), "url_name": "support:balance_list"},
            {"label": _("Ma charge"), "url_name": "support:load_mine"},
            {"label": _("Imports"), "url_name": "imports:import_list"},
        ],
    },
    {
        "label": _("Concertation"),
        "below": [
            {
                "label": _("Alliances et instances"),
                "url_name": "governance:alliance_list",
                "for_all": True,
            },
            {"label": _("Démarches"), "url_name": "cycle:process_list", "for_all": True},
            {"label": _("Liens et refus"), "url_name": "ethics:tie_list"},
            {"label": _("Territoires"), "url_name": "territories:place_list", "for_all": True},
        ],
    },
    {"label": _("Chercher"), "url_name": "home:search", "for_all": True},
]
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_DIR)},
    },
    "staticfiles": {"BACKEND": "jonction.config.static.Storage"},
}

# --- Language and time ---------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale/allauth"]  # ours, then what allauth says
FORMAT_MODULE_PATH = "jonction.config.formats"
TIME_ZONE = "America/Toronto"
USE_TZ = True

# --- People and sign-in --------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
ACCOUNT_ADAPTER = "jonction.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # the second opens sign-in by password
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # as long as the mail keeps it (core.outbox): some are slow
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "jonction.accounts.adapter.StrongerAdapter"
MFA_FORMS = {
    "add_webauthn": "jonction.accounts.forms.AddKeyForm",
    "edit_webauthn": "jonction.accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Jonction"
# browsers offer passkeys without https on this machine alone
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
# the cookie of a device that may hold work not sent, and the page that asks about it
WORK_ON_DEVICES = {"terrain": "support:field_leave"}
WORK_COOKIE_PATH = "/compte/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
     "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
CACHES = {
    # shared by all workers: the limits on sign-in attempts live in it
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "jonction_cache",
    }
}

# --- Jobs ----------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# planned by the worker itself (core.schedule), once a day from that hour of TIME_ZONE on
ROUTINES = [
    ("jonction.core.jobs.forget_receipts", "03:00"),
    ("jonction.support.jobs.watch_nightly", "04:00"),
    ("jonction.support.jobs.remind_of_handovers", "05:00"),
    ("jonction.accounts.jobs.send_digests", "06:00"),
]
# what takes back the work that a worker killed half-way left; asked by the others, and at its start
RESCUES = ["jonction.imports.jobs.free_imports"]

# --- Safety --------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler", "level": "WARNING"},
        "errors": {"class": "logging.StreamHandler", "level": "ERROR"},
    },
    # the worker of the queue tells each of its starts and stops: only its errors are for people
    # and what a page already tells the person (not found, to correct) is not told here again
    "loggers": {
        "django_tasks_db": {"handlers": ["errors"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
