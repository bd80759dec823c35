"""Settings shared by every environment; each value that may differ is read from the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .environment import (
    env,
    read,
    read_api_key,
    read_data_dir,
    read_database,
    read_file,
    read_folder,
    read_number,
    read_search_url,
    read_time_zone,
    read_web_address,
)

PROJECT_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PROJECT_DIR.parent
DATA_DIR, MEDIA_DIR = read_data_dir(BASE_DIR)

DEBUG = False
SECRET_KEY = read(env.str, "SECRET_KEY", default="")
ALLOWED_HOSTS = read(env.list, "ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = read(env.list, "CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "innovation_hub.core",
    "innovation_hub.accounts",
    "innovation_hub.agencies",
    "innovation_hub.training",
    "search",
    "innovation_hub.innovations",
    "innovation_hub.curation",
    "innovation_hub.imports",
    "innovation_hub.api",
    "home",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "innovation_hub.core.admin_gate.AdminGateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "innovation_hub.core.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "innovation_hub.urls"
WSGI_APPLICATION = "innovation_hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PROJECT_DIR / "templates" / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "innovation_hub.jinja2.environment",
            "extensions": [
                "jinja2.ext.i18n",
                "jinja2.ext.do",
                "wagtail.jinja2tags.core",
                "wagtail.images.jinja2tags.images",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": read_database(DATA_DIR / "hub.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AXES_FAILURE_LIMIT = read_number(env.int, "LOGIN_FAILURE_LIMIT", default=10, lowest=1)
AXES_COOLOFF_TIME = read_number(env.float, "LOGIN_COOLOFF_HOURS", default=0.25, lowest=0.0)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "innovation_hub.core.views.errors.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "innovation_hub.core.throttle.client_of"
# How many proxies stand before the hub and write X-Forwarded-For; what came before them is not believed.
TRUSTED_PROXIES = read_number(env.int, "TRUSTED_PROXIES", default=0, lowest=0, highest=10)

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
# The second folder holds what Wagtail's own Indonesian catalogues lack; the first wins where both say something.
LOCALE_PATHS = [PROJECT_DIR / "locale", PROJECT_DIR / "locale_wagtail"]
TIME_ZONE = read_time_zone("TIME_ZONE", default="Asia/Jakarta")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
STATIC_ROOT = read_folder("STATIC_ROOT", default=DATA_DIR / "static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_DIR / "public"), "base_url": "/media/"},
    },
    # Originals, evidence, training reports, staged imports and exports: under no served path.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_DIR / "private"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = str(MEDIA_DIR / "public")
MEDIA_URL = "/media/"
PRIVATE_MEDIA_ROOT = str(MEDIA_DIR / "private")

SEARCH_URL = read_search_url(DATA_DIR / "search")
SEARCH_TIMEOUT_SECONDS = read_number(env.float, "SEARCH_TIMEOUT_SECONDS", default=1.0, lowest=0.01)
SEARCH_DOWN_SECONDS = read_number(env.float, "SEARCH_DOWN_SECONDS", default=5.0, lowest=0.0)
# These are for Elasticsearch only. Shards and replicas hold from the next rebuild on.
SEARCH_API_KEY = read_api_key("SEARCH_API_KEY", SEARCH_URL)
SEARCH_CA_CERTS = read_file("SEARCH_CA_CERTS")
SEARCH_SHARDS = read_number(env.int, "SEARCH_SHARDS", default=1, lowest=1, highest=100)
SEARCH_REPLICAS = read_number(env.int, "SEARCH_REPLICAS", default=0, lowest=0, highest=10)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SITE_NAME = "Hub Inovasi ASN"
# Say "official site" in the header strip only where that is true.
HUB_OFFICIAL_SITE = read(env.bool, "HUB_OFFICIAL_SITE", default=False)
HUB_CONTACT_EMAIL = read(env.str, "HUB_CONTACT_EMAIL", default="hub@example.org")
# Addresses below these domains are office addresses; staff add others in the admin.
OFFICE_DOMAINS = [one.strip().lower() for one in read(env.list, "OFFICE_DOMAINS", default=["go.id"]) if one.strip()]
HUB_IMPORT_RETENTION_DAYS = read_number(env.int, "HUB_IMPORT_RETENTION_DAYS", default=730, lowest=1)

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = read_web_address("HUB_BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = read_number(env.int, "WAGTAIL_AUTOSAVE_INTERVAL", default=20_000, lowest=0)
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAILADMIN_USER_LOGIN_FORM = "innovation_hub.accounts.admin.login.SignInForm"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
# The hub's own pages do this, for people without a role too.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TAGGIT_CASE_INSENSITIVE = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

EMAIL_BACKEND = read(env.str, "EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = read(env.str, "EMAIL_HOST", default="localhost")
EMAIL_PORT = read_number(env.int, "EMAIL_PORT", default=25, lowest=1, highest=65535)
EMAIL_HOST_USER = read(env.str, "EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = read(env.str, "EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = read(env.bool, "EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = read_number(env.int, "EMAIL_TIMEOUT", default=10, lowest=1, highest=120)
DEFAULT_FROM_EMAIL = read(env.str, "DEFAULT_FROM_EMAIL", default="hub@example.org")

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        # The admin shows previews of pages in a frame.
        "frame-ancestors": ["'self'"],
    },
}
# Wagtail's admin writes scripts and styles inline and shows data: and blob: pictures while uploading.
CSP_STAFF_PREFIXES = ("/admin/",)
CSP_STAFF_DIRECTIVES = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'self'"],
    "frame-ancestors": ["'self'"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

LOG_LEVEL = read(env.log_level, "LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "line": {"format": "%(message)s"},
    },
    "handlers": {
        # With a level of its own: the task worker sets its loggers' levels itself.
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "level": LOG_LEVEL},
        "audit": {
            "class": "innovation_hub.core.audit.AuditFileHandler",
            "filename": str(DATA_DIR / "logs" / "audit.jsonl"),
            "formatter": "line",
        },
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "hub.audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
        # These tell of every page and task; warnings are enough.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # The engine says itself, in one line, what is wrong.
        "elastic_transport": {"level": "ERROR"},
    },
}

WAGTAILIMAGES_IMAGE_MODEL = "core.HubImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.HubDocument"
WAGTAIL_FINISH_WORKFLOW_ACTION = "innovation_hub.curation.finish.publish_workflow_state"
