"""`python -m knowledge eval retrieval` and `abstention`."""

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.locking import writer_lock
from tests.fakes import WordEncoder
from tests.knowledge.evaluation.conftest import Evaluate
from tests.knowledge.evaluation.sets import DOCUMENTS, JUDGEMENTS, write_set

RETRIEVAL = [
    "set",
    "documents",
    "queries",
    "ndcg@10",
    "recall@5",
    "recall@10",
    "recall@100",
    "mrr@10",
    "ms_per_query",
    "build",
    "encoder",
    "commit",
    "ndcg@10_by_query",
]
ABSTENTION = [
    "set",
    "queries",
    "auc",
    "abstained_at_10pct_false",
    "false_abstention",
    "abstention",
    "build",
    "encoder",
    "commit",
]


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    return write_set(tmp_path / "sets" / "tea")


def test_retrieval_prints_the_keys_of_the_contract(tea: Path, evaluate: Evaluate) -> None:
    result = evaluate("retrieval", tea)
    assert list(result) == RETRIEVAL
    assert (result["set"], result["documents"], result["queries"]) == ("tea", 3, 2)
    assert (result["ndcg@10"], result["recall@5"], result["mrr@10"]) == (1.0, 1.0, 1.0)
    assert result["ndcg@10_by_query"] == {"q1": 1.0, "q2": 1.0}
    assert result["ms_per_query"] > 0


def test_without_json_a_markdown_table_is_shown(
    tea: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "retrieval", str(tea)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("| set | documents | queries | ndcg@10 |")
    assert shown[2].startswith("| tea | 3 | 2 | 1.000 | 1.000 |")


def test_a_second_run_embeds_nothing_and_a_changed_document_only_itself(
    tea: Path, evaluate: Evaluate, words: WordEncoder
) -> None:
    evaluate("retrieval", tea)
    words.runtime.encoded.clear()
    evaluate("retrieval", tea)
    asked = [text for text in words.runtime.encoded if not text.endswith("?")]
    assert asked == []
    changed = {**DOCUMENTS, "recall": ("Coffee", "It grows on hills.")}
    result = evaluate("retrieval", write_set(tea, documents=changed))
    passages = [text for text in words.runtime.encoded if not text.endswith("?")]
    assert passages == ["Coffee\nIt grows on hills."]
    assert result["ndcg@10_by_query"]["q1"] < 1.0


def test_sets_share_vectors_but_no_documents(
    tea: Path, tmp_path: Path, evaluate: Evaluate, words: WordEncoder
) -> None:
    evaluate("retrieval", tea)
    words.runtime.encoded.clear()
    fewer = {"recall": DOCUMENTS["recall"]}
    other = write_set(tmp_path / "other", documents=fewer, judgements=[("q1", "recall", 1)])
    assert evaluate("retrieval", other)["documents"] == 1
    evaluate("retrieval", tea)
    assert all(text.endswith("?") for text in words.runtime.encoded)
    builds = tmp_path / "evaluation" / "index"
    assert len([path for path in builds.iterdir() if path.is_dir()]) == 2


def test_a_killed_run_keeps_what_it_had_embedded(
    tea: Path,
    evaluate: Evaluate,
    words: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("knowledge.evaluation.throwaway.VECTORS_AT_ONCE", 1)
    encode, calls = words.runtime.encode, iter(range(9))

    def stop_after_two(texts: list[str]) -> object:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return encode(texts)

    monkeypatch.setattr(words.runtime, "encode", stop_after_two)
    assert main(["eval", "retrieval", str(tea)]) == 1
    assert "kept" in capsys.readouterr().err
    monkeypatch.setattr(words.runtime, "encode", encode)
    words.runtime.encoded.clear()
    evaluate("retrieval", tea)
    assert sum(not text.endswith("?") for text in words.runtime.encoded) == 1


def test_a_result_is_compared_with_an_earlier_one(
    tea: Path, tmp_path: Path, evaluate: Evaluate, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps({"ndcg@10_by_query": {"q1": 0.5, "q2": 0.5, "gone": 1}}), "utf-8")
    result = evaluate("retrieval", tea, "--against", earlier)
    assert result["difference"] == {"queries": 2, "ndcg@10": 0.5, "low": 0.5, "high": 0.5}
    earlier.write_text("{}", "utf-8")
    assert main(["eval", "retrieval", str(tea), "--against", str(earlier)]) == 2
    assert "eval retrieval --json" in capsys.readouterr().err


def test_abstention_prints_the_keys_of_the_contract(tea: Path, evaluate: Evaluate) -> None:
    result = evaluate("abstention", tea)
    assert list(result) == ABSTENTION
    assert (result["set"], result["queries"]) == ("tea", 2)


def test_a_hidden_document_is_truly_hidden(tea: Path, evaluate: Evaluate) -> None:
    assert evaluate("abstention", tea)["auc"] == 1.0
    assert evaluate("abstention", tea)["abstained_at_10pct_false"] == 1.0
    swapped = [("q1", "kettle", 1), ("q2", "kettle", 1)]
    result = evaluate("abstention", write_set(tea, judgements=swapped))
    assert result["auc"] == 0.5  # the same passages are found either way


def test_only_what_lies_in_the_corpus_can_be_hidden(
    tea: Path, evaluate: Evaluate, capsys: pytest.CaptureFixture[str]
) -> None:
    judged = [*JUDGEMENTS, ("unjudged", "nowhere", 1)]
    assert evaluate("abstention", write_set(tea, judgements=judged))["queries"] == 2
    assert evaluate("retrieval", tea)["queries"] == 3
    nothing = write_set(tea, judgements=[("q1", "nowhere", 1)])
    assert main(["eval", "abstention", str(nothing)]) == 2
    assert "no question" in capsys.readouterr().err.lower()


def test_two_evaluations_at_once_do_not_mix(
    tea: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writer_lock(tmp_path / "evaluation"):
        assert main(["eval", "retrieval", str(tea)]) == 1
    assert "Wait until it is done" in capsys.readouterr().err


def test_vectors_of_earlier_sets_do_not_pile_up(
    tea: Path,
    tmp_path: Path,
    evaluate: Evaluate,
    words: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evaluate("retrieval", tea)
    monkeypatch.setattr("knowledge.evaluation.throwaway.MOST_UNUSED", 1)
    fewer = {"recall": DOCUMENTS["recall"]}
    other = write_set(tmp_path / "other", documents=fewer, judgements=[("q1", "recall", 1)])
    evaluate("retrieval", other)
    words.runtime.encoded.clear()
    evaluate("retrieval", tea)
    assert sum(not text.endswith("?") for text in words.runtime.encoded) == 2
