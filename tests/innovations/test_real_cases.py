"""The real cases: nothing without a source, nothing graded or linked that may not be."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from innovation_hub.innovations.real_cases import (
    CASES_DIR,
    RealCase,
    RealCaseError,
    load_real_cases,
    read_case,
    statements,
)
from innovation_hub.innovations.real_cases_sources import DOCUMENT, render_sources_markdown

DATA = Path(__file__).resolve().parents[2] / "innovation_hub"
CASES = load_real_cases()
BY_KEY = {case.key: case for case in CASES}
FILES = sorted(CASES_DIR.glob("*.json"))

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)


def codes(vocabulary: str) -> set[str]:
    """The codes of one of the repository's vocabularies."""
    path = DATA / "innovations" / "data" / "vocabularies.json"
    terms = json.loads(path.read_text(encoding="utf-8"))["vocabularies"][vocabulary]["terms"]
    return {term["code"] for term in terms}


def rows(path: str) -> dict[str, dict[str, str]]:
    """A list of the repository, by code."""
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def strings(value: object) -> list[str]:
    """Every string in a piece of JSON, addresses of sources left out."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() if name != "url" for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def figures(text: str) -> set[str]:
    """The numbers in a text, the same for Indonesian and English separators."""
    return {re.sub(r"[.,]", "", number) for number in re.findall(r"\d+(?:[.,]\d+)*", text)}


def read_changed(tmp_path: Path, change) -> RealCase:
    """Read the Banggai file after ``change(data)``."""
    data = json.loads(FILES[0].read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / FILES[0].name
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_case(path)


# --- the collection ------------------------------------------------------------------------------------
def test_sixteen_cases_and_banggai_is_first():
    assert len(CASES) == len(FILES) == 16
    assert CASES[0].key == "banggai-pasar-tani"
    assert CASES[0].origin_channel == "mandiri"
    assert [path.name[:2] for path in FILES] == [f"{number:02d}" for number in range(1, 17)]


def test_banggai_has_the_words_that_people_search():
    words = f"{CASES[0].title_plain} {CASES[0].summary.text}".lower()
    assert all(word in words for word in ("ojek daring", "ojek online", "pasar tani", "draiv", "luwuk"))


@each_case
def test_every_figure_has_a_source(case):
    letters = {source.letter for source in case.sources}
    for statement in statements(case):
        assert set(statement.sources) <= letters, statement.field
        if re.search(r"\d", statement.text):
            assert statement.sources, f"{statement.field}: {statement.text}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_figure_in_the_file_is_in_a_place_that_is_checked(path):
    """A text that ``statements`` doesn't know would escape the rule: look at the raw file too."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for field in ("key", "region", "sources", "urusan_primary", "urusan_related", "sdgs", "target_groups"):
        data.pop(field)
    for field in ("as_of", "last_seen_running"):
        data["life_status"].pop(field)
    checked = " ".join(statement.text for statement in statements(BY_KEY[path.stem[3:]]))
    assert set().union(*map(figures, strings(data))) <= figures(checked)


@each_case
def test_english_summary_has_the_same_figures(case):
    assert figures(case.summary_en) <= figures(case.summary.text)


@each_case
def test_no_personal_data(case):
    from innovation_hub.core.personal_data import find_personal_data

    text = "\n".join(strings(json.loads((CASES_DIR / case.file).read_text(encoding="utf-8"))))
    assert find_personal_data(text) == []
    assert not re.search(r"\d{12,}|(?:\d[ .-]?){16,}|@", text)


@each_case
def test_codes_exist(case):
    assert case.urusan_primary in codes("urusan") and set(case.urusan_related) <= codes("urusan")
    assert case.urusan_primary not in case.urusan_related
    assert case.themes and set(case.themes) <= codes("themes")
    assert set(case.sdgs) <= codes("sdgs")
    assert set(case.target_groups) <= codes("target_groups")
    assert case.coverage in codes("coverage")
    assert case.origin_channel in codes("origin_channels") | {None}
    assert case.replication.openness in codes("replication_openness") | {None}
    assert case.life_status.code in codes("life_status")
    assert case.life_status.stop_reason in codes("stop_reasons") | {None}
    assert {str(claim.level) for claim in case.claims} <= codes("evidence_levels")


@each_case
def test_agency_region_and_institution_are_in_the_lists(case):
    agency = rows("agencies/data/agencies.csv")[case.agency_code]
    known_names = {agency["name"], agency["name"].replace("/BPN", "/Badan Pertanahan Nasional")}
    assert case.agency in known_names
    assert case.region is None or case.region in rows("agencies/data/regions.csv")
    if agency["region"]:
        assert case.region == agency["region"]
    if case.training and case.training.institution_code:
        assert case.training.institution_code in rows("training/data/institutions.csv")


def test_training_only_where_a_text_ties_it():
    programmes = json.loads((DATA / "training/data/programmes.json").read_text(encoding="utf-8"))["programmes"]
    product_of = {programme["code"]: programme["product"] for programme in programmes}
    trained = {case.key: case.training for case in CASES if case.training}
    assert {key: training.programme for key, training in trained.items()} == {
        "balikpapan-rujukan-maternal": "pkn-ii",
        "balikpapan-antrean-pertanahan": "pkp",
        "mojokerto-formulir-rujukan": "latsar",
    }
    for key, training in trained.items():
        assert training.product == product_of[training.programme]
        assert BY_KEY[key].origin_channel == "pelatihan"


# --- what must not be claimed --------------------------------------------------------------------------
def test_clashing_figures_stand_together():
    groups = Counter(claim.conflict_group for case in CASES for claim in case.claims if claim.conflict_group)
    assert groups == {
        "kesakitan-2016": 2,
        "plastik-terkumpul": 3,
        "kemiskinan-2018": 2,
        "anak-kembali": 4,
        "warga-terlayani": 3,
    }


def test_nothing_is_proven_elsewhere_and_studies_alone_are_independent():
    levels = {(case.key, claim.key): claim.level for case in CASES for claim in case.claims}
    assert max(levels.values()) == 3
    assert sorted(key for key, level in levels.items() if level == 3) == [
        ("pekalongan-kudu-sekolah", "kajian-praktik-terbaik"),
        ("semarang-ijus-melon", "kajian-undip"),
        ("surabaya-suroboyo-bus", "kajian-pelaksanaan"),
        ("yogyakarta-gandeng-gendong", "kajian-2020"),
    ]
    assert levels["banggai-pasar-tani", "covid-tertahan"] == 0


def test_training_reports_are_not_linked():
    for key in ("balikpapan-antrean-pertanahan", "mojokerto-formulir-rujukan"):
        case = BY_KEY[key]
        assert case.claims == ()
        reports = [source for source in case.sources if source.title.startswith("Laporan")]
        assert reports and not any(source.url for source in reports)
        assert not re.search("123dok|scribd|pdfcoffee", (CASES_DIR / case.file).read_text(encoding="utf-8"))


def test_life_status_is_known_only_where_a_source_says_so():
    known = {case.key: case.life_status for case in CASES if case.life_status.code != "belum-diketahui"}
    assert {key: status.code for key, status in known.items()} == {
        "semarang-ijus-melon": "digantikan",
        "surabaya-suroboyo-bus": "berlanjut",
    }
    assert all(status.as_of and status.text for status in known.values())
    assert (known["semarang-ijus-melon"].stop_reason, known["semarang-ijus-melon"].successor) == (
        "regulasi",
        "Gerai Kopi Mi",
    )


def test_disputed_start_is_left_open():
    assert {case.key for case in CASES if case.implemented_on and not case.settled_start} == {
        "lombok-utara-apdol",
        "pekalongan-kudu-sekolah",
    }


# --- the loader refuses what breaks a rule -------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("problem[0]", lambda data: data["problem"][0].update(text="Ada 12 pasar.", sources=[])),
        ("problem[0]", lambda data: data["problem"][0].update(sources=["z"])),
        ("problem[0]", lambda data: data["problem"][0].update(sources=[])),
        ("lessons[0]", lambda data: data["lessons"].append(REMARK)),
        ("summary", lambda data: data["summary"].update(sources=[])),
        ("summary_en", lambda data: data.update(summary_en="word " * 200 + "word")),
        ("claims[0]", lambda data: data["claims"][0].update(sources=[])),
        ("claims[1].level", lambda data: data["claims"][1].update(level=5)),
        ("claims[1].level", lambda data: data["claims"][1].update(level="0")),
        ("claims[1].level", lambda data: data["claims"][1].update(level=True)),
        ("claims[1].key", lambda data: data["claims"][1].pop("key")),
        ("claims[0].key", lambda data: data["claims"][1].update(key="layanan-berjalan")),
        ("claims[0].conflict_group", lambda data: data["claims"][0].update(conflict_group="sendiri")),
        ("awards[0]", lambda data: data["awards"].append(AWARD | {"name": "Top 99"})),
        ("awards[0].kind", lambda data: data["awards"].append(AWARD | {"kind": "juara"})),
        ("legal_basis[0]", lambda data: data["legal_basis"].append(LAW | {"number": "23/2018"})),
        ("implemented_on[0].value", lambda data: data["implemented_on"][0].update(value="2020-13")),
        ("implemented_on[0].value", lambda data: data["implemented_on"][0].update(value="20222")),
        ("unknowns[0]", lambda data: data.update(unknowns=["Apa yang terjadi pada 2021?"])),
        ("sources", lambda data: data["sources"].append(data["sources"][3] | {"letter": "e"})),
        ("sources", lambda data: data["sources"].reverse()),
        ("sources[0].url", lambda data: data["sources"][0].update(url="javascript:alert(1)")),
        ("sources[0].read", lambda data: data["sources"][0].update(read="ya")),
        ("sources[0].date_note", lambda data: data["sources"][0].update(date=None)),
        ("title_plain", lambda data: data.update(title_plain="a" * 121)),
        ("title_plain", lambda data: data.update(title_plain="")),
        ("region", lambda data: data.update(region="7201")),
        ("themes", lambda data: data.update(themes=["a", "b", "c", "d"])),
        ("themes", lambda data: data.update(themes="kesehatan")),
        ("key", lambda data: data.update(key="lain")),
        ("nip", lambda data: data.update(nip="x")),
        ("replication", lambda data: data.update(replication=[])),
    ],
)
def test_broken_file_is_refused_by_field(tmp_path, field, change):
    with pytest.raises(RealCaseError) as refusal:
        read_changed(tmp_path, change)
    assert refusal.value.field == field
    assert str(refusal.value).startswith(f"{FILES[0].name}: {field}: ")


REMARK = {"text": "Cukup 3 hari.", "sources": [], "editorial": True}
AWARD = {"name": "Penghargaan", "giver": None, "date": None, "kind": "award", "note": None, "sources": []}
LAW = {"kind": "Peraturan Bupati", "number": None, "date": None, "about": None, "note": None, "sources": []}


def test_file_that_is_no_json_or_no_object_is_refused(tmp_path):
    path = tmp_path / "01-x.json"
    for content, words in (('{"key": ', "not readable as JSON"), ("[]", "must be an object")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(RealCaseError, match=f"01-x.json: {words}"):
            read_case(path)


def test_same_key_twice_is_refused(tmp_path):
    for number in ("01", "02"):
        (tmp_path / f"{number}-banggai-pasar-tani.json").write_bytes(FILES[0].read_bytes())
    with pytest.raises(RealCaseError, match=r"02-banggai-pasar-tani\.json: key: .* is also in 01-"):
        load_real_cases(tmp_path)


# --- docs/sources.md -----------------------------------------------------------------------------------
def test_list_of_sources_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == render_sources_markdown(CASES), (
        "run: python -m innovation_hub.innovations.real_cases_sources"
    )


def test_list_of_sources_names_every_source():
    text = render_sources_markdown(CASES)
    for case in CASES:
        assert case.title_plain in text
        for source in case.sources:
            assert source.title in text and source.publisher in text
            assert source.url is None or f"<{source.url}>" in text
    assert text.count("cited by title and year.") == 3
