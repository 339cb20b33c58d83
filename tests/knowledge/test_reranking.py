"""A cross-encoder of the operator's own, built here with random weights."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.health import examine
from bot.settings import BotSettings
from knowledge.__main__ import main
from knowledge.compose import open_searcher
from knowledge.encoders import open_reranker
from knowledge.errors import SettingsError
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library
from knowledge.model import Source
from knowledge.reranking import RERANKED
from knowledge.search import Searcher, find
from knowledge.settings import KnowledgeSettings
from tests.fakes import PASSAGES, LengthReranker, WordEncoder, shelve

ROOT = Path(__file__).parents[2]
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "weights", "recall", "open", "models", "risk")
QUESTION = "open weights"


def build_cross_encoder(folder: Path, *, labels: int = 1, safe: bool = True) -> Path:
    """A folder with a two-layer BERT that nobody trained."""
    import torch  # noqa: PLC0415 - seconds, for the few tests that need it
    from transformers import (  # noqa: PLC0415
        BertConfig,
        BertForSequenceClassification,
        BertTokenizer,
    )

    torch.manual_seed(0)
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=1.0,
    )
    config.num_labels = labels
    model = BertForSequenceClassification(config)
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    if not safe:
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()
    return folder


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_cross_encoder(tmp_path_factory.mktemp("models") / "cross-encoder")


@pytest.fixture
def data_dir(library: Library, words: WordEncoder, tmp_path: Path) -> Path:
    for number in range(RERANKED + 5):
        own = "".join(chr(ord("a") + int(digit)) for digit in str(7919 * (number + 1)))
        text = " ".join(["Open weights", *(f"{own}{letter}" for letter in "pqrstu"[: number % 7])])
        shelve(library, words, Source(id=f"s{number:02}", title=f"T{number}"), text)
    publish(library, words.identity, tmp_path)
    return tmp_path


def keeper(data_dir: Path) -> SnapshotKeeper:
    return SnapshotKeeper(data_dir, lambda _: None)


def settings(data_dir: Path, reranker: Path | str) -> KnowledgeSettings:
    values = {"CAVEAT_DATA_DIR": data_dir, "RERANKER_PATH": reranker}
    return KnowledgeSettings.model_validate(values)


def test_scores_are_the_mean_of_both_and_the_rest_stays_behind(
    data_dir: Path, words: WordEncoder
) -> None:
    snapshots = keeper(data_dir)
    before = find(snapshots.current(), words, QUESTION, limit=RERANKED + 5)
    searcher = Searcher(encoder=words, snapshots=snapshots, reranker=LengthReranker())
    after = searcher.search(QUESTION, limit=RERANKED + 5)
    searcher.close()
    assert before is not None
    first, rest = before.passages[:RERANKED], before.passages[RERANKED:]
    lengths = [len(f"{each.source.title}\n{each.chunk.text}") for each in first]
    wanted = {
        passage.chunk.id: (passage.score + (length - min(lengths)) / (max(lengths) - min(lengths)))
        / 2
        for passage, length in zip(first, lengths, strict=True)
    }
    scores = {passage.chunk.id: passage.score for passage in after}
    assert {key: scores[key] for key in wanted} == pytest.approx(wanted)
    assert [passage.score for passage in after] == sorted(scores.values(), reverse=True)
    assert [each.chunk.id for each in after[RERANKED:]] == [each.chunk.id for each in rest]


def test_the_order_follows_the_cross_encoder(
    data_dir: Path, words: WordEncoder, cross_encoder: Path
) -> None:
    reranker = open_reranker(cross_encoder)
    texts = [passage.chunk.text for passage in PASSAGES]
    assert reranker.scores(QUESTION, texts) == pytest.approx(reranker.scores(QUESTION, texts))
    snapshots = keeper(data_dir)
    plain = Searcher(encoder=words, snapshots=snapshots).search(QUESTION, limit=5)
    searcher = Searcher(encoder=words, snapshots=snapshots, reranker=reranker)
    order = [passage.chunk.id for passage in searcher.search(QUESTION, limit=5)]
    searcher.close()
    assert len(order) == 5
    assert order != [passage.chunk.id for passage in plain]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("gone", "no such folder"),
        ("empty", "no config.json"),
        ("pickle", "no .safetensors weights"),
        ("classifier", "several scores"),
        ("damaged", "cannot be loaded"),
    ],
)
def test_an_unusable_folder_is_one_sentence_with_the_cure(
    tmp_path: Path, kind: str, reason: str
) -> None:
    folder = tmp_path / "model"
    if kind == "empty":
        folder.mkdir()
    elif kind != "gone":
        build_cross_encoder(folder, labels=3 if kind == "classifier" else 1, safe=kind != "pickle")
    if kind == "damaged":
        (folder / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(SettingsError, match=reason) as caught:
        open_reranker(folder)
    assert caught.value.exit_code == 2
    message = str(caught.value)
    assert message.startswith(f"RERANKER_PATH names {folder}, but ")
    assert message.endswith("or leave RERANKER_PATH empty to search without one.")
    assert "\n" not in message


def test_a_command_with_an_unusable_reranker_exits_with_2(
    data_dir: Path,
    words: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(data_dir)
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: words)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(data_dir))
    monkeypatch.setenv("RERANKER_PATH", "nowhere")
    assert main(["search", QUESTION]) == 2
    assert "RERANKER_PATH" in capsys.readouterr().err
    monkeypatch.setenv("RERANKER_PATH", "")
    assert main(["search", QUESTION]) == 0


def test_the_settings_open_it(
    data_dir: Path,
    words: WordEncoder,
    cross_encoder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: words)
    found = {}
    for reranker in ("", cross_encoder):
        searcher = open_searcher(settings(data_dir, reranker))
        found[reranker] = [passage.score for passage in searcher.search(QUESTION)]
        searcher.close()
    assert found[""] != found[cross_encoder]


def test_nothing_is_imported_when_none_is_set() -> None:
    code = (
        "import sys, knowledge.compose; from knowledge.encoders import open_reranker; "
        "sys.exit(bool({'torch', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603 - ours
    assert done.returncode == 0


def test_doctor_shows_it_when_it_is_set(tmp_path: Path, cross_encoder: Path) -> None:
    states = {}
    for folder in ("", tmp_path / "gone", cross_encoder):
        values = {"CAVEAT_DATA_DIR": tmp_path, "RERANKER_PATH": folder}
        checks = examine(BotSettings.model_validate(values), tmp_path)
        states[folder] = [check.state for check in checks if check.name == "reranker"]
    assert list(states.values()) == [[], ["fail"], ["ok"]]
