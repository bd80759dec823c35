"""Views that stand in for Wagtail's in the safe viewsets."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView as StockHistoryView
from wagtail.admin.views.generic.history import WorkflowHistoryDetailView, WorkflowHistoryView
from wagtail.admin.views.generic.models import InspectView as StockInspectView
from wagtail.admin.views.generic.models import RevisionsCompareView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.generic.preview import PreviewRevision
from wagtail.admin.views.generic.usage import UsageView
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets

from innovation_hub.core.admin_gate import refused

from .export import SafeExportMixin
from .guard import is_reviewer
from .paginator import CappedPaginator

if TYPE_CHECKING:
    # The stock views that the mixins below are put before.
    AskingBase: TypeAlias = PermissionCheckedMixin
    ListBase: TypeAlias = generic.IndexView
else:
    AskingBase = ListBase = object

# Views that only show; the guard has asked for the right to look, and Wagtail would ask for the one to change.
READING = (
    StockHistoryView,
    StockInspectView,
    UsageView,
    RevisionsCompareView,
    PreviewRevision,
    WorkflowHistoryView,
    WorkflowHistoryDetailView,
)


class AsksTheRecord(AskingBase):
    """Makes a stock view ask the policy about the record at hand, not about the model."""

    def user_has_permission(self, permission: str) -> bool:
        """Answer Wagtail's question for this record; locks keep Wagtail's own rule on top."""
        record = self._record()
        if record is None:
            return super().user_has_permission(permission)
        if permission == "change" and is_reviewer(self.request.user, record):
            return True
        allowed = self._policy.user_has_permission_for_instance(self.request.user, permission, record)
        return allowed and (permission not in ("lock", "unlock") or super().user_has_permission(permission))

    def user_has_any_permission(self, permissions: Any) -> bool:
        """True when one of them holds for this record."""
        if self._record() is None:
            return super().user_has_any_permission(permissions)
        return any(self.user_has_permission(permission) for permission in permissions)

    @property
    def _policy(self) -> Any:
        return policy_registry.get_by_type(self.model)

    def _record(self) -> Model | None:
        record = getattr(self, "object", None)
        return record if record is not None and record.pk else None


def asking_the_record(view_class: type[View]) -> type[View]:
    """Return ``view_class`` with its permission questions bound to the record."""
    if not issubclass(view_class, PermissionCheckedMixin) or issubclass(view_class, AsksTheRecord):
        return view_class
    body: dict[str, Any] = {}
    if issubclass(view_class, READING):
        body = {"permission_required": None, "any_permission_required": None}
    return type(view_class.__name__, (AsksTheRecord, view_class), body)


class VisibleRows(ListBase):
    """A list of what the reader may see, page by page, without counting it all."""

    paginator_class = CappedPaginator
    select_related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet:
        """Return the policy's rows with the relations that the columns show."""
        rows = policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(
            self.request.user, ["view", "change"]
        )
        return rows.select_related(*self.select_related) if self.select_related else rows


class SafeIndexView(SafeExportMixin, VisibleRows, generic.IndexView):
    """The list of a plain model."""


class SafeSnippetIndexView(SafeExportMixin, VisibleRows, snippets.IndexView):
    """The list of a snippet model; without boxes to tick while there is no bulk action to tick them for."""

    @cached_property
    def columns(self) -> list:
        """The columns named by the viewset."""
        return generic.IndexView.columns.func(self)


class RefuseDeletionView(View):
    """Answers every request to delete with the reason why it isn't done."""

    model: type[Model] | None = None
    template_name: str | list[str] = ""  # Wagtail's viewsets name one; the refusal has its own page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse."""
        policy = policy_registry.get_by_type(self.model)
        return refused(request, getattr(policy, "delete_reason", ""))
