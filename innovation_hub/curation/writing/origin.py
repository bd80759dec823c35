"""The step that says whose an innovation is: units found by name or made, cohorts that fit, the mentor's record."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from innovation_hub.agencies.models import Region, Unit
from innovation_hub.agencies.models.agencies import fold_name
from innovation_hub.core.personal_data import is_office_email
from innovation_hub.curation import people
from innovation_hub.innovations.models import Innovation, Innovator
from innovation_hub.training.models import Cohort

from .forms import StepForm

MOST_UNITS, MOST_COHORTS = 400, 120


class OriginForm(StepForm):
    """Agency, unit, region, training and mentor."""

    unit_name = forms.CharField(required=False, max_length=255)
    mentor_name = forms.CharField(required=False, max_length=200)
    mentor_email = forms.EmailField(required=False, max_length=254)

    def __init__(self, *args: Any, version: Innovation, **kwargs: Any) -> None:
        self.mentor = _mentor(version.pk)
        super().__init__(*args, version=version, **kwargs)
        self.initial["unit_name"] = version.unit.name if version.unit else ""
        self.initial["mentor_name"] = self.mentor.name if self.mentor else ""
        self.initial["mentor_email"] = self.mentor.email if self.mentor else ""
        self.fields["unit_name"].widget.attrs.update(list="unit-kerja", autocomplete="off")
        self._before_training = (version.programme_id, version.institution_id)
        self._before_agency = version.agency_id
        cohorts = cast(forms.ModelChoiceField, self.fields["cohort"])
        cohorts.queryset = _cohorts(version)
        if not cohorts.queryset:
            del self.fields["cohort"]
        else:
            cohorts.help_text = ""
        region = cast(Any, self.fields["region"])
        region.choices = [("", "—"), *_regions(region.queryset)]

    def unit_names(self) -> list[str]:
        """Return the names of the agency's units, to choose from while typing."""
        if not self.instance.agency_id:
            return []
        units = Unit.objects.current().filter(agency=self.instance.agency_id).order_by("name")
        return list(units.values_list("name", flat=True)[:MOST_UNITS])

    def clean_mentor_email(self) -> str:
        """Refuse a private mailbox: the mentor is asked at the office."""
        address = self.cleaned_data["mentor_email"].strip()
        if address and not is_office_email(address):
            raise ValidationError(_("Give the mentor's office address, not a private one."))
        return address

    def clean(self) -> dict[str, Any]:
        """Let go of a cohort that belongs to another programme than the one just chosen; take what follows from it."""
        cleaned = super().clean()
        programme, institution, cohort = (cleaned.get(name) for name in ("programme", "institution", "cohort"))
        chosen = (programme and programme.pk, institution and institution.pk)
        if cohort and chosen != self._before_training and chosen != (cohort.programme_id, cohort.institution_id):
            cleaned["cohort"] = cohort = None
        if "cohort" not in self.fields:
            self.instance.cohort = None
        if programme and programme.product and not cleaned.get("training_product"):
            cleaned["training_product"] = programme.product
        if bool(cleaned.get("mentor_email")) != bool(cleaned.get("mentor_name")) and not self.errors:
            missing = "mentor_name" if cleaned.get("mentor_email") else "mentor_email"
            self.add_error(missing, _("The mentor's name and address belong together."))
        return cleaned

    def apply(self, *, finally_: bool) -> None:
        """Find the unit by its name; make one that isn't there, unless somebody is still typing."""
        super().apply(finally_=finally_)
        if "unit_name" in self.errors:
            return
        name = " ".join(self.cleaned_data.get("unit_name", "").split())
        if not name:
            self.instance.unit = None
            return
        agency_id = self.instance.agency_id
        found = Unit.objects.current().filter(agency=agency_id, folded=fold_name(name)).first()
        if found is None and name == self.initial["unit_name"]:
            # The agency changed and the unit stayed behind.
            found = None if agency_id != self._before_agency else self.instance.unit
        elif found is None and finally_:
            found = Unit.objects.create(agency_id=agency_id, name=name)
        elif found is None:
            return
        self.instance.unit = found

    def after_saving(self) -> None:
        """Keep the mentor's name and address in the private record of the entry."""
        if self.errors.keys() & {"mentor_name", "mentor_email"}:
            return
        name, address = self.cleaned_data.get("mentor_name", ""), self.cleaned_data.get("mentor_email", "")
        if (name, address) == (self.initial["mentor_name"], self.initial["mentor_email"]):
            return
        if self.mentor is None:
            Innovator.objects.create(entry_id=self.instance.pk, role=Innovator.Role.MENTOR, name=name, email=address)
        elif name:
            self.mentor.name, self.mentor.email = name, address
            self.mentor.account = people.account_of(address) if address else None
            self.mentor.save()
        else:
            self.mentor.delete()


def _mentor(entry_pk: int | None) -> Innovator | None:
    """Return the mentor of an entry, with or without an address."""
    mentors = Innovator.objects.filter(entry=entry_pk, role=Innovator.Role.MENTOR)
    return people.mentor_of(entry_pk) or mentors.order_by("order", "pk").first()


def _cohorts(version: Innovation) -> QuerySet[Cohort]:
    """Return the cohorts of the version's programme and institution, newest first."""
    both = Q(programme=version.programme_id, institution=version.institution_id)
    fitting = Cohort.objects.current().filter(both if version.programme_id and version.institution_id else Q(pk=None))
    keys = list(fitting.order_by("-year", "-number").values_list("pk", flat=True)[:MOST_COHORTS])
    rows = Cohort.objects.filter(pk__in=[*keys, version.cohort_id or 0])
    return rows.select_related("programme", "institution").order_by("-year", "-number")


def _regions(regions: QuerySet[Region]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the regions under their provinces, each province first among its own."""
    groups: dict[str, list[tuple[int, str]]] = {}
    names: dict[str, str] = {}
    for region in regions.order_by("code"):
        if region.is_province:
            names[region.code] = region.name
        groups.setdefault(region.province_code, []).append((region.pk, region.name))
    return [(names.get(code, code), members) for code, members in groups.items()]
