"""Permission policies of the hub's models, registered with Wagtail's policy registry.

A policy answers with a :class:`~innovation_hub.core.permissions.Decision`; Wagtail's yes/no questions are derived from
it. Nothing that others name is deleted (DESIGN section 3), so ``delete`` is refused to everyone, administrators too.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy

from innovation_hub.core.permissions import ALLOWED, Decision, refuse

NEVER_DELETED = _("Nothing that entries may name is deleted. End it instead, and say what replaced it.")
NO_PERMISSION = _("Your role doesn't include this.")


class HubPermissionPolicy(ModelPermissionPolicy):
    """Asks Django's permissions for the model, and refuses deletion unless the model is ``deletable``."""

    deletable = False
    delete_reason = NEVER_DELETED

    def decide(self, user: Any, action: str, instance: Model | None = None) -> Decision:
        """Say whether ``user`` may do ``action`` with ``instance`` (with any at all, if none is given), and why not."""
        if action == "delete" and not self.deletable:
            return refuse(self.delete_reason)
        if not (user.is_authenticated and user.is_active):
            return refuse(NO_PERMISSION)
        names = [self._get_permission_name(action)]
        if action == "view":
            names.append(self._get_permission_name("change"))
        return ALLOWED if any(user.has_perm(name) for name in names) else refuse(NO_PERMISSION)

    def visible(self, user: Any) -> QuerySet:
        """Return every record ``user`` may see in the admin."""
        manager = self.model._default_manager
        return manager.all() if self.decide(user, "view") else manager.none()

    # Wagtail's questions.
    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(self.decide(user, action))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.decide(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return bool(self.decide(user, action, instance))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return any(self.decide(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        return self.visible(user)


class ReadOnlyPolicy(HubPermissionPolicy):
    """For records that only services write: everyone with the view permission reads, nobody changes."""

    def decide(self, user: Any, action: str, instance: Model | None = None) -> Decision:
        """Refuse everything but looking."""
        return super().decide(user, action, instance) if action == "view" else refuse(NO_PERMISSION)


class ScopedPermissionPolicy(HubPermissionPolicy):
    """For records that belong to organisations: seen only by those whose access keys open them.

    Subclasses say what is visible and what may be done with one record.
    """

    def visible(self, user: Any) -> QuerySet:
        """Return the records whose organisations ``user`` works for."""
        raise NotImplementedError

    def decide_for(self, user: Any, action: str, instance: Model) -> Decision:
        """Say whether ``user`` may do ``action`` with this record."""
        raise NotImplementedError

    def decide(self, user: Any, action: str, instance: Model | None = None) -> Decision:
        """Ask the record, where there is one."""
        if instance is None or instance.pk is None or (action == "delete" and not self.deletable):
            return super().decide(user, action)
        return self.decide_for(user, action, instance)
