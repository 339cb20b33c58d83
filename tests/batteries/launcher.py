"""Runs `python -m ingest` with its stages told to a file, and an encoder without weights.

As a program of its own it uses the real encoder:

    python -m tests.batteries.launcher STAGE_FILE COMMAND...
"""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import ingest.commands
import ingest.shelf
from ingest.__main__ import main
from ingest.fetch import Fetcher, Limits
from knowledge.encoders import Encoder, open_encoder
from knowledge.settings import KnowledgeSettings
from tests.batteries.stages import StageFile, TellingRuntime, tell_embedding, watch_stages
from tests.fakes import WordEncoder

VECTORS_AT_ONCE = 16  # more transactions to be killed in
EMBEDDING_SECONDS = 0.02  # a batch; real encoders take ten times as long
DELAY_SECONDS = 0.005  # between two requests; a second would only lengthen the battery


def run_ingest(stage_file: Path, arguments: Sequence[str], *, real: bool = False) -> int:
    """Exit code of an ingest in this process; the data folder is in the environment.

    Args:
        stage_file: where its stages are told.
        arguments: of the command line.
        real: use the encoder that Caveat comes with.
    """
    stages = StageFile(stage_file)

    def opened(settings: KnowledgeSettings) -> Encoder:
        if real:
            return tell_embedding(open_encoder(settings), stages)
        return WordEncoder(runtime=TellingRuntime(stages, EMBEDDING_SECONDS))

    ingest.shelf.VECTORS_AT_ONCE = VECTORS_AT_ONCE
    fetcher = partial(Fetcher, limits=Limits(delay_seconds=DELAY_SECONDS))
    setattr(ingest.commands, "open_encoder", opened)  # noqa: B010 - another type, to mypy
    setattr(ingest.commands, "Fetcher", fetcher)  # noqa: B010 - another type, to mypy
    watch_stages(stages, Path(os.environ["CAVEAT_DATA_DIR"]))
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run_ingest(Path(sys.argv[1]), sys.argv[2:], real=True))
