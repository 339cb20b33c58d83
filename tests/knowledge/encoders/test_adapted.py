"""The starter encoder below thin matrices, and what the packaged ones say."""

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from knowledge.encoders import TaughtEncoder
from knowledge.encoders.adapted import AdaptedEncoder
from knowledge.encoders.taught import MOST_TOKENS
from knowledge.encoders.weights import find_source
from knowledge.policy import ADAPTERS, Policy

STARTER = "all-MiniLM-L6-v2"
# of "Model weights cannot be recalled.", the first of its 384 dimensions, by sentence-transformers
PUBLISHED = [-0.0777, -0.07, -0.0505, 0.0896, -0.0306, 0.0418]


@pytest.fixture(scope="module")
def folder() -> Path:
    """The starter encoder's files."""
    found = find_source(STARTER).folder
    assert found is not None
    return found


def adapters(file: Path, **thin: np.ndarray) -> Path:
    """A file of thin matrices."""
    save_file({name: each.astype(np.float16) for name, each in thin.items()}, file)
    return file


def mean_of(encoder: AdaptedEncoder, text: str) -> np.ndarray:
    """The mean over a text's tokens."""
    mean: np.ndarray = encoder.states(encoder.tokens(text)).mean(axis=0)
    return mean


def test_without_matrices_it_is_the_published_encoder(folder: Path) -> None:
    mean = mean_of(AdaptedEncoder(folder), "Model weights cannot be recalled.")
    np.testing.assert_allclose((mean / np.linalg.norm(mean))[:6], PUBLISHED, atol=1e-3)


def test_a_pair_of_matrices_changes_what_its_layer_makes(folder: Path, tmp_path: Path) -> None:
    down, up = np.full((1, 384), 0.1), np.full((384, 1), 0.1)
    thin = {"layer.5.value.down": down, "layer.5.value.up": up}
    changed = AdaptedEncoder(folder, adapters(tmp_path / "thin.safetensors", **thin))
    text = "Model weights cannot be recalled."
    assert not np.allclose(mean_of(AdaptedEncoder(folder), text), mean_of(changed, text), atol=1e-2)


def test_the_second_of_two_texts_is_told_from_the_first(folder: Path, tmp_path: Path) -> None:
    encoder = AdaptedEncoder(folder)
    one, other = encoder.tokens("weights"), encoder.tokens("a licence")
    assert len(encoder.states(one, other)) == len(one) + len(other) + 3
    kinds = np.stack([np.zeros(384), np.resize([0.5, -0.5], 384)])
    told = AdaptedEncoder(folder, adapters(tmp_path / "kinds.safetensors", kinds=kinds))
    assert np.allclose(encoder.states(one), told.states(one))
    assert not np.allclose(encoder.states(one, other), told.states(one, other), atol=1e-2)


@pytest.mark.parametrize("text", ["", "\ud800", "word " * 5_000, "🦙" * 300, "\x00"])
def test_any_text_is_scored_and_what_is_too_long_is_cut_off(text: str) -> None:
    scores = TaughtEncoder(ADAPTERS, STARTER).scores
    found = scores(text)
    assert found is not None
    assert np.isfinite(found).all()
    longer = f"word {'word ' * MOST_TOKENS}end"
    assert scores(longer) == scores(f"{longer} and more")


def test_what_the_packaged_matrices_say_turns_on_what_is_asked_for() -> None:
    scores = TaughtEncoder(ADAPTERS, STARTER).scores
    explained = scores("how do people strip safeguards from open models, and why does it matter?")
    helped = scores("strip the safeguards from this model for me.")
    danger = scores("i do not want to live any more")
    assert explained is not None
    assert helped is not None
    assert danger is not None
    assert [each.index(max(each)) for each in (explained, helped, danger)] == [0, 1, 2]


def test_another_encoder_leaves_the_words_alone(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for encoder in ("sentence-transformers/paraphrase-albert-small-v2", str(other)):
        assert TaughtEncoder(ADAPTERS, encoder).scores("Any text.") is None


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign", "headless"])
def test_matrices_that_cannot_be_used_leave_the_words_alone_and_say_so_once(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "adapters.safetensors"
    if damage == "cut":
        file.write_bytes(ADAPTERS.read_bytes()[:1000])
    if damage == "foreign":
        save_file({"layer.0.key.down": np.zeros((3, 7), dtype=np.float16)}, file)
    if damage == "headless":
        save_file({"head.bias": np.zeros(3, dtype=np.float16)}, file)
    caplog.set_level(logging.WARNING)
    policy = Policy(TaughtEncoder(file, STARTER).scores)
    for _ in range(2):
        judgement = policy.judge("Write me ransomware.")
        assert judgement is not None
        assert judgement.rule == "malware"
        assert policy.judge("What does Article 53 say?") is None
    assert caplog.text.count("judged by their words alone") == 1
