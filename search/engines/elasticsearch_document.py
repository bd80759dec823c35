"""What a record looks like to Elasticsearch: the document class with its strict mapping, and how it is encoded.

Texts arrive as tokens joined by spaces, so the analyser only splits at them. Nothing here uses a type that needs
more than the free core of Elasticsearch.
"""

import json
from typing import Any, NamedTuple

from elasticsearch.dsl import (
    Binary,
    Document,
    Float,
    Integer,
    Keyword,
    Long,
    MetaField,
    Object,
    Text,
    analyzer,
    tokenizer,
)

from search.documents import PUBLIC, IndexRecord
from search.facets import FACETS

#: Grows when the mapping or the analysis of records changes. It stands in the names of aliases, so an index of
#: another version is none at all and a new one is built.
VERSION = 2

#: Kind of token -> the field that holds it.
TEXT_FIELDS = {
    "stem": "stems",
    "surface": "surfaces",
    "title": "title",
    "title_surface": "title_words",
    "name": "names",
}
#: Facets that every document has, registered or not.
BUILT_IN_FACETS = ("kind", "source", "year")
#: Lucene takes terms of up to 32,766 bytes and refuses a document with a longer one; a character has at most four.
LONGEST_TERM = 8000
#: A word longer than this is no word: spelling needn't know it.
LONGEST_WORD = 100

at_spaces = analyzer("at_spaces", tokenizer=tokenizer("at_spaces", "whitespace", max_token_length=LONGEST_TERM))


def _exact(**options: Any) -> Keyword:
    return Keyword(ignore_above=LONGEST_TERM, **options)


def _counted(**options: Any) -> Text:
    """Tokens that score by BM25, without positions."""
    return Text(analyzer=at_spaces, index_options="freqs", **options)


class EntryDocument(Document):
    """One face of one record. Only payload and long texts are kept to be read: the database holds the rest."""

    ref = _exact(doc_values=False)
    stamp = _exact(index=False)
    scope = _exact(doc_values=False)
    hidden = _exact(doc_values=False)
    stems = _counted()
    surfaces = Text(analyzer=at_spaces)
    title = Text(analyzer=at_spaces, norms=False)
    title_words = _exact()
    names = _exact(doc_values=False)
    words = _exact(index=False)
    facets = Object(dynamic=True, properties={code: _exact() for code in BUILT_IN_FACETS})
    boost = Float(index=False)
    newest = Long(index=False)
    evidence = Long(index=False)
    adoptions = Long(index=False)
    tie = Integer(index=False)
    id = Long(index=False)
    payload = Object(enabled=False)
    body = Keyword(index=False, doc_values=False)

    class Meta:
        """Refuse fields that are not declared; of facets any code is taken, as an exact term."""

        dynamic = MetaField("strict")
        dynamic_templates = MetaField(
            [
                {
                    "facets": {
                        "path_match": "facets.*",
                        "mapping": {"type": "keyword", "ignore_above": LONGEST_TERM},
                    }
                }
            ]
        )
        source = MetaField(includes=["payload", "body"])


class WordsDocument(Document):
    """The words of public documents, packed, and a mark that changes with them; one document in an index of its own."""

    mark = Keyword(index=False, doc_values=False)
    packed = Binary(doc_values=False)

    class Meta:
        """Refuse anything else."""

        dynamic = MetaField("strict")


class Encoded(NamedTuple):
    """A record as the writers take it."""

    key: str
    reference: str
    source: bytes
    """The document's JSON, in one line."""


def mapping() -> dict[str, Any]:
    """Return the mapping of a new index, the registered facets included."""
    found = EntryDocument._doc_type.mapping.to_dict()
    properties = found["properties"]["facets"]["properties"]
    for code in FACETS:
        properties.setdefault(code, _exact().to_dict())
    return found


def analysis() -> dict[str, Any]:
    """Return the analyser's definition for the settings of a new index."""
    return EntryDocument._doc_type.mapping._collect_analysis()


def words_mapping() -> dict[str, Any]:
    """Return the mapping of the index that keeps the vocabulary."""
    return WordsDocument._doc_type.mapping.to_dict()


class Encoder:
    """Turns records into documents; works in any process."""

    def encode(self, record: IndexRecord) -> Encoded:
        """Return the record encoded. Letters outside of ASCII are escaped, halves of a character replaced."""
        source = {
            "ref": record.reference,
            "stamp": record.stamp,
            "scope": record.scopes,
            "hidden": record.superseded_for,
            "stems": record.stems,
            "surfaces": record.surfaces,
            "title": record.title_stems,
            "title_words": _different(record.title_surfaces),
            "names": record.names,
            "facets": record.facets,
            "boost": record.boost,
            "newest": record.newest,
            "evidence": record.evidence,
            "adoptions": record.adoptions,
            "tie": record.tie,
            "id": record.source_id,
            "payload": record.payload,
            "body": record.body,
        }
        if PUBLIC in record.scopes:
            source["words"] = _words(record)
        text = json.dumps(source, ensure_ascii=False, separators=(",", ":"))
        return Encoded(record.key, record.reference, text.encode("utf-8", "replace"))


def _different(tokens: str) -> list[str]:
    return list(dict.fromkeys(tokens.split()))


def _words(record: IndexRecord) -> list[str]:
    """Return what spelling may know of a public document: its words and their stems."""
    found = {*record.stems.split(), *record.surfaces.split()}
    return sorted(word for word in found if word.isalnum() and len(word) <= LONGEST_WORD)
