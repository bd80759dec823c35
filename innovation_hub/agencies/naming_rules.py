"""What is known about how Indonesian offices are named: abbreviations, words that begin a unit, vertical offices."""

import re

from innovation_hub.core.text.words import word_set

# One written word and what it stands for when names are compared; "" leaves it out.
WORDS = {
    "kab": "kabupaten", "pemkab": "kabupaten", "kabupaten": "kabupaten", "kabu": "kabupaten",
    "pemkot": "kota", "kodya": "kota", "kotamadya": "kota", "kotamadia": "kota",
    "prov": "provinsi", "propinsi": "provinsi", "pemprov": "provinsi", "pemprop": "provinsi", "prop": "provinsi",
    "pemerintah": "", "pemerintahan": "", "pemda": "", "dan": "", "republik": "", "indonesia": "", "ri": "", "the": "",
    "kep": "kepulauan", "sumatra": "sumatera", "kemen": "kementerian", "kementrian": "kementerian",
    "departemen": "kementerian", "depdagri": "kemendagri", "depkes": "kemenkes", "depag": "kemenag",
    "d": "di", "jogjakarta": "yogyakarta", "jogja": "yogyakarta", "yogya": "yogyakarta",
    "cq": "", "c": "", "q": "",
    "ham": "hakasasimanusia", "pupr": "pekerjaanumumperumahanrakyat", "lhk": "lingkunganhidupkehutanan",
}  # fmt: skip
KINDS = ("kabupaten", "kota", "provinsi")
# Words of direction tell neighbours apart: Luwu Utara and Luwu Timur are never a slip of the pen.
DIRECTIONS = word_set(
    "utara selatan timur barat tengah tenggara daya laut hulu hilir ilir ulu raya kepulauan pegunungan pesisir",
    "baru besar jaya tua muda kota kabupaten",
)

# Words with which an office of a province, regency or city begins.
REGIONAL_UNIT = re.compile(
    r"(?:dinas|badan (?:kepegawaian|pengembangan sumber|perencanaan|pendapatan|keuangan|penelitian|penanggulangan|"
    r"kesatuan|pengelola|riset|pemberdayaan|lingkungan|pengelolaan)|bkpsdm\w*|bkpp\w*|bkd\w*|bpsdm\w*|bappeda\w*|"
    r"bapelitbang\w*|bappelitbang\w*|baperlitbang\w*|balitbang\w*|brida|bapenda|bpkad|bpbd|bakesbangpol|kesbangpol|"
    r"dpmptsp\w*|dpmd|dinkes|disdik\w*|dispendukcapil|disdukcapil|diskominfo\w*|dishub\w*|dinsos\w*|disnaker\w*|"
    r"disperindag\w*|dispar\w*|disbudpar\w*|distan\w*|dlh|dpupr|pupr|dp3a\w*|rsud|rumah sakit umum daerah|"
    r"puskesmas|pkm|uptd?|upt|blud|kecamatan|kec|kelurahan|kel|desa|sekretariat (?:daerah|dprd|dewan)|setda|setwan|"
    r"inspektorat(?! jenderal)|satpol|satuan polisi|bagian|biro (?:organisasi|hukum|umum|pemerintahan|kesra)|"
    r"sd(?:n| negeri)|smp(?:n| negeri)|sma(?:n| negeri)|smk(?:n| negeri)|tk(?:n| negeri)|slb(?:n| negeri)|sekolah|"
    r"perumda|pdam|perusda|laboratorium kesehatan daerah|labkesda|dprd|posyandu|paud|skb)\b"
)

# Offices of ministries and national bodies that sit in a regency and often name only that: never the regency's own.
VERTICAL: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"\bkantor pertanahan\b|\bkantah\b|\bkanwil (?:atr )?bpn\b", "kementerian-atr-bpn"),
        (r"\bpolres\w*|\bpolda\b|\bpolsek\w*|\bkepolisian (?:daerah|resor|sektor)\b|\bpolwiltabes\b", "polri"),
        (r"\bkejaksaan (?:negeri|tinggi)\b|\bkejari\b|\bkejati\b", "kejagung"),
        (r"\bpengadilan (?:negeri|tinggi|agama|tata|militer)\b|\bmahkamah syar\w+", "ma"),
        (
            r"\bkpp (?:pratama|madya)\b|\bkantor pelayanan (?:pajak|perbendaharaan)\b|\bkppn\b|\bkpknl\b|\bkppbc\b|"
            r"\bkanwil djp\w*|\bbea cukai\b|\bdjp\b|\bdjpb\b|\bdjkn\b|\bdjbc\b|\bdirektorat jenderal pajak\b",
            "kemenkeu",
        ),
        (
            r"\blapas\b|\blembaga pemasyarakatan\b|\brutan\b|\brumah tahanan\b|\bbapas\b|\blpka\b|\bkantor imigrasi\b",
            "kemenimipas",
        ),
        (
            r"\bkankemenag\b|\bkantor urusan agama\b|\bkua\b|\bkanwil kemenag\b|\bma[nt]\w{0,2}n? \d|\bmtsn\b|\bmin \d|"
            r"\bmadrasah \w+ negeri\b|\biain\b|\buin\b|\bstain\b",
            "kemenag",
        ),
        (r"\bkodim\b|\bkorem\b|\bkodam\b|\bkoramil\b|\blantamal\b|\blanud\b", "tni"),
        (r"\bbnnk\b|\bbnnp\b", "bnn"),
        (r"\bkantor (?:sar|pencarian)\b", "basarnas"),
        (r"\bstasiun (?:meteorologi|klimatologi|geofisika)\b", "bmkg"),
        (r"\b(?:loka|balai|balai besar) (?:pom|pengawas obat)\b|\bbbpom\b", "bpom"),
        (r"\brsup\b|\brumah sakit umum pusat\b|\bpoltekkes\b|\bpoliteknik kesehatan\b", "kemenkes"),
        (r"\bbalai bahasa\b|\blpmp\b|\bbpmp\b|\bbbgp\b", "kemendikdasmen"),
        (r"\blldikti\b|\bkopertis\b", "kemdiktisaintek"),
        (r"\b(?:balai )?(?:besar )?taman nasional\b|\bbksda\b", "kemenhut"),
        (r"\bksop\b|\bsyahbandar\b|\bbandar udara\b", "kemenhub"),
        (r"\bpelaksanaan jalan nasional\b|\bbalai (?:besar )?wilayah sungai\b", "kementerian-pu"),
    )
)

# A short abbreviation (LAN, BPS, MA) names an agency only alone, before a region, or behind one of these words.
CENTRAL_UNIT = re.compile(
    r"(?:pus(?:at|diklat|datin|bin|latbang|kom)\w*|pkp2a|biro|sekretariat|direktorat|ditjen|dirjen|deputi|balai|bpsdm|badan|"
    r"inspektorat|kanwil|kantor|unit|bagian|politeknik|poltek|stia|perwakilan|stasiun|loka|lembaga)\b"
)
UNIT_NAMES = {
    "dinkes": "Dinas Kesehatan",
    "disdik": "Dinas Pendidikan",
    "disdikbud": "Dinas Pendidikan dan Kebudayaan",
    "diskominfo": "Dinas Komunikasi dan Informatika",
    "disdukcapil": "Dinas Kependudukan dan Pencatatan Sipil",
    "dispendukcapil": "Dinas Kependudukan dan Pencatatan Sipil",
    "dishub": "Dinas Perhubungan",
    "dinsos": "Dinas Sosial",
    "dlh": "Dinas Lingkungan Hidup",
    "setda": "Sekretariat Daerah",
    "setwan": "Sekretariat DPRD",
}
JAKARTA_PARTS = ("jakarta pusat", "jakarta utara", "jakarta barat", "jakarta selatan", "jakarta timur")
