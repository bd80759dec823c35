"""What the root list records about a root: the affix codes of ``roots.txt.gz``, read as confixes.

A code stands for one prefix chain and one suffix, e.g. ``Pc`` for *pember-...-an*. A reading of a word that
the list records for its root is believed before one that is merely possible.
"""

from functools import lru_cache

#: code -> (prefix chain joined by dots, suffix)
CONFIXES: dict[str, tuple[str, str]] = {
    "a0": ("", "an"),
    "i0": ("", "i"),
    "k0": ("", "kan"),
    "B0": ("ber", ""),
    "Bb": ("ber", ""),
    "BE": ("ber", ""),
    "Ba": ("ber", "an"),
    "Bf": ("ber", "an"),
    "Bk": ("ber", "kan"),
    "Bg": ("ber", "kan"),
    "BK": ("ber.ke", ""),
    "Bl": ("ber.ke", "an"),
    "BP": ("ber.pe", ""),
    "Bq": ("ber.pe", "an"),
    "BS": ("ber.se", ""),
    "Bt": ("ber.se", "an"),
    "D0": ("di", ""),
    "Di": ("di", "i"),
    "Dk": ("di", "kan"),
    "Dm": ("di.ke", "i"),
    "Dn": ("di.ke", "kan"),
    "DR": ("di.per", ""),
    "Dt": ("di.per", "i"),
    "Du": ("di.per", "kan"),
    "Dv": ("di.se", "kan"),
    "K0": ("ke", ""),
    "Ka": ("ke", "an"),
    "Ki": ("ke", "i"),
    "Kc": ("ke.ber", "an"),
    "Ko": ("ke.me", "an"),
    "Kq": ("ke.pe", "an"),
    "Kt": ("ke.se", "an"),
    "Ku": ("ke.ter", "an"),
    "M0": ("me", ""),
    "MG": ("me", ""),
    "MM": ("me", ""),
    "Mi": ("me", "i"),
    "Mg": ("me", "i"),
    "Mm": ("me", "i"),
    "Mk": ("me", "kan"),
    "Mh": ("me", "kan"),
    "Mo": ("me", "kan"),
    "Me": ("me.ber", "kan"),
    "MP": ("me.pe", ""),
    "Mp": ("me.pe", "i"),
    "Mq": ("me.pe", "kan"),
    "MR": ("me.per", ""),
    "Mt": ("me.per", "i"),
    "Mu": ("me.per", "kan"),
    "MS": ("me.se", ""),
    "Mw": ("me.se", "i"),
    "Mx": ("me.se", "kan"),
    "O0": ("ku", ""),
    "Oi": ("ku", "i"),
    "Ok": ("ku", "kan"),
    "P0": ("pe", ""),
    "PE": ("pe", ""),
    "PG": ("pe", ""),
    "PK": ("pe", ""),
    "PN": ("pe", ""),
    "Pa": ("pe", "an"),
    "Pf": ("pe", "an"),
    "Pg": ("pe", "an"),
    "Pl": ("pe", "an"),
    "Po": ("pe", "an"),
    "Pc": ("pe.ber", "an"),
    "PR": ("pe.per", ""),
    "Ps": ("pe.per", "an"),
    "PS": ("pe.se", ""),
    "Pv": ("pe.se", "an"),
    "R0": ("per", ""),
    "Ra": ("per", "an"),
    "Ri": ("per", "i"),
    "Rk": ("per", "kan"),
    "Rq": ("per.pe", "an"),
    "RS": ("per.se", ""),
    "Rt": ("per.se", "an"),
    "S0": ("se", ""),
    "Sa": ("se", "an"),
    "Sn": ("se", ""),
    "SB": ("se.ber", ""),
    "Sb": ("se.ber", ""),
    "SK": ("se.ke", ""),
    "Sl": ("se.ke", "an"),
    "SP": ("se.pe", ""),
    "Sq": ("se.pe", "an"),
    "SR": ("se.per", ""),
    "Ss": ("se.per", "an"),
    "ST": ("se.ter", ""),
    "T0": ("ter", ""),
    "TE": ("ter", ""),
    "Ta": ("ter", "an"),
    "Tf": ("ter", "an"),
    "Ti": ("ter", "i"),
    "Tg": ("ter", "i"),
    "Tk": ("ter", "kan"),
    "Th": ("ter", "kan"),
    "Tn": ("ter", ""),
    "TK": ("ter.ke", ""),
    "TR": ("ter.per", ""),
}

RECORDED = 30
SAME_VERB = 27
OPEN_ROOT = 22
RELATED = 20

_VOICES = ("me", "di", "ter", "ku", "kau")
_OPEN = frozenset(
    {("", "an"), ("", "kan"), ("pe", ""), ("pe", "an"), ("ber", ""), ("ter", ""), ("ke", "an"), ("per", "an")}
    | {(voice, suffix) for voice in ("me", "di", "ter") for suffix in ("", "kan", "i")}
)


@lru_cache(maxsize=4096)
def confixes(codes: str) -> frozenset[tuple[str, str]]:
    """Return the confixes behind a string of two-letter codes; codes without a meaning here are left out."""
    pairs = (codes[i : i + 2] for i in range(0, len(codes), 2))
    return frozenset(CONFIXES[pair] for pair in pairs if pair in CONFIXES)


def belief(codes: str, chain: tuple[str, ...], suffix: str) -> int:
    """Return how strongly the root list supports ``chain`` + root + ``suffix``: 0 (not at all) to RECORDED."""
    if codes == "*":  # the hub's own words: no record, but they take the usual affixes
        return OPEN_ROOT if (".".join(chain), suffix) in _OPEN else 0
    known = confixes(codes)
    name = ".".join(chain)
    if (name, suffix) in known:
        return RECORDED
    if not chain:
        return SAME_VERB if suffix in ("kan", "i") and ("me", suffix) in known else 0
    inner = chain[1:]
    if chain[0] in _VOICES:
        voices = (".".join((voice, *inner)) for voice in _VOICES)
        return SAME_VERB if any((voice, suffix) in known for voice in voices) else 0
    if chain == ("pe",) and suffix in ("", "an"):
        verbs = {("me", ""), ("me", "kan"), ("me", "i"), ("ber", ""), ("pe", "an"), ("pe", "")}
        return RELATED if known & verbs else 0
    return 0
