"""Who sees which picture and document: one's own, one's own organisation's, and the shared ones."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection
from wagtail.permissions import register_permission_policy

from innovation_hub.core.models import HubDocument, HubImage
from innovation_hub.core.models.files import SHARED
from innovation_hub.core.permissions import ALLOWED, Decision, refuse
from innovation_hub.core.roles import Role, file_scopes, roles_of, upload_scope

from .policies import NO_PERMISSION, HubPermissionPolicy


class FilePolicy(HubPermissionPolicy):
    """Everyone with a role uploads and chooses; editors keep the collection. Wagtail's collections give no rights."""

    deletable = True

    def decide(self, user: Any, action: str, instance: Any = None) -> Decision:
        """Say whether ``user`` may choose, upload, change or delete a file."""
        roles = roles_of(user)
        if not roles:
            return refuse(NO_PERMISSION)
        if instance is not None and not user.is_superuser and instance.scope not in self._scopes(user):
            return refuse(_("This file belongs to another organisation."))
        if action in ("choose", "view", "add") or roles & {Role.EDITOR, Role.ADMINISTRATOR}:
            return ALLOWED
        return refuse(NO_PERMISSION)

    def visible(self, user: Any) -> QuerySet:
        """Return the files ``user`` may choose from."""
        files = self.model._default_manager.all()
        if user.is_authenticated and user.is_superuser:
            return files
        return files.filter(scope__in=self._scopes(user)) if roles_of(user) else files.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """The same files for choosing as for the editors' list; nothing for whom the asked actions aren't."""
        return self.visible(user) if self.user_has_any_permission(user, actions) else self.model._default_manager.none()

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Return the root collection: files are told apart by their scope, not by collections."""
        return Collection.objects.filter(depth=1) if roles_of(user) else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet:
        """The same for one action."""
        return self.collections_user_has_any_permission_for(user, [action])

    @staticmethod
    def _scopes(user: Any) -> set[str]:
        return {*file_scopes(user), SHARED} if user.is_authenticated else set()


@receiver(pre_save, sender=HubImage)
@receiver(pre_save, sender=HubDocument)
def own_upload(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Give an uploaded file to its uploader's organisation, once, when it is first saved."""
    if not raw and instance._state.adding and instance.uploaded_by_user_id and instance.scope == SHARED:
        instance.scope = upload_scope(instance.uploaded_by_user, SHARED)


def register() -> None:
    """Register the policies (more exact than those that Wagtail registers for the same models)."""
    for model in (HubImage, HubDocument):
        register_permission_policy(model, FilePolicy(model), exact_class=True)
