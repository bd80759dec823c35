"""The house: what stands at the top of the repository, how long a file may be, what no file may hold."""

import re

import pytest

from tests import repository

TOP = {
    "innovation_hub",
    "search",
    "home",
    "media",
    "tests",
    "manage.py",
    "requirements.txt",
    "requirements-dev.txt",
    "pyproject.toml",
    "Makefile",
    "README.md",
    "LICENSE",
    "docs",
    ".ci",
}
APPS = {"accounts", "agencies", "api", "core", "curation", "imports", "innovations", "training"}
LONGEST = 400
# Generated, someone else's, or (hub.css) one request for every reader on a slow line, in sections.
LENGTH_EXCEPTIONS = ("/migrations/", "/vendor/", "/static/hub/hub.css")
MEGABYTE = 1_000_000
# Written in parts, so that this file doesn't hold them itself.
FORBIDDEN = {
    "a machine path": re.compile(r"(?<![\w.~-])/(?:work|root)" + "/"),
    "a package host": re.compile(
        r"files\.python" + r"hosted|py" + r"pi\.org/simple|registry\.np" + r"mjs|re" + r"po1?\.maven\."
        r"|proxy\.go" + r"lang|deb\.de" + r"bian\.org|artifacts\.ela" + "stic"
    ),
    "an index option": re.compile(r"(?<![\w-])--(?:extra-)?index" + "-url"),
    "a resolved address": re.compile(r'"res' + r'olved":\s*"http|^url = "http', re.MULTILINE),
}


def test_nothing_else_stands_at_the_top():
    tops = {path.split("/")[0] for path in repository.files()}
    assert {top for top in tops if not top.startswith(".")} | {".ci"} == TOP
    dot_folders = {path.split("/")[0] for path in repository.files() if path.startswith(".") and "/" in path}
    assert dot_folders <= {".ci", ".github"}


def test_the_project_holds_its_apps():
    packages = {path.split("/")[1] for path in repository.files() if path.endswith("/apps.py") and path.count("/") == 2}
    assert packages == APPS


def test_media_is_empty():
    assert [path for path in repository.files() if path.startswith("media/")] == ["media/.gitkeep"]


def test_files_stay_short_enough_to_read():
    long = {}
    for path in repository.files():
        if path.endswith((".py", ".html", ".css", ".js")) and not any(part in path for part in LENGTH_EXCEPTIONS):
            lines = (repository.read(path) or "").count("\n")
            if lines > LONGEST:
                long[path] = lines
    assert not long, f"more than {LONGEST} lines: split by reason to change: {long}"


def test_no_file_is_too_big():
    big = [path for path in repository.files() if (repository.ROOT / path).stat().st_size > MEGABYTE]
    assert not big


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    found = []
    for path in repository.files():
        match = FORBIDDEN[what].search(repository.read(path) or "")
        if match:
            found.append(f"{path}: {match.group()}")
    assert not found
