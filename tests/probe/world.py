"""Two organisations that know nothing of each other, and what the second one keeps to itself.

Everything private of the foreign organisation holds :data:`MARKER`; what a role may see is written without.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import HomePage
from innovation_hub.accounts.models import OfficeDomain, User
from innovation_hub.core.models import HubDocument, HubImage
from innovation_hub.curation.members.inviting import invite
from innovation_hub.curation.members.lists import rows_of_text
from innovation_hub.curation.models import Lab, MentorLink
from innovation_hub.curation.services import mentors
from innovation_hub.curation.services.setup import ensure_curation_setup
from innovation_hub.curation.services.workflow import submit
from innovation_hub.innovations.models import Attachment, Claim, Innovation, Innovator, LegalBasis, Prerequisite
from tests.factories import (
    AdministratorFactory,
    AgencyMembershipFactory,
    CohortFactory,
    EmptyQueryFactory,
    HolidayFactory,
    InstitutionMembershipFactory,
    LabFactory,
    LabMembershipFactory,
    ProgrammeFactory,
    RegionFactory,
    SDGFactory,
    SynonymGroupFactory,
    TermFactory,
    ThemeFactory,
    UnitFactory,
    UrusanFactory,
    UserFactory,
    make_draft,
    make_published,
)

MARKER = "Zirbelkiefer"
# Pages of the CMS belong to all editors; to everyone else their drafts are as foreign as an entry's.
PAGE_MARKER = "Latschenkiefer"


@dataclass
class Organisation:
    """An agency with a unit and a region, an institution with a cohort, a lab, and their people."""

    unit: Any
    region: Any
    cohort: Any
    lab: Lab
    people: dict[str, User] = field(default_factory=dict)


@dataclass
class ForeignThings:
    """What the other organisation has."""

    draft: Innovation
    waiting: Innovation
    changed: Innovation
    returned: Innovation
    innovator: Innovator
    image: HubImage
    document: HubDocument
    page: Page
    attachment: Attachment
    claim: Claim
    legal_basis: LegalBasis
    used_token: str

    @property
    def entries(self) -> list[Innovation]:
        """The four entries: a draft, one under review, a live one with a pending draft, one that was unpublished."""
        return [self.draft, self.waiting, self.changed, self.returned]


@dataclass
class World:
    """Ours, theirs, and everyone who asks."""

    ours: Organisation
    theirs: Organisation
    foreign: ForeignThings
    askers: dict[str, User | None]
    questions: list = field(default_factory=list)


def build_world() -> World:
    """Build the two organisations and the index over them."""
    programme = ProgrammeFactory(code="latsar", label_id="Latsar CPNS")
    ensure_curation_setup()
    ours, theirs = _organisation("a", programme), _organisation("b", programme)
    foreign = _foreign_things(theirs)
    _own_things(ours)
    OfficeDomain.objects.create(domain="universitas.ac.id", note="PTN")
    invite(theirs.cohort, rows_of_text(f"{MARKER} Peserta; {MARKER}@contoh.go.id"), actor=AdministratorFactory())
    SynonymGroupFactory()
    HolidayFactory()
    EmptyQueryFactory()
    askers: dict[str, User | None] = {"nobody": None, "asn": UserFactory(email="asn@contoh.go.id")}
    askers |= ours.people
    askers["administrator"] = AdministratorFactory()
    call_command("rebuild_search_index", verbosity=0)
    return World(ours=ours, theirs=theirs, foreign=foreign, askers=askers)


def _organisation(name: str, programme: Any) -> Organisation:
    region = RegionFactory()
    lab = LabFactory(code=f"lab-{name}")
    lab.regions.add(region)
    unit = UnitFactory(name=f"Dinas {name}", agency__region=region)
    cohort = CohortFactory(programme=programme)
    people = {
        "submitter": AgencyMembershipFactory(agency=unit.agency).user,
        "institution-reviewer": InstitutionMembershipFactory(institution=cohort.institution).user,
        "agency-reviewer": AgencyMembershipFactory(agency=unit.agency, role="reviewer").user,
        "curator": LabMembershipFactory(lab=lab).user,
        "editor": LabMembershipFactory(lab=lab, role="editor").user,
        "mentor": UserFactory(email=f"mentor-{name}@contoh.go.id"),
    }
    return Organisation(unit=unit, region=region, cohort=cohort, lab=lab, people=people)


def complete(org: Organisation, **fields: Any) -> dict[str, Any]:
    """Return what an entry of ``org`` needs to be submitted."""
    return {
        "agency": org.unit.agency,
        "unit": org.unit,
        "region": org.region,
        "cohort": org.cohort,
        "training_product": TermFactory(vocabulary="training_products"),
        "stage": TermFactory(vocabulary="stages"),
        "urusan_primary": UrusanFactory(),
        "summary": "Ringkasan",
        "problem": "<p>Masalah</p>",
        "objectives": "<p>Tujuan</p>",
        "implemented_on": "2024",
        "steward": org.people["submitter"],
        **fields,
    }


def _secret(org: Organisation, number: int) -> dict[str, Any]:
    word = f"{MARKER} {number}"
    return complete(
        org,
        title_plain=f"Layanan {word}",
        brand_name=MARKER.upper(),
        summary=f"Ringkasan {word}",
        problem=f"<p>Masalah {word}</p>",
        agency_raw=f"Dinas {word}",
        unit_raw=f"Unit {word}",
        acronym_expansion=word,
        keywords=[f"{MARKER}-kunci"],
        themes=[ThemeFactory()],
        sdgs=[SDGFactory()],
    )


def _foreign_things(org: Organisation) -> ForeignThings:
    author = org.people["submitter"]
    draft = make_draft(author, **_secret(org, 1))
    innovator = Innovator.objects.create(
        entry=draft, name=f"{MARKER} Siti", nip=f"{MARKER}1980", email=f"{MARKER}@contoh.go.id"
    )
    attachment = Attachment.objects.create(entry=draft, title=f"Berkas {MARKER}", file=_file("lampiran.pdf"))
    claim = Claim.objects.create(entry=draft, indicator=f"Hasil {MARKER}", evidence_file=_file("bukti.pdf"))
    legal_basis = LegalBasis.objects.create(entry=draft, kind=f"Perbup {MARKER}", file=_file("dasar.pdf"))
    Prerequisite.objects.create(entry=draft, text=f"Prasyarat {MARKER}")
    draft = Innovation.objects.get(pk=draft.pk)
    draft.save_revision(user=author)
    log(instance=draft, action="wagtail.edit", user=author, title=f"Judul {MARKER}", content_changed=True)

    waiting = make_draft(author, **_secret(org, 2))
    _mentored(waiting, f"{MARKER}-mentor@contoh.go.id", f"{MARKER} Budi")
    submit(waiting, actor=author)

    changed = make_published(author, **complete(org, title_plain="Layanan terbuka"))
    changed.title_plain = f"Layanan {MARKER} 3"
    changed.summary = f"Ringkasan {MARKER} 3"
    changed.save_revision(user=author)

    returned = make_published(author, **complete(org, title_plain="Layanan yang pernah terbuka"))
    returned.unpublish()
    returned = Innovation.objects.get(pk=returned.pk)
    returned.title_plain = f"Layanan {MARKER} 4"
    returned.save_revision(user=author)

    return ForeignThings(
        draft=Innovation.objects.get(pk=draft.pk),
        waiting=Innovation.objects.get(pk=waiting.pk),
        changed=Innovation.objects.get(pk=changed.pk),
        returned=Innovation.objects.get(pk=returned.pk),
        innovator=innovator,
        image=_image(author),
        document=HubDocument.objects.create(
            title=f"Dokumen {MARKER}", file=_file("dokumen.pdf"), uploaded_by_user=author
        ),
        page=_page(),
        attachment=attachment,
        claim=claim,
        legal_basis=legal_basis,
        used_token=_used_token(waiting),
    )


def _mentored(entry: Innovation, address: str, name: str) -> None:
    Innovator.objects.create(entry=entry, role=Innovator.Role.MENTOR, name=name, email=address)


def _used_token(waiting: Innovation) -> str:
    """Return the address of a link by which the mentor of a foreign entry has answered once."""
    link = MentorLink.objects.get(review__entry=waiting)
    token = "a-token-that-was-used"
    used = {"digest": mentors.digest_of(token), "used_at": link.created_at, "pk": None}
    for name, value in used.items():
        setattr(link, name, value)
    link.save()
    return mentors._signer.sign(token)


def _own_things(org: Organisation) -> None:
    """Give the asking organisation entries too, so that its lists are not empty."""
    author = org.people["submitter"]
    make_draft(author, **complete(org, title_plain="Layanan kami"))
    make_published(author, **complete(org, title_plain="Layanan kami yang terbuka"))
    mentored = make_draft(author, **complete(org, title_plain="Layanan kami yang menunggu mentor"))
    _mentored(mentored, org.people["mentor"].email, "Mentor kami")
    submit(mentored, actor=author)


def _file(name: str) -> ContentFile:
    return ContentFile(f"%PDF-1.4 {MARKER}".encode(), name=f"{MARKER}-{name}")


def _image(author: User) -> HubImage:
    picture = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")
    return HubImage.objects.create(
        title=f"Gambar {MARKER}",
        file=ContentFile(picture.getvalue(), name=f"{MARKER}.png"),
        uploaded_by_user=author,
    )


def _page() -> Page:
    root = Page.get_first_root_node()
    page = HomePage(title=f"Halaman {PAGE_MARKER}", slug="halaman-rahasia", intro=PAGE_MARKER, live=False)
    root.add_child(instance=page)
    page.save_revision()
    return page
