"""The three files of a judged collection: documents, queries, and which document answers which query.

Documents and queries are JSON lines, judgements the four columns of TREC (``qid 0 docid relevance``); each may be
gzipped. What is wrong with a file is said with its name, line and field.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Qrels = dict[str, dict[str, int]]


class EvaluationFileError(ValueError):
    """A file that can't be used; the message names file, line and field."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a judged collection."""

    key: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One judged query."""

    key: str
    text: str


def read_corpus(path: Path) -> list[Document]:
    """Return the documents of a file: ``docid``, ``teks``, optionally ``judul``; raises EvaluationFileError."""
    found: dict[str, Document] = {}
    for number, row in _objects(path):
        document = Document(_text(path, number, row, "docid"), _text(path, number, row, "teks"), row.get("judul") or "")
        if document.key in found:
            raise EvaluationFileError(f"{path}, line {number}: docid {document.key!r} stands there twice")
        found[document.key] = document
    if not found:
        raise EvaluationFileError(f"{path}: there is no document in it")
    return list(found.values())


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file: ``qid``, ``query``; raises EvaluationFileError."""
    found = [
        Query(_text(path, number, row, "qid"), _text(path, number, row, "query")) for number, row in _objects(path)
    ]
    if not found:
        raise EvaluationFileError(f"{path}: there is no query in it")
    return found


def read_qrels(path: Path) -> Qrels:
    """Return qid -> docid -> relevance; raises EvaluationFileError."""
    judged: Qrels = {}
    for number, line in _lines(path):
        parts = line.split()
        if len(parts) != 4 or not parts[3].lstrip("-").isdecimal():
            raise EvaluationFileError(f"{path}, line {number}: expected “qid 0 docid relevance”")
        judged.setdefault(parts[0], {})[parts[2]] = int(parts[3])
    if not judged:
        raise EvaluationFileError(f"{path}: there is no judgement in it")
    return judged


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise EvaluationFileError(f"{path} can't be read: {error}") from error


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationFileError(f"{path}, line {number}: no JSON object: {error}") from error
        if not isinstance(row, dict):
            raise EvaluationFileError(f"{path}, line {number}: no JSON object")
        yield number, row


def _text(path: Path, number: int, row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise EvaluationFileError(f"{path}, line {number}: the field {name!r} is missing or no text")
    return value
