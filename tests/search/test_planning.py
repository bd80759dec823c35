"""From words to the tree that engines run: what must match, what raises the score, and by how much."""

import pytest

from search.analysis import query_words
from search.planning import SURFACE_WEIGHT, Correction, Plan, Statistics, make_plan
from search.synonyms import Expansion
from search.tree import AllOf, AnyOf, AtLeastTwo, Clause, Term, all_of, any_of, terms_of

COMMON = Statistics(36_000, {"ojek": 400, "pasar": 5_000, "desa": 9_000, "banggai": 60})


def plan(text: str, *rest, name: str = "", **more) -> Plan:
    found = make_plan(query_words(text), *rest, statistics=COMMON, name=name, **more)
    assert found is not None
    return found


def weights(found: Plan, field: str = "stem") -> dict[str, float]:
    return {
        clause.node.value: clause.weight
        for clause in found.strict.clauses
        if isinstance(clause.node, Term) and clause.node.field == field and not clause.constant
    }


def stem(word: str) -> Term:
    return Term("stem", word)


def test_nothing_to_look_for_is_no_plan():
    assert make_plan([]) is None


def test_one_word_must_be_there():
    found = plan("pasar")
    assert found.strict.node == stem("pasar")
    assert found.relaxed is None


def test_both_of_two_words_relaxed_to_one():
    found = plan("ojek pasar")
    assert found.strict.node == AllOf((stem("ojek"), stem("pasar")))
    assert found.relaxed.node == AnyOf((stem("ojek"), stem("pasar")))


def test_two_of_three_words():
    found = plan("ojek pasar desa")
    assert found.strict.node == AtLeastTwo((stem("ojek"), stem("pasar"), stem("desa")))


def test_of_three_words_a_rare_one_is_enough():
    found = plan("pasar desa banggai")
    assert isinstance(found.strict.node, AnyOf)
    assert found.strict.node.nodes[0] == stem("banggai")


def test_two_forms_of_one_word_are_one_word():
    assert plan("mengelola pengelolaan").strict.node == stem("kelola")


def test_function_and_question_words_are_not_required():
    assert plan("bagaimana ojek untuk pasar").strict.node == plan("ojek pasar").strict.node
    assert set(weights(plan("ojek untuk pasar"))) == {"ojek", "pasar"}


def test_a_text_of_function_words_looks_for_them():
    assert set(terms_of(plan("untuk yang").strict.node)) == {stem("untuk"), stem("yang")}


def test_rarer_words_weigh_more_and_unstemmed_words_less():
    found = plan("ojek pasar")
    assert weights(found)["ojek"] > weights(found)["pasar"]
    assert weights(found, "surface")["ojek"] == pytest.approx(SURFACE_WEIGHT * weights(found)["ojek"])


def test_a_synonym_counts_as_the_words_it_stands_for_and_weighs_less():
    online = Expansion((0, 2), "ojol", ("ojol",))
    found = plan("ojek pasar desa", [online])
    ojek, pasar, desa = found.strict.node.nodes
    assert ojek == any_of(stem("ojek"), stem("ojol"))
    assert pasar == any_of(stem("pasar"), stem("ojol"))
    assert desa == stem("desa")
    assert found.expansions == ("ojol",)
    assert weights(found)["ojol"] < weights(found)["ojek"]
    assert "ojol" in found.stems
    assert "ojol" not in found.asked


def test_a_synonym_of_several_words_needs_them_all():
    found = plan("puskesmas", [Expansion((0, 1), "pusat kesehatan", ("pusat", "sehat"))])
    assert found.strict.node == any_of(stem("puskesmas"), all_of(stem("pusat"), stem("sehat")))


def test_a_correction_counts_as_the_word_and_the_best_weighs_most():
    correction = Correction("pasra", (("pasar", "pasar"), ("paksa", "paksa")))
    found = plan("ojek pasra", (), [correction])
    assert found.strict.node.nodes[1] == any_of(stem("pasra"), stem("pasar"), stem("paksa"))
    assert weights(found)["pasar"] > weights(found)["paksa"]


def constants(found: Plan) -> list[Clause]:
    return [clause for clause in found.relaxed.clauses if clause.constant and isinstance(clause.node, AllOf)]


def test_short_texts_put_entries_with_every_word_first_long_ones_do_not():
    assert constants(plan("ojek pasar", name="ojek pasar"))
    assert not constants(plan("ojek pasar desa air", name="ojek pasar desa air"))
    peak = constants(plan("ojek pasar", name="ojek pasar"))[0].weight
    assert peak > 2.2 * sum(weight * COMMON.idf(word) for word, weight in weights(plan("ojek pasar")).items())


def test_a_whole_name_is_raised():
    assert Term("name", "si ojek") in [clause.node for clause in plan("si ojek", name="si ojek").strict.clauses]


def test_texts_of_any_length_stay_small():
    found = plan(" ".join(f"kata{'abcdefghijklmnopqrstuvwxyz'[n % 26] * (n // 26 + 1)}" for n in range(500)))
    assert len(found.strict.node.nodes) == 32
    assert len(found.strict.clauses) <= 100
