"""Writing a tantivy index: changes to the one in use, and a new one beside it."""

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from search.documents import IndexRecord, reference
from search.engines.base import EngineUnavailable
from search.engines.generations import Generations, Pointer
from search.engines.tantivy_encoding import Encoder
from search.engines.vocabulary import write_vocabulary

logger = logging.getLogger(__name__)

#: One segment holds a whole collection of 36,000; memory is used while building only.
BUILD_HEAP, WRITE_HEAP = 400_000_000, 50_000_000

Opener = Callable[[Path], Any]
PublicWords = Callable[[Any], Mapping[str, int]]


class TantivyWriter:
    """Writes to the generation in use. tantivy itself refuses a second writer."""

    def __init__(self, generations: Generations, generation: str, encoder: Encoder, open_index: Opener) -> None:
        """Open the generation for writing; raises EngineUnavailable when somebody else has."""
        self._generations = generations
        self.generation = generation
        self._encoder = encoder
        try:
            self._writer = open_index(generations.folder(generation)).writer(WRITE_HEAP, 1)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"the search index {generation} can't be written: {error}") from error

    def encode(self, record: IndexRecord) -> str:
        """Return the record as :meth:`replace` takes it."""
        return self._encoder.encode(record)

    def replace(self, references: Iterable[tuple[str, int]], encoded: Iterable[str]) -> None:
        """Remove all faces of the (source, id) pairs, then store encoded records."""
        for source, source_id in references:
            self._writer.delete_documents_by_term("ref", reference(source, source_id))
        for one in encoded:
            self._writer.add_json(one)

    def commit(self) -> None:
        """Make everything so far durable and visible; raises EngineUnavailable when it can't be stored."""
        try:
            self._writer.commit()
            self._generations.advance(self.generation)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"the search index {self.generation} can't be written: {error}") from error

    def close(self) -> None:
        """Drop what isn't committed, finish merging, and free the index; its folder may be gone by now."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            writer.wait_merging_threads()
        except (OSError, ValueError) as error:
            logger.info("Merging the search index %s was cut short: %s", self.generation, error)


class TantivyBuilder:
    """Builds a new generation; unless finished, leaving it removes what was written."""

    def __init__(
        self, generations: Generations, encoder: Encoder, create_index: Opener, public_words: PublicWords
    ) -> None:
        """Take the folders, what records are encoded with, how an index is made, and how its words are listed."""
        self._generations = generations
        self._encoder = encoder
        self._create_index = create_index
        self._public_words = public_words
        self._finished = False

    def __enter__(self) -> Self:
        """Make the folder and open it."""
        self.generation = self._generations.create()
        folder = self._generations.folder(self.generation)
        self._encoder.save(folder)
        self._index = self._create_index(folder)
        self._writer = self._index.writer(BUILD_HEAP, 1)
        return self

    def add(self, encoded: str) -> None:
        """Store an encoded record."""
        self._writer.add_json(encoded)

    def finish(self) -> None:
        """Commit, write the vocabulary, and put the new generation in place of the old one at once."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        words = self._public_words(self._index)
        name = write_vocabulary(self._generations.folder(self.generation), words)
        self._generations.publish(Pointer(self.generation, 0, name))
        self._finished = True

    def __exit__(self, *_: object) -> None:
        """Remove an unfinished generation."""
        if not self._finished:
            self._writer = self._index = None
            self._generations.remove(self.generation)
