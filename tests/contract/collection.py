"""Two hundred made-up entries and sixty questions about them, the same in every run."""

import random
from dataclasses import dataclass, field

from search.documents import PUBLIC, SearchDocument
from search.facets import Facet
from tests.search.support import document

ENTRIES = 200
SEED = 20_260_101


def _words(text: str) -> list[str]:
    return text.split()


WORDS = _words("""
pasar ojek kelola mengelola pengelolaan pelayanan melayani layanan sampah antrean posyandu stunting desa
kelurahan petani pertanian nelayan perikanan sekolah guru mengajar pelajar kesehatan bidan dokter obat
apotek surat izin perizinan pajak retribusi parkir terminal angkutan jalan jembatan banjir bencana
relawan pemuda perempuan anak lansia disabilitas wisata budaya museum perpustakaan membaca buku digital
aplikasi peta data statistik arsip kantor pegawai pelatihan magang koperasi kredit modal usaha kuliner
batik tenun kopi kakao rumput laut air bersih listrik surya hutan mangrove bibit pupuk ternak sapi ayam
pakan gudang kapal dermaga pulau gunung pesisir kota kampung
""")
RARE = _words("""
zamrud lentera sagusabu galaksi kompas pelangi satelit kristal meriam pandawa srikandi gatotkaca
""")
SECRET = ("rahasiasatu", "rahasiadua", "rahasiatiga")
GLUE = ("di", "dan", "untuk", "yang", "dengan", "dari", "ke", "pada")
THEMES = ("kesehatan", "pendidikan", "pangan", "perhubungan", "lingkungan", "ekonomi")

FACETS = (
    Facet("theme", "tema", "Theme", open=True),
    Facet("agency", "instansi", "Agency", open=True),
    Facet("region", "wilayah", "Region", open=True),
    Facet("year", "tahun", "Year", open=True, order="value-desc"),
    Facet("stage", "tahap", "Stage"),
    Facet("tag", "kata-kunci", "Tag"),
)
CODES = tuple(facet.code for facet in FACETS)


@dataclass(frozen=True)
class Question:
    """One question of the suite."""

    text: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset({PUBLIC})
    sort: str = "relevance"
    plain: str | None = None
    """The plain words of ``text``, if it has more than those."""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Words that rule an entry out, in any of their forms."""

    @property
    def words(self) -> str:
        """Return the words that are neither phrase nor ruled out."""
        return self.text if self.plain is None else self.plain


def _text(chance: random.Random, length: int) -> str:
    words = [WORDS[int(len(WORDS) * chance.random() ** 1.6)] for _ in range(length)]
    for at in range(2, length, 4):
        words[at] = chance.choice(GLUE)
    return " ".join(words).capitalize() + "."


def _face(chance: random.Random, number: int, face: str, scopes: set[str], agency: int) -> SearchDocument:
    province = f"{11 + number % 7}"
    secret = " " + SECRET[number % len(SECRET)] if face == "draft" else ""
    rare = " " + RARE[number // 17] if number % 17 == 0 else ""
    return document(
        number,
        _text(chance, chance.randint(3, 6)).rstrip(".") + rare,
        face=face,
        scopes=frozenset(scopes),
        summary=_text(chance, 12),
        body=(_text(chance, 25), _text(chance, chance.randint(10, 40)) + secret),
        names=(f"Pemerintah Kabupaten {WORDS[agency]}",),
        version=number,
        facets={
            "theme": tuple(chance.sample(THEMES, chance.randint(1, 3))),
            "agency": (str(agency),),
            "region": (province, f"{province}.{number % 5:02}"),
            "stage": (chance.choice(("ide", "uji", "jalan")),) if number % 3 else (),
            "tag": tuple(chance.sample(WORDS, 2)),
        },
        year=2015 + number % 9,
        published_at=1_600_000_000 + 86_400 * (number % 40) if PUBLIC in scopes else 0,
        evidence_level=number % 4,
        adoption_count=chance.choice((0, 0, 0, 1, 2, 7)),
        boost=chance.choice((1.0, 1.0, 1.12)),
    )


def entries() -> list[SearchDocument]:
    """Return the faces of all entries: most are public, some have a pending draft, some are drafts only."""
    chance = random.Random(SEED)
    faces = []
    for number in range(1, ENTRIES + 1):
        agency = number % 30
        inside = {"staff", f"agency:{agency}"}
        if number % 8 == 0:
            faces.append(_face(chance, number, "draft", inside, agency))
        elif number % 8 == 1:
            faces.append(_face(chance, number, "live", {PUBLIC}, agency))
            faces.append(_face(chance, number, "draft", inside, agency))
        else:
            faces.append(_face(chance, number, "live", {PUBLIC, *inside}, agency))
    return faces


def _chosen_filters(chance: random.Random) -> dict[str, tuple[str, ...]]:
    values = {
        "theme": lambda: tuple(chance.sample(THEMES, chance.randint(1, 3))),
        "agency": lambda: tuple(str(chance.randrange(30)) for _ in range(chance.randint(1, 6))),
        "region": lambda: (f"{chance.randint(11, 17)}", f"{chance.randint(11, 17)}.0{chance.randrange(5)}"),
        "year": lambda: tuple(str(chance.randint(2015, 2023)) for _ in range(2)),
        "stage": lambda: ("uji",),
    }
    return {code: values[code]() for code in chance.sample(sorted(values), chance.choice((0, 0, 1, 1, 2, 3)))}


def _pair(number: int) -> str:
    """Return two neighbours from the body of an entry."""
    return " ".join(entries()[number].body[0].split()[4:6])


#: Phrases and what is left out, alone, together and with filters.
OPERATORS = (
    *(Question(f'"{_pair(number)}"', plain="", phrases=(_pair(number),)) for number in (3, 10, 77)),
    Question('"di pasar"', plain="", phrases=("di pasar",)),
    Question('"pasar"', plain="", phrases=("pasar",)),
    Question('"pasar" kelola', plain="kelola", phrases=("pasar",)),
    Question('"tidakada samasekali" pasar', plain="pasar", phrases=("tidakada samasekali",)),
    Question("-pasar", plain="", without=("pasar",)),
    Question("kelola -mengelola", plain="kelola", without=("kelola",)),
    Question("sampah desa -pelayanan -banjir", plain="sampah desa", without=("layan", "banjir")),
    Question("zamrud -pasar", plain="zamrud", without=("pasar",)),
    Question("-pasar", {"theme": ("pangan",), "year": ("2016", "2018")}, plain="", without=("pasar",)),
    Question("-pasar", scopes=frozenset({PUBLIC, "staff"}), sort="evidence", plain="", without=("pasar",)),
    Question(
        '"usaha" desa -kopi', {"theme": ("pangan", "ekonomi")}, plain="desa", phrases=("usaha",), without=("kopi",)
    ),
)
#: Kinds of questions that chance may not bring up.
SPECIAL = (
    Question(""),
    Question("", sort="newest"),
    Question("", {"theme": ("kesehatan", "pangan")}, sort="evidence"),
    Question("", {"year": ("1999",)}),
    Question("???"),
    Question("zamrud"),
    Question("zamrut"),
    Question("perpustakan"),
    Question("perpustakan kota", {"theme": ("pangan",)}),
    Question("kelola"),
    Question("untuk yang"),
    Question("bagaimana mengelola sampah di desa"),
    Question("tidakadakatanya"),
    Question("tidakadakatanya pasar"),
    Question("rahasiasatu"),
    Question("rahasiasatu", scopes=frozenset({"staff"})),
    Question("rahasiasatu pasar", scopes=frozenset({PUBLIC, "agency:8"})),
    Question("kelola pasar", scopes=frozenset()),
    Question("usaha kecil menengah ojek daring"),
    Question(" ".join(WORDS[:40])),
    *OPERATORS,
)
SCOPES = (
    frozenset({PUBLIC}),
    frozenset({PUBLIC}),
    frozenset({PUBLIC, "agency:1"}),
    frozenset({"agency:8", "agency:9"}),
    frozenset({PUBLIC, "staff"}),
    frozenset({"staff"}),
)
SORTS = ("relevance", "relevance", "newest", "evidence", "adoptions")


def questions() -> list[Question]:
    """Return the special questions and, up to sixty, those that chance makes of one to five words."""
    chance = random.Random(SEED + 1)
    found = list(SPECIAL)
    while len(found) < 60 + len(OPERATORS):
        words = [chance.choice(WORDS) for _ in range(chance.choice((1, 1, 2, 2, 2, 3, 3, 4, 5)))]
        if chance.random() < 0.2:
            words.insert(len(words) // 2, chance.choice(RARE))
        if chance.random() < 0.4:
            words.insert(1, chance.choice(GLUE))
        text = " ".join(words)
        found.append(Question(text, _chosen_filters(chance), chance.choice(SCOPES), chance.choice(SORTS)))
    return found
