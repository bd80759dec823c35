"""The gate before the admin: what isn't listed is refused, and what is refused is said in the reader's language."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path, reverse

from innovation_hub import urls
from innovation_hub.core import admin_gate
from innovation_hub.core.admin_access import ACCESS, CURATION, EDITORS, NOBODY, STAFF, register_admin_urls
from innovation_hub.core.admin_gate import access_to, check_table, may_ask
from innovation_hub.core.roles import Role
from tests.factories import (
    AdministratorFactory,
    AgencyMembershipFactory,
    InnovatorFactory,
    InstitutionMembershipFactory,
    LabMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HOLDERS = {
    Role.MENTOR: lambda: SimpleNamespace(user=InnovatorFactory(role="mentor", account=UserFactory()).account),
    Role.SUBMITTER: AgencyMembershipFactory,
    Role.AGENCY_REVIEWER: lambda: AgencyMembershipFactory(role="reviewer"),
    Role.INSTITUTION_REVIEWER: InstitutionMembershipFactory,
    Role.CURATOR: LabMembershipFactory,
    Role.EDITOR: lambda: LabMembershipFactory(role="editor"),
}


def holder(role: Role):
    return AdministratorFactory() if role is Role.ADMINISTRATOR else HOLDERS[role]().user


def test_the_table_is_complete():
    assert check_table() == []


def test_an_address_that_the_table_does_not_know_fails_the_check(monkeypatch):
    monkeypatch.setattr(admin_gate, "admin_url_names", lambda: iter(["wagtailadmin_home", "wagtail_yang_baru"]))
    [error] = check_table()
    assert error.id == "core.E001"
    assert "wagtail_yang_baru" in error.msg


def unlisted(request):
    return HttpResponse("rahasia")


urlpatterns = [path("admin/baru/", unlisted, name="wagtail_yang_baru"), *urls.urlpatterns]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("role", list(Role))
def test_an_unlisted_address_is_refused_to_everyone(client, role):
    client.force_login(holder(role))
    response = client.get("/admin/baru/")
    assert response.status_code == 403
    assert b"rahasia" not in response.content


def test_a_name_is_listed_once():
    with pytest.raises(ValueError, match="already"):
        register_admin_urls(STAFF, ["wagtailadmin_home"])


@pytest.mark.parametrize("role", list(Role))
def test_roles_open_what_the_table_says(role):
    person = holder(role)
    assert may_ask(person, STAFF)
    assert may_ask(person, CURATION) is (role in (Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR))
    assert may_ask(person, EDITORS) is (role in (Role.EDITOR, Role.ADMINISTRATOR))
    assert not may_ask(person, NOBODY)


def test_a_plain_account_is_told_so_in_its_language_and_can_leave(client):
    person = UserFactory(language="en")
    client.force_login(person)
    page = client.get(reverse("wagtailadmin_home"))
    assert page.status_code == 403
    assert "You can't open this" in page.content.decode()
    person.language = "id"
    person.save()
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Anda tidak dapat membuka ini" in page
    assert client.post(reverse("wagtailadmin_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_nobody_is_sent_to_the_login_page_and_scripts_get_json(client):
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))
    response = client.get(reverse("wagtailadmin_home"), headers={"x-requested-with": "XMLHttpRequest"})
    assert (response.status_code, response.json()["success"]) == (403, False)


def test_an_ended_membership_opens_nothing_on_the_next_day(client, django_user_model):
    from datetime import timedelta

    from django.utils import timezone

    membership = LabMembershipFactory()
    client.force_login(membership.user)
    assert client.get(reverse("hub_innovations:list")).status_code == 200
    type(membership).objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("hub_innovations:list")).status_code == 403


def test_bulk_actions_are_listed_one_by_one():
    name = "wagtail_bulk_action"
    refused = {"app_label": "innovations", "model_name": "innovation", "action": "delete"}
    open_to_editors = {"app_label": "wagtailcore", "model_name": "page", "action": "publish"}
    assert access_to(name, refused) == NOBODY
    assert access_to(name, open_to_editors) == EDITORS
    assert access_to("tidak-ada") == NOBODY
    assert "hub_innovations:list" in ACCESS
