"""Choosers that offer what the reader may choose, and say nothing of the rest."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as stock
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from .paginator import CappedPaginator

Choosable = Callable[[HttpRequest], QuerySet]
#: Rows and the words searched for -> the rows found, best first; ``None`` where nobody can say.
Ranked = Callable[[QuerySet, str], Sequence[Any] | None]

if TYPE_CHECKING:
    # The stock views that the mixins below are put before.
    ListBase: TypeAlias = stock.BaseChooseView
    CreationBase: TypeAlias = stock.CreationFormMixin
else:
    ListBase = CreationBase = object


class ChoosableRows(ListBase):
    """Takes the rows from the viewset's ``choosable`` and narrows them by the fields chosen beside it in the form."""

    paginator_class = CappedPaginator
    choosable: Any = None  # the viewset's ``choosable``, a :data:`Choosable`
    ranked: Any = None  # the viewset's ``ranked``, a :data:`Ranked`
    extra_columns: tuple[Column, ...] = ()
    search_fields: tuple[str, ...] = ()

    def get_object_list(self) -> QuerySet:
        """Return what may be chosen."""
        return self.choosable(self.request)

    def get_object(self, pk: Any) -> Model:
        """Return one of what may be chosen; raises ``Http404`` for anything else."""
        rows = self.choosable(self.request)
        found = rows.filter(pk=pk).first() if str(pk).isdigit() else None
        if found is None:
            raise Http404
        return found

    def get_filter_form_class(self) -> type[forms.Form]:
        """Return the search form over this chooser's fields."""
        given = {"search_fields": self.search_fields, "ranked": staticmethod(self.ranked)}
        return type("ChooserSearchForm", (ChooserSearchForm,), given)

    def filter_object_list(self, objects: QuerySet) -> QuerySet | Sequence[Any]:
        """Narrow by the fields beside it (only whole numbers are keys) and by the words searched for."""
        for name in self.url_filter_parameters:
            value = self.request.GET.get(name, "")
            if value.isdigit():
                objects = objects.filter(**{name: int(value)})
        return self.filter_form.filter(objects) if self.filter_form.is_valid() else objects

    @property
    def columns(self) -> list[Column]:
        """The name, and what tells two of the same name apart."""
        return [self.title_column, *self.extra_columns]


class ChooserSearchForm(BaseFilterForm):
    """Finds the words by the search engine where the chooser's rows are in it, else anywhere in the named fields."""

    search_fields: tuple[str, ...] = ()
    ranked: Ranked

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")}))

    def filter(self, objects: QuerySet) -> QuerySet | Sequence[Any]:
        """Return the best matches first; without an engine the rows that hold every word in any of the fields."""
        self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(self.search_query)
        found = self.ranked(objects, self.search_query) if self.is_searching else None
        if found is not None:
            return found
        for word in self.search_query.split()[:6]:
            condition = Q()
            for field in self.search_fields:
                condition |= Q(**{f"{field}__icontains": word})
            objects = objects.filter(condition)
        return objects


class CreationForUser(CreationBase):
    """Hands the request's user to the form of the second tab, which offers only what they may choose."""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        """Add the user."""
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}

    def can_create(self) -> bool:
        """Only where the chooser has a form, and the policy allows."""
        return self.get_creation_form_class() is not None and super().can_create()


class ChooseView(ChoosableRows, CreationForUser, stock.ChooseView):
    """The dialogue."""


class ChooseResultsView(ChoosableRows, CreationForUser, stock.ChooseResultsView):
    """Its list, renewed while typing."""


class ChosenView(ChoosableRows, stock.ChosenView):
    """The answer once something is chosen."""


class ChosenMultipleView(ChoosableRows, stock.ChosenMultipleView):
    """Not used by our forms; answers only with what may be chosen."""

    def get_objects(self, pks: list[str]) -> QuerySet:
        """Return those of the asked that may be chosen."""
        return self.choosable(self.request).filter(pk__in=[pk for pk in pks if pk.isdigit()])


class CreateView(CreationForUser, stock.CreateView):
    """Creates what was missing in the list."""


class HubChooser(BaseChooser):
    """The widget; without a link to edit what is chosen, which most readers may not."""

    show_edit_link = False

    def get_value_data_from_instance(self, instance: Model) -> dict[str, Any]:
        """Return what is shown of the chosen record."""
        return {"id": instance.pk, "edit_url": None, self.display_title_key: self.get_display_title(instance)}


class SafeChooserViewSet(ChooserViewSet):
    """A chooser over ``choosable(request)``; subclasses say which rows, which columns, and where words are sought."""

    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView
    base_widget_class = HubChooser
    register_widget = False
    per_page = 15
    choose_one_text = _("Choose")
    choose_another_text = _("Choose another")
    edit_item_text = _("Edit")
    search_tab_label = _("Search")
    create_action_label = _("Create")

    extra_columns: tuple[Column, ...] = ()
    search_fields: tuple[str, ...] = ()
    #: Form fields whose chosen value narrows the list, as URL parameters.
    linked_parameters: tuple[str, ...] = ()

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return what the request's user may choose from."""
        raise NotImplementedError

    def ranked(self, objects: QuerySet, text: str) -> Sequence[Any] | None:
        """Return which of ``objects`` the search engine finds, best first; ``None`` to look for the words in fields."""
        return None

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand the views their rows, columns and search fields."""
        own = {
            "choosable": self.choosable,
            "ranked": self.ranked,
            "extra_columns": self.extra_columns,
            "search_fields": self.search_fields,
            "preserve_url_parameters": ["multiple", *self.linked_parameters],
            "url_filter_parameters": list(self.linked_parameters),
        }
        return {**super().get_common_view_kwargs(**kwargs), **own}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out the form's address where there is no form."""
        has_form = self.creation_form_class or self.form_fields
        return [one for one in super().get_urlpatterns() if has_form or one.name != "create"]
