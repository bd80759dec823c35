"""Viewsets that are safe by construction.

They differ from Wagtail's in four ways: every address stands behind the guard; every list is the policy's; nothing is
deleted; a change, what follows from it and the index's outbox row are one transaction.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.urls import URLPattern, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from innovation_hub.core.editor_panels import editor_panels

from .forms import HubAdminForm
from .guard import Right, guard_patterns
from .menu import GROUPS
from .policies import HubPermissionPolicy
from .views import RefuseDeletionView, SafeIndexView, SafeSnippetIndexView, asking_the_record

if TYPE_CHECKING:
    # The stock viewsets that the mixin below is put before.
    ViewSetBase: TypeAlias = ModelViewSet
else:
    ViewSetBase = object


class SafeViewSetMixin(ViewSetBase):
    """What both kinds of viewset share."""

    #: Rights of addresses that Wagtail doesn't have.
    extra_rights: dict[str, Right] = {}
    #: Names of stock addresses that this model does without.
    hidden: frozenset[str] = frozenset({"usage", "copy"})
    copy_view_enabled = False
    # Usage is a question to the database (which entries name this agency?), not to Wagtail's reference index, which
    # bulk imports don't fill.
    add_to_reference_index = False
    #: The hook of the menu group it belongs to (see :mod:`innovation_hub.core.admin.menu`).
    menu_hook: str | None = None
    policy_class = HubPermissionPolicy
    form_class = HubAdminForm
    panels: list[Panel] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if policy_registry.get_by_type(self.model, fallback=False) is None:
            register_permission_policy(self.model, self.policy_class(self.model), exact_class=True)
        if self.inspect_view_enabled:
            self.model._hub_inspect_url_name = self.get_url_name("inspect")

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the addresses that don't exist."""
        without = {f"{name}_url_name": self.UNDEFINED for name in self.hidden}
        return super().get_common_view_kwargs(**{**without, **kwargs})

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Any:
        """Build a view that asks about the record."""
        return super().construct_view(asking_the_record(view_class), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses, each behind the guard."""
        patterns = [one for one in super().get_urlpatterns() if one.name not in self.hidden]
        return guard_patterns(self, patterns)

    def get_edit_handler(self) -> Panel:
        """Build the form's layout on a form whose choices are current, with what other apps put at its top."""
        handler = getattr(self, "edit_handler", None) or ObjectList(self.panels)
        handler = handler.clone()
        if handler.base_form_class is None:
            handler.base_form_class = self.form_class
        self._put_on_top(handler, editor_panels(self.model))
        return handler.bind_to_model(self.model)

    @staticmethod
    def _put_on_top(handler: Panel, panels: list[Panel]) -> None:
        """Put ``panels`` before the others, in the first tab where there are tabs."""
        if not panels:
            return
        if isinstance(handler, TabbedInterface):
            first, *others = handler.children
            first = first.clone()
            first.children = [*panels, *first.children]
            handler.children = [first, *others]
        else:
            handler.children = [*panels, *handler.children]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Pass on the relations that the list shows."""
        related = getattr(self, "list_select_related", ())
        return super().get_index_view_kwargs(**{"select_related": related, **kwargs})

    @cached_property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then the menu group."""
        items: list[dict[str, Any]] = [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]
        items += [{"url": "", "label": label} for hook, label, *_rest in GROUPS if hook == self.menu_hook]
        return items


class SafeModelViewSet(SafeViewSetMixin, ModelViewSet):
    """For models without drafts."""

    index_view_class = SafeIndexView
    delete_view_class = RefuseDeletionView
    list_per_page = 30

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Give every view the group's breadcrumbs."""
        return super().get_common_view_kwargs(**{"breadcrumbs_items": self.breadcrumbs_items, **kwargs})


class SafeSnippetViewSet(SafeViewSetMixin, SnippetViewSet):
    """For models with drafts, revisions, locks, previews and workflow."""

    index_view_class = SafeSnippetIndexView
    delete_view_class = RefuseDeletionView
    list_per_page = 20

    def register_chooser_viewset(self) -> None:
        """Do without Wagtail's own chooser, which shows every record; safe choosers are registered apart."""
