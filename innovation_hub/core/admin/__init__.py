"""The hub's own ground for Wagtail's admin: viewsets that ask the record's policy on every address."""

from .choosers import SafeChooserViewSet
from .forms import HubAdminForm
from .policies import HubPermissionPolicy, ScopedPermissionPolicy
from .viewsets import SafeModelViewSet, SafeSnippetViewSet

__all__ = [
    "HubAdminForm",
    "HubPermissionPolicy",
    "SafeChooserViewSet",
    "SafeModelViewSet",
    "SafeSnippetViewSet",
    "ScopedPermissionPolicy",
]
