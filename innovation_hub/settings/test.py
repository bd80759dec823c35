"""Settings for the test suite: its own data folder, fast hashing, tasks run at once.

``TEST_DATABASE_URL`` chooses another database than SQLite. Every run, and every xdist worker of it,
has its own folder and its own test database, so that several runs on one machine don't meet.
"""

import os
import tempfile
from pathlib import Path

_run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid():x}")[:12]
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["HUB_DATA_DIR"] = str(Path(tempfile.gettempdir()) / f"hub-tests-{os.getuid()}" / _run / _worker)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "") or "sqlite://:memory:"
os.environ.pop("SEARCH_URL", None)

from .base import *  # noqa: E402, F403
from .base import DATA_DIR, DATABASES, STORAGES  # noqa: E402

SECRET_KEY = "tests-only-secret-key-that-is-long-enough-for-the-checks"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_hub_{_run}"}
else:
    # A file, not memory: threads of a live server and processes that a test starts then see what users see.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
WHITENOISE_AUTOREFRESH = True
LOG_LEVEL = "WARNING"
