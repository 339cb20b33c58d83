"""Late interaction, against sums made by hand."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.matching import NEIGHBOUR_SHARE, NEIGHBOURS, Matcher
from knowledge.model import Source
from knowledge.question import understand
from tests.fakes import WordEncoder, WordRuntime
from tests.knowledge.index.publishing import TOPICS
from tests.knowledge.shelf import opened

ROUNDING = 0.003  # a vector keeps one byte a number


def cosine(one: str, other: str) -> float:
    a, b = WordRuntime().encode([one, other])
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_each_word_of_the_question_counts_its_nearest_of_the_passage(tmp_path: Path) -> None:
    passage = "Weights spread beyond recall."
    snapshot = opened(tmp_path, [(Source(id="a", title="of"), passage)])
    question = understand(snapshot, WordEncoder(), "recall copies")
    (chunk_id,) = snapshot.vectors("a").ids
    score = Matcher(snapshot, question).score(snapshot.chunks([chunk_id])[chunk_id])
    held = ("weights", "spread", "beyond", "recall")
    by_hand = {
        asked: max(0.0, *(cosine(asked, word) for word in held)) for asked in ("recall", "copies")
    }
    assert by_hand["recall"] == pytest.approx(1)
    expected = question.weights["recal"] * 1 + question.weights["copi"] * by_hand["copies"]
    assert score == pytest.approx(expected, abs=ROUNDING)
    snapshot.close()


def test_a_passage_borrows_half_from_its_neighbourhood(tmp_path: Path) -> None:
    lines = [f"Sentence {line} tells of {TOPICS[line % 8]}." for line in range(200)]
    lines[0] = "The zebra stands in the very first sentence."
    snapshot = opened(tmp_path, [(Source(id="a", title="of"), "\n\n".join(lines))])
    question = understand(snapshot, WordEncoder(), "zebra")
    matcher = Matcher(snapshot, question)
    ids = snapshot.vectors("a").ids
    chunks = snapshot.chunks(list(ids))
    assert len(ids) > NEIGHBOURS + 1
    alone = [float(matcher.matched("a", row).best()[0]) for row in range(len(ids))]
    assert alone[0] == pytest.approx(1, abs=ROUNDING)
    for row, chunk_id in enumerate(ids):
        around = max(alone[max(0, row - NEIGHBOURS) : row + NEIGHBOURS + 1])
        expected = (1 - NEIGHBOUR_SHARE) * alone[row] + NEIGHBOUR_SHARE * around
        assert matcher.score(chunks[chunk_id]) == pytest.approx(expected, abs=ROUNDING)
    assert matcher.score(chunks[ids[1]]) > matcher.score(chunks[ids[NEIGHBOURS + 1]])
    snapshot.close()


def test_the_tokens_of_a_passage_know_where_they_stand(tmp_path: Path) -> None:
    passage = "Weights spread beyond recall."
    snapshot = opened(tmp_path, [(Source(id="a", title="Torrents"), passage)])
    question = understand(snapshot, WordEncoder(), "recall torrents")
    matched = Matcher(snapshot, question).matched("a", 0)
    recall, torrents = matched.similarities.argmax(axis=1)
    assert matched.starts[recall] == passage.index("recall")
    assert matched.starts[torrents] < 0  # in the title
    snapshot.close()
