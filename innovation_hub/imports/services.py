"""Importing a collection: files go in, entries come out, every row is accounted for.

Rows are written in chunks; each chunk is one transaction with its entries, its provenance, its counts and its outbox
rows. A run that is stopped anywhere leaves a consistent database, and running it again completes it.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from innovation_hub.core.audit import audit
from innovation_hub.core.bulk import insert_rows
from innovation_hub.core.permissions import require
from innovation_hub.innovations.models import Innovation
from search.indexer import drain
from search.outbox import enqueue

from .changes import apply_changes
from .columns import ColumnMap, map_columns, recognised
from .convert import Converter, EntryDraft
from .decisions import Decider, Decision
from .fingerprints import fingerprints_of
from .models import ImportBatch, ImportRow, Outcome
from .permissions import can_import
from .problems import ImportFileError, Problem
from .readers import Limits, RawRow, Source, open_source, storable
from .reference import Reference
from .results import FileResult, ImportResult
from .staging import Defaults, StagedRow, Stager
from .writing import EntryWriter

CHUNK = 500
SAMPLE_ROWS, SAMPLE_CHARACTERS = 2000, 16_000_000
_ENDINGS = re.compile(r"(?:\.(?:csv|tsv|txt|xlsx?|ods|jsonl?|ndjson|gz))+$", re.IGNORECASE)

Progress = Callable[[FileResult], None]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import. ``source`` names where rows come from (default: the file) and is half of a row's identity."""

    source: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    defaults: Defaults = field(default_factory=Defaults)
    dry_run: bool = False
    limits: Limits = field(default_factory=Limits)
    chunk: int = CHUNK


def import_batch(
    files: Sequence[Path | str], *, actor: Any, options: ImportOptions | None = None, progress: Progress | None = None
) -> ImportResult:
    """Import ``files`` one after the other and bring the search index up to date.

    A file that can't be read is reported in the result and stops nothing. ``actor`` is ``None`` for commands run on
    the server; raises ``PermissionDenied`` for accounts that may not import. ``KeyboardInterrupt`` passes through
    after the run is recorded as stopped.
    """
    require(can_import(actor))
    options = options or ImportOptions()
    reference = Reference.load()
    result = ImportResult()
    for path in map(Path, files):
        run = _FileRun(path, actor, options, reference, progress or (lambda _result: None))
        result.files.append(run.result)
        run.execute()
    if not options.dry_run:
        result.indexed = drain()
    return result


class _FileRun:
    """The import of one file."""

    def __init__(
        self, path: Path, actor: Any, options: ImportOptions, reference: Reference, progress: Progress
    ) -> None:
        self.path, self.actor, self.options, self.reference, self.progress = path, actor, options, reference, progress
        self.source_name = options.source or default_source(path)
        self.result = FileResult(path.name, self.source_name)
        self.batch: ImportBatch | None = None

    def execute(self) -> None:
        """Read, decide and write; what stops the file is in the result afterwards."""
        started = time.monotonic()
        try:
            source = open_source(self.path, recognised, limits=self.options.limits)
            columns = map_columns(source.columns, self.options.mapping, self.options.key)
        except ImportFileError as error:
            error.file = error.file or self.path.name
            self.result.error = str(error)
            return
        self._begin(source, columns)
        try:
            self._rows(source, columns)
        except KeyboardInterrupt:
            self.result.stopped = True
            self._end(ImportBatch.Status.STOPPED, source)
            raise
        except BaseException:
            self._end(ImportBatch.Status.FAILED, source)
            raise
        self._end(ImportBatch.Status.FINISHED, source)
        self.result.seconds = time.monotonic() - started

    def _begin(self, source: Source, columns: ColumnMap) -> None:
        self.result.notes += [(note.code, note.params) for note in columns.notes]
        if self.options.dry_run:
            return
        same = ImportBatch.objects.filter(source=self.source_name, file_sha256=source.sha256)
        same.filter(status=ImportBatch.Status.RUNNING).update(status=ImportBatch.Status.STOPPED)
        earlier = same.exclude(file="").order_by("-pk").first()
        batch = ImportBatch(
            source=self.source_name,
            file_name=source.name[:255],
            file_size=source.size,
            file_sha256=source.sha256,
            file_format=source.format,
            reading=dict(source.reading),
            mapping=dict(columns.fields),
            options={"key": self.options.key, "map": dict(self.options.mapping)},
            actor=self.actor,
            keep_until=timezone.localdate() + timedelta(days=settings.HUB_IMPORT_RETENTION_DAYS),
        )
        if earlier:
            batch.file.name = earlier.file.name
            batch.save()
        else:
            with self.path.open("rb") as original:
                batch.file.save(f"{source.sha256[:16]}-{_safe_name(source.name)}", File(original))
        self.batch = batch
        self.result.batch_id = batch.pk

    def _rows(self, source: Source, columns: ColumnMap) -> None:
        stager = Stager(columns, self.reference, self.options.defaults)
        converter = Converter(stager, self.reference, self.options.defaults)
        decider = Decider(self.source_name, self.reference)
        writer = EntryWriter(self.batch, self.reference) if self.batch else None
        rows = source.rows()
        sample = sample_of(rows)
        stager.learn(sample)
        for chunk in chunks(chain(sample, rows), self.options.chunk):
            decisions = decider.decide([stager.stage(row) for row in chunk])
            drafts = {
                id(decision): converter.convert(decision.staged)
                for decision in decisions
                if decision.outcome in (Outcome.IMPORTED, Outcome.CHANGED)
            }
            if writer and self.batch:
                self._write(self.batch, writer, decisions, drafts)
            else:
                _foresee(decisions, drafts)
            for decision in decisions:
                draft = drafts.get(id(decision))
                self._count(decision, draft.problems if draft else decision.staged.problems)
            self.progress(self.result)
        if not self.result.counts["rows"]:
            self.result.notes.append(("no-rows", {}))

    def _count(self, decision: Decision, problems: Iterable[Problem]) -> None:
        raw = decision.staged.raw
        silent = decision.outcome == Outcome.UNCHANGED
        said = [] if silent else [*problems, *decision.problems]
        self.result.add_row(decision.outcome.value, raw.number, raw.sheet, said)

    @transaction.atomic
    def _write(
        self, batch: ImportBatch, writer: EntryWriter, decisions: list[Decision], drafts: dict[int, EntryDraft]
    ) -> None:
        """Write one chunk: entries, provenance, counts and outbox, all or nothing."""
        new = [decision for decision in decisions if decision.outcome == Outcome.IMPORTED]
        entries = writer.create([drafts[id(decision)] for decision in new])
        for decision, entry in zip(new, entries, strict=True):
            decision.entry_id = entry.pk
            if not entry.live:
                decision.outcome = Outcome.HELD_BACK
        changed = [decision for decision in decisions if decision.outcome == Outcome.CHANGED]
        written = apply_changes(writer, [(decision, drafts[id(decision)]) for decision in changed]) if changed else []
        _write_rows(batch, writer, decisions, drafts)
        enqueue("innovation", [*(entry.pk for entry in entries), *written])
        self._save_counts(batch, decisions)

    def _save_counts(self, batch: ImportBatch, decisions: list[Decision]) -> None:
        """Keep the counts of the run in step with what is committed, for a run that is killed."""
        batch.rows += len(decisions)
        for decision in decisions:
            name = decision.outcome.value
            setattr(batch, name, getattr(batch, name) + 1)
        batch.save(update_fields=["rows", *(outcome.value for outcome in Outcome)])

    def _end(self, status: str, source: Source) -> None:
        self.result.notes += [(note.code, note.params) for note in source.notes]
        if not self.batch:
            return
        self.batch.refresh_from_db()
        self.batch.status = status
        self.batch.finished_at = timezone.now()
        self.batch.messages = [{"code": code, "params": _storable(params)} for code, params in self.result.notes]
        self.batch.save()
        counts = {name: getattr(self.batch, name) for name in ("rows", *(outcome.value for outcome in Outcome))}
        audit(
            "import.run", actor=self.actor, batch=self.batch.pk, source=self.source_name, status=str(status), **counts
        )


def _write_rows(
    batch: ImportBatch, writer: EntryWriter, decisions: list[Decision], drafts: dict[int, EntryDraft]
) -> None:
    """Write what is known of each row that isn't unchanged: one row for each key of a source, ever."""
    new: list[dict[str, Any]] = []
    for decision in decisions:
        if decision.outcome == Outcome.UNCHANGED:
            continue
        draft = drafts.get(id(decision))
        facts = _row_facts(writer, decision, draft)
        if decision.known:
            ImportRow.objects.filter(pk=decision.known.pk).update(**facts, batch=batch, updated_at=timezone.now())
        else:
            new.append({"source": batch.source, "key": decision.staged.key, "batch_id": batch.pk, **facts})
    insert_rows(ImportRow, new)


def _row_facts(writer: EntryWriter, decision: Decision, draft: EntryDraft | None) -> dict[str, Any]:
    problems = [*(draft.problems if draft else decision.staged.problems), *decision.problems]
    facts: dict[str, Any] = {
        "number": decision.staged.raw.number,
        "outcome": decision.outcome.value,
        "messages": [problem.as_json() for problem in problems],
        "raw": raw_values(decision.staged),
    }
    known_entry = decision.known.innovation_id if decision.known else None
    facts["innovation_id"] = decision.entry_id or known_entry
    refused_change = decision.outcome == Outcome.REFUSED and decision.entry_id is not None
    if not refused_change:
        facts["content_hash"] = decision.staged.content_hash
        facts["identity_hash"] = decision.staged.identity
        facts["entry_hash"] = _entry_hash(writer, decision, draft)
    return facts


def _entry_hash(writer: EntryWriter, decision: Decision, draft: EntryDraft | None) -> str:
    """Return the hash of what the live row holds now; text that waits as a draft of a live entry is not in it."""
    before = decision.known.entry_hash if decision.known else ""
    if draft is None:
        return before
    waits_beside_live = decision.outcome == Outcome.HELD_BACK and bool(before)
    if not waits_beside_live:
        return writer.fingerprint_of(draft)
    return next(iter(fingerprints_of(Innovation.objects.filter(pk__in=[decision.entry_id])).values()), "")


def _foresee(decisions: list[Decision], drafts: dict[int, EntryDraft]) -> None:
    """Say in a dry run what would be held back."""
    for decision in decisions:
        draft = drafts.get(id(decision))
        if draft and draft.held_back:
            decision.outcome = Outcome.HELD_BACK


def raw_values(staged: StagedRow) -> dict[str, str]:
    """Return the row's values as delivered, without empty cells and without marks."""
    return {column: storable(text) for column, text in staged.raw.values.items() if text and column in staged.values}


def sample_of(rows: Iterator[RawRow]) -> list[RawRow]:
    """Take the first rows, as many as are worth having in memory."""
    sample: list[RawRow] = []
    characters = 0
    for row in islice(rows, SAMPLE_ROWS):
        sample.append(row)
        characters += sum(map(len, row.values.values()))
        if characters > SAMPLE_CHARACTERS:
            break
    return sample


def chunks(rows: Iterable[RawRow], size: int) -> Iterator[list[RawRow]]:
    """Yield rows in lists of at most ``size``, smaller where they are very long."""
    chunk: list[RawRow] = []
    characters = 0
    for row in rows:
        chunk.append(row)
        characters += sum(map(len, row.values.values()))
        if len(chunk) >= size or characters > SAMPLE_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def default_source(path: Path) -> str:
    """Return the name of a source that nobody named: the file's, without its endings."""
    return slugify(_ENDINGS.sub("", path.name))[:100] or "berkas"


def _safe_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[-80:]


def _storable(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in params.items()}
