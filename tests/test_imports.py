import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = ("bot.__main__", "ingest.__main__", "knowledge.__main__")
CHECK = """
import importlib, os, sys
import chromadb  # looks into .env for settings of its own
opened = []
sys.addaudithook(lambda name, found: name == "open" and opened.append(str(found[0])))
for module in sys.argv[1:]:
    importlib.import_module(module)
heavy = {"torch", "transformers", "sentence_transformers", "onnxruntime"} & set(sys.modules)
assert not heavy, heavy
touched = [name for name in opened if name.endswith(".env") or name.startswith(os.getcwd())]
assert not touched, touched
"""


@pytest.mark.parametrize("modules", [MODULES, *((module,) for module in MODULES)])
def test_commands_import_no_model_and_read_no_settings(
    tmp_path: Path, modules: tuple[str, ...]
) -> None:
    (tmp_path / ".env").write_text("DEVICE=toaster\n", "utf-8")
    unusable = {"DEVICE": "toaster", "CAVEAT_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", CHECK, *modules],
        env=os.environ | unusable | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data").exists()
