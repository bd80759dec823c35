"""What is asked for at each address: always something of the other organisation.

An address whose parameters aren't described here fails the probe; so does a public address without a row.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from wagtail.models import Collection, Locale, Revision, Site, Task, TaskState, Workflow, WorkflowState

from innovation_hub.accounts.models import OfficeDomain
from innovation_hub.agencies.models import AgencyMembership
from innovation_hub.core.models import Term
from innovation_hub.curation.models import CohortInvitation, Holiday, LabMembership
from innovation_hub.innovations.models import SDG, RegistryNumber, Theme, Urusan
from innovation_hub.training.models import InstitutionMembership
from search.models import EmptyQuery, SynonymGroup

from .walk import Address, addresses
from .world import World

Kwargs = dict[str, Any]
# Patterns without a name.
UNNAMED = {
    "wagtail.admin.views.home.default": "/admin/tidak-ada/",
    "django.views.generic.base.TemplateView": "/admin/test404/",
}


def every_question(world: World) -> list[tuple[Address, Kwargs, str]]:
    """Return every address with its arguments, written out (empty for the few that can't be)."""
    values = Values(world)
    return [
        (address, kwargs, written(address, kwargs))
        for address in addresses()
        for kwargs in values.arguments_of(address)
    ]


def written(address: Address, kwargs: Kwargs) -> str:
    """Return the address in full; unnamed patterns are written by hand."""
    by_position = [value for name, value in kwargs.items() if name.startswith("arg")]
    try:
        return reverse(address.name, args=by_position) if by_position else reverse(address.name, kwargs=kwargs)
    except NoReverseMatch:
        return UNNAMED.get(address.name, "")


def _first(model: Any) -> list[int]:
    found = model.objects.order_by("pk").values_list("pk", flat=True).first()
    return [found] if found else []


class Values:
    """What stands in the arguments: always something of the other organisation, read once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.by_namespace = _by_namespace(world)
        self.common = _common(world)
        self.of_entries = [self._of_entry(entry) for entry in world.foreign.entries]

    def arguments_of(self, address: Address) -> Iterator[Kwargs]:
        """Yield the keyword arguments with which ``address`` is asked; ``LookupError`` for an unknown parameter."""
        if not address.parameters:
            yield {}
            return
        namespace = address.name.rpartition(":")[0]
        if namespace == "hub_innovations":
            yield from self._entry_arguments(address)
            return
        choices = [[(name, value) for value in self._values(address, namespace, name)] for name in address.parameters]
        for combination in product(*choices):
            yield dict(combination)

    def _of_entry(self, entry: Any) -> Kwargs:
        """Return the arguments of an entry's screens: its own versions, with the steps of the one under review."""
        state = WorkflowState.objects.for_instance(self.world.foreign.waiting).get()
        task_state = TaskState.objects.filter(workflow_state=state).order_by("pk")[0]
        return {
            "pk": entry.pk,
            "revision_id": entry.revisions.order_by("pk").values_list("pk", flat=True).last(),
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "workflow_state_id": state.pk,
            "task_state_id": task_state.pk,
            "task_id": task_state.task_id,
            "action_name": "approve",
        }

    def _entry_arguments(self, address: Address) -> Iterator[Kwargs]:
        for known in self.of_entries:
            if set(address.parameters) - known.keys():
                raise LookupError(f"{address.name}: say in tests/probe/arguments.py what {address.parameters} are")
            yield {name: known[name] for name in address.parameters}

    def _values(self, address: Address, namespace: str, name: str) -> list[Any]:
        for known in (self.by_namespace.get(namespace), self.by_namespace.get(address.name), self.common):
            if known is not None and name in known:
                return known[name]
        raise LookupError(f"{address.name}: say in tests/probe/arguments.py what {name!r} is")


def _by_namespace(world: World) -> dict[str, dict[str, list[Any]]]:
    """Values of parameters whose meaning depends on the address."""
    foreign, theirs = world.foreign, world.theirs
    entries = [entry.pk for entry in foreign.entries]
    reviews = list(foreign.waiting.review_states.values_list("pk", flat=True))
    bulk = {"app_label": ["innovations"], "model_name": ["innovation"], "action": ["delete"]}
    return {
        "hub_innovators": {"pk": [foreign.innovator.pk]},
        "hub_registry_numbers": {
            "pk": list(RegistryNumber.objects.filter(entry=foreign.returned).values_list("pk", flat=True))
        },
        "hub_agencies": {"pk": [theirs.unit.agency_id]},
        "hub_units": {"pk": [theirs.unit.pk]},
        "hub_regions": {"pk": [theirs.region.pk]},
        "hub_programmes": {"pk": [theirs.cohort.programme_id]},
        "hub_institutions": {"pk": [theirs.cohort.institution_id]},
        "hub_cohorts": {"pk": [theirs.cohort.pk]},
        "hub_labs": {"pk": [theirs.lab.pk]},
        "hub_lab_memberships": {"pk": _first(LabMembership)},
        "hub_agency_memberships": {"pk": _first(AgencyMembership)},
        "hub_institution_memberships": {"pk": _first(InstitutionMembership)},
        "hub_terms": {"pk": _first(Term)},
        "hub_themes": {"pk": _first(Theme)},
        "hub_urusan": {"pk": _first(Urusan)},
        "hub_sdgs": {"pk": _first(SDG)},
        "hub_office_domains": {"pk": _first(OfficeDomain)},
        "curation_members": {"kind": ["lembaga"], "pk": [theirs.cohort.institution_id]},
        "curation_member_end": {
            "kind": ["lembaga"],
            "pk": [theirs.cohort.institution_id],
            "membership": [theirs.people["institution-reviewer"].institutionmemberships.get().pk],
        },
        "curation_invitations": {"pk": [theirs.cohort.pk]},
        "curation_invitation": {"pk": [theirs.cohort.pk], "invitation": _first(CohortInvitation)},
        "hub_accounts": {"pk": [theirs.people["submitter"].pk]},
        "hub_synonyms": {"pk": _first(SynonymGroup)},
        "hub_empty_query_settle": {"pk": _first(EmptyQuery)},
        "hub_choose_agency": {"pk": [theirs.unit.agency_id]},
        "hub_choose_unit": {"pk": [theirs.unit.pk]},
        "hub_choose_region": {"pk": [theirs.region.pk]},
        "hub_choose_institution": {"pk": [theirs.cohort.institution_id]},
        "hub_choose_cohort": {"pk": [theirs.cohort.pk]},
        "hub_choose_innovation": {"pk": entries},
        "hub_choose_account": {"pk": [theirs.people["submitter"].pk]},
        "curation_desk": {"pk": reviews},
        "curation_desk_entry": {"pk": reviews},
        "curation_note": {"pk": reviews},
        "curation_take_back": {"pk": reviews},
        "curation_take": {"pk": reviews},
        "curation_release": {"pk": reviews},
        "curation_decide": {"pk": reviews},
        "curation_mentor": {"pk": reviews},
        "curation_skip": {"pk": reviews},
        "hub_holidays": {"pk": _first(Holiday)},
        "mentor_link": {"token": ["x-y", foreign.used_token]},
        "write_overview": {"pk": entries},
        "write_check": {"pk": entries},
        "write_step": {"pk": entries, "step": ["judul", "asal", "gagasan", "hasil", "lampiran"]},
        "wagtail_bulk_action": bulk,
        "wagtailadmin_tag_model_autocomplete": {"app_name": ["innovations"], "model_name": ["keyword"]},
        "wagtailadmin_editing_sessions": {
            "app_label": ["innovations"],
            "model_name": ["innovation"],
            "object_id": entries[:2],
            "session_id": [1],
        },
        "wagtailimages_chooser": {"pk": [foreign.image.pk]},
        "wagtaildocs_chooser": {"pk": [foreign.document.pk]},
        "wagtailadmin_api:pages": {"pk": [foreign.page.pk], "action_name": ["publish"]},
        "wagtailadmin_api:images": {"pk": [foreign.image.pk]},
        "wagtailadmin_api:documents": {"pk": [foreign.document.pk]},
        "wagtailadmin_pages": {"pk": [foreign.page.pk], "app_label": ["home"], "model_name": ["homepage"]},
        "wagtailadmin_collections": {"pk": _first(Collection)},
        "wagtailadmin_workflows": {
            "pk": _first(Workflow),
            "app_label": ["curation"],
            "model_name": ["labcurationtask"],
        },
        "wagtailsites": {"pk": _first(Site)},
        "wagtaillocales": {"pk": _first(Locale)},
        "wagtailusers_users": {"pk": [theirs.people["submitter"].pk]},
        "wagtailusers_groups": {"pk": _first(Group)},
        "wagtailsettings": {"app_name": ["core"], "model_name": ["x"], "pk": [1]},
        "simple_translation": {"app_label": ["innovations"], "model_name": ["innovation"], "pk": entries[:1]},
        "entry_file": {"kind": ["lampiran", "bukti", "dasar-hukum"], "pk": _file_keys(world)},
        "entry_draft_file": {"pk": entries, "kind": ["lampiran", "bukti", "dasar-hukum"], "position": [0]},
    }


def _file_keys(world: World) -> list[int]:
    foreign = world.foreign
    return sorted({foreign.attachment.pk, foreign.claim.pk, foreign.legal_basis.pk})


def _common(world: World) -> dict[str, list[Any]]:
    """Values of parameters that mean the same everywhere."""
    foreign, theirs = world.foreign, world.theirs
    page = foreign.page.pk
    return {
        "page_id": [page],
        "page_pk": [page],
        "parent_page_id": [page],
        "page_to_move_id": [page],
        "destination_id": [page],
        "revision_id": list(Revision.page_revisions.values_list("pk", flat=True)[:1]),
        "revision_id_a": ["earliest"],
        "revision_id_b": ["latest"],
        "content_type_app_name": ["home"],
        "content_type_model_name": ["homepage"],
        "action_name": ["approve"],
        "task_state_id": _first(TaskState),
        "task_id": _first(Task),
        "workflow_state_id": _first(WorkflowState),
        "workflow_pk": _first(Workflow),
        "collection_id": _first(Collection),
        "session_id": [1],
        "redirect_id": [1],
        "image_id": [foreign.image.pk],
        "document_id": [foreign.document.pk],
        "doc_id": [foreign.document.pk],
        "uploaded_file_id": [1],
        "filter_spec": ["original"],
        "restriction_id": [1],
        "page_view_restriction_id": [1],
        "uidb64": ["MQ"],
        "token": ["x-y"],
        # Public addresses.
        "number": [foreign.changed.registry_number, foreign.returned.registry_number],
        "slug": [theirs.unit.agency.slug, "x"],
        "code": [theirs.cohort.programme.code, Theme.objects.values_list("code", flat=True).first()],
        "programme": [theirs.cohort.programme.code],
        "cohort": [f"angkatan-{theirs.cohort.number}-{theirs.cohort.year}", str(theirs.cohort.pk)],
        "param": ["instansi", "lembaga", "tema"],
        "form": ["csv", "xlsx"],
        "path": [foreign.attachment.file.name, foreign.image.file.name, "halaman-rahasia/"],
        "arg0": [foreign.document.pk, "halaman-rahasia/"],
        "arg1": [foreign.document.filename],
    }


# Every public address by name: a new one must be looked at and listed here.
PUBLIC_NAMES = {
    "account",
    "account_address",
    "account_close",
    "account_password",
    "address_confirm",
    "invitation",
    "password_forgotten",
    "password_new",
    "register",
    "register_confirm",
    "agency",
    "agency_list",
    "cohort",
    "entry_draft_file",
    "entry_file",
    "health",
    "health_live",
    "health_ready",
    "home",
    "innovation",
    "innovation_number",
    "meanings",
    "media",
    "mentor_link",
    "my_innovations",
    "programme",
    "programme_list",
    "robots",
    "search",
    "search_export",
    "search_facet",
    "search_feed",
    "search_suggest",
    "theme",
    "theme_list",
    "wagtail_serve",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
    "wagtaildocs_serve",
    "write_check",
    "write_overview",
    "write_start",
    "write_step",
    "write_title_advice",
}

# (name, parameter): addresses that search. Asked with a word that only foreign things hold and with one that nothing
# holds, they must answer alike.
SEARCHES = (
    ("hub_innovations:list", "q"),
    ("hub_innovations:list_results", "q"),
    ("hub_innovators:index", "q"),
    ("hub_registry_numbers:index", "q"),
    ("hub_choose_innovation:choose_results", "q"),
    ("hub_choose_unit:choose_results", "q"),
    ("hub_keyword_autocomplete", "term"),
    ("hub_unknown_agencies", "q"),
    ("wagtailimages_chooser:choose_results", "q"),
    ("wagtaildocs_chooser:choose_results", "q"),
    ("wagtailimages:index", "q"),
    ("wagtaildocs:index", "q"),
    ("curation_queue", "q"),
    ("curation_queue", "cari"),
    ("search", "q"),
    ("search_feed", "q"),
    ("search_suggest", "q"),
)
