import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.encoders import Encoder
from knowledge.settings import KnowledgeSettings

REPOSITORY = Path(__file__).parents[3]
OPEN = (
    "from knowledge.encoders import open_encoder\n"
    "from knowledge.settings import KnowledgeSettings\n"
    "open_encoder(KnowledgeSettings()).encode_queries(['open weights'])\n"
)


@pytest.mark.parametrize("asked", ["0", None])
def test_the_model_is_run_without_an_id_of_the_machine_or_a_queue_of_reports(
    tmp_path: Path, encoder: Encoder, encoder_settings: KnowledgeSettings, asked: str | None
) -> None:
    environment = os.environ | {
        "CAVEAT_DATA_DIR": str(encoder_settings.data_dir),
        "ENCODER": encoder.identity.id,
        "DEVICE": "cpu",
        "HOME": str(tmp_path),
    }
    for name in [each for each in environment if each.startswith(("XDG_", "ORT_"))]:
        del environment[name]
    if asked is not None:
        environment["ORT_DISABLE_TELEMETRY"] = asked
    subprocess.run(  # noqa: S603 - this interpreter and the code above
        [sys.executable, "-c", OPEN], check=True, cwd=REPOSITORY, env=environment
    )
    assert list(tmp_path.rglob("*")) == []
