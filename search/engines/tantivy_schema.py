"""The fields of the embedded index, and how it is opened and created."""

from pathlib import Path

import tantivy

from search.engines.tantivy_facets import ALL_FIELD, JSON_FIELD, OPEN_FIELD

#: Kind of token -> the field that holds it.
TEXT_FIELDS = {"stem": "st", "surface": "su", "title": "ti", "title_surface": "ts", "name": "na"}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "ref", "stamp", "scope", "hidden", "na", OPEN_FIELD, ALL_FIELD):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("st", tokenizer_name="whitespace_only", index_option="freq")
    for name in ("su", "ti"):
        builder.add_text_field(name, tokenizer_name="whitespace_only", index_option="position")
    builder.add_text_field("ts", tokenizer_name="whitespace_only", index_option="basic")
    builder.add_json_field(JSON_FIELD, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("newest", "evidence", "adoptions", "tie", "id"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_float_field("boost", fast=True)
    builder.add_bytes_field("payload", stored=True)
    builder.add_bytes_field("body", stored=True)
    return builder.build()


def open_index(folder: Path) -> tantivy.Index:
    """Open what is there; raises ValueError or OSError if it can't be read."""
    return _prepared(tantivy.Index.open(str(folder)))


def create_index(folder: Path) -> tantivy.Index:
    """Create an empty index in an empty folder."""
    return _prepared(tantivy.Index(_schema(), str(folder), reuse=False))


def _prepared(index: tantivy.Index) -> tantivy.Index:
    """Split at spaces only, and show commits only when asked to: readers learn of them by the pointer."""
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace_only", splitter)
    index.config_reader("Manual", 0)
    return index
