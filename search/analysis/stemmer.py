"""One stem for all forms of an Indonesian word.

The stemmer takes affixes off in every way that the grammar allows (:mod:`search.analysis.affixes`), keeps the
readings that end in a word of the root list, and of these the one that the list supports best. A word it can't
trace to a root stays as it is, so that names, acronyms and foreign words are never cut.
"""

from functools import lru_cache

from search.analysis import lexicon
from search.analysis.affixes import FORBIDDEN, clitic_readings, prefix_readings, suffix_readings
from search.analysis.attested import RECORDED, belief

#: A word of this many letters or fewer has no affix to lose.
SHORTEST_AFFIXED = 5
SHORTEST_ROOT = 3
#: A reading that nobody recorded needs a root of this length, and a longer one behind a bare ke-, se-, te-.
SHORTEST_UNRECORDED = 4
SHORTEST_BEHIND_BARE = 5
_BARE = frozenset({("ke",), ("se",)})
#: ku- and kau- (*kuambil*) are rare in this register and begin many names: only where recorded.
_ONLY_RECORDED = frozenset({"ku", "kau"})
#: A word of the exceptions that only lost a clitic (*bagiannya*) needs no further reading.
_LEXICALISED = 8
_CACHE_SIZE = 100_000


@lru_cache(maxsize=_CACHE_SIZE)
def stem(word: str) -> str:
    """Return the stem of one folded word (see :func:`search.analysis.fold`); never empty for a word.

    Spelling variants share a stem (*perijinan* -> *izin*), place names and unknown words are their own.
    """
    known = lexicon.exceptions().get(word)
    if known is not None:
        return _canonical(known)
    if len(word) < SHORTEST_AFFIXED or word in lexicon.names() or not word.isalpha():
        return _canonical(_number_or_word(word))
    codes = lexicon.roots().get(word)
    if codes is not None and not codes.startswith("A2"):
        return _canonical(word)
    return _canonical(_best_root(word) or _without_nya(word))


def _canonical(word: str) -> str:
    return lexicon.variants().get(word, word)


def _number_or_word(word: str) -> str:
    """Numbers lose leading zeros; *daerah2*, shorthand for *daerah-daerah*, loses its digit."""
    if word.isdecimal():
        return word.lstrip("0") or "0"
    if word.endswith("2") and word[:-1] in lexicon.roots() and len(word) > SHORTEST_ROOT + 1:
        return stem(word[:-1])
    return word


def _without_nya(word: str) -> str:
    """Take -nya off an unknown word (*whatsappnya*); no other ending is safe to take without a root list."""
    rest = word.removesuffix("nya")
    return stem(rest) if len(rest) < len(word) and len(rest) >= SHORTEST_UNRECORDED else word


def _best_root(word: str) -> str | None:
    """Return the root of the best supported reading of ``word``, or None if no reading ends in a root."""
    roots = lexicon.roots()
    best: tuple[float, str] | None = None
    for base, clitics in clitic_readings(word):
        for rest, suffix in suffix_readings(base):
            for chain, root in prefix_readings(rest):
                codes = roots.get(root)
                if codes is None:
                    continue
                support = _support(root, codes, chain, suffix)
                if support is None:
                    continue
                score = support + len(root) * 1.5 + len(codes) * 0.2 - len(chain) * 4 - clitics * 3 - bool(suffix)
                if best is None or (score, root) > best:
                    best = (score, root)
    return None if best is None else lexicon.exceptions().get(best[1], best[1])


def _support(root: str, codes: str, chain: tuple[str, ...], suffix: str) -> int | None:
    """Return the belief in a reading, or None where it isn't acceptable at all."""
    if not chain and not suffix:
        if codes.startswith("A2"):
            return None
        return RECORDED + (_LEXICALISED if root in lexicon.exceptions() else 0)
    support = belief(codes, chain, suffix)
    if support:
        return support
    if len(root) < SHORTEST_UNRECORDED or (not chain and suffix == "i"):
        return None
    if chain and (chain[0] in _ONLY_RECORDED or (chain[0], suffix) in FORBIDDEN):
        return None
    if chain in _BARE and not suffix and len(root) < SHORTEST_BEHIND_BARE:
        return None
    return 0
