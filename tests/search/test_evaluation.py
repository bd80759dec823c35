"""Measuring the search on a judged collection: files, measures, slips of the finger, and the command as a whole."""

import gzip
import json
import math

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation import EvaluationFileError, misspell, read_corpus, read_qrels, read_queries, score
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from tests.search.support import document

CORPUS = [
    {"docid": "d1", "teks": "Warga mengambil nomor antrean puskesmas dari rumah."},
    {"docid": "d2", "teks": "Bank sampah menimbang sampah pasar tiap pekan.", "judul": "Bank sampah pasar"},
    {"docid": "d3", "teks": "Arsip surat desa dipindai sekali saja."},
]
QUERIES = [{"qid": "q1", "query": "antrian puskesmas"}, {"qid": "q2", "query": "sampah di pasar"}]
QRELS = "q1 0 d1 1\nq2 0 d2 1\nq2 0 d3 0\n"


@pytest.fixture
def files(tmp_path):
    corpus, queries, qrels = tmp_path / "c.jsonl.gz", tmp_path / "q.jsonl", tmp_path / "r.tsv"
    corpus.write_bytes(gzip.compress("\n".join(map(json.dumps, CORPUS)).encode()))
    queries.write_text("\n".join(map(json.dumps, QUERIES)), encoding="utf-8")
    qrels.write_text(QRELS, encoding="utf-8")
    return {"corpus": corpus, "queries": queries, "qrels": qrels}


@pytest.fixture
def evaluate(files, capsys, source):
    """Run the command and return its JSON; the product's own index lies beside it."""

    def run(**options) -> dict:
        call_command("evaluate_search", **{**files, **options}, json=True)
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


@pytest.mark.django_db
def test_the_product_finds_what_was_judged(evaluate, tmp_path, search_folder):
    report = evaluate(run=tmp_path / "run.txt")
    assert (report["queries"], report["ndcg_10"], report["rr_10"], report["recall_100"]) == (2, 1.0, 1.0, 1.0)
    assert 0 < report["p50_ms"] <= report["p95_ms"]
    first = (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines()[0].split()
    assert first[:4] == ["q1", "Q0", "d1", "1"]
    assert float(first[4]) > 0
    assert not list(search_folder.glob("**/gen-*"))


@pytest.mark.django_db
def test_the_products_own_index_is_not_touched(evaluate, source):
    source.put(document(1, "Antrean puskesmas"))
    rebuild()
    evaluate()
    assert search(SearchQuery(text="puskesmas")).total == 1


@pytest.mark.django_db
def test_without_the_floor_more_is_shown_and_a_slip_still_finds(evaluate):
    assert evaluate(no_floor=True)["mean_total"] >= evaluate()["mean_total"]
    assert evaluate(misspell="3")["queries"] == 2


def test_measures_are_those_of_trec_eval():
    found = score({"a": ["x", "r1", "r2"], "b": []}, {"a": {"r1": 2, "r2": 1, "r3": 1}, "b": {"r1": 1}, "c": {"z": 0}})
    gained = 2 / math.log2(3) + 1 / math.log2(4)
    best = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert found.queries == 2
    assert found.ndcg_10 == pytest.approx(gained / best / 2)
    assert found.rr_10 == pytest.approx(0.25)
    assert found.recall_10 == found.recall_100 == pytest.approx(1 / 3)


def test_what_is_deeper_than_ten_counts_for_nothing_but_recall():
    ranking = [f"x{number}" for number in range(10)] + ["r"]
    found = score({"q": ranking}, {"q": {"r": 1}})
    assert (found.ndcg_10, found.rr_10, found.recall_10, found.recall_100) == (0, 0, 0, 1)


@given(st.text(max_size=60), st.integers())
def test_one_letter_of_one_long_word_changes(text, seed):
    wrong = misspell(text, seed)
    assert misspell(text, seed) == wrong
    assert len(wrong) == len(text)
    changed = [at for at, (old, new) in enumerate(zip(text, wrong, strict=True)) if old != new]
    assert len(changed) <= 1
    assert all(text[at].isalpha() for at in changed)


def test_words_of_four_letters_stay():
    assert misspell("ojek desa kota", 1) == "ojek desa kota"
    assert misspell("ojek pasar", 1) != "ojek pasar"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus", '{"docid": "d1"}', "line 1: the field 'teks'"),
        ("corpus", '{"docid": "d1", "teks": "a"}\n{"docid": "d1", "teks": "b"}', "line 2: docid 'd1'"),
        ("corpus", "", "no document"),
        ("queries", "[1]", "line 1: no JSON object"),
        ("queries", '{"qid": 7, "query": "a"}', "line 1: the field 'qid'"),
        ("queries", "{", "line 1: no JSON object"),
        ("qrels", "q1 d1 1", "line 1: expected"),
        ("qrels", "\n", "no judgement"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_field(files, name, content, said):
    path = files[name].with_suffix(".txt")
    path.write_text(content, encoding="utf-8")
    reader = {"corpus": read_corpus, "queries": read_queries, "qrels": read_qrels}[name]
    with pytest.raises(EvaluationFileError, match=said) as error:
        reader(path)
    assert path.name in str(error.value)


def test_a_missing_or_cut_off_file_is_an_error_of_the_command(files, tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        call_command("evaluate_search", **{**files, "corpus": tmp_path / "nichts.jsonl"})
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(files["corpus"].read_bytes()[:40])
    with pytest.raises(CommandError, match="cut"):
        call_command("evaluate_search", **{**files, "corpus": cut})
