"""Everything changeable comes from the environment, and a wrong value names its variable."""

import ast
import os
import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from tests import repository

SOURCES = ("base", "dev", "production", "environment")
WRONG = {
    "ALLOWED_HOSTS": ("production", ""),
    "DATABASE_URL": ("dev", "oracle-of-delphi"),
    "DEBUG": ("dev", "perhaps"),
    "EMAIL_PORT": ("dev", "70000"),
    "EMAIL_TIMEOUT": ("dev", "0"),
    "TRUSTED_PROXIES": ("dev", "-1"),
    "EMAIL_USE_TLS": ("dev", "perhaps"),
    "HUB_BASE_URL": ("dev", "hub.example.org"),
    "HUB_DATA_DIR": ("dev", __file__),
    "HUB_IMPORT_RETENTION_DAYS": ("dev", "0"),
    "HUB_OFFICIAL_SITE": ("dev", "sure"),
    "LOGIN_COOLOFF_HOURS": ("dev", "-1"),
    "LOGIN_FAILURE_LIMIT": ("dev", "none"),
    "LOG_LEVEL": ("dev", "LOUD"),
    "SEARCH_API_KEY": ("dev", "id:secret"),
    "SEARCH_CA_CERTS": ("dev", "/nowhere/certificate.pem"),
    "SEARCH_DOWN_SECONDS": ("dev", "soon"),
    "SEARCH_REPLICAS": ("dev", "-1"),
    "SEARCH_SHARDS": ("dev", "0"),
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
    "OFFICE_DOMAINS",
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


@pytest.mark.parametrize(
    "url",
    [
        "http://search.example.org/hub",
        "https://search.example.org:9200",
        "https://search.example.org:9200/",
        "http://search.example.org:9200/Hub",
        "http://search.example.org:9200/hub/more",
        "http://search.example.org:99999/hub",
        "http://user:pass word@:9200/hub",
    ],
)
def test_an_address_of_elasticsearch_is_complete_and_its_error_repeats_no_password(url):
    result = load("dev", SEARCH_URL=url)
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert "Environment variable SEARCH_URL is wrong: " in last_line
    assert "pass word" not in last_line


def test_elasticsearch_takes_user_or_key_a_certificate_shards_and_replicas():
    url, key = "https://user:p%40ss@search.example.org:9200/hub", b64encode(b"id:secret").decode()
    settings = {"SEARCH_SHARDS": "2", "SEARCH_REPLICAS": "1", "SEARCH_CA_CERTS": __file__}
    assert load("dev", SEARCH_URL=url, **settings).returncode == 0
    assert load("dev", SEARCH_URL=url.replace("user:p%40ss@", ""), SEARCH_API_KEY=key).returncode == 0
    both = load("dev", SEARCH_URL=url, SEARCH_API_KEY=key)
    assert "Environment variable SEARCH_API_KEY is wrong: SEARCH_URL has a user already" in both.stderr


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
