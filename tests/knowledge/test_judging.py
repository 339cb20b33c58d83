"""A judge of the operator's own, built here with random weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.health import examine
from bot.settings import BotSettings
from knowledge.encoders import open_judge
from knowledge.encoders.judging import probability, supporting_label
from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings
from knowledge.support import Given, check
from tests.knowledge.test_reranking import build_cross_encoder

LABELS = {0: "contradiction", 1: "Entailment", 2: "neutral"}


def build_judge(folder: Path, labels: dict[int, str]) -> Path:
    """A cross-encoder with named labels."""
    build_cross_encoder(folder, labels=len(labels))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["id2label"] = labels
    config["label2id"] = {name: place for place, name in labels.items()}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder


@pytest.mark.parametrize("labels", [LABELS, {0: "LABEL_0"}])
def test_a_judge_gives_a_probability_and_always_the_same(
    tmp_path: Path, labels: dict[int, str]
) -> None:
    judge = open_judge(build_judge(tmp_path / "judge", labels))
    first = judge.supports("open weights recall", "risk models")
    assert 0.0 < first < 1.0
    assert judge.supports("open weights recall", "risk models") == pytest.approx(first)
    given = (Given(number=1, text="Open weights bring a risk that nobody can recall them."),)
    verdict = check("Open weights bring a risk nobody can recall.", given, {1}, judge)
    assert verdict.reason in {None, "judge"}


def test_the_label_that_says_supported_is_found_by_its_name() -> None:
    assert supporting_label(LABELS) == 1
    assert supporting_label({0: "LABEL_0"}) == 0
    assert supporting_label({0: "LABEL_0", 1: "LABEL_1"}) is None
    assert probability(np.array([0.0, 0.0]), 1) == pytest.approx(0.5)
    assert probability(np.array([-3.0]), 0) == pytest.approx(0.047, abs=0.001)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("gone", "no such folder"),
        ("unnamed", "none of its labels is named entailment"),
        ("damaged", "cannot be loaded"),
    ],
)
def test_an_unusable_judge_is_one_sentence_with_the_cure(
    tmp_path: Path, kind: str, reason: str
) -> None:
    folder = tmp_path / "judge"
    if kind != "gone":
        build_judge(folder, {0: "LABEL_0", 1: "LABEL_1"} if kind == "unnamed" else LABELS)
    if kind == "damaged":
        (folder / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(SettingsError, match=reason) as caught:
        open_judge(folder)
    assert str(caught.value).startswith(f"JUDGE_PATH names {folder}, but ")


def test_doctor_shows_it_when_it_is_set(tmp_path: Path) -> None:
    judge = build_judge(tmp_path / "judge", LABELS)
    states = {}
    for folder in ("", tmp_path / "gone", judge):
        values = {"CAVEAT_DATA_DIR": tmp_path, "JUDGE_PATH": folder}
        checks = examine(BotSettings.model_validate(values), tmp_path)
        states[folder] = [check.state for check in checks if check.name == "judge"]
    assert list(states.values()) == [[], ["fail"], ["ok"]]


def test_a_blank_path_means_no_judge() -> None:
    assert KnowledgeSettings.model_validate({"JUDGE_PATH": ""}).judge_path is None
