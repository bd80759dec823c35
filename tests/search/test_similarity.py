"""How alike two records are, and the reasons: pure functions, no engine, no database."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import function_words, index_terms
from search.similarity import (
    Trait,
    compare,
    make_profile,
    profile_of,
    put_in_words,
    rarity,
    written_forms,
)
from search.similarity.comparing import NAME, PROBLEM, WORDS
from search.similarity.profiles import place_stems
from tests.search.support import document

QUEUE = make_profile(
    "Nomor antrean puskesmas diambil dari rumah",
    brand_name="SI ANTRI",
    summary="Pasien mengantre dari rumah lewat ponsel.",
    problem="Antrean mengular sejak subuh dan loket hanya satu. Pasien BPJS paling lama menunggu.",
    facets={"urusan": ("kesehatan",), "programme": ("pkp",), "agency": ("1",)},
)
COUNTER = make_profile(
    "Antrean loket kependudukan lewat WhatsApp",
    brand_name="Si Antri",
    summary="Warga memilih jam sebelum datang.",
    problem="Antrean di loket kependudukan mengular sampai ke jalan.",
    facets={"urusan": ("adminduk",), "programme": ("pkp",), "agency": ("2",)},
)
MARKET = make_profile("Pasar tani lewat ojek daring", summary="Belanja diantar ke rumah.")
TRAITS = (Trait("urusan", 0.5), Trait("programme", 0.3), Trait("agency", 0.2))
EVERYTHING = set(QUEUE.weights) | set(COUNTER.weights) | set(MARKET.weights)
WORTH = rarity(36_000, dict.fromkeys(EVERYTHING, 40))


def reasons(first, second, traits=TRAITS, worth=WORTH):
    return {reason.kind: reason for reason in compare(first, second, worth, traits).reasons}


def worded(first, second, traits=TRAITS, worth=WORTH):
    found = compare(first, second, worth, traits).reasons
    forms = written_forms(first, {stem for reason in found for stem in reason.stems})
    return {reason.kind: reason for reason in put_in_words(found, forms)}


def test_a_shared_problem_counts_for_more_than_a_shared_programme():
    near, far = compare(QUEUE, COUNTER, WORTH, TRAITS), compare(QUEUE, MARKET, WORTH, TRAITS)
    assert near.score > 1.5 * far.score
    assert near.text > far.text and near.title > far.title
    assert near.structure > far.structure == 0


def test_reasons_are_data():
    found = reasons(QUEUE, COUNTER)
    assert set(found) == {PROBLEM, WORDS, "programme", NAME}
    assert found[PROBLEM].stems[0] == "antre"
    assert "loket" in found[PROBLEM].stems
    assert found["programme"].values == ("pkp",)
    assert found[PROBLEM].words == ()


def test_words_are_shown_as_the_record_writes_them():
    assert worded(QUEUE, COUNTER)[PROBLEM].words == ("antrean", "loket", "mengular")
    assert worded(COUNTER, QUEUE)[PROBLEM].words == ("antrean", "loket", "mengular")


def test_one_reason_of_words_is_enough():
    assert WORDS not in worded(QUEUE, COUNTER)
    untold = make_profile("Antrean loket yang mengular")
    assert worded(QUEUE, untold)[WORDS].words == ("antrean", "loket", "mengular")
    assert PROBLEM not in worded(QUEUE, untold)


def test_acronyms_keep_their_capitals_and_names_are_left_out():
    first = make_profile("Layanan bagi ODGJ", problem="Keluarga ODGJ di lereng Merapi malu melapor. ODGJ dipasung.")
    second = make_profile("Kunjungan ODGJ", problem="ODGJ di kaki Merapi dipasung keluarganya.")
    worth = rarity(36_000, dict.fromkeys(first.weights, 30))
    assert worded(first, second, worth=worth)[PROBLEM].words == ("ODGJ", "keluarga", "dipasung")


def test_a_title_in_capitals_shouts_nobody_down():
    loud = make_profile("ANTREAN LOKET PUSKESMAS")
    assert worded(loud, QUEUE)[WORDS].words == ("antrean", "puskesmas", "loket")


def test_places_numbers_and_function_words_are_no_words():
    profile = make_profile(
        "Tiga kader bagi 25 warga di Kecamatan Payung Sekaki",
        summary="Kader untuk warga Bangka.",
        places=("Kabupaten Bangka Selatan", "Kecamatan Payung Sekaki"),
    )
    assert set(profile.weights) == {"kader", "warga"}


def test_what_a_unit_does_is_no_place():
    assert place_stems("Dinas Pemadam Kebakaran") == frozenset()
    assert place_stems("Kabupaten Tanah Laut") >= {"tanah", "laut"}
    assert place_stems("UPTD Puskesmas Dukun") >= {"dukun"}
    assert "jaksa" in place_stems("Kejaksaan Negeri Sleman")


def test_common_words_are_worth_nothing():
    worth = rarity(36_000, {"layan": 30_000, "antre": 400, "dukun": 3, "hilang": 0})
    assert "layan" not in worth
    assert 0 < worth["antre"] < worth["dukun"] == worth["hilang"]


def test_a_handful_of_records_says_little_about_what_is_common():
    assert rarity(3, {"antre": 3})["antre"] > 1


def test_a_trait_that_another_says_is_not_told_twice():
    traits = (Trait("agency", 0.5), Trait("type", 0.5, unless="agency"))
    facets = {"agency": ("1",), "type": ("kota",)}
    same = compare(make_profile("a", facets=facets), make_profile("b", facets=facets), {}, traits)
    assert [reason.kind for reason in same.reasons] == ["agency"]
    assert same.structure == 1
    other = make_profile("b", facets={**facets, "agency": ("2",)})
    assert [reason.kind for reason in compare(make_profile("a", facets=facets), other, {}, traits).reasons] == ["type"]


def test_a_profile_comes_from_a_search_document():
    profile = profile_of(
        document(
            1,
            "Antrean dari rumah",
            body=("Loket hanya satu.", "Nomor lewat ponsel."),
            names=("Kota Madiun",),
            facets={"urusan": ("1.02",)},
            boost=1.12,
            evidence_level=2,
        ),
        problem="Loket hanya satu.",
    )
    assert profile.problem_stems == {"loket"}
    assert {"antre", "loket", "ponsel"} <= set(profile.weights)
    assert profile.weights["antre"] > profile.weights["loket"] > profile.weights["ponsel"]
    assert profile.facets == {"urusan": ("1.02",)}
    assert (profile.boost, profile.evidence_level) == (1.12, 2)


def test_only_the_words_of_the_other_record_give_the_same_answer():
    texts = {"summary": COUNTER.summary, "problem": COUNTER.problem, "brand_name": "Si Antri", "facets": COUNTER.facets}
    short = make_profile(COUNTER.title, **texts, only=QUEUE.weights.keys())
    assert set(short.weights) < set(COUNTER.weights) | {"x"}
    assert compare(QUEUE, short, WORTH, TRAITS) == compare(QUEUE, COUNTER, WORTH, TRAITS)


def test_empty_records_are_alike_in_nothing():
    nothing = make_profile("")
    assert compare(nothing, nothing, {}, TRAITS).score == 0
    assert compare(nothing, QUEUE, WORTH, TRAITS).reasons == ()


WORDS_OF_TEXTS = """antrean mengantre antre Antrean loket puskesmas Surabaya KTP e-KTP KTP-el di yang 2019 IV ODGJ
pelayanan melayani anak-anak Kota sampah SAMPAH memilah . ! <b> “kutip” S.I.M.P.E.L covid19"""
TEXTS = st.one_of(st.lists(st.sampled_from(WORDS_OF_TEXTS.split()), max_size=20).map(" ".join), st.text(max_size=60))
PROFILES = st.builds(
    make_profile,
    TEXTS,
    brand_name=TEXTS,
    summary=TEXTS,
    problem=TEXTS,
    rest=TEXTS,
    places=st.lists(TEXTS, max_size=2),
    facets=st.dictionaries(st.sampled_from(["urusan", "agency"]), st.tuples(st.sampled_from("12"))),
)


@given(PROFILES, PROFILES, st.integers(0, 50_000))
def test_any_two_records_can_be_compared_either_way(first, second, count):
    worth = rarity(36_000, dict.fromkeys([*first.weights, *second.weights], count))
    there, back = compare(first, second, worth, TRAITS), compare(second, first, worth, TRAITS)
    assert there == back
    for number in (there.score, there.text, there.title, there.structure):
        assert 0 <= number <= 1


@given(PROFILES, PROFILES)
def test_reasons_hold_only_words_of_both_records(first, second):
    worth = rarity(36_000, dict.fromkeys([*first.weights, *second.weights], 40))
    found = compare(first, second, worth, TRAITS).reasons
    forms = written_forms(first, {stem for reason in found for stem in reason.stems})
    texts = f"{first.problem}\n{first.summary}\n{first.title}"
    for reason in put_in_words(found, forms):
        assert len(reason.words) <= 3
        for word in reason.words:
            assert word.casefold() in texts.casefold()
            assert set(index_terms(word)[0].split()) & set(first.weights) & set(second.weights)
            assert word not in function_words() and not any(letter.isdigit() for letter in word)
