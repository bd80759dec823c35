"""The probe: every role, and nobody, asks for every address with things of another organisation in every argument.

What is looked for stands in the foreign organisation's drafts, people, files, versions and logs: in bodies, JSON,
headers, spreadsheets, counts, and in what a search answers for a word that only they hold. Posting changes nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from innovation_hub.core.admin_access import ACCESS
from innovation_hub.core.admin_gate import access_to, may_ask
from innovation_hub.core.roles import Role
from innovation_hub.innovations.models import Innovation, Innovator
from tests.probe.arguments import PUBLIC_NAMES, SEARCHES, every_question
from tests.probe.walk import Address, QuickClient, addresses, differences, text_of
from tests.probe.world import MARKER, PAGE_MARKER, World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ASKERS = ("nobody", "asn", *(role.value for role in Role))
PAGE_ROLES = {"editor", "administrator"}
ANSWERS = {200, 204, 301, 302, 304, 400, 403, 404, 405, 410}
# What Wagtail and Django note by themselves when somebody only looks.
NOTES = {
    "sessions.Session", "wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailusers.UserProfile",
    "axes.AccessLog", "axes.AccessAttempt", "wagtailcore.ReferenceIndex", "search.OutboxEntry", "core.HubRendition",
}  # fmt: skip
# Ends the session, which the walk needs.
LEAVES = {"wagtailadmin_logout"}
# A word that nothing holds, as long as the marker.
WRONG_WORD = "Wacholderast"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """One world for the whole module, taken back at its end."""
    # Sessions in memory: thousands of questions need not read them from a table.
    quick = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
    own_index = override_settings(SEARCH_URL=f"tantivy://{tmp_path_factory.mktemp('probe')}/search")
    with django_db_blocker.unblock(), quick, own_index:
        block = transaction.atomic()
        block.__enter__()
        try:
            world = build_world()
            world.questions = every_question(world)
            yield world
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@dataclass
class Asker:
    """One person with a browser."""

    name: str
    client: Client
    user: object

    def may(self, address: Address, kwargs: dict) -> bool:
        """True when the gate lets them ask."""
        return self.user is not None and may_ask(self.user, access_to(address.name, kwargs))

    @property
    def sees_all(self) -> bool:
        """Administrators, for whom nothing is foreign; they only must not meet errors."""
        return self.name == "administrator"

    @property
    def markers(self) -> list[str]:
        """The words that they must never see."""
        if self.sees_all:
            return []
        return [MARKER] if self.name in PAGE_ROLES else [MARKER, PAGE_MARKER]


def asker(world: World, name: str) -> Asker:
    client = QuickClient()
    user = world.askers[name]
    if user is not None:
        client.force_login(user)
    return Asker(name, client, user)


def questions_of(world: World, one: Asker) -> Iterator[tuple[Address, dict, str]]:
    """Yield what to ask: each address with all its arguments.

    One set of arguments is enough where the gate keeps ``one`` out whatever is asked for, and for those who see all.
    """
    asked = set()
    for address, kwargs, path in world.questions:
        if not path or address.name in LEAVES:
            continue
        if address.is_admin and (one.sees_all or not one.may(address, kwargs)):
            if address in asked:
                continue
            asked.add(address)
        yield address, kwargs, path


def said(response, path: str) -> str:
    """Return what an answer says beyond the address that was asked, which error pages may repeat."""
    return text_of(response).replace(path, "").replace(path.lstrip("/"), "")


def found_in(text: str, markers: list[str]) -> list[str]:
    lowered = text.lower()
    return [marker for marker in markers if marker.lower() in lowered]


def test_every_admin_address_is_in_the_table():
    unknown = {address.name for address in addresses() if address.is_admin} - ACCESS.keys()
    assert not unknown, "say in innovation_hub/core/admin_access.py who may ask for these"


def test_every_public_address_is_known_to_the_probe():
    unknown = {address.name for address in addresses() if not address.is_admin} - PUBLIC_NAMES
    assert not unknown, "look at these, then list them in tests/probe/arguments.py"


def test_the_table_names_no_address_that_is_gone():
    gone = ACCESS.keys() - {address.name for address in addresses() if address.is_admin}
    assert not gone


def test_every_address_can_be_asked(world):
    asked = {address for address, _kwargs, _path in world.questions}
    assert not set(addresses()) - asked, "give these arguments in tests/probe/arguments.py"
    for address, kwargs, path in world.questions:
        assert path or not address.is_admin, f"{address.name} can't be written with {kwargs}"


@pytest.mark.parametrize("name", ASKERS)
def test_nobody_reads_what_belongs_to_others(world, name):
    one = asker(world, name)
    leaks, odd = [], []
    for address, kwargs, path in questions_of(world, one):
        response = one.client.get(path)
        if address.is_admin and not one.may(address, kwargs) and not access_to(address.name).anyone:
            assert response.status_code in (302, 403), f"{path}: {response.status_code} to {name}"
            assert response.status_code == 403 or "/login/" in response.headers["Location"], path
        if response.status_code not in ANSWERS or not refused_if_foreign(one, address, kwargs, response):
            odd.append((response.status_code, path))
        leaks += [(marker, path) for marker in found_in(said(response, path), one.markers)]
    assert not leaks
    assert not odd


@pytest.mark.parametrize("name", [one for one in ASKERS if one != "administrator"])
def test_posting_changes_nothing_that_belongs_to_others(world, name):
    one = asker(world, name)
    writes = Writes()
    before = contents()
    changed, leaks, odd = [], [], []
    for address, kwargs, path in questions_of(world, one):
        if not address.is_admin or (name == "editor" and _is_of_pages(address)):
            continue
        if name not in ("nobody", "asn") and not one.may(address, kwargs):
            # The gate doesn't look at the method: these two and the walk above say that it is shut.
            continue
        with connection.execute_wrapper(writes):
            response = one.client.post(path, PAYLOAD)
        leaks += [(marker, path) for marker in found_in(said(response, path), one.markers)]
        if response.status_code not in ANSWERS:
            odd.append((response.status_code, path))
        if writes.seen():
            after = contents()
            changed += [(path, key) for key in after if after[key] != before.get(key)]
            before = after
    assert not changed
    assert not leaks
    assert not odd


class Writes:
    """Notices statements that write, so that the tables are compared only after them."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
            self.any = True
        return execute(sql, params, many, context)

    def seen(self) -> bool:
        """Say whether anything was written since the last question."""
        seen, self.any = self.any, False
        return seen


def refused_if_foreign(one: Asker, address: Address, kwargs: dict, response) -> bool:
    """True unless a screen of a foreign entry or person answered with anything but a refusal."""
    if one.sees_all or "pk" not in kwargs or not address.name.startswith(("hub_innovations:", "hub_innovators:")):
        return True
    return response.status_code in ((302,) if one.user is None else (403, 404))


PAYLOAD = {
    "title_plain": "Dirusak",
    "name": "Dirusak",
    "action-publish": "1",
    "next": "/admin/",
    "id": "1",
    "comment": "Dirusak",
    "nama": "Dirusak",
    "external-link-chooser-url": "/",
}


def _is_of_pages(address: Address) -> bool:
    """Editors keep all pages, so these are not foreign to them."""
    return address.name.startswith(("wagtailadmin_pages:", "simple_translation:", "wagtailredirects:"))


def contents() -> dict[str, str]:
    """Return a fingerprint of every table that matters."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.label in NOTES or not model._meta.managed:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            rows = repr([tuple(row) for row in cursor.fetchall()])
            found[model._meta.label] = hashlib.sha256(rows.encode()).hexdigest()
    found["accounts.User"] = hashlib.sha256(
        repr(
            list(apps.get_model("accounts.User").objects.order_by("pk").values_list("pk", "email", "password"))
        ).encode()
    ).hexdigest()
    return found


@pytest.mark.parametrize("name", [one for one in ASKERS if one != "administrator"])
@pytest.mark.parametrize(("address", "parameter"), SEARCHES)
def test_a_word_that_only_foreign_things_hold_is_a_word_that_nothing_holds(world, name, address, parameter):
    one = asker(world, name)
    path = reverse(address)
    known, unknown = (one.client.get(path, {parameter: asked}) for asked in (MARKER, WRONG_WORD))
    assert known.status_code == unknown.status_code
    assert known.status_code in ANSWERS
    assert not differences(known, unknown, (MARKER, WRONG_WORD)), path


@pytest.mark.parametrize("name", [role.value for role in Role])
def test_lists_count_only_what_is_shown(world, name):
    one = asker(world, name)
    one.client = Client()
    one.client.force_login(one.user)
    response = one.client.get(reverse("hub_innovations:list"))
    assert response.context["items_count"] == Innovation.objects.visible_to(one.user).count()
    people = one.client.get(reverse("hub_innovators:index"))
    visible = Innovator.objects.filter(entry__in=Innovation.objects.visible_to(one.user)).count()
    assert people.context["items_count"] == visible


@pytest.mark.parametrize("name", ["submitter", "institution-reviewer", "agency-reviewer", "curator", "editor"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_hold_only_what_the_list_shows(world, name, form):
    one = asker(world, name)
    text = text_of(one.client.get(reverse("hub_innovations:list"), {"export": form}))
    assert "Layanan kami" in text
    assert not found_in(text, one.markers)


def test_the_owners_do_find_the_marker(world):
    """The probe would see a leak: where the marker may be read, it is found."""
    owner = Client()
    owner.force_login(world.theirs.people["submitter"])
    entry = world.foreign.draft
    for name in ("edit", "inspect", "history"):
        assert MARKER in text_of(owner.get(reverse(f"hub_innovations:{name}", args=[entry.pk]))), name
    assert MARKER in text_of(owner.get(reverse("hub_innovations:list")))
    assert MARKER in text_of(owner.get(reverse("entry_file", args=["lampiran", world.foreign.attachment.pk])))
