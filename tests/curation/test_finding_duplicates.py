"""``find_duplicates``: pairs are found, kept, and never asked about again once decided."""

import io
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from innovation_hub.curation.duplicates.deciding import decide
from innovation_hub.curation.duplicates.finding import find_for, find_in_collection, refresh, store
from innovation_hub.curation.models import DuplicateCheck, DuplicatePair
from innovation_hub.curation.planting.planting import truth_of
from innovation_hub.innovations.models import Innovation
from tests.factories import AdministratorFactory, UserFactory

State = DuplicatePair.State


@pytest.fixture
def planted(db, settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    settings.DATA_DIR = tmp_path
    call_command("load_vocabularies", stdout=io.StringIO())
    call_command("load_demo", entries=80, no_index=True, stdout=io.StringIO(), stderr=io.StringIO())
    call_command("plant_duplicates", seed=21, pairs=20, decoys=10, no_index=True, stdout=io.StringIO())


def run(**options) -> list[str]:
    out = io.StringIO()
    call_command("find_duplicates", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()


def test_planted_duplicates_are_found_and_decoys_are_related(planted):
    rows = [json.loads(line) for line in run(json=True)]
    truth = {frozenset((one.a, one.b)): one.truth for one in truth_of(21)}
    suggested = {frozenset((row["a"], row["b"])): row["suggestion"] for row in rows}
    same = [pair for pair, kind in truth.items() if kind == "same"]
    assert sum(suggested.get(pair) == "same" for pair in same) >= 0.9 * len(same)
    assert not [pair for pair, word in suggested.items() if word == "same" and truth.get(pair) != "same"]
    assert {row["source_a"].partition(":")[0] for row in rows} <= {"contoh", "planted", "kasus-nyata"}
    assert any(row["source_b"].startswith("planted:21:pair:") for row in rows)
    assert all(set(row) == {"a", "b", "source_a", "source_b", "suggestion", "score", "reasons"} for row in rows)
    assert DuplicatePair.objects.count() == len(rows)


def test_a_decided_pair_is_never_asked_again(planted):
    run()
    pair = DuplicatePair.objects.first()
    DuplicatePair.objects.filter(pk=pair.pk).update(state=State.DIFFERENT, score=0.1)
    lines = run()
    assert lines[-1].startswith("0 new, 0 changed, 0")
    pair.refresh_from_db()
    assert (pair.state, pair.score) == (State.DIFFERENT, 0.1)
    Innovation.objects.filter(pk=pair.first_id).update(withdrawn_at=timezone.now())
    run()
    assert DuplicatePair.objects.filter(pk=pair.pk, state=State.DIFFERENT).exists()
    assert not DuplicatePair.objects.filter(state=State.OPEN, first=pair.first_id).exists()


def test_one_entry_finds_what_the_collection_finds(planted):
    everything = {(one.first, one.second): one for one in find_in_collection() if one.suggestion == "same"}
    pair, verdict = next(iter(everything.items()))
    alone = {(one.first, one.second): one for one in find_for([pair[1]])}
    assert alone[pair] == verdict


def test_a_change_is_compared_at_the_next_refresh(planted):
    assert refresh() == 0
    run()
    known = DuplicatePair.objects.filter(suggestion="same").select_related("first", "second").first()
    reached = DuplicateCheck.reached()
    Innovation.objects.filter(pk=known.second_id).update(withdrawn_at=timezone.now(), updated_at=timezone.now())
    assert refresh() == 1
    assert DuplicateCheck.reached() > reached
    assert not DuplicatePair.objects.filter(pk=known.pk).exists()
    assert refresh() == 0


def test_since_a_day_nobody_changed_anything(planted):
    run()
    before = DuplicatePair.objects.count()
    assert run(since="2999-01-01", json=True) == []
    assert DuplicatePair.objects.count() == before
    with pytest.raises(CommandError, match="day"):
        run(since="soon")


def test_storing_nothing_takes_out_open_pairs_of_these_entries_only(planted):
    run()
    pair = DuplicatePair.objects.first()
    rest = DuplicatePair.objects.exclude(first=pair.first_id).exclude(second=pair.first_id).count()
    store([], among=[pair.first_id])
    assert DuplicatePair.objects.count() == rest


def test_deciding_needs_the_lab_and_is_final(planted):
    run()
    pair = DuplicatePair.objects.first()
    with pytest.raises(PermissionDenied):
        decide(pair, State.DIFFERENT, actor=UserFactory())
    decide(pair, State.DIFFERENT, actor=AdministratorFactory(), note="Two offices")
    pair.refresh_from_db()
    assert (pair.state, pair.note) == (State.DIFFERENT, "Two offices")
    assert pair.decided_at and pair.decided_by
    with pytest.raises(ValidationError):
        decide(pair, State.RELATED, actor=AdministratorFactory())


def test_the_same_is_decided_by_merging(planted):
    run()
    with pytest.raises(ValidationError):
        decide(DuplicatePair.objects.first(), State.SAME, actor=AdministratorFactory())


def test_a_draft_is_compared_before_anybody_publishes_it(planted):
    run()
    known = DuplicatePair.objects.filter(suggestion="same").first()
    Innovation.objects.filter(pk=known.second_id).update(live=False, updated_at=timezone.now())
    known.delete()
    assert refresh() == 1
    assert DuplicatePair.objects.filter(first=known.first_id, second=known.second_id, suggestion="same").exists()
