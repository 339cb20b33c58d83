"""The gate: what each of its signals looks at, and that confidence follows them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.gate import LEAST_CONFIDENCE, WEIGHTS, confidence, signals
from knowledge.index import Snapshot
from knowledge.model import Source, Status
from knowledge.quoting import Sentence, rank_sentences
from knowledge.search import Found, find
from tests.fakes import WordEncoder
from tests.knowledge.shelf import opened

Ranked = Sequence[Sentence]
TEXT = "Weights spread quickly abroad. Mirrors keep copies alive. Nobody recalls torrents later. "


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    held = opened(tmp_path, [(Source(id="a", title="of"), TEXT)])
    yield held
    held.close()


@pytest.fixture
def near(snapshot: Snapshot) -> tuple[Found, Ranked]:
    found = find(snapshot, WordEncoder(), "weights mirrors zorblax", limit=40)
    assert found is not None
    return found, rank_sentences(found)


def closer(found: Found, ranked: Ranked) -> tuple[Found, Ranked]:
    """The passages nearer to the question."""
    passages = tuple(replace(each, similarity=each.similarity + 0.1) for each in found.passages)
    return replace(found, passages=passages), ranked


def alike(found: Found, ranked: Ranked) -> tuple[Found, Ranked]:
    """The sentences nearer to the question as a whole."""
    return found, [replace(each, similarity=each.similarity + 0.1) for each in ranked]


def behind(found: Found, ranked: Ranked) -> tuple[Found, Ranked]:
    """The passage that meets the question's words best behind all others."""
    best = max(found.passages, key=lambda passage: found.matcher.score(passage.chunk))
    others = [passage for passage in found.passages if passage is not best]
    return replace(found, passages=(*others, best)), ranked


@pytest.mark.parametrize(
    ("change", "moved"), [(closer, "similarity"), (alike, "sentence"), (behind, "passage")]
)
def test_confidence_follows_each_signal_in_the_direction_of_its_weight(
    near: tuple[Found, Ranked],
    change: Callable[[Found, Ranked], tuple[Found, Ranked]],
    moved: str,
) -> None:
    before, after = asdict(signals(*near)), asdict(signals(*change(*near)))
    assert {name for name in before if after[name] != before[name]} == {moved}
    push = getattr(WEIGHTS, moved) * (after[moved] - before[moved])
    assert np.sign(confidence(*change(*near)) - confidence(*near)) == np.sign(push)


def test_every_signal_is_a_cosine_and_confidence_a_probability(snapshot: Snapshot) -> None:
    for question in ("weights", "when do mirrors recall torrents", "zorblax", "of the", "2024?"):
        found = find(snapshot, WordEncoder(), question, limit=40)
        assert found is not None
        ranked = rank_sentences(found)
        # token vectors are rounded to a byte a number
        assert all(-1.01 <= each <= 1.01 for each in asdict(signals(found, ranked)).values())
        assert 0 < confidence(found, ranked) < 1


@pytest.mark.parametrize(
    ("text", "status", "tells"),
    [
        ("The order on weights binds all agencies.", "unknown", False),
        ("The order on weights binds all agencies.", "revoked", True),
        ("The order on weights was repealed in May.", "unknown", True),
    ],
)
def test_whether_a_text_still_holds_is_only_told_by_its_status_or_its_end(
    tmp_path: Path, text: str, status: Status, *, tells: bool
) -> None:
    held = opened(tmp_path / "held", [(Source(id="a", title="of", status=status), text)])
    others = tuple(source for source in held.sources if source != "a")
    for question, expected in (
        ("is the order on weights still in force", tells),
        ("what does the order on weights bind", True),
    ):
        found = find(held, WordEncoder(), question, limit=40, hidden=others)
        assert (confidence(found, rank_sentences(found)) > 0) == expected
    held.close()


def test_nothing_found_or_nothing_to_quote_is_no_confidence(near: tuple[Found, Ranked]) -> None:
    assert confidence(None, ()) == 0
    assert confidence(near[0], ()) == 0
    assert LEAST_CONFIDENCE > 0


def test_a_question_without_words_is_judged_too(snapshot: Snapshot) -> None:
    found = find(snapshot, WordEncoder(), "?!", limit=40)
    assert found is not None
    assert 0 <= confidence(found, rank_sentences(found)) <= 1


def test_a_question_in_the_words_of_the_library_is_surer_than_one_in_others(
    snapshot: Snapshot,
) -> None:
    def sure(question: str) -> float:
        found = find(snapshot, WordEncoder(), question, limit=40)
        return confidence(found, rank_sentences(found))

    assert sure("do mirrors keep copies alive") > sure("what do zorblax and frobnitz quux")
