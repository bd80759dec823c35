"""The sample collection: the same every time, true to the vocabularies, and nobody's data."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from innovation_hub.agencies import loading as agencies
from innovation_hub.core.partial_dates import validate_partial_date
from innovation_hub.core.personal_data import find_personal_data
from innovation_hub.innovations import synthetic
from innovation_hub.innovations.requirements import Need
from innovation_hub.innovations.synthetic import SyntheticEntry, generate, make
from innovation_hub.innovations.synthetic_data.ideas import Idea, load_ideas
from innovation_hub.innovations.synthetic_data.templates import compile_line, expand, grouped
from innovation_hub.training import loading as training

N = 5000
VOCABULARIES = Path(synthetic.__file__).parent / "data" / "vocabularies.json"
# Entry field -> vocabulary; single codes may be empty.
CODED = {
    "coverage": "coverage",
    "initiator": "initiators",
    "origin_channel": "origin_channels",
    "training_product": "training_products",
    "form": "forms",
    "kinds": "kinds",
    "digital": "digital",
    "stage": "stages",
    "urusan_primary": "urusan",
    "urusan_related": "urusan",
    "themes": "themes",
    "tematik": "tematik",
    "sdgs": "sdgs",
    "asta_cita": "asta_cita",
    "target_groups": "target_groups",
    "unit_type": "unit_types",
    "budget_source": "budget_sources",
    "budget_band": "budget_bands",
    "replication_openness": "replication_openness",
    "life_status": "life_status",
    "stop_reason": "stop_reasons",
    "publication_level": "publication_levels",
    "licence": "licences",
}
CURATED_FIELDS = (
    "summary", "problem", "objectives", "design", "challenges", "target_groups", "claims", "prerequisites",
    "replication_openness", "themes", "implemented_on",
)  # fmt: skip


@cache
def entries() -> tuple[SyntheticEntry, ...]:
    """The first entries of the collection."""
    return tuple(generate(N))


@cache
def codes(vocabulary: str) -> set[str]:
    """The codes of a vocabulary."""
    terms = json.loads(VOCABULARIES.read_text(encoding="utf-8"))["vocabularies"][vocabulary]["terms"]
    return {term["code"] for term in terms}


def values(entry: SyntheticEntry, field: str) -> tuple[str, ...]:
    """The codes of a field, whether it holds one or many."""
    value = getattr(entry, field)
    return value if isinstance(value, tuple) else (value,) if value else ()


def test_an_entry_depends_on_its_index_alone():
    assert list(generate(40)) == list(entries()[:40])
    assert list(generate(40, start=30)) == list(entries()[30:40])
    assert make(1234) == entries()[1234]
    assert make(3, seed=1) != make(3)


def test_everything_is_covered():
    regions = {row["code"][:2] for row in agencies.read_csv("regions.csv")}
    programmes = {row["code"] for row in json.loads((training.DATA / "programmes.json").read_text())["programmes"]}
    assert {entry.region[:2] for entry in entries() if entry.region} == regions
    assert {entry.themes[0] for entry in entries()} == codes("themes")
    assert {entry.programme for entry in entries() if entry.programme} == programmes
    assert {int(entry.implemented_on[:4]) for entry in entries()} == set(range(2015, 2027))
    assert len({entry.agency for entry in entries()}) > 600


def test_every_code_is_known():
    known = {row["code"] for row in agencies.read_csv("agencies.csv")}
    regions = {row["code"] for row in agencies.read_csv("regions.csv")}
    for entry in entries():
        assert entry.agency in known
        assert not entry.region or entry.region in regions
        for field, vocabulary in CODED.items():
            assert set(values(entry, field)) <= codes(vocabulary), (entry.index, field)
        assert len(entry.sdgs) <= 3
        for partner in entry.partners:
            assert partner.role in codes("stakeholder_roles")


def test_institutions_and_cohorts_agree_with_the_entry():
    institutions = (training.DATA / "institutions.csv").read_text(encoding="utf-8")
    known = {line.partition(",")[0] for line in institutions.splitlines()[1:]}
    for entry in entries():
        assert bool(entry.programme) == bool(entry.training_product)
        assert not entry.institution or entry.institution in known
        if entry.cohort:
            assert (entry.cohort.programme, entry.cohort.institution) == (entry.programme, entry.institution)
            assert entry.cohort.year == int(entry.implemented_on[:4])
            assert entry.cohort.starts_on < entry.cohort.ends_on
    cohorts = {entry.cohort for entry in entries() if entry.cohort}
    assert len({(one.programme, one.institution, one.year, one.number) for one in cohorts}) == len(cohorts)


def test_dates_are_dates_and_in_order():
    for entry in entries():
        for value in (entry.trial_start, entry.implemented_on, entry.ended_on, entry.published_on):
            if value:
                validate_partial_date(value)
        assert entry.trial_start[:4] <= entry.implemented_on[:4] <= entry.published_on[:4]
        assert entry.implemented_on <= entry.published_on < "2026-11"
        assert not entry.ended_on or entry.ended_on[:4] > entry.implemented_on[:4]
        assert (entry.life_status in ("vakum", "berhenti", "digantikan")) == bool(entry.stop_reason)


def test_claims_are_consistent():
    for entry in entries():
        assert entry.evidence_level == max((claim.level for claim in entry.claims), default=0)
        for claim in entry.claims:
            assert bool(claim.baseline) == (claim.level >= 2)
            assert bool(claim.value) == (claim.level >= 1)
            assert not claim.baseline or claim.baseline != claim.value
            if claim.unit == "persen" and claim.value:
                assert float(claim.value.replace(".", "")) <= 100


def test_measured_figures_in_the_text_are_those_of_the_claims():
    """A sentence may quote before and after only where the entry claims them."""
    shown = 0
    for entry in entries():
        if entry.evidence_level < 2 or "turun dari" not in entry.results:
            continue
        shown += 1
        figures = {claim.baseline for claim in entry.claims} | {claim.value for claim in entry.claims}
        before = re.search(r"turun dari (?:Rp)?([\d.]+)", entry.results)
        assert before and before[1] in figures, (entry.index, entry.results)
    assert shown > 50


def test_levels_and_lengths_are_mixed_as_promised():
    levels = Counter(entry.publication_level for entry in entries())
    assert 0.87 < levels["terdaftar"] / N < 0.93
    assert 0.005 < levels["unggulan"] / N < 0.02
    lengths = sorted(entry.words() for entry in entries())
    assert 420 < sum(lengths) / N < 480
    assert lengths[N // 20] < 90
    assert lengths[-1] > 1000
    assert sum(1 for entry in entries() if entry.title_en) > N // 50


def test_curated_entries_have_what_curation_asks_for():
    assert Need.CURATED > Need.SUBMIT
    for entry in entries():
        if entry.publication_level != "terdaftar":
            assert not [field for field in CURATED_FIELDS if not getattr(entry, field)], entry.index
            assert entry.evidence_level >= 1
            assert entry.life_status != "belum-diketahui"


def test_titles_are_sentence_case_short_and_rarely_the_same():
    for entry in entries():
        title = entry.title_plain
        assert len(title) <= 120
        assert title[0].isupper() or title[0].isdigit()
        assert not title.isupper()
        assert title[-1] != "."
    assert len({entry.title_plain.casefold() for entry in entries()}) > 0.95 * N


def test_paragraphs_are_rarely_the_same():
    seen = Counter(
        paragraph
        for entry in entries()
        for field in ("problem", "design", "results", "challenges", "lessons", "sustainability_strategy")
        for paragraph in getattr(entry, field).split("\n\n")
        if len(paragraph.split()) > 25
    )
    assert sum(count for count in seen.values() if count > 1) < 0.05 * sum(seen.values())


def test_no_personal_data_and_no_leftovers():
    for entry in entries():
        text = "\n".join((*entry.texts(), entry.title_en, entry.summary_en))
        assert not find_personal_data(text), entry.index
        assert not re.search(r"\d{7,}|[{}\[\]|¦]|%\(|  |\.\.", text), (entry.index, text)


@pytest.mark.parametrize("idea", load_ideas(), ids=lambda idea: idea.code)
def test_every_idea_is_whole(idea: Idea):
    for kind in "TBAOPDSMRHLNE":
        assert idea.lines.get(kind), f"no line {kind}"
    themes = json.loads(VOCABULARIES.read_text(encoding="utf-8"))["vocabularies"]["themes"]["terms"]
    urusan = next(theme["urusan"] for theme in themes if theme["code"] == idea.theme)
    assert idea.urusan[0] in urusan
    assert all(" > " in line for line in (*idea.lines["S"], *idea.lines["E"]))
    if any(unit.owner == "H" for unit in idea.units):
        placed = [
            line for lines in idea.lines.values() for line in lines if re.search(r"\{(desa|kec|kecamatan)\}", line)
        ]
        assert not placed, "a head office has no villages"


def test_there_are_many_ideas():
    assert len(load_ideas()) >= 120
    assert {idea.theme for idea in load_ideas()} == codes("themes")


def test_alternatives_slots_and_numbers():
    assert expand("[satu|dua] orang") == ["satu orang", "dua orang"]
    template = compile_line("{unit} melayani {12-40/4} orang")[0]
    assert template.text == "%(unit)s melayani %(_0)s orang"
    assert template.numbers == (("_0", 12, 8, 4),)
    assert compile_line("turun dari {b1} menit")[0].measured
    with pytest.raises(ValueError, match="stray"):
        compile_line("tidak [selesai")
    assert grouped(36000) == "36.000"
