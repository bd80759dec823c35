"""Nobody who reads Indonesian meets English, and no compiled catalogue lags behind its source."""

import re
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from django.views.i18n import JavaScriptCatalog

from tests.repository import ROOT, files, read

FOLDERS = [Path(folder) / "id" / "LC_MESSAGES" for folder in settings.LOCALE_PATHS]
SOURCES = [path for folder in FOLDERS for path in sorted(folder.glob("*.po"))]
HUB = FOLDERS[0] / "django.po"
RUN = "run 'make messages', translate, then 'make compilemessages'"

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w+\}")
TAG = re.compile(r"<[^>]+>")
ALIAS = re.compile(r"\b(?:n?p?gettext(?:_lazy|_noop)?) as (\w+)")
BUILT_IN = {"_", "gettext", "ngettext", "pgettext", "npgettext"}

# Words over buttons, in messages and beside fields that submitters, reviewers and curators meet.
MET_BY_STAFF = (
    "Sign in", "Forgotten password?", "Remember me", "Password", "Reset password", "Check your email",
    "Log out", "Account", "Dashboard", "Search", "Apply filters", "Show filters", "Filter by", "Sort by",
    "Choose another", "Clear choice", "Save draft", "Saving…", "Saved", "Autosave is paused", "Publish",
    "Unpublish", "Submit to %(workflow_name)s", "Resubmit to %(task_name)s", "Approve", "Approve with comment",
    "Request changes", "Changes requested", "Needs changes", "In progress", "Workflow history",
    "Workflow progress", "Compare with current version", "Review this version",
    "There are no differences between these two versions", "Locked by you", "Locked by another user", "Lock",
    "Unlock", "Set schedule", "Go-live:", "Expiry:", "Schedule to publish", "Cancel scheduled publish", "Live",
    "Draft", "History", "Checks", "Comments", "Add Comment", "Preview", "Preview is out of date",
    "Download XLSX", "Select all", "Actions", "Yes, delete", "Site history",
    "You have <span>unsaved edits</span>", "%(user_name)s has unsaved changes", "Go to the first error",
    "The %(model_name)s could not be saved due to errors.", "No %(model_name)s match your query.",
    "%(model_name)s '%(object)s' updated.", "%(model_name)s '%(object)s' has been submitted for moderation.",
    "Upload successful. However, your new image seems to be a duplicate of an existing image. "
    "You may delete it if it wasn't required.",
    "Account locked: too many login attempts. Please try again later.",
)  # fmt: skip


def load(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale="id", domain=path.stem)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def variants(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def keys(found: Iterable[Message]) -> set[tuple[str | None, str]]:
    """What gettext looks messages up by: context and (singular) text."""
    return {(message.context, variants(message.id)[0]) for message in found}


def is_translated(message: Message | None) -> bool:
    return bool(message and not message.fuzzy and message.string and all(variants(message.string)))


@pytest.fixture(scope="module")
def keywords() -> list[str]:
    """The names of translating functions, as ``make messages`` gives them to Babel."""
    return re.findall(r"-k (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def collected(keywords, tmp_path_factory) -> list[Message]:
    """Every string to translate in code and templates, collected as ``make messages`` does."""
    template = tmp_path_factory.mktemp("catalogues") / "django.pot"
    options = [part for keyword in keywords for part in ("-k", keyword)]
    command = ["pybabel", "--quiet", "extract", "-F", "pyproject.toml", *options, "-o", str(template), "."]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert not CommandLineInterface().run(command)
    with template.open("rb") as source:
        return messages(read_po(source))


def test_every_string_has_a_translation(collected):
    catalogue = load(HUB)
    missing = [one.id for one in collected if not is_translated(catalogue.get(one.id, context=one.context))]
    assert len(collected) > 500
    assert not missing, RUN


def test_babel_knows_every_name_of_a_translating_function(keywords):
    known = BUILT_IN | {keyword.split(":")[0] for keyword in keywords}
    unknown = {
        f"{path}: {name}"
        for path in files()
        if path.endswith(".py") and not path.startswith("tests/")
        for name in ALIAS.findall(read(path) or "")
        if name not in known
    }
    assert not unknown, "give it to Babel with -k in the Makefile"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parents[2].name}/{path.name}")
def test_translations_keep_placeholders_and_tags(path):
    catalogue, wrong = load(path), []
    for message in messages(catalogue):
        ids, strings = variants(message.id), variants(message.string)
        given = {name for text in ids for name in PLACEHOLDER.findall(text)}
        used = [set(PLACEHOLDER.findall(text)) for text in strings]
        # One plural form serves all numbers, and may leave out what only one of the two English forms says.
        agree = all(names == given if len(ids) == 1 else names <= given for names in used)
        tags = {tuple(sorted(TAG.findall(text))) for text in ids}
        if not agree or any(tuple(sorted(TAG.findall(text))) not in tags for text in strings):
            wrong.append(message.id)
        wrong += [f"{message.id}: {error}" for error in message.check(catalogue)]
    assert not wrong


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parents[2].name}/{path.name}")
def test_compiled_catalogue_is_current(path):
    compiled = BytesIO()
    write_mo(compiled, load(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run 'make compilemessages' and commit"


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_wagtail_string_is_left_in_english(domain):
    """Wagtail's own Indonesian is 40 % complete; the rest is ours, also after an upgrade."""
    english, indonesian = set(), set()
    for path in SOURCES:
        if path.stem == domain:
            indonesian |= keys(messages(load(path)))
    for app in [name for name in settings.INSTALLED_APPS if name.split(".")[0] == "wagtail"]:
        locale = Path(find_spec(app).submodule_search_locations[0]) / "locale"
        original = locale / "en" / "LC_MESSAGES" / f"{domain}.po"
        theirs = locale / "id_ID" / "LC_MESSAGES" / f"{domain}.mo"
        if original.exists():
            english |= keys(messages(load(original)))
        if theirs.exists():
            with theirs.open("rb") as source:
                indonesian |= keys(messages(read_mo(source)))
    assert english
    missing = english - indonesian
    assert not missing, "translate these in innovation_hub/locale_wagtail"


@pytest.mark.parametrize("text", MET_BY_STAFF)
def test_staff_meet_indonesian(text):
    with override("id"):
        assert gettext(text) != text
    with override("en"):
        assert gettext(text) == text


def test_both_languages_load():
    with override("id"):
        assert gettext("Innovation") == "Inovasi"
        assert ngettext("%(count)s innovation", "%(count)s innovations", 3) % {"count": 3} == "3 inovasi"
    with override("en"):
        assert gettext("Innovation") == "Innovation"
        assert ngettext("%(count)s innovation", "%(count)s innovations", 3) % {"count": 3} == "3 innovations"


def test_scripts_of_the_admin_speak_indonesian(rf):
    view = JavaScriptCatalog.as_view(packages=["wagtail.admin"])
    with override("id"):
        assert b'"Add a comment": "Tambah komentar"' in view(rf.get("/")).content
    with override("en"):
        assert b"Tambah komentar" not in view(rf.get("/")).content
