"""The words behind a reason, as somebody wrote them: *antrean*, not *antre*; *KTP*, not *ktp*."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from search.analysis import function_words, index_terms
from search.analysis.finding import Hit, find_words
from search.similarity.comparing import PROBLEM, WORDS, Reason
from search.similarity.profiles import Profile, is_prose

MOST_WORDS = 3
#: A problem is named by two words or more; with one, words of any text say more.
FEWEST_PROBLEM_WORDS = 2
_LONGEST_ACRONYM = 8
#: Words that may well be shared and rare but name nothing.
_VAGUE = """sedikit sulit kurang tinggi rendah besar kecil jarang sering lama cepat lambat mudah susah berat ringan baru
penting utama masing bersama menjelang mendadak jatuh naik turun proses rutin mampu sanggup telanjur habis cukup penuh
kosong dekat jauh awal akhir tengah sisa jumlah rata kilogram gram kilometer meter liter persen rupiah tahun bulan pekan
minggu hari jam menit detik triwulan semester pagi siang sore malam kemarin besok lewat program kegiatan kajian catatan
naskah tua muda syarat akses"""
_SENTENCE_ENDS = frozenset(".!?:;\n")
_BETWEEN = " \t\r\f\v\"'“”‘’([{"


def put_in_words(reasons: Iterable[Reason], forms: Mapping[str, str], words: int = MOST_WORDS) -> tuple[Reason, ...]:
    """Return the reasons with at most ``words`` words each, in the ``forms`` that :func:`written_forms` gives.

    One reason of words is enough: the problem's, if both records state one and share enough, else those of any text.
    A reason without a word that can be shown is left out.
    """
    found = list(reasons)
    best = _best([replace(one, words=_chosen(one.stems, forms, words)) for one in found if one.stems])
    return (*((best,) if best else ()), *(reason for reason in found if not reason.stems))


def _best(reasons: Sequence[Reason]) -> Reason | None:
    by_kind = {reason.kind: reason for reason in reasons if reason.words}
    problem, other = by_kind.get(PROBLEM), by_kind.get(WORDS)
    if problem and (other is None or len(problem.words) >= min(FEWEST_PROBLEM_WORDS, len(other.words))):
        return problem
    return other


def _chosen(stems: Iterable[str], forms: Mapping[str, str], most: int) -> tuple[str, ...]:
    """Return the first words, none inside another (*e-KTP*, *KTP*)."""
    chosen: list[str] = []
    for stem in stems:
        word = forms.get(stem)
        if word is None or any(_within(word, other) or _within(other, word) for other in chosen):
            continue
        chosen.append(word)
        if len(chosen) == most:
            break
    return tuple(chosen)


def _within(word: str, other: str) -> bool:
    return word.casefold() in other.casefold()


def written_forms(profile: Profile, stems: Iterable[str]) -> dict[str, str]:
    """Return stem -> the form in which the profile's texts have it most, without names and vague words."""
    wanted = set(stems) - profile.places - _vague_stems()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: set[str] = set()
    if not wanted:
        return {}
    for text in (profile.problem, profile.summary, profile.title):
        for stem, word, is_name in _occurrences(text, wanted):
            if is_name:
                names.add(stem)
            else:
                forms[stem][word] += 1
    return {stem: _commonest(forms[stem]) for stem in wanted if stem in forms and stem not in names}


@cache
def _vague_stems() -> frozenset[str]:
    return frozenset(index_terms(_VAGUE)[0].split())


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda word: (-forms[word], len(word), word))


def _occurrences(text: str, stems: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield (stem, word, whether it is a name here) of each place where ``text`` has one of ``stems``."""
    if not text:
        return
    capitals = is_prose(text)
    for hit in find_words(text, stems, ()):
        word = text[hit.start : hit.end]
        if word.lower() in function_words() or any(letter.isdigit() for letter in word):
            continue
        if capitals and word.isupper() and len(word) <= _LONGEST_ACRONYM:
            yield hit.stem, word, False
        else:
            yield hit.stem, word.lower(), capitals and not word.islower() and not _begins_sentence(text, hit)


def _begins_sentence(text: str, hit: Hit) -> bool:
    before = text[: hit.start].rstrip(_BETWEEN)
    return not before or before[-1] in _SENTENCE_ENDS
