"""Giving entries whose agency was not recognised to the agency that staff recognise."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Revision

from innovation_hub.agencies.models import Agency, AgencyAlias
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.core.audit import audit
from innovation_hub.core.permissions import Decision, refuse, require
from innovation_hub.core.roles import Role, roles_of
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import completeness_of
from search.outbox import enqueue

CURATORS = {Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR}


def can_assign(user: Any) -> Decision:
    """Say whether ``user`` may recognise agencies: staff of labs and administrators, for the entries they see."""
    return Decision(True) if roles_of(user) & CURATORS else refuse(_("Only lab staff recognise agencies."))


def unrecognised(user: Any):
    """Return the entries that ``user`` sees whose agency is not recognised."""
    return Innovation.objects.visible_to(user).filter(agency__code=UNKNOWN_CODE)


@transaction.atomic
def assign_agency(raw_name: str, agency: Agency, *, actor: Any, remember: bool = False) -> int:
    """Give every entry delivered under ``raw_name`` that ``actor`` sees to ``agency``; returns how many.

    A curatorial act, no writing: the live row and the newest versions say it alike, so that publishing a pending draft
    doesn't undo it. With ``remember`` the name becomes another name of the agency, by which imports find it.
    """
    require(can_assign(actor))
    unknown = Agency.objects.get(code=UNKNOWN_CODE)
    entries = list(unrecognised(actor).filter(agency_raw=raw_name).order_by())
    ids = [entry.pk for entry in entries]
    Innovation.objects.filter(pk__in=ids).update(agency=agency, updated_at=timezone.now())
    if agency.region_id:
        Innovation.objects.filter(pk__in=ids, region__isnull=True).update(region=agency.region_id)
    _move_versions(entries, unknown, agency)
    for entry in Innovation.objects.filter(pk__in=ids):
        Innovation.objects.filter(pk=entry.pk).update(
            completeness=completeness_of(entry),
            quality_flags=[flag for flag in entry.quality_flags if flag != "agency-unknown"],
        )
        log(instance=entry, action="innovation.agency", user=actor, data={"from": raw_name, "to": agency.name})
    if remember and raw_name:
        AgencyAlias.objects.get_or_create(agency=agency, name=raw_name[:255], defaults={"source": "kurasi"})
    audit("agency-recognised", actor=actor, raw=raw_name, agency=agency.pk, entries=len(ids))
    enqueue("innovation", ids)
    return len(ids)


def _move_versions(entries: list[Innovation], unknown: Agency, agency: Agency) -> None:
    """Write the agency into the versions that may yet be shown: the newest, the live and a scheduled one."""
    keys = {key for entry in entries for key in (entry.latest_revision_id, entry.live_revision_id) if key}
    of_entries = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Innovation), object_id__in=[str(one.pk) for one in entries]
    )
    for revision in of_entries.filter(Q(pk__in=keys) | Q(approved_go_live_at__isnull=False)):
        if revision.content.get("agency") == unknown.pk:
            revision.content["agency"] = agency.pk
            revision.save(update_fields=["content"])
