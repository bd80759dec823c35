"""What the embedded engine keeps on disk: payloads, vocabulary, generations and their pointer."""

import os
import time

import pytest

from search.engines.generations import ABANDONED, Generations, Pointer
from search.engines.payload import PayloadCodec, train
from search.engines.vocabulary import Vocabulary, write_vocabulary

SAMPLES = [{"t": f"Pengelolaan sampah desa {n}", "c": {"agency": "Pemerintah Kabupaten Banggai"}} for n in range(50)]


@pytest.mark.parametrize("dictionary", [b"", train(SAMPLES)])
@pytest.mark.parametrize("data", [SAMPLES[0], "teks panjang " * 500, "", [], {"x": "ñ 漢 \ud800"}])
def test_stored_data_comes_back(dictionary, data):
    codec = PayloadCodec(dictionary)
    assert codec.unpack(codec.pack(data)) == data
    assert codec.unpack(codec.pack(data)) == data


def test_a_dictionary_of_the_collections_words_saves_half():
    plain, trained = PayloadCodec(), PayloadCodec(train(SAMPLES))
    assert len(trained.pack(SAMPLES[7])) < len(plain.pack(SAMPLES[7])) / 2


def test_another_dictionary_is_an_error_not_nonsense():
    packed = PayloadCodec(train(SAMPLES)).pack(SAMPLES[0])
    with pytest.raises(ValueError, match="dictionary"):
        PayloadCodec(b"").unpack(packed)


def test_a_vocabulary_is_read_when_it_is_asked(tmp_path):
    name = write_vocabulary(tmp_path, {"pasar": 3, "desa": 1})
    words = Vocabulary(tmp_path / name)
    assert (words["pasar"], words.get("kota"), len(words)) == (3, 0, 2)
    assert set(words) == {"pasar", "desa"}
    newer = write_vocabulary(tmp_path, {"kota": 1})
    assert [path.name for path in tmp_path.iterdir()] == [newer]
    assert dict(Vocabulary(tmp_path / name)) == {}


def test_readers_see_every_commit_and_rebuild_by_the_mark(tmp_path):
    found = Generations(tmp_path)
    assert (found.mark(), found.read(), found.size()) == (None, None, 0)
    first, second = found.create(), found.create()
    marks = []
    found.publish(Pointer(first))
    marks.append(found.mark())
    found.advance(first)
    marks.append(found.mark())
    found.advance(second)  # not in use: nothing to tell
    assert found.mark() == marks[-1]
    found.publish(Pointer(second))
    marks.append(found.mark())
    assert len(set(marks)) == 3
    assert found.read() == Pointer(second)


def test_replaced_and_abandoned_folders_go_a_new_build_stays(tmp_path):
    found = Generations(tmp_path)
    old, used, building, abandoned = (found.create() for _ in range(4))
    found.publish(Pointer(used))
    past = time.time() - ABANDONED - 10
    os.utime(found.folder(abandoned), (past, past))
    found.remove_others()
    assert {path.name for path in tmp_path.glob("gen-*")} == {used, building}
    assert old < used < building
