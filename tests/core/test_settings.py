"""Everything changeable comes from the environment, and a wrong value names its variable."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import repository

SOURCES = ("base", "dev", "production", "environment")
WRONG = {
    "ALLOWED_HOSTS": ("production", ""),
    "DATABASE_URL": ("dev", "oracle-of-delphi"),
    "DEBUG": ("dev", "perhaps"),
    "EMAIL_PORT": ("dev", "70000"),
    "EMAIL_USE_TLS": ("dev", "perhaps"),
    "HUB_BASE_URL": ("dev", "hub.example.org"),
    "HUB_DATA_DIR": ("dev", __file__),
    "HUB_IMPORT_RETENTION_DAYS": ("dev", "0"),
    "HUB_OFFICIAL_SITE": ("dev", "sure"),
    "LOGIN_COOLOFF_HOURS": ("dev", "-1"),
    "LOGIN_FAILURE_LIMIT": ("dev", "none"),
    "LOG_LEVEL": ("dev", "LOUD"),
    "SEARCH_DOWN_SECONDS": ("dev", "soon"),
    "SEARCH_TIMEOUT_SECONDS": ("dev", "0"),
    "SEARCH_URL": ("dev", "solr://127.0.0.1/hub"),
    "SECRET_KEY": ("production", "short"),
    "SECURE_HSTS_SECONDS": ("production", "-1"),
    "SECURE_SSL_REDIRECT": ("production", "yes please"),
    "STATIC_ROOT": ("dev", __file__),
    "TIME_ZONE": ("dev", "Mars/Base"),
    "WAGTAIL_AUTOSAVE_INTERVAL": ("dev", "often"),
    "WEB_ACCESS_LOG": ("gunicorn", "loud"),
    "WEB_THREADS": ("gunicorn", "0"),
    "WEB_WORKERS": ("gunicorn", "two"),
}
# Free text: any value may be meant.
FREE = {
    "CSRF_TRUSTED_ORIGINS",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "HUB_CONTACT_EMAIL",
    "WEB_BIND",
}
PRODUCTION = {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "hub.example.org"}


def variables() -> set[str]:
    """Return every variable that the settings and the server's configuration read."""
    found = set()
    paths = [f"innovation_hub/settings/{name}.py" for name in SOURCES] + ["innovation_hub/gunicorn.py"]
    for path in paths:
        for node in ast.walk(ast.parse(repository.read(path) or "")):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").startswith("read"):
                found |= {
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                }
    return found


def load(module: str, **environment: str) -> subprocess.CompletedProcess:
    """Import one settings module in a process of its own, with little more than the given environment."""
    name = "innovation_hub.gunicorn" if module == "gunicorn" else f"innovation_hub.settings.{module}"
    base = {"PATH": os.environ["PATH"], **(PRODUCTION if module == "production" else {})}
    return subprocess.run(
        [sys.executable, "-c", f"import {name}"],
        cwd=repository.ROOT,
        env={**base, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_variable_is_tried_here():
    assert variables() == set(WRONG) | FREE


def test_a_default_start_needs_no_variable():
    assert load("dev").returncode == 0
    assert load("gunicorn").returncode == 0
    assert load("production").returncode == 0


@pytest.mark.parametrize("variable", WRONG)
def test_a_wrong_value_names_its_variable(variable):
    module, value = WRONG[variable]
    result = load(module, **{variable: value})
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last_line
    assert re.search(rf"\bEnvironment variable {variable} is wrong: \S", last_line)


def test_a_data_folder_moves_everything_that_a_hub_writes(tmp_path):
    code = (
        "from innovation_hub.settings import dev as s; print(s.DATABASES['default']['NAME'], s.SEARCH_URL,"
        " s.MEDIA_ROOT, s.PRIVATE_MEDIA_ROOT, s.STATIC_ROOT, s.STORAGES['private']['OPTIONS']['location'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=repository.ROOT,
        env={"PATH": os.environ["PATH"], "HUB_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    places = [place.removeprefix("tantivy://") for place in result.stdout.split()]
    assert len(places) == 6
    assert all(Path(place).is_relative_to(tmp_path) for place in places)


def test_the_readme_explains_every_variable():
    readme = repository.read("README.md") or ""
    assert {name for name in variables() if f"`{name}`" not in readme} == set()
