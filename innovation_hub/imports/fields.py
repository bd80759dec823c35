"""What a column of a file can be: each importable field with the names that people give its column.

Aliases are written folded (:func:`fold_header`): lower case, no punctuation, one space between words.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Use(StrEnum):
    """What the import does with a field."""

    TITLE = "title"
    LINE = "line"
    PLAIN = "plain"
    RICH = "rich"
    DATE = "date"
    YEAR = "year"
    LOOKUP = "lookup"
    NAME = "name"
    NUMBER = "number"
    KEY = "key"
    PRIVATE = "private"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Field:
    """One importable field; ``joins`` says that several columns may feed it, one after the other."""

    code: str
    use: Use
    label: str | Promise
    aliases: tuple[str, ...]
    joins: bool = False


def _field(code: str, use: Use, label: str | Promise, aliases: str, *, joins: bool = False) -> Field:
    return Field(code, use, label, tuple(alias.strip() for alias in aliases.split(";") if alias.strip()), joins)


# fmt: off
FIELDS: tuple[Field, ...] = (
    _field(
        "title", Use.TITLE, _("the title"),
        "judul; judul inovasi; judul lugas; title; use case name; innovation title; nama inovasi; innovation "
        "name; judul proyek perubahan; judul aksi perubahan; judul aktualisasi; judul rancangan aktualisasi; "
        "judul laporan; judul proyek; judul kegiatan; judul program; nama inovasi daerah; inovasi; innovation; "
        "nama use case; use case; project name; project title; nama proyek; nama program inovasi; name of "
        "innovation; case; nama kegiatan; name; nama; title plain; judul gagasan; gagasan; nama gagasan; entry; "
        "judul karya",
    ),
    _field(
        "brand_name", Use.LINE, _("name of the innovation"),
        "brand name; nama singkat; nama inovasi; akronim; singkatan inovasi; nama aplikasi; nama brand; brand; "
        "nama populer; short name; acronym; akronim inovasi",
    ),
    _field(
        "acronym_expansion", Use.LINE, _("acronym written out"),
        "kepanjangan; kepanjangan nama; kepanjangan akronim; acronym expansion; kepanjangan inovasi; arti nama",
    ),
    _field(
        "summary", Use.PLAIN, _("summary"),
        "ringkasan; ringkasan inovasi; ringkasan eksekutif; deskripsi; deskripsi inovasi; deskripsi singkat; "
        "summary; description; abstrak; abstract; gambaran umum; gambaran singkat; sinopsis; uraian singkat; "
        "uraian; uraian inovasi; penjelasan; penjelasan singkat; short description; overview; executive summary; "
        "isi",
    ),
    _field(
        "problem", Use.RICH, _("problem and background"),
        "latar belakang; latar belakang masalah; masalah; permasalahan; problem; background; isu; isu strategis; "
        "analisis masalah; kondisi awal; kondisi sebelum inovasi; latar belakang inovasi; problem statement; "
        "rumusan masalah; latar belakang dan tujuan", joins=True,
    ),
    _field(
        "objectives", Use.RICH, _("objectives"),
        "tujuan; tujuan inovasi; maksud dan tujuan; tujuan dan manfaat; tujuan manfaat; manfaat; manfaat inovasi; "
        "objectives; objective; purpose; goals; benefits; purpose and benefits; sasaran; what is the intended "
        "purpose and expected benefits of the ai; intended purpose", joins=True,
    ),
    _field(
        "design", Use.RICH, _("how it works"),
        "rancang bangun; rancang bangun inovasi; cara kerja; mekanisme; how it works; design; rancang bangun dan "
        "pokok perubahan; implementasi; implementasi inovasi; proses; tahapan pelaksanaan; langkah langkah; "
        "strategi; kegiatan; milestone; pelaksanaan", joins=True,
    ),
    _field(
        "novelty", Use.RICH, _("what is new"),
        "kebaruan; keunikan; nilai tambah; kebaruan inovasi; novelty; what is new; keunggulan; pokok perubahan; "
        "kebaruan nilai tambah; kebaruan dan nilai tambah", joins=True,
    ),
    _field(
        "results", Use.RICH, _("results in words"),
        "hasil; hasil inovasi; output; outputs; keluaran; outcome; outcomes; dampak; hasil dan dampak; results; "
        "impact; signifikansi; capaian; hasil capaian; hasil dan manfaat; output outcome; output dan outcome; "
        "manfaat dan hasil; signifikansi dampak; describe the ai systems outputs; kondisi setelah inovasi; "
        "kondisi sesudah inovasi", joins=True,
    ),
    _field(
        "challenges", Use.RICH, _("obstacles and failures"),
        "kendala; hambatan; kendala dan hambatan; faktor penghambat; penghambat; obstacles; challenges; "
        "tantangan; kendala dan solusi; risiko", joins=True,
    ),
    _field(
        "lessons", Use.RICH, _("lessons"),
        "pelajaran; pembelajaran; lesson learned; lessons learned; lessons; faktor pendorong; faktor pendukung; "
        "faktor keberhasilan; pendorong", joins=True,
    ),
    _field(
        "sustainability_strategy", Use.RICH, _("how it will last"),
        "strategi keberlanjutan; keberlanjutan; keberlanjutan inovasi; sustainability; rencana tindak lanjut; "
        "tindak lanjut", joins=True,
    ),
    _field(
        "replication_terms", Use.RICH, _("terms and known adopters"),
        "prasyarat replikasi; syarat replikasi; adaptabilitas; potensi replikasi; replikasi; replication; "
        "kemungkinan replikasi; prasyarat", joins=True,
    ),
    _field(
        "team_note", Use.PLAIN, _("team"),
        "sumber daya; sumber daya manusia; ketersediaan sdm; resources",
    ),
    _field(
        "tech_dependencies", Use.PLAIN, _("technology it needs"),
        "teknologi; technology; technologies; platform",
    ),
    _field(
        "agency", Use.NAME, _("the agency"),
        "instansi; agency; nama instansi; instansi pemerintah; pemerintah daerah; pemda; nama pemda; instansi "
        "asal; asal instansi; kementerian lembaga; k l; kl; k l d; kementerian; kementerian lembaga daerah; "
        "organisasi; organization; organisation; ministry; pemilik inovasi; responsible organisation; instansi "
        "pengusul; nama daerah; pemerintah; asal; institution owner; instansi pelaksana; agency name; "
        "organization name",
    ),
    _field(
        "unit", Use.NAME, _("the unit"),
        "unit; unit kerja; opd; skpd; perangkat daerah; nama opd; nama skpd; nama perangkat daerah; bureau; "
        "satker; satuan kerja; unit organisasi; unit pelayanan publik; upp; unit pelayanan; office; sub agency; "
        "component; nama unit; nama unit kerja; dinas; opd pengampu; bagian; unit pengusul; department; instansi "
        "unit kerja",
    ),
    _field(
        "region", Use.NAME, _("the region"),
        "wilayah; daerah; kabupaten kota; kab kota; kabupaten; kota; region; lokasi; negara; country; regency; "
        "district; kode wilayah; kode kabupaten kota; city; kab; location; kota kabupaten",
    ),
    _field(
        "province", Use.NAME, _("the province"),
        "provinsi; province; propinsi; prov; nama provinsi",
    ),
    _field(
        "programme", Use.LOOKUP, _("the training programme"),
        "jenis pelatihan; program pelatihan; nama pelatihan; pelatihan; diklat; jenis diklat; nama diklat; "
        "training; training programme; training type; programme; jenis program; program diklat; jenis pelatihan "
        "diklat; program",
    ),
    _field(
        "cohort", Use.LOOKUP, _("the cohort"),
        "angkatan; batch; cohort; kelas; angkatan pelatihan; gelombang",
    ),
    _field(
        "institution", Use.LOOKUP, _("the training institution"),
        "lembaga pelatihan; lembaga diklat; penyelenggara; penyelenggara pelatihan; penyelenggara diklat; "
        "lembaga; lembaga penyelenggara; training institution; tempat pelatihan; tempat diklat; institution; "
        "institusi",
    ),
    _field(
        "training_product", Use.LOOKUP, _("the training product"),
        "produk pelatihan; jenis produk; training product",
    ),
    _field(
        "origin_channel", Use.LOOKUP, _("the origin"),
        "asal inovasi; sumber inovasi; origin; origin channel",
    ),
    _field(
        "stage", Use.LOOKUP, _("the stage"),
        "tahapan; tahap; tahapan inovasi; tahap inovasi; status inovasi; stage; stage of development; status; "
        "status penerapan; development stage; perkembangan inovasi",
    ),
    _field(
        "theme", Use.LOOKUP, _("the theme"),
        "tema; theme; topic; topic area; use case topic area; bidang; kategori; category; klaster; tematik; "
        "cofog; tema inovasi; bidang inovasi; kategori inovasi; sektor; sector; topik; themes; kelompok inovasi",
        joins=True,
    ),
    _field(
        "urusan", Use.LOOKUP, _("the government affair"),
        "urusan; urusan pemerintahan; urusan utama; bidang urusan; urusan inovasi; urusan inovasi daerah; urusan "
        "wajib; urusan pilihan",
    ),
    _field(
        "sdg", Use.LOOKUP, _("the development goals"),
        "sdg; sdgs; tpb; tpb sdgs; sdg ahli; tujuan pembangunan berkelanjutan; goals sdg",
    ),
    _field(
        "form", Use.LOOKUP, _("the form"),
        "bentuk inovasi; bentuk; bentuk inovasi daerah",
    ),
    _field(
        "digital", Use.LOOKUP, _("digital or not"),
        "digital; jenis digital; digital non digital; sifat; sifat inovasi",
    ),
    _field(
        "kinds", Use.LOOKUP, _("the kind"),
        "jenis inovasi; jenis; kind; kinds; jenis inovasi lan; tipe inovasi; innovation type; jenis inovasi daerah",
    ),
    _field(
        "initiator", Use.LOOKUP, _("the initiator"),
        "inisiator; inisiator inovasi; inisiator inovasi daerah; initiator",
    ),
    _field(
        "coverage", Use.LOOKUP, _("the coverage"),
        "cakupan; scope; cakupan wilayah; coverage; jangkauan",
    ),
    _field(
        "tags", Use.LOOKUP, _("keywords"),
        "kata kunci; tag; tags; keywords; keyword; label",
    ),
    _field(
        "year", Use.YEAR, _("the year"),
        "tahun; year; tahun inovasi; thn; tahun pembuatan; tahun pelaksanaan; tahun anggaran; periode; tahun "
        "usulan; tahun pelatihan",
    ),
    _field(
        "trial_start", Use.DATE, _("trial began"),
        "waktu uji coba; tanggal uji coba; mulai uji coba; waktu uji coba inovasi daerah; date initiated; tanggal "
        "mulai; tahun mulai; start year; start date; waktu ujicoba; tahun uji coba; tahun inisiasi; trial start; "
        "start",
    ),
    _field(
        "implemented_on", Use.DATE, _("put into use"),
        "waktu penerapan; tanggal penerapan; waktu implementasi; waktu inovasi daerah diterapkan; date "
        "implemented; tanggal terap; tanggal implementasi; tahun penerapan; tahun implementasi; mulai diterapkan; "
        "implemented on; waktu pelaksanaan; waktu inovasi diterapkan",
    ),
    _field(
        "ended_on", Use.DATE, _("ended"),
        "tanggal berakhir; tanggal selesai; tahun selesai; date retired; end year; end date; berakhir; ended on; "
        "end",
    ),
    _field(
        "website", Use.LINE, _("website"),
        "website; situs; url; tautan; link; laman; web; situs web; alamat web; link website; tautan inovasi",
    ),
    _field(
        "contact_channel", Use.LINE, _("contact of the unit"),
        "kontak unit; email instansi; email kantor; surel instansi; email unit",
    ),
    _field(
        "beneficiaries_count", Use.NUMBER, _("number of beneficiaries"),
        "jumlah penerima manfaat; penerima manfaat; beneficiaries",
    ),
    _field(
        "latitude", Use.NUMBER, _("latitude"),
        "latitude; lat; lintang; garis lintang",
    ),
    _field(
        "longitude", Use.NUMBER, _("longitude"),
        "longitude; long; lng; bujur; garis bujur",
    ),
    _field(
        "language", Use.LOOKUP, _("language of the text"),
        "bahasa; language; lang",
    ),
    _field(
        "key", Use.KEY, _("the key in the source"),
        "id; id inovasi; kode inovasi; nomor registrasi; no registrasi; use case id; uuid; guid; identifier; "
        "record id; kode registrasi; nomor inovasi; id usulan; id data; innovation id; nomor id; case id; pk; "
        "slug",
    ),
    # People: private records only. The word before the dot is the role.
    _field(
        "peserta.name", Use.PRIVATE, _("name of the participant"),
        "nama peserta; peserta; inovator; nama inovator; nama; nama lengkap; nama pegawai; nama asn; innovator; "
        "author; authors; penulis; penggagas; pengusul; nama penggagas; nama pengusul; nama lengkap dan gelar; "
        "participant; nama penulis; pembuat; name",
    ),
    _field(
        "peserta.nip", Use.PRIVATE, "NIP",
        "nip; nip peserta; nip nrp; nrp; nip nik; nip inovator; nip pegawai; nip baru; nomor induk pegawai",
    ),
    _field(
        "peserta.nik", Use.PRIVATE, "NIK",
        "nik; no ktp; nomor ktp; ktp; nik peserta; no nik; nomor induk kependudukan",
    ),
    _field(
        "peserta.phone", Use.PRIVATE, _("phone"),
        "hp; no hp; nomor hp; telepon; telp; no telp; no telepon; nomor telepon; phone; wa; no wa; whatsapp; "
        "nomor wa; no hp wa; handphone; no handphone; kontak; contact; phone number; no whatsapp; mobile; telpon; "
        "no telpon; ponsel; no tlp; hp wa",
    ),
    _field(
        "peserta.email", Use.PRIVATE, _("e-mail address"),
        "email; e mail; surel; alamat email; alamat surel; email peserta; email address; email pribadi; e mail "
        "address",
    ),
    _field(
        "peserta.position", Use.PRIVATE, _("position"),
        "jabatan; position; jabatan peserta; jabatan inovator; job title",
    ),
    _field(
        "mentor.name", Use.PRIVATE, _("name of the mentor"),
        "mentor; nama mentor; atasan langsung; nama atasan",
    ),
    _field(
        "mentor.nip", Use.PRIVATE, _("NIP of the mentor"),
        "nip mentor; nip atasan",
    ),
    _field(
        "mentor.phone", Use.PRIVATE, _("phone of the mentor"),
        "hp mentor; no hp mentor; telepon mentor; wa mentor",
    ),
    _field(
        "coach.name", Use.PRIVATE, _("name of the coach"),
        "coach; nama coach; pembimbing; nama pembimbing; widyaiswara; nama widyaiswara",
    ),
    _field(
        "coach.nip", Use.PRIVATE, _("NIP of the coach"),
        "nip coach; nip pembimbing; nip widyaiswara",
    ),
    _field(
        "coach.phone", Use.PRIVATE, _("phone of the coach"),
        "hp coach; no hp coach; telepon coach; wa coach",
    ),
    _field(
        "anggota.name", Use.PRIVATE, _("names of the team"),
        "anggota; anggota tim; nama anggota; tim; tim inovator; nama tim; team; team members; tim efektif; tim "
        "pelaksana",
    ),
    _field(
        "kontak.name", Use.PRIVATE, _("name of the contact"),
        "narahubung; contact person; pic; nama kontak; nama pic; nama narahubung; penanggung jawab; cp",
    ),
    _field(
        "kontak.phone", Use.PRIVATE, _("phone of the contact"),
        "hp narahubung; no hp narahubung; telepon narahubung; no hp pic; hp pic; kontak pic; nomor kontak",
    ),
    _field(
        "kontak.email", Use.PRIVATE, _("e-mail address of the contact"),
        "email narahubung; email pic; email kontak",
    ),
    _field(
        "lainnya.name", Use.PRIVATE, _("names of examiners"),
        "penguji; nama penguji; narasumber; evaluator; nama narasumber",
    ),
    _field(
        "private", Use.PRIVATE, _("other personal data"),
        "alamat; alamat rumah; address; tanggal lahir; tempat lahir; ttl; tempat tanggal lahir; pangkat; "
        "golongan; pangkat golongan; pangkat gol; gol; jenis kelamin; agama; usia; umur; npwp; no rekening; "
        "alamat tinggal; pendidikan terakhir; gender", joins=True,
    ),
    # Marks of training: never stored (domain.md 3b).
    _field(
        "dropped", Use.DROPPED, _("training marks"),
        "nilai; nilai akhir; skor; score; marks; mark; grade; predikat; kualifikasi; peringkat; ranking; rank; "
        "kelulusan; hasil kelulusan; lulus; nilai total; nilai seminar; nilai ujian; nilai sikap; nilai sikap "
        "perilaku; nilai aktualisasi; nilai rancangan; nilai laporan; nilai proyek perubahan; nilai aksi "
        "perubahan; nilai mentor; nilai coach; nilai penguji; rata rata nilai; nilai rata rata; nilai evaluasi; "
        "total nilai; total skor; skor akhir; skor kematangan; catatan penguji; kategori kelulusan", joins=True,
    ),
)
# fmt: on
BY_CODE = {field.code: field for field in FIELDS}
MARK_PREFIXES = ("nilai ", "skor ", "score ")
NOT_MARKS = frozenset(
    ["nilai tambah", "nilai manfaat", "nilai kebaruan", "nilai ekonomi", "nilai anggaran", "nilai inovasi"]
)
REQUIRED = "title"
