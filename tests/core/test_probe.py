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
from django.test import Client
from django.urls import NoReverseMatch, reverse

from innovation_hub.core.admin_access import ACCESS
from innovation_hub.core.admin_gate import access_to, may_ask
from innovation_hub.core.roles import Role
from innovation_hub.innovations.models import Innovation, Innovator
from tests.probe.arguments import PUBLIC_NAMES, SEARCHES, arguments_of
from tests.probe.walk import Address, QuickClient, addresses, same_answer, text_of
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
# Raise on purpose; the gate keeps everyone out, which test_the_error_page_of_wagtail_is_shut says.
WRONG_WORD = "Krummholzkiefer"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One world for the whole module, taken back at its end."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield build_world()
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


def walk(world: World, admin: bool, one: "Asker | None" = None) -> Iterator[tuple[Address, dict, str]]:
    """Yield every address with its arguments, written out.

    One set of arguments is enough where the gate keeps ``one`` out whatever is asked for, and for those who see all.
    """
    for address in addresses():
        if address.is_admin is not admin:
            continue
        for kwargs in arguments_of(address, world):
            yield address, kwargs, written(address, kwargs)
            if admin and one is not None and (one.sees_all or not one.may(address, kwargs)):
                break


def written(address: Address, kwargs: dict) -> str:
    """Return the address in full; unnamed patterns are written by hand."""
    by_position = [value for name, value in kwargs.items() if name.startswith("arg")]
    try:
        return reverse(address.name, args=by_position) if by_position else reverse(address.name, kwargs=kwargs)
    except NoReverseMatch:
        return {
            "wagtail.admin.views.home.default": "/admin/tidak-ada/",
            "django.views.generic.base.TemplateView": "/admin/test404/",
        }.get(address.name, "")


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
    for address, kwargs, path in walk(world, admin=True):
        assert path, f"{address.name} can't be written with {kwargs}"


@pytest.mark.parametrize("name", ASKERS)
def test_nobody_reads_what_belongs_to_others(world, name):
    one = asker(world, name)
    leaks, odd = [], []
    for admin in (True, False):
        for address, kwargs, path in walk(world, admin, one):
            if not path or address.name in LEAVES:
                continue
            response = one.client.get(path)
            if admin and not one.may(address, kwargs) and not access_to(address.name).anyone:
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
    before = contents()
    changed = []
    for address, _kwargs, path in walk(world, True, one):
        if not path or address.name in LEAVES or (name == "editor" and _is_of_pages(address)):
            continue
        response = one.client.post(path, PAYLOAD)
        if response.status_code in (403, 404, 405) or found_in(said(response, path), one.markers):
            assert not found_in(said(response, path), one.markers), path
            continue
        after = contents()
        if after != before:
            changed.append((path, sorted(key for key in after if after[key] != before.get(key))))
            before = after
    assert not changed


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
    assert same_answer(known, unknown, (MARKER, WRONG_WORD)), path


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
