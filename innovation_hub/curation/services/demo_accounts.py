"""Accounts of a demonstration hub: one for each role, with memberships in what the demonstration collection has."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Model

from innovation_hub.accounts.models import User
from innovation_hub.agencies.models import Agency, AgencyMembership
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.curation.models import Lab, LabMembership
from innovation_hub.curation.services.roles import sync_groups, sync_user
from innovation_hub.training.models import Cohort, InstitutionMembership, TrainingInstitution

FILE_NAME = "demo-accounts.txt"
DOMAIN = "contoh.go.id"
FAVOURITE_AGENCY = "kab-banggai"
PASSWORD_LINE = "Kata sandi semua akun: "  # noqa: S105  the words before it


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account: its address, its name, its role in words, and what it may do."""

    local: str
    name: str
    role: str
    may: str

    @property
    def email(self) -> str:
        """The whole address."""
        return f"{self.local}@{DOMAIN}"


ACCOUNTS = (
    DemoAccount("asn", "Ani, ASN", "ASN", "membaca situs publik; tidak masuk admin"),
    DemoAccount("peserta", "Putu, peserta", "Peserta", "menulis dan mengajukan inovasi instansinya"),
    DemoAccount("lembaga", "Lina, lembaga pelatihan", "Lembaga pelatihan", "meninjau inovasi angkatan lembaganya"),
    DemoAccount(
        "lembaga-lain", "Lukman, lembaga lain", "Lembaga pelatihan lain", "meninjau; tidak melihat milik yang pertama"
    ),
    DemoAccount("instansi", "Indra, instansi", "Peninjau instansi", "menyetujui inovasi instansinya"),
    DemoAccount("kurator", "Kartika, kurator", "Kurator", "mengkurasi, menyetujui, menetapkan tingkat"),
    DemoAccount("editor", "Eko, editor", "Editor", "menerbitkan, mengelola halaman dan keanggotaan"),
    DemoAccount("pengelola", "Pratiwi, pengelola", "Pengelola", "semuanya"),
)


@transaction.atomic
def create_demo_accounts(data_dir: Path) -> list[str]:
    """Create what is missing and return the lines to print; the password is the data folder's own and stays."""
    password = read_password(data_dir) or secrets.token_urlsafe(9)
    sync_groups()
    users = {account.local: _account(account, password) for account in ACCOUNTS}
    _give_roles(users)
    for user in users.values():
        sync_user(user)
    lines = describe(password)
    _keep(data_dir, lines)
    return lines


def read_password(data_dir: Path) -> str | None:
    """Return the password that an earlier run wrote down."""
    file = data_dir / FILE_NAME
    if not file.exists():
        return None
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(PASSWORD_LINE):
            return line.removeprefix(PASSWORD_LINE).strip() or None
    return None


def describe(password: str) -> list[str]:
    """Return the table of accounts as lines of text."""
    width = max(len(account.email) for account in ACCOUNTS)
    roles = max(len(account.role) for account in ACCOUNTS)
    rows = [f"{account.email:<{width}}  {account.role:<{roles}}  {account.may}" for account in ACCOUNTS]
    return ["Akun contoh, masuk di /admin/", f"{PASSWORD_LINE}{password}", *rows]


def _account(account: DemoAccount, password: str) -> User:
    """Return the account, with the password of this data folder."""
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(account.email, password, name=account.name)
    elif not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    if account.local == "pengelola" and not user.is_superuser:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
    return user


def _give_roles(users: dict[str, User]) -> None:
    agency = _agency()
    if agency is not None:
        _member(AgencyMembership, users["peserta"], AgencyMembership.Role.SUBMITTER, agency=agency)
        _member(AgencyMembership, users["instansi"], AgencyMembership.Role.REVIEWER, agency=agency)
    for local, institution in zip(("lembaga", "lembaga-lain"), _institutions(), strict=False):
        _member(InstitutionMembership, users[local], InstitutionMembership.Role.REVIEWER, institution=institution)
    lab = Lab.objects.filter(is_default=True).first()
    if lab is None:
        lab = Lab.objects.create(code="lan", name="Laboratorium Inovasi LAN", is_default=True)
    _member(LabMembership, users["kurator"], LabMembership.Role.CURATOR, lab=lab)
    _member(LabMembership, users["editor"], LabMembership.Role.EDITOR, lab=lab)


def _member(model: type[Model], user: User, role: str, **organisation: Model) -> None:
    """Give a role once; whatever staff changed since is left alone."""
    if not model.objects.filter(user=user).exists():
        model.objects.create(user=user, role=role, **organisation)


def _agency() -> Agency | None:
    """Return the Banggai regency, which has the first real case, else the agency with the most entries."""
    known = Agency.objects.current().exclude(code=UNKNOWN_CODE)
    return known.filter(code=FAVOURITE_AGENCY).first() or (
        known.annotate(entries=Count("innovations")).order_by("-entries", "pk").first()
    )


def _institutions() -> Iterable[TrainingInstitution]:
    """Return two institutions: of the newest demonstration cohorts first, else any."""
    chosen: list[TrainingInstitution] = []
    cohorts = Cohort.objects.filter(is_synthetic=True).select_related("institution").order_by("-year", "number", "pk")
    others = TrainingInstitution.objects.current().order_by("pk")[:2]
    for institution in (*(cohort.institution for cohort in cohorts[:50]), *others):
        if institution not in chosen:
            chosen.append(institution)
        if len(chosen) == 2:
            break
    return chosen


def _keep(data_dir: Path, lines: list[str]) -> None:
    """Write the lines into the data folder, readable by its owner only."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / FILE_NAME
    file.touch(mode=0o600, exist_ok=True)
    file.chmod(0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
