"""Words that sources use for terms of the hub's vocabularies, beside the terms' own labels. Folded as by ``fold``."""

STAGES = {
    "inisiatif": (
        "inisiasi; ide; gagasan; perencanaan; rencana; rancangan; planned; planning; initiated; ideation; idea; "
        "concept; konsep; in development; development; pengembangan; acquisition and or development; research; "
        "pra implementasi"
    ),
    "uji-coba": (
        "ujicoba; pilot; piloting; trial; percobaan; rintisan; prototipe; prototype; proof of concept; testing; "
        "implementation and assessment; uji terap"
    ),
    "penerapan": (
        "diterapkan; implementasi; terimplementasi; implemented; implementation; operational; operasional; berjalan; "
        "sudah diterapkan; in production; production; in use; in mission; live; operation and maintenance; terlaksana; "
        "pelembagaan; sudah berjalan; deployed; penerapan inovasi; berkelanjutan"
    ),
}
THEMES = {
    "kesehatan": "health; health medical; healthcare; gizi; medis; bidang kesehatan; stunting; pelayanan kesehatan",
    "pendidikan": "education; education workforce; literasi; bidang pendidikan; sekolah",
    "adminduk": "kependudukan; pencatatan sipil; kependudukan dan pencatatan sipil; dukcapil; civil registration",
    "perizinan-investasi": "perizinan; investasi; penanaman modal; licensing; investment; kemudahan investasi",
    "umkm-pasar": "umkm; koperasi; perdagangan; pasar; koperasi dan ukm; economic affairs; ekonomi; industri; trade",
    "pertanian-pangan": "pertanian; pangan; ketahanan pangan; agriculture; food; perkebunan; peternakan",
    "kelautan-perikanan": "perikanan; kelautan; fisheries; kelautan dan perikanan",
    "kehutanan-energi": "kehutanan; energi; energy; esdm; pertambangan; energy the environment",
    "pariwisata-budaya": (
        "pariwisata; kebudayaan; budaya; tourism; recreation culture and religion; pariwisata dan budaya"
    ),
    "lingkungan-sampah": (
        "lingkungan hidup; lingkungan; persampahan; sampah; environment; environmental protection; kebersihan"
    ),
    "kebencanaan": "bencana; penanggulangan bencana; emergency management; kedaruratan; disaster",
    "ketertiban": (
        "keamanan; ketenteraman; ketertiban umum; public order and safety; law justice; law and justice; trantibum"
    ),
    "sosial-kemiskinan": (
        "sosial; kemiskinan; social protection; kesejahteraan sosial; pengentasan kemiskinan; penanggulangan kemiskinan"
    ),
    "gender-anak-disabilitas": (
        "perempuan; anak; disabilitas; gender; pemberdayaan perempuan; perlindungan anak; lansia"
    ),
    "ketenagakerjaan": "tenaga kerja; employment; labour; labor; workforce; transmigrasi",
    "transportasi": "perhubungan; transport; transportation; lalu lintas; ai used in transportation operations",
    "infrastruktur-air": "infrastruktur; air bersih; sanitasi; pekerjaan umum; infrastructure; water; jalan",
    "perumahan-permukiman": "perumahan; permukiman; pertanahan; housing; housing and community amenities; tata ruang",
    "desa": (
        "pemberdayaan masyarakat; pedesaan; village; pemberdayaan masyarakat desa; pemberdayaan masyarakat dan desa"
    ),
    "pemuda-olahraga": "kepemudaan; olahraga; pemuda; sports; kepemudaan dan olahraga",
    "digital-data": (
        "digitalisasi; teknologi informasi; spbe; e government; komunikasi dan informatika; kominfo; statistik; "
        "persandian; digital; smart city; government services; digitalisasi layanan pemerintahan"
    ),
    "arsip-informasi": "kearsipan; perpustakaan; keterbukaan informasi; informasi publik; arsip; dokumentasi",
    "sdm-aparatur": "kepegawaian; aparatur; sdm; pelatihan; reformasi birokrasi; human resources; manajemen asn",
    "perencanaan-keuangan": (
        "keuangan; perencanaan; pajak; aset; anggaran; finance; pendapatan; budget; barang milik daerah"
    ),
    "pengawasan-integritas": (
        "pengawasan; hukum; integritas; antikorupsi; audit; law; pengendalian; tata kelola hukum"
    ),
    "pengaduan-layanan": (
        "pengaduan; pelayanan publik; mutu pelayanan; complaints; public service; pelayanan; layanan publik"
    ),
    "riset-inovasi": "riset; penelitian; inovasi; research; science space; penelitian dan pengembangan; litbang",
}
FORMS = {
    "tata-kelola": (
        "tata kelola; tata kelola pemerintahan; governance; inovasi tata kelola; tata kelola pemerintahan daerah"
    ),
    "pelayanan-publik": "pelayanan publik; public service; layanan publik; inovasi layanan publik",
    "lainnya": (
        "bentuk lainnya; inovasi daerah lainnya; inovasi lainnya; other; inovasi daerah lainnya sesuai kewenangan"
    ),
}
DIGITAL = {
    "digital": "inovasi digital; ya; online; daring; elektronik; berbasis digital",
    "non-digital": "nondigital; non digital; inovasi non digital; inovasi nondigital; tidak; manual; offline; luring",
}
KINDS = {
    "proses": "proses; process; proses bisnis",
    "metode": "metode; method",
    "produk": "produk; product; barang; jasa; layanan",
    "konseptual": "konseptual; konsep; conceptual",
    "teknologi": "teknologi; technology; teknologi informasi; aplikasi",
    "struktur-organisasi": "struktur organisasi; organisasi; kelembagaan",
    "hubungan": "hubungan; relationship; kemitraan; kolaborasi",
    "sdm": "sdm; pengembangan sdm; sumber daya manusia; pengembangan sumber daya manusia",
}
INITIATORS = {
    "kepala-daerah": "bupati; wali kota; walikota; gubernur; kepala daerah",
    "dprd": "anggota dprd; dprd; anggota dewan",
    "asn": "asn; pns; aparatur sipil negara; pegawai; cpns; peserta",
    "perangkat-daerah": "opd; organisasi perangkat daerah; skpd; dinas; perangkat daerah",
    "masyarakat": "masyarakat; warga; anggota masyarakat; komunitas; swasta",
    "kementerian-lembaga": "kementerian; lembaga; k l; kementerian lembaga",
}
COVERAGE = {
    "unit": "unit kerja; satu unit; internal; internal unit",
    "desa": "desa; kelurahan; village",
    "kecamatan": "district; subdistrict",
    "kabupaten-kota": "kabupaten; kota; kab kota; local; daerah; regency; city; lokal",
    "provinsi": "regional; province; propinsi",
    "nasional": "national; indonesia",
    "internasional": "international; across countries; global; antarnegara; lintas negara",
}
ORIGINS = {
    "pelatihan": "diklat; training; latsar; pkp; pka; pkn; proyek perubahan; aksi perubahan; aktualisasi",
    "labinov": "laboratorium inovasi; lab inovasi; labinov lan",
    "kompetisi": "lomba; kipp; iga; kompetisi inovasi; sinovik; competition; kompetisi inovasi pelayanan publik",
    "mandiri": "inovasi mandiri; inisiatif sendiri; own initiative; instansi",
    "replikasi": "replication; hasil replikasi; adopsi",
}
PRODUCTS = {
    "aktualisasi": "rancangan aktualisasi; laporan aktualisasi",
    "aksi-perubahan": "aksi perubahan; rencana aksi perubahan; rap",
    "proyek-perubahan": "proyek perubahan; proper",
    "policy-brief": "policy brief; risalah kebijakan",
}
# Topics that only say that nothing fits.
NO_THEME = frozenset(("other", "lainnya", "lain lain", "umum", "none", "semua", "mission enabling", "n a"))
INDONESIAN = frozenset(
    ("dan", "yang", "di", "untuk", "dengan", "dari", "pada", "dalam", "ini", "oleh", "adalah", "tidak", "akan", "ke")
)
ENGLISH = frozenset(("the", "of", "and", "to", "for", "in", "is", "with", "that", "are", "by", "on", "this", "from"))
