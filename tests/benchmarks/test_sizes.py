import random
from pathlib import Path

import numpy as np

from knowledge.answer import Answerer
from knowledge.index import SnapshotKeeper
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings
from tests.benchmarks.asking import ask_all
from tests.benchmarks.memory import on_disk, resident
from tests.benchmarks.recombined import corpus_sentences, encode_sentences, pieces, questions
from tests.benchmarks.sizes import build
from tests.fakes import WordEncoder

TITLE = "Recombined briefs"


def test_a_recombined_library_answers_questions_and_is_measured(tmp_path: Path) -> None:
    encoder = WordEncoder()
    settings = KnowledgeSettings(CAVEAT_DATA_DIR=tmp_path, _env_file=None)
    sentences = encode_sentences(encoder, corpus_sentences())
    built = build(settings, encoder, sentences, 250)
    assert len(built.texts) == len(built.vectors) == 250
    searcher = Searcher(encoder=encoder, snapshots=SnapshotKeeper(tmp_path, lambda _manifest: None))
    manifest = searcher.snapshots.current().manifest
    assert (manifest.sources, manifest.chunks) == (3, 250)
    asked = questions(sentences, 5)
    record = ask_all(Answerer(searcher).answer, asked, 0.0)
    assert len(record["milliseconds"]) == 5
    assert 0 < record["memory"]["anonymous"] < record["memory"]["rss"]
    first = searcher.search(asked[0])
    assert first
    searcher.close()


def test_a_recombined_chunk_has_the_tokens_that_its_text_would_have() -> None:
    """Where a word's vector does not depend on its neighbours."""
    encoder = WordEncoder()
    sentences = encode_sentences(encoder, corpus_sentences()[:40])
    (title,) = encoder.encode_with_tokens([TITLE])
    piece = next(pieces(title, sentences, random.Random(1)))  # noqa: S311
    (whole,) = encoder.encode_with_tokens([f"{TITLE}\n{piece.text}"])
    made = piece.encoded.tokens
    assert made.length == whole.tokens.length
    assert np.array_equal(made.starts, whole.tokens.starts)
    assert np.array_equal(made.values, whole.tokens.values)


def test_questions_are_the_same_each_time() -> None:
    sentences = encode_sentences(WordEncoder(), corpus_sentences())
    assert questions(sentences, 20) == questions(sentences, 20)
    assert len(set(questions(sentences, 20))) == 20


def test_a_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(bytes(range(256)) * 8_000)
    once = on_disk(tmp_path)
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    assert on_disk(tmp_path) == once == 2
    assert resident()["rss"] > 0
