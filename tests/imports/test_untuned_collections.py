"""A directory as old systems dump it: capitals, Word HTML, cut-off pictures, doubled encodings, personal columns."""

import csv
import gzip
import io

from innovation_hub.core.text import looks_garbled, to_plain
from innovation_hub.core.text.markup import has_markup
from innovation_hub.imports.models import ImportRow
from innovation_hub.imports.services import ImportOptions, import_batch
from innovation_hub.innovations.models import Innovation, Innovator

HEADER = [
    "id_inovasi", "judul_inovasi", "instansi", "provinsi", "kategori", "jenis_inovasi", "tahun_inovasi", "inisiator",
    "latar_belakang", "deskripsi", "output", "outcome", "manfaat", "faktor_pendorong", "kendala", "prasyarat_replikasi",
    "nama_inovator", "no_hp", "email", "status", "gambar", "dilihat", "created_at",
]  # fmt: skip
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAZAAAAEsCAYAAADtt+XC" * 700
WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style>p.MsoNormal{mso-style-parent:''}"
    '</style><p class="MsoNormal" style=\'text-align:justify\'><span lang="IN">Antrean panjang&nbsp;di loket<o:p></o:p>'
    "</span></p>"
)
FULL = {
    "id_inovasi": "17",
    "judul_inovasi": "SISTEM ANTREAN ELEKTRONIK TERPADU DI RSUD LUWUK (SIANTER)",
    "instansi": "RSUD LUWUK PEMERINTAH KABUPATEN BANGGAI",
    "provinsi": "Sulawesi Tengah",
    "kategori": "Kesehatan",
    "jenis_inovasi": "Inovasi Proses",
    "tahun_inovasi": "2016",
    "inisiator": "OPD",
    "latar_belakang": WORD,
    "deskripsi": f'Pasien mengambil nomor dari rumah.<img src="data:image/png;base64,{PICTURE}',
    "output": "&lt;ul&gt;&lt;li&gt;Aplikasi antrean&lt;/li&gt;&lt;/ul&gt;",
    "outcome": "Waktu tunggu turun dari â€œ3 jamâ€\x9d",
    "manfaat": "Normal 0 false false IN X-NONE /* Style Definitions */ table.MsoNormalTable {mso-x:1;} Pasien puas",
    "kendala": "-",
    "nama_inovator": "Contoh, S.Kep.",
    "no_hp": "081234567890",
    "email": "contoh@yahoo.com",
    "status": "1",
    "gambar": "uploads/17.jpg",
    "dilihat": "431",
    "created_at": "2016-05-04 10:11:12",
}


def dump(folder, rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADER, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "direktori.csv.gz"
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8-sig")))
    return path


def test_a_dumped_directory(collection):
    empty = {"id_inovasi": "18", "judul_inovasi": "PELAYANAN JEMPUT BOLA ADMINDUK", "instansi": "KAB. BANGGAI"}
    broken = {"id_inovasi": "19", "judul_inovasi": "<p>&nbsp;</p>", "instansi": "KAB. BANGGAI"}
    path = dump(collection, [FULL, empty, broken])
    counts = import_batch([path], actor=None, options=ImportOptions(source="direktori")).counts
    assert (counts["rows"], counts["imported"], counts["refused"]) == (3, 2, 1)
    full, sparse = Innovation.objects.order_by("pk")
    assert full.title_plain.startswith("Sistem antrean elektronik terpadu di RSUD")
    assert (full.brand_name, full.source_key, full.year) == ("SIANTER", "17", 2016)
    assert (full.agency.code, full.unit.name, full.region.code) == ("kab-banggai", "RSUD Luwuk", "72.01")
    assert full.problem == "<p>Antrean panjang di loket</p>"
    assert full.summary == "Pasien mengambil nomor dari rumah."
    assert to_plain(full.results) == "output\nAplikasi antrean\noutcome\nWaktu tunggu turun dari “3 jam”"
    assert full.objectives == "<p>Pasien puas</p>" and full.challenges == ""
    assert [theme.code for theme in full.themes.all()] == ["kesehatan"]
    assert [kind.code for kind in full.kinds.all()] == ["proses"]
    assert (full.initiator.code, full.stage) == ("perangkat-daerah", None)
    person = Innovator.objects.get()
    assert (person.name, person.phone, person.email) == ("Contoh, S.Kep.", "081234567890", "contoh@yahoo.com")
    assert sparse.title_plain == "Pelayanan jemput bola adminduk" and sparse.summary == ""
    for entry in (full, sparse):
        for field in entry._meta.concrete_fields:
            value = getattr(entry, field.attname)
            if isinstance(value, str):
                assert not has_markup(to_plain(value)) and not looks_garbled(value), (field.name, value)
                assert "0812" not in value and "yahoo" not in value
    raw = ImportRow.objects.get(key="17").raw
    assert raw["gambar"] == "uploads/17.jpg" and raw["dilihat"] == "431"
    again = import_batch([path], actor=None, options=ImportOptions(source="direktori")).counts
    assert (again["unchanged"], again["refused"], Innovation.objects.count()) == (2, 1, 2)
