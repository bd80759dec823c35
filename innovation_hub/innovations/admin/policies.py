"""Policies of the registry's records, as Wagtail asks for them; ``innovations.permissions`` answers."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from innovation_hub.core.admin.policies import NO_PERMISSION, ReadOnlyPolicy, ScopedPermissionPolicy
from innovation_hub.core.permissions import ALLOWED, Decision, refuse
from innovation_hub.core.roles import roles_of
from innovation_hub.innovations import permissions
from innovation_hub.innovations.models import Innovation, Innovator, RegistryNumber


class InnovationPolicy(ScopedPermissionPolicy):
    """Entries: seen through access keys, changed by their keepers, their lab and the reviewers of the current step."""

    delete_reason = _("Entries are not deleted: withdraw an entry with a reason, or merge it into another.")

    def visible(self, user: Any) -> QuerySet:
        """Return the entries whose newest face ``user`` may see."""
        return self.model._default_manager.visible_to(user)

    def decide(self, user: Any, action: str, instance: Innovation | None = None) -> Decision:
        """Begin entries by role; everything else by the entry, or by Django's permission where none is named."""
        if action == "add":
            return permissions.can_create(user) if user.is_authenticated else refuse(NO_PERMISSION)
        if instance is None and action == "view":
            return ALLOWED if roles_of(user) else refuse(NO_PERMISSION)
        return super().decide(user, action, instance)

    def decide_for(self, user: Any, action: str, instance: Innovation) -> Decision:
        """Ask ``innovations.permissions`` about this entry."""
        if not user.is_authenticated:
            return refuse(NO_PERMISSION)
        if action in ("view", "choose"):
            return permissions.can_view(user, instance)
        if action == "change":
            return permissions.can_open_editor(user, instance)
        if action == "publish":
            decision = permissions.can_publish(user, instance)
            return permissions.can_curate(user, instance) if decision else decision
        if action in ("lock", "unlock"):
            allowed = super().decide(user, action)
            return permissions.can_curate(user, instance) if allowed else allowed
        return refuse(NO_PERMISSION)


class InnovatorPolicy(ScopedPermissionPolicy):
    """People behind entries: seen by whoever may see the entry, changed by whoever may change it."""

    delete_reason = _("People behind an entry are not deleted here; change the record, or ask an administrator.")

    def visible(self, user: Any) -> QuerySet:
        """Return the people behind the entries that ``user`` may see."""
        entries = Innovation.objects.visible_to(user).order_by().values("pk")
        return self.model._default_manager.filter(entry__in=entries)

    def decide(self, user: Any, action: str, instance: Innovator | None = None) -> Decision:
        """Without a person at hand: everyone with a role looks, writers of entries write."""
        if instance is None and action == "view":
            return ALLOWED if roles_of(user) else refuse(NO_PERMISSION)
        if instance is None and action == "add":
            return permissions.can_create(user) if user.is_authenticated else refuse(NO_PERMISSION)
        return super().decide(user, action, instance)

    def decide_for(self, user: Any, action: str, instance: Innovator) -> Decision:
        """Ask about the person's entry."""
        if action == "view":
            return permissions.can_view(user, instance.entry)
        return permissions.can_edit(user, instance.entry) if action == "change" else refuse(NO_PERMISSION)


class RegistryNumberPolicy(ReadOnlyPolicy):
    """Numbers: of what every reader may see, and of entries that the reader's access keys open."""

    def visible(self, user: Any) -> QuerySet:
        """Return the numbers whose entries ``user`` may see; a number shows its entry's title."""
        public = Q(entry__in=Innovation.objects.public().order_by().values("pk"))
        own = Q(entry__in=Innovation.objects.visible_to(user).order_by().values("pk"))
        return super().visible(user).filter(public | own)

    def decide(self, user: Any, action: str, instance: RegistryNumber | None = None) -> Decision:
        """Look at a number as at its entry."""
        decision = super().decide(user, action, instance)
        if not decision or instance is None or instance.entry.is_public:
            return decision
        return permissions.can_view(user, instance.entry)


def register() -> None:
    """Register the policies; called before anything asks for them."""
    register_permission_policy(Innovation, InnovationPolicy(Innovation), exact_class=True)
    register_permission_policy(Innovator, InnovatorPolicy(Innovator), exact_class=True)
    register_permission_policy(RegistryNumber, RegistryNumberPolicy(RegistryNumber), exact_class=True)
