"""The form of an entry: who may choose what, what is checked, and that a save is one transaction."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from innovation_hub.core.models import HubImage
from innovation_hub.curation.models import Lab
from innovation_hub.curation.services.setup import ensure_curation_setup
from innovation_hub.innovations.admin.forms import check_upload
from innovation_hub.innovations.admin.viewsets import viewsets
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import REQUIREMENTS, Need
from search.models import OutboxEntry
from tests.admin_forms import form_values, messages_of, open_entry, save_entry
from tests.factories import (
    AgencyFactory,
    AgencyMembershipFactory,
    ClaimFactory,
    KeywordFactory,
    LabMembershipFactory,
    TermFactory,
    ThemeFactory,
    UnitFactory,
    make_draft,
    make_published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitter(client):
    person = AgencyMembershipFactory().user
    client.force_login(person)
    return person


def own_agency(person):
    return person.agencymemberships.get().agency


def own_draft(person, **fields):
    return make_draft(person, steward=person, agency=own_agency(person), **fields)


def form_for(person, entry=None):
    return viewsets[0].get_form_class()(instance=entry or Innovation(), for_user=person)


def test_a_submitter_begins_an_entry_of_their_agency_and_keeps_it(client, submitter):
    page = client.get(reverse("hub_innovations:add"))
    values = form_values(page.content)
    assert values["agency"] == [str(own_agency(submitter).pk)]
    values |= {"title_plain": "Antrean dari rumah", "origin_channel": TermFactory(vocabulary="origin_channels").pk}
    response = client.post(reverse("hub_innovations:add"), values)
    entry = Innovation.objects.get()
    assert response.headers["Location"] == reverse("hub_innovations:edit", args=[entry.pk])
    assert (entry.live, entry.created_by, entry.steward) == (False, submitter, submitter)
    assert entry.authorships.get().user == submitter
    assert OutboxEntry.objects.filter(source="innovation", source_id=entry.pk).exists()


def test_a_submitter_names_no_other_agency(client, submitter):
    entry = own_draft(submitter)
    response = save_entry(client, entry, agency=str(AgencyFactory().pk))
    assert response.status_code == 200
    assert messages_of(response)
    assert Innovation.objects.get(pk=entry.pk).agency == own_agency(submitter)


def test_a_unit_belongs_to_the_agency(client, submitter):
    entry = own_draft(submitter)
    response = save_entry(client, entry, unit=str(UnitFactory().pk))
    assert response.status_code == 200
    assert Innovation.objects.get(pk=entry.pk).unit is None


def test_only_own_and_shared_pictures_can_be_chosen(submitter):
    shared = HubImage.objects.create(title="Umum", file="a.png", width=1, height=1, file_hash="a" * 40)
    own = HubImage.objects.create(
        title="Kami", file="b.png", width=1, height=1, file_hash="b" * 40, uploaded_by_user=submitter
    )
    foreign = HubImage.objects.create(
        title="Asing", file="c.png", width=1, height=1, file_hash="c" * 40, scope="agency:999"
    )
    offered = form_for(submitter).fields["cover_image"].queryset
    assert set(offered) == {shared, own}
    assert own.scope == f"agency:{own_agency(submitter).pk}"
    assert foreign not in offered


def test_only_public_entries_can_be_named_as_the_original(submitter):
    public, draft = make_published(), make_draft()
    offered = form_for(submitter).fields["replicated_from"].queryset
    assert public in offered
    assert draft not in offered


def test_submitters_do_not_grade_their_own_evidence(client, submitter):
    entry = own_draft(submitter)
    ClaimFactory(entry=entry, level=1)
    entry = Innovation.objects.get(pk=entry.pk)
    entry.save_revision(user=submitter)
    page = open_entry(client, entry)
    values = form_values(page.content)
    assert "claims-0-level" not in values
    response = save_entry(client, entry, page=page, **{"claims-0-level": "4", "claims-0-value": "12 menit"})
    assert response.status_code == 302, messages_of(response)
    claim = Innovation.objects.get(pk=entry.pk).get_latest_revision_as_object().claims.get()
    assert (claim.level, claim.value) == (1, "12 menit")


def test_submitters_do_not_publish_whatever_they_post(client, submitter):
    entry = own_draft(submitter)
    assert save_entry(client, entry, action="action-publish").status_code == 302
    assert not Innovation.objects.get(pk=entry.pk).live


def test_at_most_three_themes_are_taken(client, submitter):
    entry = own_draft(submitter)
    themes = [ThemeFactory() for _number in range(4)]
    client.force_login(submitter)
    page = open_entry(client, entry)
    response = save_entry(client, entry, page=page, themes=[str(theme.pk) for theme in themes])
    assert response.status_code == 200
    assert "themes" in response.context["form"].errors
    assert not Innovation.objects.get(pk=entry.pk).themes.exists()


@pytest.mark.parametrize("name", ["skrip.html", "gambar.svg", "program.exe", "tanpa-akhiran"])
def test_files_that_browsers_would_run_are_refused(name):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile(name, b"x"))


def test_usual_files_are_accepted():
    check_upload(SimpleUploadedFile("Laporan Akhir.PDF", b"x"))


def test_the_marks_follow_the_requirements(submitter):
    form = form_for(submitter)
    for requirement in REQUIREMENTS:
        field = form.fields.get(requirement.field)
        if field is not None:
            assert "hub-need" in field.help_text, requirement.field
            if requirement.need is Need.DRAFT:
                assert field.required


def test_a_failing_submission_leaves_nothing_half_written(client, monkeypatch):
    ensure_curation_setup()
    person = LabMembershipFactory(lab=Lab.objects.get(is_default=True)).user
    client.force_login(person)
    entry = make_draft(person, steward=person)
    before = entry.revisions.count()

    def fail(*args, **kwargs):
        raise RuntimeError("the service broke")

    from innovation_hub.core.admin import submission

    monkeypatch.setitem(submission._submitters, Innovation, fail)
    page = open_entry(client, entry)
    queued = OutboxEntry.objects.count()
    with pytest.raises(RuntimeError):
        save_entry(client, entry, action="action-submit", page=page, summary="Baru")
    assert entry.revisions.count() == before
    assert Innovation.objects.get(pk=entry.pk).summary == ""
    assert OutboxEntry.objects.count() == queued


def test_keywords_are_suggested_from_public_and_own_entries_only(client, submitter):
    make_published(keywords=["pasar-terbuka"])
    own_draft(submitter, keywords=["pasar-kami"])
    make_draft(keywords=["pasar-asing"])
    KeywordFactory(name="pasar-tanpa-entri")
    found = client.get(reverse("hub_keyword_autocomplete"), {"term": "pasar"}).json()
    assert found == ["pasar-kami", "pasar-terbuka"]


def test_versions_are_compared_row_by_row_and_text_by_text(client, submitter):
    entry = own_draft(submitter, problem="<p>Antre sejak subuh</p>")
    ClaimFactory(entry=entry, indicator="Waktu tunggu")
    entry = Innovation.objects.get(pk=entry.pk)
    entry.problem = "<p>Antre sejak <b>pagi</b></p>"
    entry.claims.all()[0].indicator = "Lama tunggu"
    entry.save_revision(user=submitter)
    address = reverse("hub_innovations:revisions_compare", args=[entry.pk, "earliest", "latest"])
    page = client.get(address).content.decode()
    assert '<span class="deletion">subuh</span>' in page
    assert '<span class="addition">pagi</span>' in page


def test_the_preview_is_the_public_page(client, submitter):
    entry = own_draft(submitter, problem="<p>Antre sejak subuh</p>")
    page = client.get(reverse("hub_innovations:revisions_view", args=[entry.pk, entry.latest_revision_id]))
    assert page.status_code == 200
    assert "Antre sejak subuh" in page.content.decode()
