"""The table of the admin: every URL name below ``/admin/`` and who may ask for it at all.

The gate (:mod:`innovation_hub.core.admin_gate`) refuses what isn't listed, and a system check fails when the resolver
knows a name that this table doesn't, so an upgrade of Wagtail that brings an address is noticed before it is reachable.
Being listed only opens the door: what may be done with one record is decided behind it, by the record's policy.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .roles import Role


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask for an address: everyone, every account, or the holders of certain roles."""

    roles: frozenset[Role] = frozenset()
    signed_in: bool = False
    anyone: bool = False


def _roles(*roles: Role) -> Access:
    return Access(frozenset(roles))


ANYONE = Access(anyone=True)
SIGNED_IN = Access(signed_in=True)
NOBODY = Access()
ADMINISTRATORS = _roles(Role.ADMINISTRATOR)
EDITORS = _roles(Role.EDITOR, Role.ADMINISTRATOR)
CURATION = _roles(Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR)
WRITERS = _roles(Role.SUBMITTER, Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR)
REVIEWERS = _roles(
    Role.MENTOR,
    Role.INSTITUTION_REVIEWER,
    Role.AGENCY_REVIEWER,
    Role.CURATOR,
    Role.EDITOR,
    Role.ADMINISTRATOR,
)
STAFF = _roles(*Role)


def _rows(access: Access, names: str, namespace: str = "") -> dict[str, Access]:
    """Return one row for each of the blank-separated ``names``, below ``namespace``."""
    return {f"{namespace}:{name}" if namespace else name: access for name in names.split()}


def _viewset(namespace: str, read: Access, write: Access) -> dict[str, Access]:
    """Return the rows of a model's screens; deleting is asked for like writing, and answered by the viewset."""
    return {
        **_rows(read, "index index_results history history_results", namespace),
        **_rows(write, "add edit delete", namespace),
    }


def _chooser(namespace: str, access: Access, create: Access | None = None) -> dict[str, Access]:
    """Return the rows of a chooser; only some have a form in their second tab."""
    return {
        **_rows(access, "choose choose_results chosen", namespace),
        **_rows(NOBODY, "chosen_multiple", namespace),
        **(_rows(create, "create", namespace) if create else {}),
    }


_SIGNING_IN = {
    **_rows(ANYONE, "wagtailadmin_login wagtailadmin_sprite wagtailadmin_javascript_catalog"),
    **_rows(ANYONE, "wagtailadmin_password_reset wagtailadmin_password_reset_done"),
    **_rows(ANYONE, "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete"),
    **_rows(SIGNED_IN, "wagtailadmin_logout"),
}

_EVERYONES_DESK = {
    **_rows(STAFF, "wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles"),
    **_rows(STAFF, "ping release", "wagtailadmin_editing_sessions"),
    # The answer to every address that doesn't exist.
    **_rows(STAFF, "wagtail.admin.views.home.default"),
}

_ENTRIES = {
    **_rows(STAFF, "list list_results history history_results inspect", "hub_innovations"),
    **_rows(STAFF, "revisions_view revisions_compare preview_on_edit", "hub_innovations"),
    **_rows(STAFF, "workflow_history workflow_history_detail edit revisions_revert", "hub_innovations"),
    **_rows(STAFF, "confirm_workflow_cancellation", "hub_innovations"),
    **_rows(WRITERS, "add preview_on_add delete", "hub_innovations"),
    **_rows(REVIEWERS, "workflow_preview", "hub_innovations"),
    # Decisions are made at the desk, with the checks beside them and with reasons.
    **_rows(NOBODY, "workflow_action collect_workflow_action_data", "hub_innovations"),
    **_rows(CURATION, "lock unlock", "hub_innovations"),
    **_rows(EDITORS, "unpublish revisions_unschedule", "hub_innovations"),
    **_rows(STAFF, "hub_keyword_autocomplete"),
    **_rows(CURATION, "hub_unknown_agencies hub_unknown_agency_assign"),
    **_viewset("hub_innovators", read=STAFF, write=WRITERS),
    **_viewset("hub_registry_numbers", read=CURATION, write=NOBODY),
    **_rows(CURATION, "inspect", "hub_registry_numbers"),
    # Bulk actions are listed one by one in BULK_ACTIONS.
    **_rows(CURATION, "wagtail_bulk_action"),
}

_REGISTERS = {
    **_viewset("hub_agencies", read=CURATION, write=CURATION),
    **_viewset("hub_units", read=CURATION, write=CURATION),
    **_viewset("hub_regions", read=CURATION, write=EDITORS),
    **_viewset("hub_programmes", read=CURATION, write=EDITORS),
    **_viewset("hub_institutions", read=CURATION, write=CURATION),
    **_viewset("hub_cohorts", read=CURATION, write=CURATION),
    **_viewset("hub_terms", read=CURATION, write=EDITORS),
    **_viewset("hub_themes", read=CURATION, write=EDITORS),
    **_viewset("hub_urusan", read=CURATION, write=EDITORS),
    **_viewset("hub_sdgs", read=CURATION, write=EDITORS),
    **_viewset("hub_labs", read=ADMINISTRATORS, write=ADMINISTRATORS),
    **_viewset("hub_lab_memberships", read=ADMINISTRATORS, write=ADMINISTRATORS),
    **_viewset("hub_agency_memberships", read=EDITORS, write=EDITORS),
    **_viewset("hub_institution_memberships", read=EDITORS, write=EDITORS),
    **_viewset("hub_holidays", read=CURATION, write=EDITORS),
    **_viewset("hub_accounts", read=ADMINISTRATORS, write=ADMINISTRATORS),
    **_viewset("hub_office_domains", read=EDITORS, write=EDITORS),
    **_chooser("hub_choose_agency", STAFF),
    **_chooser("hub_choose_unit", STAFF, create=WRITERS),
    **_chooser("hub_choose_region", STAFF),
    **_chooser("hub_choose_institution", STAFF),
    **_chooser("hub_choose_cohort", STAFF),
    **_chooser("hub_choose_innovation", STAFF),
    **_chooser("hub_choose_account", EDITORS),
}

# What readers find belongs to everyone, so every lab's curators keep it.
_SEARCH = {
    **_viewset("hub_synonyms", read=CURATION, write=CURATION),
    **_rows(CURATION, "index index_results", "hub_empty_queries"),
    **_rows(CURATION, "hub_empty_query_settle hub_index_health"),
}

# Pictures for entries and pages: every writer chooses and uploads; the collection itself is the editors'.
_FILES = {
    **_rows(STAFF, "choose choose_results chosen create", "wagtailimages_chooser"),
    **_rows(EDITORS, "chosen_multiple select_format", "wagtailimages_chooser"),
    **_rows(EDITORS, "index index_results edit delete add image_usage add_multiple", "wagtailimages"),
    **_rows(EDITORS, "edit_multiple delete_multiple", "wagtailimages"),
    **_rows(EDITORS, "create_multiple_from_uploaded_image delete_upload_multiple", "wagtailimages"),
    # These two answer with any picture or its address without asking the picture's policy.
    **_rows(NOBODY, "url_generator url_generator_output preview", "wagtailimages"),
    **_rows(EDITORS, "choose choose_results chosen chosen_multiple create", "wagtaildocs_chooser"),
    **_rows(EDITORS, "index index_results add edit delete add_multiple document_usage", "wagtaildocs"),
    **_rows(EDITORS, "edit_multiple delete_multiple", "wagtaildocs"),
    **_rows(EDITORS, "create_multiple_from_uploaded_document delete_upload_multiple", "wagtaildocs"),
}

_PAGES = {
    **_rows(EDITORS, "wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results"),
    **_rows(
        EDITORS,
        "add preview_on_add type_use type_use_results choose_parent usage edit preview_on_edit view_draft "
        "add_subpage delete unpublish convert_alias search search_results move move_confirm set_page_position "
        "copy workflow_action collect_workflow_action_data confirm_workflow_cancellation workflow_preview lock "
        "unlock revisions_index revisions_view revisions_revert revisions_unschedule revisions_compare "
        "workflow_history workflow_history_detail history history_results",
        "wagtailadmin_pages",
    ),
    **_rows(ADMINISTRATORS, "set_privacy", "wagtailadmin_pages"),
    # The page chooser shows titles of drafts; links in entries use their own dialogue (external addresses only).
    **_rows(EDITORS, "wagtailadmin_choose_page wagtailadmin_choose_page_child"),
    **_rows(EDITORS, "wagtailadmin_choose_page_search wagtailadmin_choose_page_chosen_multiple"),
    **_rows(STAFF, "wagtailadmin_choose_page_external_link"),
    **_rows(EDITORS, "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link"),
    **_rows(EDITORS, "wagtailadmin_choose_page_anchor_link"),
    **_rows(EDITORS, "wagtailadmin_tag_autocomplete wagtailadmin_block_preview"),
    # Asks no policy; entries have their own (hub_keyword_autocomplete).
    **_rows(NOBODY, "wagtailadmin_tag_model_autocomplete"),
    **_rows(EDITORS, "listing detail find", "wagtailadmin_api:pages"),
    **_rows(NOBODY, "action", "wagtailadmin_api:pages"),
    **_rows(ADMINISTRATORS, "listing detail find", "wagtailadmin_api:documents"),
    **_rows(ADMINISTRATORS, "listing detail find", "wagtailadmin_api:images"),
    **_rows(EDITORS, "index index_results add edit delete", "wagtailredirects"),
    **_rows(ADMINISTRATORS, "start_import process_import", "wagtailredirects"),
    **_rows(EDITORS, "submit_page_translation", "simple_translation"),
    **_rows(NOBODY, "submit_snippet_translation", "simple_translation"),
    **_rows(EDITORS, "chooser chooser_upload", "wagtailembeds"),
}

_OPERATION = {
    **_rows(CURATION, "site_history site_history_results", "wagtailadmin_reports"),
    **_rows(ADMINISTRATORS, "workflow workflow_results", "wagtailadmin_reports"),
    **_rows(ADMINISTRATORS, "workflow_tasks workflow_tasks_results", "wagtailadmin_reports"),
    **_rows(EDITORS, "locked_pages locked_pages_results", "wagtailadmin_reports"),
    **_rows(EDITORS, "aging_pages aging_pages_results", "wagtailadmin_reports"),
    **_rows(EDITORS, "page_types_usage page_types_usage_results", "wagtailadmin_reports"),
    **_rows(
        ADMINISTRATORS,
        "index index_results add enable disable edit usage usage_results remove add_task select_task_type "
        "task_index task_index_results edit_task disable_task enable_task task_chooser task_chooser_results "
        "task_chooser_create task_chosen",
        "wagtailadmin_workflows",
    ),
    **_rows(ADMINISTRATORS, "index add edit delete set_privacy", "wagtailadmin_collections"),
    **_rows(ADMINISTRATORS, "edit preview_on_edit", "wagtailsettings"),
    **_rows(ADMINISTRATORS, "index index_results add edit delete history history_results usage", "wagtailsites"),
    **_rows(NOBODY, "copy", "wagtailsites"),
    **_rows(ADMINISTRATORS, "index index_results add edit delete history history_results usage", "wagtaillocales"),
    # Accounts have their own screens (hub_accounts); Wagtail's expect first and last names.
    **_rows(NOBODY, "index index_results add edit delete history history_results usage copy", "wagtailusers_users"),
    # Groups are derived from memberships by a service; nobody edits them by hand.
    **_rows(
        NOBODY,
        "index index_results add edit delete history history_results usage",
        "wagtailusers_groups",
    ),
    **_rows(NOBODY, "index", "wagtailsnippets"),
    **_rows(
        NOBODY,
        "index index_results list_submissions list_submissions_results delete_submissions",
        "wagtailforms",
    ),
    **_rows(NOBODY, "wagtailadmin_error_test django.views.generic.base.TemplateView"),
}

ACCESS: dict[str, Access] = {
    **_SIGNING_IN,
    **_EVERYONES_DESK,
    **_ENTRIES,
    **_REGISTERS,
    **_SEARCH,
    **_FILES,
    **_PAGES,
    **_OPERATION,
}

# (app, model, action) of every bulk action that exists at all; the rest of Wagtail's are refused.
BULK_ACTIONS: dict[tuple[str, str, str], Access] = {
    ("wagtailcore", "page", "publish"): EDITORS,
    ("wagtailcore", "page", "unpublish"): EDITORS,
    ("wagtailcore", "page", "move"): EDITORS,
    ("wagtailcore", "page", "delete"): EDITORS,
    ("core", "hubimage", "add_tags"): EDITORS,
    ("core", "hubimage", "delete"): EDITORS,
    ("core", "hubdocument", "add_tags"): EDITORS,
    ("core", "hubdocument", "delete"): EDITORS,
}


def register_admin_urls(access: Access, names: Iterable[str]) -> None:
    """Add rows for addresses of an app that this table doesn't name; a name can't be listed twice."""
    for name in names:
        if name in ACCESS:
            raise ValueError(f"{name} is already in the table of admin addresses")
        ACCESS[name] = access
