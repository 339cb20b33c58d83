"""Measures answers, memory and builds at 2,000 and 20,000 chunks.

    .venv/bin/python -m tests.benchmarks.sizes [--chunks N ...] [--naive PYTHON]

The libraries are synthetic: chunks of about 200 tokens put together from sentences of the starter
briefs, see `recombined`. Vector index and token vectors have the sizes of real ones, but all chunks
share the words of eight briefs, which makes word search slower than in a real library.
The questions are made of words of the briefs, and asked with the real encoder in a process of its
own, which is cold only in that: the files that it opens were written a moment ago and are in the
system's cache.

With the Python of a venv with `requirements-naive.txt` the pipeline of tutorials is asked the same
questions over the same texts and vectors; what it gives is five passages, not an answer.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.compose import open_library
from knowledge.encoders import Encoder, open_encoder
from knowledge.encoders.weights import find_source
from knowledge.evaluation.measures import percentile
from knowledge.evaluation.throwaway import share_models
from knowledge.index import index_dir, publish
from knowledge.settings import STARTER_ENCODER, KnowledgeSettings, read_settings
from tests.benchmarks.memory import on_disk
from tests.benchmarks.recombined import (
    Sentence,
    corpus_sentences,
    encode_sentences,
    fill,
    questions,
)
from tests.benchmarks.sides import Naive, Outcome, outcome_of

SIZES = (2_000, 20_000)
QUESTIONS = 100
NOTE = (
    "Chunks are recombined sentences of the starter briefs; vectors and token vectors are those of "
    "the sentences."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """A published library.

    Attributes:
        texts, vectors: of each chunk, for other pipelines: (chunks, dimensions).
        filled, published: seconds.
    """

    texts: list[str]
    vectors: np.ndarray[Any, np.dtype[np.float32]]
    filled: float
    published: float


def build(
    settings: KnowledgeSettings, encoder: Encoder, sentences: Sequence[Sentence], chunks: int
) -> Built:
    """Fills the settings' data folder and publishes it."""
    begun = time.monotonic()
    library = open_library(settings)
    texts, vectors = [], []
    for piece in fill(library, encoder, sentences, chunks):
        texts.append(piece.text)
        vectors.append(piece.encoded.vector)
    filled = time.monotonic()
    publish(library, encoder.identity, settings.data_dir)
    published = time.monotonic()
    library.close()
    return Built(
        texts=texts,
        vectors=np.stack(vectors),
        filled=filled - begun,
        published=published - filled,
    )


def measure(
    settings: KnowledgeSettings, sentences: Sequence[Sentence], chunks: int, python: Path | None
) -> dict[str, str]:
    """What was measured at a size, by name."""
    with tempfile.TemporaryDirectory(prefix="sizes-") as name:
        folder = Path(name)
        apart = settings.model_copy(update={"data_dir": folder / "data"})
        share_models(settings.data_dir.absolute(), apart.data_dir)
        _tell(f"{chunks:,} chunks: filling and publishing")
        built = build(apart, open_encoder(settings), sentences, chunks)
        _tell(f"filled in {built.filled:.0f} s; asking")
        asked = folder / "questions.json"
        asked.write_text(json.dumps(questions(sentences, QUESTIONS)), "utf-8")
        command = [sys.executable, "-m", "tests.benchmarks.asking", str(apart.data_dir), str(asked)]
        record = told("Caveat", outcome_of([*command, str(time.monotonic())], {}))
        rows = {
            "library on disk": f"{on_disk_of_library(apart.data_dir)} MB",
            "index on disk": f"{on_disk(index_dir(apart.data_dir))} MB",
            "publish": f"{built.published:.1f} s",
            **shown("", record),
            "questions answered": f"{record['answered']} of {QUESTIONS}",
        }
        if python is not None:
            _tell("asking the tutorial pipeline")
            rows |= shown("tutorial pipeline: ", ask_naive(folder, python, built, asked))
    return rows


def on_disk_of_library(data_dir: Path) -> int:
    """Megabytes of `library.db` and what belongs to it."""
    return sum(path.stat().st_size for path in data_dir.glob("library.db*")) // 1_000_000


def shown(side: str, record: dict[str, Any]) -> dict[str, str]:
    """The rows of a process that asked the questions."""
    times, used = record["milliseconds"], record["processor"]
    opened, memory = record["opened"], record["memory"]
    return {
        f"{side}new process until the first answer": f"{record['first']:.2f} s",
        f"{side}warm question, median": f"{percentile(times, 50):.0f} ms",
        f"{side}warm question, 95th percentile": f"{percentile(times, 95):.0f} ms",
        f"{side}the same in processor time, median": f"{percentile(used, 50):.0f} ms",
        f"{side}resident memory after the first question": f"{opened['rss']} MB",
        f"{side}resident memory after {len(times)} more": f"{memory['rss']} MB",
        f"{side}the same without pages of files": f"{memory['anonymous']} MB",
    }


def ask_naive(folder: Path, python: Path, built: Built, asked: Path) -> dict[str, Any]:
    """What the tutorial pipeline's process told of the same questions over the same texts."""
    texts, vectors = folder / "texts.json", folder / "vectors.npy"
    texts.write_text(json.dumps(built.texts), "utf-8")
    np.save(vectors, built.vectors)
    model = Path(find_source(STARTER_ENCODER).name)
    naive = Naive(python=python, model=model, store=folder / "naive")
    for arguments in (["fill", texts, vectors], ["measure", asked, time.monotonic()]):
        done = outcome_of(naive.command(*map(str, arguments)), naive.environment)
        record = told("The tutorial pipeline", done)
    return record


def told(side: str, outcome: Outcome) -> dict[str, Any]:
    """What a process told of itself; ends the program when it failed."""
    if outcome.code:
        sys.exit(f"{side} ended with {outcome.code}: {outcome.error}")
    return dict(outcome.record)


def _tell(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%X')} {line}\n")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="time and memory at some sizes")
    parser.add_argument("--chunks", type=int, nargs="+", default=SIZES)
    parser.add_argument("--naive", type=Path, help="a Python with requirements-naive.txt")
    options = parser.parse_args()
    settings = read_settings(KnowledgeSettings)
    sentences = encode_sentences(open_encoder(settings), corpus_sentences())
    load = os.getloadavg()[0]
    columns = [measure(settings, sentences, chunks, options.naive) for chunks in options.chunks]
    print(f"\n{NOTE}\n{os.cpu_count()} processors, load {load:.1f} before.\n")
    print(f"| what | {' | '.join(f'{chunks:,} chunks' for chunks in options.chunks)} |")
    print("|---" * (1 + len(columns)) + "|")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


if __name__ == "__main__":
    main()
