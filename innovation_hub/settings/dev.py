"""Settings for a newcomer's machine: no secrets needed, mail on the console, everything on loopback.

The embedded engine, SQLite and the same server as in production; only the safety of a public host is relaxed.
"""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, BASE_DIR, MIDDLEWARE, env, read  # noqa: F401

DEBUG = read(env.bool, "DEBUG", default=False)
SECRET_KEY = read(env.str, "SECRET_KEY", default="development-only-not-for-a-public-host-0123456789")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = read(env.str, "EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
HUB_PRINT_DEMO_ACCOUNTS = True
