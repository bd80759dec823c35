"""Records like a given one: candidates from the engine, compared as they are now, with the reasons in words."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.documents import PUBLIC, fold_name
from search.engines.base import Engine, EngineHit, EngineRequest
from search.service import ask
from search.similarity.comparing import Reason, Similarity, Trait, compare, rarity
from search.similarity.profiles import Profile
from search.similarity.wording import put_in_words, written_forms
from search.tree import AtLeastTwo, Clause, Node, Term

#: Words whose frequencies are asked for: those that count most in the record.
MEASURED = 64
#: Words that the engine looks for; a record must hold two of them.
ASKED = 8
#: How many of the engine's answers are compared.
CANDIDATES = 8
#: Records that are less alike than this aren't called alike; of a short text it takes half of what is in it.
LEAST_SCORE, LEAST_SHARE = 0.3, 0.5
#: Without shared words, at least a third of the traits by weight must be shared.
LEAST_STRUCTURE = 0.34
SHOWN = 4
#: Of one owner at most this many are shown.
MOST_OF_ONE = 2
#: How far a record's boost and each level of its evidence raise its rank, for the order of those about equally alike.
BOOST, EVIDENCE = 0.5, 0.02
PUBLIC_ONLY = frozenset({PUBLIC})
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Records:
    """What has to be known of the records of one source for comparing them."""

    source: str
    read: Callable[[Sequence[int], Set[str]], Mapping[int, Profile]]
    """Returns id -> profile of those of the ids that readers may see at this moment, with a fixed number of queries;
    no other words of them are needed than the given ones."""
    traits: tuple[Trait, ...] = ()
    owner: str = ""
    """The facet that says whose record it is: two records of one owner with the same title are one and the same."""

    def owner_of(self, profile: Profile) -> tuple[str, ...]:
        """Return whose record it is."""
        return profile.facets.get(self.owner, ())


@dataclass(frozen=True, slots=True)
class Similar:
    """A record like the given one, and why."""

    source_id: int
    card: Mapping[str, Any]
    similarity: Similarity
    reasons: tuple[Reason, ...]
    """Those of ``similarity``, the words as the given record writes them."""


class Candidates(NamedTuple):
    """What the engine found, best first, and what sharing each word of the given record is worth."""

    hits: list[EngineHit]
    worth: Mapping[str, float]


class _Compared(NamedTuple):
    hit: EngineHit
    profile: Profile
    similarity: Similarity

    @property
    def rank(self) -> tuple[float, int]:
        """Return what orders them: likeness, raised for records worth meeting."""
        raised = self.profile.boost**BOOST * (1 + EVIDENCE * self.profile.evidence_level)
        return -self.similarity.score * raised, self.hit.payload["i"]


def similar(
    records: Records,
    given: Profile,
    *,
    filters: Filters | None = None,
    exclude: Collection[int] = (),
    limit: int = SHOWN,
) -> list[Similar]:
    """Return the public records whose words are most like those of ``given``, best first.

    Empty while the engine is down. ``exclude`` holds ids that must not come, the record itself above all.
    """
    chosen = {**(filters or {}), "source": (records.source,)}
    found = ask(lambda engine: candidates(engine, given, filters=chosen, exclude=exclude))
    if found is None:
        return []
    least = min(LEAST_SCORE, LEAST_SHARE * compare(given, given, found.worth).score)
    alike = [one for one in _compared(records, given, found) if one.similarity.text and one.similarity.score >= least]
    return _best(records, given, alike, limit)


def related(
    records: Records, given: Profile, *, filters: Filters, exclude: Collection[int] = (), limit: int = SHOWN
) -> list[Similar]:
    """Return, for a record whose words nobody shares, the best evidenced public ones that its traits tie to it."""
    request = EngineRequest(
        filters={**filters, "source": (records.source,)}, sort="evidence", limit=CANDIDATES + len(exclude)
    )
    hits = ask(lambda engine: engine.search(request).hits)
    found = Candidates(_without(hits or [], exclude), {})
    tied = [one for one in _compared(records, given, found) if one.similarity.structure >= LEAST_STRUCTURE]
    return _best(records, given, tied, limit)


def candidates(
    engine: Engine,
    given: Profile,
    *,
    filters: Filters,
    exclude: Collection[int] = (),
    scopes: frozenset[str] = PUBLIC_ONLY,
    limit: int = CANDIDATES,
) -> Candidates:
    """Return what may be like ``given``: the engine is asked once, for the words that tell it from most others."""
    known = sorted(given.weights, key=lambda stem: (-given.weights[stem], stem))[:MEASURED]
    total, frequencies = engine.frequencies(known)
    worth = rarity(total, frequencies)
    least = 2 if exclude else 1  # a word of nobody but the record itself finds nothing
    asked = {stem: given.weights[stem] for stem in known if stem in worth and frequencies[stem] >= least}
    stems = sorted(asked, key=lambda stem: (-(asked[stem] ** 2) * worth[stem], stem))[:ASKED]
    if not stems:
        return Candidates([], worth)
    request = EngineRequest(
        match=_two_of(stems),
        clauses=tuple(Clause(Term("stem", stem), asked[stem]) for stem in stems),
        filters=filters,
        scopes=scopes,
        limit=limit + len(exclude),
    )
    return Candidates(_without(engine.search(request).hits, exclude)[:limit], worth)


def _two_of(stems: Sequence[str]) -> Node:
    terms = tuple(Term("stem", stem) for stem in stems)
    return AtLeastTwo(terms) if len(terms) > 1 else terms[0]


def _without(hits: Sequence[EngineHit], exclude: Collection[int]) -> list[EngineHit]:
    return [hit for hit in hits if hit.payload["i"] not in exclude]


def _compared(records: Records, given: Profile, found: Candidates) -> list[_Compared]:
    """Return those of the candidates that readers may see now, compared."""
    if not found.hits:
        return []
    profiles = records.read([hit.payload["i"] for hit in found.hits], found.worth.keys())
    pairs = [(hit, profiles[hit.payload["i"]]) for hit in found.hits if hit.payload["i"] in profiles]
    return [_Compared(hit, other, compare(given, other, found.worth, records.traits)) for hit, other in pairs]


def _best(records: Records, given: Profile, compared: Sequence[_Compared], limit: int) -> list[Similar]:
    """Return the most alike: no title of one owner twice, few of one owner, none for words that can't be named."""
    forms = written_forms(
        given, {stem for one in compared for reason in one.similarity.reasons for stem in reason.stems}
    )
    titles = {(fold_name(given.title), records.owner_of(given))}
    owners: Counter[tuple[str, ...]] = Counter()
    best: list[Similar] = []
    for hit, profile, similarity in sorted(compared, key=lambda one: one.rank):
        reasons = put_in_words(similarity.reasons, forms)
        owner = records.owner_of(profile)
        title = (fold_name(profile.title), owner)
        unnamed = similarity.text and not any(reason.words for reason in reasons)
        if title in titles or unnamed or (owner and owners[owner] >= MOST_OF_ONE):
            continue
        titles.add(title)
        owners[owner] += 1
        best.append(Similar(hit.payload["i"], hit.payload["c"], similarity, reasons))
        if len(best) == limit:
            break
    return best
