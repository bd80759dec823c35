"""Titles: capitals turned into sentence case, playful names parted from what they mean."""

import re
from collections.abc import Collection

from innovation_hub.core.text.words import word_set

ACRONYMS = word_set(
    "ASN PNS PPPK CPNS LAN BKN RI NKRI UU PP SK SKPD OPD UPT UPTD BLUD BUMN BUMD BUMDES APBD APBN DPRD DPR KTP KK",
    "NIK NIP SIM STNK BPJS JKN RSUD RSUP RSU UGD IGD ICU USG HIV AIDS TB TBC DBD MPASI ASI KIA KB PKK PAUD TK SD",
    "SMP SMA SMK SLB MI MTS MA MAN SDN SMPN SMAN SMKN UMKM UKM IKM PKL PKB PBB BPHTB PAD SOP SPM SPBE TIK IT ICT",
    "AI GIS GPS QR SMS WA WEB PDF RT RW TPS TPA TPST BPBD BNPB TNI POLRI BNN KPU KPK BPK BPKP BPN ATR PUPR PU",
    "DPMPTSP BAPPEDA BRIDA BKPSDM BPSDM BKD DUKCAPIL PTSP SAKIP LAKIP LHKPN IPM SDGS TPB CSR ODGJ KDRT COVID PKP",
    "PKA PKN CCTV VCT AKI AKB KEK BOK DAK DAU MUSRENBANG RKPD RPJMD RENSTRA KUR P3K K3 WBK WBBM ZI",
)
_SMALL = frozenset(("dan", "atau", "di", "ke", "dari", "pada", "untuk", "dengan", "yang", "oleh", "dalam", "bagi"))
_WORD = re.compile(r"[^\W_][\w'’.\-/]*", re.UNICODE)
_QUOTED = re.compile(r"[\"“”'‘’«»]\s*([^\"“”'‘’«»]{2,60}?)\s*[\"“”'‘’«»]")
_BRAND_FIRST = re.compile(
    r"^(?P<brand>[^()]{2,60}?)\s*\((?P<rest>[^()]{8,300})\)\s*[.:\-–]?\s*(?P<after>.*)$", re.DOTALL
)
_BRAND_LAST = re.compile(r"^(?P<rest>.{12,300}?)\s*\((?P<brand>[^()]{2,40})\)\s*\.?$", re.DOTALL)


def is_shouting(title: str) -> bool:
    """Say whether a title is written in capitals throughout; names made of acronyms alone are not shouting."""
    capitals = sum(map(str.isupper, title))
    if capitals <= 0.8 * sum(map(str.isalpha, title)):
        return False
    words = [word for word in _WORD.findall(title) if len(word) > 1]
    long = [word for word in words if len(word) >= 5 and not _is_acronym(word)]
    return len(words) >= 3 and len(long) >= 2


def sentence_case(title: str, *, names: Collection[str] = ()) -> str:
    """Return a shouted title in sentence case; other titles come back as they are.

    Known acronyms, words with digits, words without vowels, quoted names and a name before or inside brackets keep
    their capitals; ``names`` (lower case, one or more words: places, agencies) get a capital on each word.
    """
    if not is_shouting(title):
        return title
    kept = _kept_spans(title)

    def lower(match: re.Match[str]) -> str:
        word = match[0]
        if any(start <= match.start() < end for start, end in kept) or _is_acronym(word):
            return word
        return word.lower()

    text = _WORD.sub(lower, title)
    lowered = text.lower()
    for name in sorted((name for name in names if name in lowered), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _capitalise_words, text, flags=re.IGNORECASE)
    first = re.search(r"[^\W\d_]", text)
    return text[: first.start()] + first[0].upper() + text[first.end() :] if first else text


def split_brand(title: str) -> tuple[str, str]:
    """Part "SIMANTAP (Sistem Informasi …)" and "Sistem Informasi … (SIMANTAP)" into (name, meaning).

    Returns ``("", "")`` where brackets don't hold a name and its meaning.
    """
    for pattern in (_BRAND_LAST, _BRAND_FIRST):
        match = pattern.match(title.strip())
        if match and _looks_like_brand(match["brand"]) and len(match["rest"].split()) > len(match["brand"].split()):
            return match["brand"].strip(" -–:\"“”'"), match["rest"].strip()
    return "", ""


def _looks_like_brand(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    inner_capitals = sum(char.isupper() for char in letters) >= max(2, len(letters) // 2)
    return bool(letters) and len(text.split()) <= 5 and inner_capitals and not re.fullmatch(r"[\d\s]+", text)


def _kept_spans(title: str) -> list[tuple[int, int]]:
    """Return the spans of names in a shouted title: quoted, or on the short side of brackets or a colon."""
    spans = [match.span(1) for match in _QUOTED.finditer(title) if len(match[1].split()) <= 5]
    for match in re.finditer(r"\(\s*([A-Z0-9.\-]{2,20})\s*\)", title):
        spans.append(match.span(1))
    lead = re.match(r"([A-Z0-9][A-Z0-9 .\-']{1,30}?)\s*(?:\((?=[^)]{12,})|[:–]\s|\s-\s)", title)
    if lead and len(lead[1].split()) <= 3:
        spans.append(lead.span(1))
    return spans


def _is_acronym(word: str) -> bool:
    bare = word.strip(".'’-/")
    if bare in ACRONYMS or any(char.isdigit() for char in bare):
        return True
    if "." in bare and all(len(part) == 1 for part in bare.split(".")):
        return True
    parts = re.split(r"[-/]", bare)
    if len(parts) > 1:
        return any(part in ACRONYMS for part in parts)
    return len(bare) > 1 and bare.isalpha() and not re.search("[AEIOUY]", bare)


def _capitalise_words(match: re.Match[str]) -> str:
    return " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in match[0].split(" "))
