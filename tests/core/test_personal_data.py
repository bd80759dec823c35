"""The finder of people's data: what it must see, and what it must leave alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation_hub.core.personal_data import Kind, find_personal_data, is_office_email, redact


def kinds(text):
    return [str(finding.kind) for finding in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NIP 198503122010011003", "nip"),
        ("NIP. 19850312 201001 1 003", "nip"),
        ("NIP: 19850312 201001 1003.", "nip"),
        ("a.n. Budi (19850312.201001.1.003)", "nip"),
        ("PPPK 199001012022211001", "nip"),
        ("NIK 7201015708900002", "nik"),
        ("NIK: 3273 0112 0185 0003", "nik"),
        ("No. KTP 327301.120185.0003", "nik"),
        ("Hubungi 081234567890", "phone"),
        ("HP.0812-3456-7890", "phone"),
        ("WA: 0812 3456 789", "phone"),
        ("(0812) 3456 7890", "phone"),
        ("+62 812 3456 7890", "phone"),
        ("+62 (0)812-3456-7890", "phone"),
        ("\u202a+62 812\u20113456\u20117890\u202c", "phone"),
        ("https://wa.me/6281234567890", "phone"),
        ("kirim ke budi.santoso@gmail.com ya", "email"),
        ("dinkes.banggai@yahoo.co.id", "email"),
        ("budi [at] gmail [dot] com", "email"),
        ("budi(at)gmail.com", "email"),
        ("ahmad@desaku.id", "email"),
        ("Jl. Kenanga No. 12 RT 03/RW 05", "address"),
        ("Perumahan Griya Asri Blok C3 No. 7 RT.02/05 Luwuk", "address"),
        ("Jalan Melati RT 01 RW 02 No. 5", "address"),
        ("Alamat rumah: Desa Bunga, dekat masjid", "address"),
    ],
)
def test_finds(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Anggaran Rp 1.985.031.220.100.110.003 tidak mungkin",
        "Anggaran Rp1.250.000.000 (APBD 2021)",
        "Rp081234567890",
        "Keputusan Bupati Nomor 188.45/1234/2021",
        "SK Nomor 800/081234/BKPSDM/2021 tanggal 12-08-2021",
        "PermenPANRB 91/2021 dan Perpres 95/2018",
        "Tahun 2019 2020 2021 2022 2023",
        "2018-2019-2020-2021-2022",
        "koordinat -0.8123456789, 122.7890123456",
        "-0.951234567, 119.870123456",
        "Pukul 08.30-12.00 dan 13.00-16.00",
        "08.00 - 16.00 WITA, 08.30 - 11.00",
        "Telepon kantor (021) 3868201 atau 021-3868201-05",
        "Hubungi 0461-21234 atau 112",
        "Layanan bebas pulsa 0800-1-500-123",
        "NIB 0812001234567",
        "ISBN 978-602-6228-30-7",
        "Nomor registrasi INO-7K3Q-2M9X",
        "layanan@banggaikab.go.id, info@ui.ac.id, tu@smpn1.sch.id, humas@tni.mil.id",
        "foia@hhs.gov, office@tartu.ee, someone@ec.europa.eu, a.b@abs.gov.au",
        "RT 03 RW 05 Kelurahan Luwuk menjadi lokasi uji coba",
        "Jl. Jenderal Sudirman No. 1, Luwuk",
        "Jumlah 123.456.789.012.345.678 bukan NIP",
        "9999999999999999 bukan NIK",
        "kode 72010157089000021234567 terlalu panjang",
        "tanggal 01-01-2021 10:30 sampai 31-12-2021",
        "",
    ],
)
def test_leaves_alone(text):
    assert kinds(text) == []


def test_two_numbers_side_by_side_are_two_findings():
    text = "081234567890 / 081298765432, 198503122010011003"
    assert kinds(text) == ["phone", "phone", "nip"]


def test_year_after_a_phone_is_not_swallowed():
    text = "HP 0812 3456 7890 2021"
    [finding] = find_personal_data(text)
    assert text[finding.start : finding.end] == "0812 3456 7890"


def test_plus_belongs_to_the_finding():
    text = "HP +62 812 3456 7890."
    [finding] = find_personal_data(text)
    assert text[finding.start : finding.end] == "+62 812 3456 7890"


def test_excerpt_is_masked():
    for text in (
        "198503122010011003",
        "081234567890",
        "budi.santoso@gmail.com",
        "Jl. Kenanga No. 12 RT 03/RW 05",
    ):
        [finding] = find_personal_data(text)
        assert text not in finding.excerpt
        assert "•" in finding.excerpt


def test_redact_names_the_kind_and_leaves_the_rest():
    text = "Hubungi Budi di 0812-3456-7890 atau budi@gmail.com."
    cleaned = redact(text, find_personal_data(text), language="en")
    assert cleaned.startswith("Hubungi Budi di [")
    assert cleaned.endswith("].")
    assert "0812" not in cleaned
    assert "gmail" not in cleaned
    assert find_personal_data(cleaned) == []


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("a@lan.go.id", True),
        ("a@bkpsdm.banggaikab.go.id", True),
        ("a@go.id.example.com", False),
        ("info@startup.co.id", True),
        ("budi@startup.co.id", False),
        ("info@gmail.com", False),
        ("a@cdc.gov", True),
        ("a@evilgov", False),
    ],
)
def test_office_mailboxes(address, office):
    assert is_office_email(address) is office


@given(st.dates(min_value=__import__("datetime").date(1950, 1, 1), max_value=__import__("datetime").date(1999, 12, 31)))
def test_any_plausible_nip_is_found_however_it_is_spaced(born):
    appointed = f"{born.year + 25}03"
    for form in (
        f"{born:%Y%m%d}{appointed}1001",
        f"{born:%Y%m%d} {appointed} 1 001",
        f"{born:%Y%m%d}.{appointed}.2.019",
    ):
        [finding] = find_personal_data(f"x {form} y")
        assert finding.kind is Kind.NIP
        assert (finding.start, finding.end) == (2, 2 + len(form))


@settings(max_examples=300)
@given(st.text(alphabet="0123456789 .,-()+@abRTRWJlNo/\n@gmail.com", max_size=120))
def test_findings_are_ordered_disjoint_and_redaction_is_final(text):
    findings = find_personal_data(text)
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end
    assert len(redact(text, findings, "en")) >= 0


@settings(max_examples=200)
@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["Rp", "Rp ", "Rp. ", "IDR "]))
def test_money_is_never_personal(amount, currency):
    written = f"{amount:,}".replace(",", ".")
    assert kinds(f"Anggaran {currency}{written},00 dari APBD") == []
